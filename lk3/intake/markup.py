"""HTML tables and XML 2003 spreadsheets, which many systems save under the name `.xls`."""

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree, html

from lk3.intake.limits import check_cells
from lk3.intake.refusal import Refused
from lk3.intake.sheets import Merged, Sheet, Workbook, sheet_of
from lk3.intake.textfiles import decode
from lk3.language import _

_SS = "{urn:schemas-microsoft-com:office:spreadsheet}"
_CHARSET = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
_PROLOGUE = 1_000_000
_WIDEST_SPAN = 1000
_MOST_COVERED = 500_000  # cells under the spans of a table, each of which is held
_WIDEST_JUMP = 100_000


def is_markup(content: bytes) -> bool:
    """Whether the bytes start like HTML or XML, in whatever encoding."""
    return (
        content[:64].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<")
    )


def read_markup(content: bytes) -> Workbook:
    """One sheet per table (HTML) or worksheet (XML 2003). Raises Refused when there is none, and
    for a file that defines entities: a few bytes of them become gigabytes of text.
    """
    if b"<!entity" in content[:_PROLOGUE].replace(b"\x00", b"").lower():
        raise Refused("file_has_entities")
    if b"schemas-microsoft-com:office:spreadsheet" in content[:5000]:
        return Workbook("xml", tuple(_read_xml(content)))
    try:
        document = html.document_fromstring(_decode(content))
    except (etree.ParserError, ValueError):
        raise Refused("file_broken") from None
    tables = [
        t for t in document.iter("table") if not any(True for _ in t.iterdescendants("table"))
    ]
    if not tables:
        raise Refused("file_not_a_table", found=_("halaman web tanpa tabel"))
    return Workbook("html", tuple(_read_table(t, f"Tabel {n}") for n, t in enumerate(tables, 1)))


def _decode(content: bytes) -> str:
    named = _CHARSET.search(content[:2000])
    text = decode(content)
    if named and "\ufffd" in text:
        try:
            text = content.decode(named.group(1).decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            return text
    # A declaration of the encoding would contradict text that is decoded already.
    return re.sub(r"^\s*<\?xml[^>]*\?>", "", text.lstrip("\ufeff"))


def _read_table(table: Any, name: str) -> Sheet:
    rows, merged = _place(
        [
            (" ".join(cell.text_content().split()), _span(cell, "colspan"), _span(cell, "rowspan"))
            for cell in row.iterchildren("td", "th")
        ]
        for row in table.iter("tr")
    )
    return sheet_of(rows, name=name, merged=merged)


def _span(cell: Any, attribute: str) -> int:
    text = str(cell.get(attribute) or "1").strip()
    return min(max(int(text), 1), _WIDEST_SPAN) if text.isdigit() else 1


def _place(rows: Any) -> tuple[list[list[Any]], list[Merged]]:
    """Cells with their spans -> cells in their columns, and the ranges that they cover."""
    placed: list[list[Any]] = []
    merged: list[Merged] = []
    taken: set[tuple[int, int]] = set()
    covered = 0
    for number, cells in enumerate(rows, start=1):
        line: list[Any] = []
        for value, wide, high in cells:
            column = len(line)
            while (number, column) in taken:
                line.append(None)
                column += 1
            line += [value] + [None] * (wide - 1)
            covered += wide * high - 1
            if covered > _MOST_COVERED:
                raise Refused("file_too_many_cells", cells=covered, limit_cells=_MOST_COVERED)
            if wide > 1 or high > 1:
                merged.append((number, column, number + high - 1, column + wide - 1))
                taken |= {
                    (number + down, column + right)
                    for down in range(1, high)
                    for right in range(wide)
                }
        placed.append(line)
    return placed, merged


def _read_xml(content: bytes) -> Iterator[Sheet]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise Refused("file_broken") from None
    for sheet in root.iter(f"{_SS}Worksheet"):
        hidden = sheet.find(".//{*}Visible")
        rows, merged = _xml_rows(sheet)
        yield sheet_of(
            rows,
            name=sheet.get(f"{_SS}Name") or "",
            hidden=hidden is not None and hidden.text != "SheetVisible",
            merged=merged,
        )


def _xml_rows(sheet: Any) -> tuple[list[list[Any]], list[Merged]]:
    rows: list[list[Any]] = []
    merged: list[Merged] = []
    cells = 0
    for row in sheet.iter(f"{_SS}Row"):
        rows += [[] for _ in range(_jump(row, len(rows)))]
        cells += len(rows[-1]) if rows else 0
        check_cells(max(cells, len(rows)))
        line: list[Any] = []
        for cell in row.iter(f"{_SS}Cell"):
            line += [None] * _jump(cell, len(line))
            check_cells(cells + len(line))
            wide, high = (_whole(cell.get(f"{_SS}{n}")) for n in ("MergeAcross", "MergeDown"))
            if wide or high:
                here, column = len(rows) + 1, len(line)
                merged.append((here, column, here + high, column + wide))
            line += [_xml_value(cell)] + [None] * min(wide, _WIDEST_SPAN)
        rows.append(line)
    return rows, merged


def _jump(element: Any, so_far: int) -> int:
    """Blank rows or cells before an element that names its own place."""
    index = _whole(element.get(f"{_SS}Index"))
    return min(max(index - 1 - so_far, 0), _WIDEST_JUMP)


def _whole(attribute: str | None) -> int:
    """A whole number in an attribute; 0 without one."""
    return int(attribute) if attribute and attribute.isdecimal() else 0


def _number(text: str) -> Any:
    """The number of a cell, or its text when it is none."""
    try:
        number = float(text)
    except ValueError:
        return text
    return int(number) if number.is_integer() else number


def _xml_value(cell: Any) -> Any:
    data = cell.find(f"{_SS}Data")
    if data is None:
        return None
    text = "".join(data.itertext())
    if data.get(f"{_SS}Type") == "Number":
        return _number(text)
    if data.get(f"{_SS}Type") == "DateTime":
        return text[:10]
    return text
