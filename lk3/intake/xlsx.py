"""An xlsx whose archive has been checked -> its sheets, the long ones by columns.

The parts are inflated and looked at one after the other before a reader opens the file; a sheet
that has passed is read by another thread meanwhile (the readers leave Python alone while they
work), so that two processors share a long workbook.
"""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor

from lk3.intake.archives import Archive, inspect_parts
from lk3.intake.columnar import LONG, read_columns
from lk3.intake.limits import check_cells, check_time
from lk3.intake.rowwise import read_sheets
from lk3.intake.sheets import Sheet, Workbook, sheet_of
from lk3.intake.valueless import Places
from lk3.intake.worksheets import SheetFacts, SheetPart, facts_of, sheet_parts

_READERS = 2  # beside this thread, which inflates and looks; more only share the same processors


def read_xlsx(archive: Archive, kind: str, *, by_columns: bool) -> Workbook:
    """The sheets of an xlsx or xlsm. Raises Refused for a broken or hostile one."""
    parts = sheet_parts(archive)
    inspect_parts(archive, except_for=frozenset(sheet.part for sheet in parts))
    facts: dict[str, SheetFacts] = {}
    reading: dict[str, Future[Sheet]] = {}
    with ThreadPoolExecutor(max_workers=_READERS) as reader:
        for sheet, found in _looked_at(archive, parts):
            facts[sheet.name] = found
            if by_columns and found.size >= LONG and not sheet.hidden:
                reading[sheet.name] = reader.submit(read_columns, archive.content, sheet, found)
        long = {name: task.result() for name, task in reading.items()}
    valueless = {name: found.valueless for name, found in facts.items()}
    if not long:
        return Workbook(kind, read_sheets(archive.content, valueless=valueless))
    sheets = long | _short_sheets(archive.content, parts, long, valueless)
    return Workbook(kind, tuple(sheets[part.name] for part in parts if part.name in sheets))


def _looked_at(archive: Archive, parts: list[SheetPart]) -> Iterator[tuple[SheetPart, SheetFacts]]:
    """The sheets with their facts, as far as all of them together may be held."""
    cells = 0
    for sheet in parts:
        check_time()
        found = facts_of(archive, sheet.part)
        cells += found.cells
        check_cells(cells, sheet=sheet.name)
        yield sheet, found


def _short_sheets(
    content: bytes,
    parts: list[SheetPart],
    long: dict[str, Sheet],
    valueless: dict[str, Places],
) -> dict[str, Sheet]:
    """The other sheets, row by row; the hidden ones, which are left out anyway, without cells."""
    hidden = {p.name: sheet_of([], name=p.name, hidden=True) for p in parts if p.hidden}
    names = {part.name for part in parts} - set(long) - set(hidden)
    if not names:
        return hidden
    read = read_sheets(content, only=names, valueless=valueless)
    return hidden | {sheet.name: sheet for sheet in read}
