"""The table behind each block: what a workbook, a page and a document print of it.

In: a block of `content`. Out: a `Table` with numbers as numbers; None for what is text already.
"""

from dataclasses import replace
from typing import TypeGuard

import pandas as pd

from lk3.indicators import note_text, verdict_label
from lk3.language import _, number
from lk3.places import CITY, OUTSIDE, Places
from lk3.reports.content import (
    AreaBars,
    Block,
    CategoryBars,
    Numbers,
    Slide,
    Table,
    Trend,
)
from lk3.vocabulary import UNKNOWN

_APART = 3  # rows below those of the areas: the city, unknown, outside
_MOST_BARS, _BARS = 40, 20  # areas that still find room on a slide; of more, so many are drawn
_MOST_ROWS, _ROWS = 40, 15  # the same of the rows of a table: these stand on one slide


def tables_of(slide: Slide, places: Places) -> tuple[Table, ...]:
    """The tables behind the blocks of a slide; a map has the same numbers as its bars."""
    found = (table_behind(block, places) for block in slide.blocks)
    return tuple(table for table in found if table is not None)


def table_behind(block: Block, places: Places) -> Table | None:
    """The numbers of a block as a table; None for texts, and for a map beside its bars."""
    if isinstance(block, Table):
        return block
    if isinstance(block, AreaBars):
        return _areas(block, places)
    if isinstance(block, CategoryBars):
        frame = block.frame.rename(columns={"category": block.category, "value": block.unit})
        return Table(frame, block.label, {block.unit: 0})
    if isinstance(block, Trend):
        return _trend(block)
    if isinstance(block, Numbers):
        rows = [(item.label, item.value, item.detail) for item in block.items]
        columns = pd.Index([_("Indikator"), _("Nilai"), _("Keterangan")])
        return Table(pd.DataFrame(rows, columns=columns), _("Angka pokok"))
    return None


def cell_texts(table: Table) -> list[list[str]]:
    """The cells as they are read, row by row."""
    columns = []
    for name in table.frame.columns:
        values, places = table.frame[name], table.decimals.get(str(name), 0)
        if pd.api.types.is_numeric_dtype(values):
            columns.append([number(value, places) for value in values])
        else:
            columns.append(["–" if pd.isna(v) or v == "" else str(v) for v in values])
    return [list(row) for row in zip(*columns, strict=True)]


def bars_that_fit(block: AreaBars, places: Places) -> tuple[pd.DataFrame, str]:
    """The rows of the measure that are drawn as bars, the largest first: of very many areas only
    the first ones, with a sentence that says how many of how many ("" where all are).
    """
    rows = _ranked(block, places)
    if len(rows) <= _MOST_BARS:
        return rows, ""
    text = _("{n} dari {total} kelurahan ditampilkan.")
    return rows.head(_BARS), text.format(n=number(_BARS), total=number(len(rows)))


def bars_of(rows: int) -> int:
    """How many bars are drawn of a table of areas that ends with the city and what stands apart."""
    return rows if rows <= _MOST_BARS + _APART else _BARS


def shortened(slide: Slide) -> Slide:
    """The slide as it is shown to a room or printed: of a ranking with very many rows the first
    ones, with a sentence below the headline that says where all of them are.
    """
    long = [block for block in slide.blocks if _is_long(block)]
    if not long:
        return slide
    text = _("{n} dari {total} kelurahan ditampilkan; semuanya ada di berkas Excel dan HTML.")
    said = text.format(n=number(_ROWS), total=number(len(long[0].frame)))
    blocks = tuple(
        replace(block, frame=block.frame.head(_ROWS)) if _is_long(block) else block
        for block in slide.blocks
    )
    return replace(slide, subtitle=f"{slide.subtitle} · {said}", blocks=blocks)


def _is_long(block: Block) -> TypeGuard[Table]:
    return isinstance(block, Table) and block.ranked and len(block.frame) > _MOST_ROWS


def _ranked(block: AreaBars, places: Places) -> pd.DataFrame:
    rows = block.measure.loc[places.codes]
    return rows.sort_values("value", ascending=False, na_position="last", kind="stable")


def _areas(block: AreaBars, places: Places) -> Table:
    """Kelurahan in the order of the bars, then the city, unknown and outside where they count."""
    rows = _ranked(block, places)
    apart = block.measure.loc[[CITY, UNKNOWN, OUTSIDE]]
    apart = apart[apart["value"].notna() | (apart.index == CITY)]
    shown = pd.concat([rows, apart])
    columns: dict[str, object] = {
        _("Kelurahan"): [_name(str(code), block, places) for code in shown.index],
        block.label: shown["value"].to_numpy(),
    }
    decimals = {block.label: block.decimals}
    if shown["lower"].notna().any():
        bounds = {_("Batas bawah 95%"): "lower", _("Batas atas 95%"): "upper"}
        columns |= {name: shown[column].to_numpy() for name, column in bounds.items()}
        decimals |= dict.fromkeys(bounds, block.decimals)
    columns[_("n")] = shown["n"].to_numpy()
    decimals[_("n")] = 0
    if (shown["verdict"] != "").any():
        columns[_("Dibanding kota")] = [verdict_label(each) for each in shown["verdict"]]
    columns[_("Catatan")] = [note_text(note) for note in shown["note"]]
    return Table(pd.DataFrame(columns), f"{block.label} ({block.unit})", decimals)


def _name(code: str, block: AreaBars, places: Places) -> str:
    return block.city if code == CITY and block.city else places.label(code)


def _trend(block: Trend) -> Table:
    frame = block.frame
    columns: dict[str, object] = {
        _("Waktu"): frame["label"].to_numpy(),
        block.label: frame["cases"].to_numpy(),
    }
    decimals = {block.label: 0}
    if frame["centre"].notna().any():
        limits = {
            _("Rata-rata"): "centre",
            _("Batas bawah"): "lower",
            _("Batas atas"): "upper",
        }
        columns |= {name: frame[column].to_numpy() for name, column in limits.items()}
        decimals |= dict.fromkeys(limits, 1)
    columns[_("Catatan")] = frame["note"].to_numpy()
    return Table(pd.DataFrame(columns), f"{block.label} ({block.unit})", decimals)
