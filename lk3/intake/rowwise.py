"""Sheets row by row: every cell as the object that it is. Small sheets and all old formats."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from lk3.intake.limits import check_time
from lk3.intake.refusal import Refused
from lk3.intake.sheets import Merged, Sheet, sheet_of
from lk3.intake.valueless import Places


def read_sheets(
    content: bytes,
    *,
    only: Collection[str] | None = None,
    valueless: Mapping[str, Places] | None = None,
) -> tuple[Sheet, ...]:
    """The sheets of a workbook whose size has been checked, or those that are named. `valueless`:
    per sheet the cells that are blank here and not in Excel. Raises Refused for a broken file and
    for one with a password.
    """
    with refusing_damage(CalamineError), CalamineWorkbook.from_filelike(BytesIO(content)) as book:
        return tuple(
            replace(
                _read_sheet(book.get_sheet_by_name(meta.name), meta.visible),
                valueless=(valueless or {}).get(meta.name, frozenset()),
            )
            for meta in book.sheets_metadata
            if meta.typ in (SheetTypeEnum.WorkSheet, SheetTypeEnum.MacroSheet)
            and (only is None or meta.name in only)
        )


@contextmanager
def refusing_damage(*errors: type[Exception]) -> Iterator[None]:
    """Errors of a reader within it -> Refused. The readers are written in Rust: where a damaged
    file surprises one, it panics, and the class of that error cannot be imported.
    """
    known: tuple[type[Exception], ...] = (OSError, ValueError, *errors)
    try:
        yield
    except PasswordError:
        raise Refused("file_password") from None
    except known:
        raise Refused("file_broken") from None
    except BaseException as panic:
        if type(panic).__name__ != "PanicException":
            raise
        raise Refused("file_broken") from None


def _read_sheet(sheet: CalamineSheet, visible: SheetVisibleEnum) -> Sheet:
    check_time()
    row, column = sheet.start or (0, 0)
    return sheet_of(
        sheet.to_python() if sheet.start else [],
        name=sheet.name,
        first_row=row + 1,
        first_column=column,
        hidden=visible != SheetVisibleEnum.Visible,
        merged=_merged(sheet),
    )


def _merged(sheet: CalamineSheet) -> list[Merged]:
    return [
        (first[0] + 1, first[1], last[0] + 1, last[1])
        for first, last in sheet.merged_cell_ranges or []
    ]
