"""What stands around every page: the banner of the sample, notes on the data, the sources."""

import streamlit as st

from lk3 import language
from lk3.access import SAVE, who_may
from lk3.language import _, ngettext, number
from lk3.places import population_in
from lk3.ui.keeping import drawn_once, kept_for_all
from lk3.ui.view import View
from lk3.ui.widgets.words import plain


@drawn_once
def sample_banner(view: View, may_save: bool) -> None:
    """Say on top of the page that the data are a sample, and how they are replaced; may_save:
    whether whoever looks may do that.
    """
    if view.held.dataset.sample:
        with st.container(key="contoh"):
            name = _("DATA CONTOH")
            st.markdown(f"**{name}** · {sample_words()} {_way_to_own_data(may_save)}")


def sample_words() -> str:
    """What the sample is."""
    return _("Semua angka di sini buatan, bukan keadaan sebenarnya.")


def _way_to_own_data(may_save: bool) -> str:
    if may_save:
        return _("Unggah berkas di halaman Data untuk menggantinya.")
    return _("Yang dapat menggantinya: {roles}.").format(roles=who_may(SAVE))


@drawn_once
def footer(view: View) -> None:
    """Sources, rows used and set aside, the day of the data, the version."""
    with st.container(key="kaki"):
        st.caption("  \n".join(_lines(view, plain(_files(view)))))


@kept_for_all
def footer_lines(view: View) -> list[str]:
    """The lines of the footer for downloads."""
    return _lines(view, _files(view))


def _files(view: View) -> str:
    return ", ".join(str(account["file"]) for account in view.held.dataset.accounting) or "–"


def _lines(view: View, files: str) -> list[str]:
    data = view.held.dataset
    version = _("contoh bawaan") if data.version is None else number(data.version)
    again = _("Kasus yang juga ada di berkas lain: {n}, dihitung sekali.")
    repeated = [again.format(n=number(data.repeated_cases))] if data.repeated_cases else []
    return [
        _("Sumber: {files}. Penduduk: {population}.").format(
            files=files, population=population_words(view)
        ),
        _(
            "Baris dibaca: {read}; dipakai: {used}; disisihkan: {aside}; bukan data: {other}. "
            "Data per {day}. Versi: {version}."
        ).format(
            read=number(data.rows("rows_read")),
            used=number(data.rows("rows_used")),
            aside=number(data.rows("rows_set_aside")),
            other=number(data.rows("rows_not_data")),
            day=language.long_date(data.as_of),
            version=version,
        ),
        *repeated,
    ]


def population_words(view: View) -> str:
    """Which population the rates rest on: its year, and whether it is an estimate."""
    people = population_in(view.tables.population, view.context.on.year)
    years = sorted({str(year) for year in people["year"].dropna()})
    if not years:
        return _("belum ada")
    year = years[0] if len(years) == 1 else f"{years[0]}–{years[-1]}"
    if view.is_estimate:
        return _("*perkiraan* tahun {year}").format(year=year)
    return _("resmi tahun {year}").format(year=year)


@drawn_once
def left_out_note(view: View, *by: str) -> None:
    """Say how many cases the period, or the units of time, cannot place."""
    count = view.left_out(*by)
    if count:
        text = ngettext(
            "{n} kasus tidak ikut: tanggalnya tidak cukup rinci atau tidak ada, sehingga tidak "
            "dapat ditempatkan.",
            "{n} kasus tidak ikut: tanggalnya tidak cukup rinci atau tidak ada, sehingga tidak "
            "dapat ditempatkan.",
            count,
        )
        st.caption(f":material/info: {text.format(n=number(count))}")
