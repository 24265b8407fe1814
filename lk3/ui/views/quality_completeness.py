"""Mutu data: of which share of cases each field is known, by field, over time and by kelurahan."""

import pandas as pd
import streamlit as st

from lk3 import language
from lk3.counts.period import quarter_label
from lk3.figures.cells import CellClass, cell_grid
from lk3.figures.template import NO_DATA, SEQUENTIAL
from lk3.indicators.quality import FIELDS
from lk3.language import N_, _, number, percent
from lk3.places import CITY
from lk3.ui.speech import fragment
from lk3.ui.view import View
from lk3.ui.views.quality_facts import completeness_rows, facts_of
from lk3.ui.widgets.charts import chart
from lk3.ui.widgets.headline import section
from lk3.ui.widgets.tables import table

UNITS = {"quarter": N_("Triwulan"), "month": N_("Bulan"), "year": N_("Tahun")}
_SHOWN = 8  # columns side by side: more would not be readable on a phone
_EDGES = (0.0, 0.25, 0.5, 0.75)


def by_field(view: View) -> None:
    """Each field: cases that could say it, those that do, the share that does not."""
    found = facts_of(view.held).by_field
    never = facts_of(view.held).never
    sources = [", ".join(never[field]) for field in found["field"]]
    frame = pd.DataFrame(
        {
            _("Isian"): [_(FIELDS[field]) for field in found["field"]],
            _("Kasus"): [number(n) for n in found["cases"]],
            _("Terisi"): [number(n) for n in found["known"]],
            _("Kosong atau tidak terbaca"): [percent(1 - s, 1) for s in found["share"]],
            _("Tidak pernah terisi di"): sources,
        }
    )
    section(
        _("Kelengkapan isian"),
        _(
            "Bagian kasus yang isiannya kosong atau tidak terbaca. Rekap hanya dihitung untuk "
            "isian yang dapat dimuatnya."
        ),
    )
    title = _("Kelengkapan isian, semua sumber yang aktif")
    table(frame, view=view, title=title, key="mutu_isian", has_sentences=True)


@fragment
def over_time(view: View) -> None:
    """The grid of a field by kelurahan, or of all fields for the city, over time."""
    section(
        _("Kelengkapan dari waktu ke waktu"),
        _("Persen kasus yang isiannya kosong atau tidak terbaca; sel tanpa angka: semua terisi."),
    )
    places = st.columns(3)
    field = places[0].selectbox(
        _("Isian"),
        ["", *(key for key in FIELDS if key != "kelurahan_code")],
        format_func=lambda key: _(FIELDS[key]) if key else _("Semua isian (kota)"),
        key="mutu_isian_pilihan",
    )
    unit = places[1].selectbox(
        _("Satuan waktu"), list(UNITS), format_func=lambda key: _(UNITS[key]), key="mutu_satuan"
    )
    rows = completeness_rows(view.held, str(field), str(unit))
    windows = windows_of(rows["time"], _SHOWN)
    if not windows:
        st.info(_("Tidak ada laporan dengan tanggal yang cukup rinci untuk satuan ini."))
        return
    window = places[2].selectbox(
        _("Rentang"),
        range(len(windows)),
        format_func=lambda n: (
            f"{unit_label(windows[n][0], unit)} – {unit_label(windows[n][-1], unit)}"
        ),
        key=f"mutu_rentang_{unit}",
    )
    _show(view, rows, windows[window], str(field), str(unit))


def windows_of(times: pd.Series, size: int) -> list[list[pd.Timestamp]]:
    """The units in stretches of a size, the latest first; the last one may be shorter."""
    units = sorted(set(times))
    return [units[max(0, end - size) : end] for end in range(len(units), 0, -size)]


def unit_label(day: pd.Timestamp, unit: str) -> str:
    """A month, quarter or year as a heading of a column."""
    if unit == "year":
        return str(day.year)
    return (
        quarter_label(day.date(), short=True) if unit == "quarter" else language.month(day.date())
    )


