"""Profesi: who serves where, which profession is missing, and who handles the cases."""

import pandas as pd
import streamlit as st

from lk3 import language
from lk3.disclosure import release_table
from lk3.figures import FixedFigure, category_ranges, cross_heatmap
from lk3.indicators.headlines import headline_professions
from lk3.indicators.professions import (
    caseload_by_profession,
    cases_by_profession,
    closing_by_profession,
)
from lk3.indicators.supply import (
    members_by_profession,
    profession_coverage_by_district,
    profession_gaps,
    profession_table,
)
from lk3.language import _, number
from lk3.places import CITY
from lk3.ui.keeping import drawn_once, kept_for_all
from lk3.ui.view import View
from lk3.ui.widgets.cards import Card, card_row, measure_card
from lk3.ui.widgets.charts import chart
from lk3.ui.widgets.headline import headline, overline, section
from lk3.ui.widgets.most import first_codes, more_of_them
from lk3.ui.widgets.references import references
from lk3.ui.widgets.tables import table
from lk3.vocabulary import UNKNOWN, vocabulary

COUNSELLORS = "open_cases_per_counsellor"


@drawn_once
def professions_headline(view: View) -> None:
    """Which required profession is missing in the most kelurahan."""
    if view.tables.members.empty:
        sentence = _("Belum ada daftar anggota, jadi belum ada yang dapat dibandingkan.")
    else:
        sentence = headline_professions(profession_gaps(view.context))
    headline(sentence, overline=overline(view, _("Profesi")))


@drawn_once
def professions_cards(view: View) -> None:
    """Members, those of the whole city, coverage of professions, caseload."""
    wide = members_by_profession(view.context)
    has_members = not view.tables.members.empty
    city_wide = Card(
        _("Anggota tingkat kota"),
        number(float(wide.loc[CITY].to_numpy().sum())) if has_members else "–",
        detail=_("melayani seluruh kota") if has_members else _("daftar anggota belum ada"),
        help=_("Dihitung sekali untuk kota, tidak untuk kelurahan."),
    )
    card_row(
        [
            measure_card(view, "active_members"),
            city_wide,
            measure_card(view, "profession_coverage"),
            measure_card(view, "open_cases_per_member", label=_("Kasus terbuka per anggota")),
            measure_card(view, COUNSELLORS, label=_("Kasus terbuka per konselor")),
        ],
        key="profesi",
    )


def members_by_kelurahan(view: View) -> None:
    """Members by kelurahan and profession: what is short of the minimum stands out."""
    if view.tables.members.empty:
        return
    section(
        _("Anggota aktif menurut kelurahan dan profesi"),
        _("Bertugas pada {day}. ≥: jumlah minimum. Bulatan penuh: kurang dari minimum; bulatan "
          "kosong: nol, tidak wajib.").format(day=language.long_date(view.context.on)),
    )  # fmt: skip
    codes = first_codes(view, _missing(view), place="profesi_silang")
    figure = _members_figure(view, codes)
    chart(figure, key="profesi_silang", marks=view.selected or "", selects=True)
    more_of_them(view, codes, place="profesi_silang")
    _city_wide_note(view)


@kept_for_all
def _missing(view: View) -> pd.Series:
    """How many members are missing in each kelurahan."""
    table = profession_table(view.context)
    return table.groupby("kelurahan_code", sort=False)["missing"].sum()


@kept_for_all
def _members_figure(view: View, codes: tuple[str, ...] | None) -> FixedFigure:
    held = profession_table(view.context)[["kelurahan_code", "profession", "held"]]
    released = release_table(held, audience="internal", value="held")
    least = dict(view.context.requirements.least)
    figure = cross_heatmap(
        released.frame,
        rows="kelurahan_code",
        columns="profession",
        value="held",
        row_labels=_kelurahan(view, codes),
        column_labels={str(k): _with_minimum(str(k), least) for k in held["profession"].unique()},
        least=least,
        unit=_("orang"),
    )
    return FixedFigure.of(figure)


@drawn_once
def _city_wide_note(view: View) -> None:
    st.caption(_city_wide_words(members_by_profession(view.context)))


def coverage_by_district(view: View) -> None:
    """Each required profession: in how many kelurahan of each kecamatan, and how many lack it."""
    if view.tables.members.empty:
        return
    frame = _coverage(view)
    section(
        _("Cakupan unsur menurut kecamatan"),
        _("Kelurahan yang memiliki sedikitnya jumlah minimum, dari semua kelurahan."),
    )
    if frame.empty:
        st.markdown(_("Belum ada unsur wajib yang ditetapkan."))
        return
    title = _("Cakupan unsur wajib, {where}, {when}").format(where=view.where, when=view.when)
    table(frame, view=view, title=title, key="profesi_unsur")


@kept_for_all
def _coverage(view: View) -> pd.DataFrame:
    gaps = profession_gaps(view.context).set_index("profession")
    return gaps if gaps.empty else coverage_frame(view, gaps)


