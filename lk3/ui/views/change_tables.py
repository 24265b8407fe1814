"""What saving or going back would change, as sentences and small tables."""

from collections.abc import Hashable, Mapping
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from lk3 import language
from lk3.changes import CHANGED, GONE, NEW, Changes, TableChanges
from lk3.counts.period import quarter_label
from lk3.language import _, ngettext, number
from lk3.places import Places
from lk3.ui.widgets.tables import show_table

_NAMED = 6


def change_sentences(changes: Changes) -> list[str]:
    """One sentence for each table in which anything is different."""
    texts = (
        _("Kasus: {parts}; yang tersimpan {before} menjadi {after}."),
        _("Anggota: {parts}; yang tersimpan {before} menjadi {after}."),
        _("Angka penduduk: {parts}; yang tersimpan {before} menjadi {after}."),
    )
    return [
        text.format(parts=_parts(table), before=number(table.before), after=number(table.after))
        for text, table in zip(texts, changes.tables, strict=True)
        if not table.is_empty
    ]


def _parts(table: TableChanges) -> str:
    texts = {NEW: _("{n} baru"), CHANGED: _("{n} berubah"), GONE: _("{n} hilang")}
    if table.moved:
        texts[CHANGED] = _("{n} berubah ({moved} pindah kelurahan atau bulan)")
    counts = {name: table.count(name) for name in texts}
    parts = [
        texts[name].format(n=number(n), moved=number(table.moved))
        for name, n in counts.items()
        if n
    ]
    return ", ".join(parts) or _("hanya rinciannya yang berubah")


def gone_counts(changes: Changes) -> str:
    """What would be gone, counted: 2 kasus, 1 anggota."""
    cases, members, population = (table.count(GONE) for table in changes.tables)
    parts = (
        (cases, ngettext("{n} kasus", "{n} kasus", cases)),
        (members, ngettext("{n} anggota", "{n} anggota", members)),
        (population, ngettext("{n} angka penduduk", "{n} angka penduduk", population)),
    )
    return ", ".join(text.format(n=number(n)) for n, text in parts if n)


def show_changes(changes: Changes, places: Places, *, key: str) -> None:
    """The sentences, then by kelurahan and by month what is different."""
    if changes.is_empty:
        st.success(
            _("Tidak ada perubahan: isinya sama dengan yang tersimpan."),
            icon=":material/check_circle:",
        )
        return
    titles = (_("Perubahan kasus"), _("Perubahan anggota"), _("Perubahan penduduk"))
    different = [pair for pair in zip(titles, changes.tables, strict=True) if not pair[1].is_empty]
    sentences = zip(different, change_sentences(changes), strict=True)
    for place, ((title, table), sentence) in enumerate(sentences):
        st.markdown(f"**{sentence}**")
        _tables(table, places, title, key=f"{key}_{place}")


def _tables(table: TableChanges, places: Places, title: str, *, key: str) -> None:
    by_area = table.by("kelurahan_code")
    if by_area.empty:
        return
    by_month = table.by("month", "precision")
    areas = _frame(by_area, _("Kelurahan"), [places.label(code) for code in _ordered(by_area)])
    left, right = st.columns(2)
    with left:
        show_table(areas, alt=f"{title}, {_('menurut kelurahan')}", key=f"{key}_kelurahan")
    if by_month["month"].isna().all():
        return
    months = _frame(by_month, _("Bulan"), [_when(row) for row in by_month.to_dict("records")])
    with right:
        show_table(months, alt=f"{title}, {_('menurut bulan')}", key=f"{key}_bulan")


def _ordered(by_area: pd.DataFrame) -> list[str]:
    return [str(code) for code in by_area["kelurahan_code"]]


def _frame(rows: pd.DataFrame, head: str, names: list[str]) -> pd.DataFrame:
    """The rows in words; where nothing is held yet, only what is new."""
    frame = pd.DataFrame({head: names, _("Baru"): rows[NEW]})
    if not rows["before"].any():
        return frame
    sizes = zip(rows["before"], rows["after"], strict=True)
    frame[_("Berubah")], frame[_("Hilang")] = rows[CHANGED], rows[GONE]
    frame[_("Jumlah")] = [f"{number(old)} → {number(new)}" for old, new in sizes]
    return frame


def _when(row: Mapping[Hashable, Any]) -> str:
    """The month, quarter or year of a cell; "" for members, who have none."""
    if pd.isna(row["month"]):
        return ""
    day: date = row["month"].date()
    if row["precision"] == "year":
        return str(day.year)
    return quarter_label(day) if row["precision"] == "quarter" else language.month(day)


def gone_words(changes: Changes, places: Places) -> str:
    """Where what would be gone is held now: kelurahan, month and number, the most first."""
    parts = []
    for table in changes.tables:
        cells = table.cells[table.cells[GONE] > 0].sort_values(GONE, ascending=False)
        for row in cells.to_dict("records"):
            name = " ".join([places.label(row["kelurahan_code"]), _when(row)]).strip()
            parts.append(f"{name} ({number(row[GONE])})")
    more = len(parts) - _NAMED
    said = ", ".join(parts[:_NAMED])
    return (
        said if more <= 0 else _("{named}, dan {n} tempat lain").format(named=said, n=number(more))
    )