def _show(
    view: View, rows: pd.DataFrame, window: list[pd.Timestamp], field: str, unit: str
) -> None:
    labels = _row_labels(view, rows, field)
    grid = pd.MultiIndex.from_product([list(labels), window], names=["row", "time"])
    cells = rows.set_index(["row", "time"])[["cases", "known", "share"]].reindex(grid).reset_index()
    missing = 1 - cells["share"]
    columns = {day: unit_label(day, unit) for day in window}
    cells = cells.assign(
        kind=_kinds(missing),
        text=[number(100 * m) if m > 0 else "" if m == 0 else "·" for m in missing],
        hover=[
            _hover(labels[row], columns[time], cases, known)
            for row, time, cases, known in zip(
                cells["row"], cells["time"], cells["cases"], cells["known"], strict=True
            )
        ],
    )
    name = _(FIELDS[field]) if field else _("Semua isian (kota)")
    alt = _("Kelengkapan isian “{field}” menurut {unit}: {cases} kasus, {share} kosong.").format(
        field=name,
        unit=_(UNITS[unit]).lower(),
        cases=number(cells["cases"].sum()),
        share=percent(1 - cells["known"].sum() / max(cells["cases"].sum(), 1), 1),
    )
    figure = cell_grid(
        cells, rows="row", columns="time", row_labels=labels, column_labels=columns,
        classes=_looks(), alt=alt,
    )  # fmt: skip
    chart(figure, key=f"mutu_kelengkapan_{field or 'semua'}_{unit}")
    title = _("Kelengkapan isian: {field}").format(field=name)
    with st.expander(_("Tabel dan unduhan (seluruh waktu)")):
        table(_whole(rows, labels, unit), view=view, title=title, key="mutu_waktu")


def _row_labels(view: View, rows: pd.DataFrame, field: str) -> dict[str, str]:
    if not field:
        return {key: _(label).split(" (")[0] for key, label in FIELDS.items()}
    codes = [*view.places.codes, *(["unknown"] if (rows["row"] == "unknown").any() else [])]
    return {code: view.places.label(code) for code in codes if code != CITY}


def _kinds(missing: pd.Series) -> pd.Series:
    """The class of each cell by its share that is missing."""
    places = sum((missing > edge).astype("int64") for edge in _EDGES)
    return pd.Series(places, index=missing.index).astype("str").where(missing.notna(), "none")


def _looks() -> dict[str, CellClass]:
    labels = (_("semua terisi"), "1–25%", "26–50%", "51–75%", "76–100%")
    colours = ("#f4f8fc", *SEQUENTIAL[1:])
    looks = {
        str(place): CellClass(
            label if place == 0 else _("{range} kosong").format(range=label), colour
        )
        for place, (label, colour) in enumerate(zip(labels, colours, strict=True))
    }
    return looks | {"none": CellClass(_("tidak ada kasus"), NO_DATA, ink="#6b6454")}


def _hover(row: str, time: str, cases: float, known: float) -> str:
    if pd.isna(cases):
        return _("{row} · {time}: tidak ada kasus").format(row=row, time=time)
    return _("{row} · {time}: {known} dari {cases} kasus terisi").format(
        row=row, time=time, known=number(known), cases=number(cases)
    )


def _whole(rows: pd.DataFrame, labels: dict[str, str], unit: str) -> pd.DataFrame:
    kept = rows[rows["row"].isin(list(labels))].sort_values(["time", "row"])
    return pd.DataFrame(
        {
            _(UNITS[unit]): [unit_label(day, unit) for day in kept["time"]],
            _("Kelurahan atau isian"): kept["row"].map(labels).to_numpy(),
            _("Kasus"): kept["cases"].to_numpy(),
            _("Terisi"): kept["known"].to_numpy(),
            _("Kosong atau tidak terbaca (%)"): ((1 - kept["share"]) * 100).round(1).to_numpy(),
        }
    )