def coverage_frame(view: View, gaps: pd.DataFrame) -> pd.DataFrame:
    """Required professions by kecamatan in words ("5 dari 6"), with those that are missing."""
    labels = vocabulary("professions").labels()
    by_district = profession_coverage_by_district(view.context)
    by_district = by_district.assign(said=_of(by_district))
    wide = by_district.pivot(index="profession", columns="district", values="said")
    wide = wide.reindex(index=gaps.index, columns=by_district["district"].unique())
    return pd.DataFrame(
        {
            _("Unsur wajib"): [labels[key] for key in gaps.index],
            _("Minimum"): gaps["minimum"],
            view.where: _of(gaps),
            _("Kurang (orang)"): gaps["missing"],
            _("Tingkat kota"): gaps["city_wide"],
            # After what is said of all: there may be a hundred of them.
            **{str(district): wide[district] for district in wide.columns if len(wide.columns) > 1},
        }
    )


def cases_by_kelurahan(view: View) -> None:
    """Cases of the period by the profession that handled them and by kelurahan."""
    section(
        _("Kasus menurut profesi yang menangani dan kelurahan"),
        _("{where}, {when}. Banyaknya kasus bukan ukuran kinerja.").format(
            where=view.where, when=view.when
        ),
    )
    codes = first_codes(view, _cases(view), place="profesi_kasus")
    figure = _cases_figure(view, codes)
    chart(figure, key="profesi_kasus", marks=view.selected or "", selects=True)
    more_of_them(view, codes, place="profesi_kasus")


@kept_for_all
def _cases(view: View) -> pd.Series:
    """How many cases of the period each kelurahan has."""
    cases = cases_by_profession(view.context).groupby("kelurahan_code")["cases"].sum()
    return cases.reindex(view.places.codes).fillna(0)


@kept_for_all
def _cases_figure(view: View, codes: tuple[str, ...] | None) -> FixedFigure:
    found = cases_by_profession(view.context)
    labels = vocabulary("professions").labels() | {UNKNOWN: _("Tidak diketahui")}
    shown = [key for key in labels if (found["profession"] == key).any()]
    rows = _kelurahan(view, codes)
    if (found["kelurahan_code"] == UNKNOWN).any():
        rows |= {UNKNOWN: view.places.label(UNKNOWN)}
    figure = cross_heatmap(
        release_table(found, audience="internal").frame if len(found) else found,
        rows="kelurahan_code",
        columns="profession",
        value="cases",
        row_labels=rows if shown else {},
        column_labels={key: labels[key] for key in shown},
        marks_zeros=False,
        unit=_("kasus"),
    )
    return FixedFigure.of(figure)


def load_and_time(view: View) -> None:
    """Open cases per member, and days to close, by profession."""
    left, right = st.columns(2, gap="medium")
    with left:
        section(
            _("Beban menurut profesi"),
            _("Kasus terbuka per anggota aktif, dengan selang 95%, {when}").format(when=view.when),
        )
        chart(_load_figure(view), key="profesi_beban")
        st.caption(_("Acuan berlaku untuk konselor (pekerja sosial, psikolog); bukan penilaian."))
    with right:
        section(
            _("Lama penanganan menurut profesi"),
            _("Median hari sampai ditutup, dengan kuartil, {when}").format(when=view.when),
        )
        chart(_time_figure(view), key="profesi_lama")


@kept_for_all
def _load_figure(view: View) -> FixedFigure:
    figure = category_ranges(
        caseload_by_profession(view.context),
        labels=vocabulary("professions").labels(),
        label=_("Beban menurut profesi"),
        unit=_("kasus terbuka per anggota"),
        references=references(view, COUNSELLORS),
    )
    return FixedFigure.of(figure)


@kept_for_all
def _time_figure(view: View) -> FixedFigure:
    figure = category_ranges(
        closing_by_profession(view.context),
        labels=vocabulary("professions").labels(),
        label=_("Lama penanganan menurut profesi"),
        unit=_("hari"),
        decimals=0,
    )
    return FixedFigure.of(figure)


def _kelurahan(view: View, codes: tuple[str, ...] | None) -> dict[str, str]:
    """The rows of a table of kelurahan: those that are chosen, and of very many only `codes`."""
    shown = view.places.codes if codes is None else codes
    return {c: view.places.label(c) for c in shown if view.context.chosen[c]}


def _with_minimum(key: str, least: dict[str, int]) -> str:
    label = vocabulary("professions").labels().get(key) or _("Tidak diketahui")
    if key not in least:
        return label
    return f"{label} ≥{number(least[key])}"


def _of(counts: pd.DataFrame) -> list[str]:
    text = _("{n} dari {total}")
    return [
        text.format(n=number(n), total=number(total))
        for n, total in zip(counts["kelurahan"], counts["total"], strict=True)
    ]


def _city_wide_words(wide: pd.DataFrame) -> str:
    professions = vocabulary("professions")
    parts = [f"{professions.label(str(k))} {number(n)}" for k, n in wide.loc[CITY].items() if n]
    said = _("Tingkat kota, tidak ada di tabel warna: {parts}.").format(
        parts=", ".join(parts) or _("tidak ada")
    )
    unknown = float(wide.loc[UNKNOWN].to_numpy().sum())
    if unknown:
        said += " " + _("{n} anggota tanpa kelurahan juga tidak ada di sana.").format(
            n=number(unknown)
        )
    return said
