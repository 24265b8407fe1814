"""Mutu data: the findings of the active data, by rule and one by one."""

from collections.abc import Callable

import pandas as pd
import streamlit as st

from lk3.indicators.headlines import headline_data_quality
from lk3.intake.findings import finding_sentence, rule_label
from lk3.language import N_, _, number, percent
from lk3.ui.view import View
from lk3.ui.widgets.cards import Card, card_row
from lk3.ui.widgets.headline import headline, section
from lk3.ui.widgets.tables import show_table, table
from lk3.vocabulary import UNKNOWN

SEVERITIES = {"error": N_("Ditolak"), "warning": N_("Perlu diperiksa"), "note": N_("Catatan")}
_CHECKED = {
    "kelurahan_code": N_("Kelurahan"),
    "problem": N_("Masalah"),
    "status": N_("Status"),
    "profession": N_("Profesi yang menangani"),
    "sex": N_("Jenis kelamin"),
    "age_band": N_("Kelompok umur"),
}


def quality_headline(view: View) -> None:
    """How many rows are used, and whether any waits for somebody."""
    data = view.held.dataset
    names = ("rows_read", "rows_used", "rows_set_aside", "rows_not_data")
    sentence = headline_data_quality(**{name: data.rows(name) for name in names})
    headline(sentence, overline=" · ".join((_("Mutu data"), _("semua sumber yang aktif"))))


def quality_cards(view: View) -> None:
    """Rows set aside, findings to look at, notes, cases without a kelurahan."""
    findings, data = view.tables.findings, view.held.dataset
    share = _share_unknown(view, "kelurahan_code")
    card_row(
        [
            Card(
                _("Baris dipakai"),
                number(data.rows("rows_used")),
                detail=_("dari {n} baris yang dibaca").format(n=number(data.rows("rows_read"))),
            ),
            Card(
                _("Baris disisihkan"),
                number(data.rows("rows_set_aside")),
                detail=_("tidak ikut dihitung sampai diperbaiki"),
            ),
            Card(_("Perlu diperiksa"), number(int((findings["severity"] == "warning").sum()))),
            Card(_("Catatan"), number(int((findings["severity"] == "note").sum()))),
            Card(
                _("Kasus tanpa kelurahan"),
                percent(share, 1),
                detail=_("ikut dihitung untuk kota saja"),
            ),
        ],
        key="mutu",
    )


def findings_by_rule(view: View) -> None:
    """How often each rule was broken."""
    findings = view.tables.findings
    if findings.empty:
        return
    counts = findings.groupby(["severity", "rule"]).size().reset_index(name="n")
    counts = counts.sort_values(["severity", "n"], ascending=[False, False])
    frame = pd.DataFrame(
        {
            _("Temuan"): [rule_label(rule) for rule in counts["rule"]],
            _("Tingkat"): [_(SEVERITIES[key]) for key in counts["severity"]],
            _("Jumlah"): counts["n"].to_numpy(),
        }
    )
    section(_("Temuan menurut jenis"))
    show_table(frame, alt=_("Temuan menurut jenis"), key="mutu_aturan")


def findings_list(view: View) -> None:
    """The findings one by one, filtered by rule, severity and sheet."""
    section(
        _("Daftar temuan"), _("Nilai pribadi disamarkan. Perbaiki di berkas, lalu unggah lagi.")
    )
    findings = view.tables.findings
    if findings.empty:
        st.success(_("Tidak ada temuan."), icon=":material/check_circle:")
        return
    chosen = _choose(findings)
    if chosen.empty:
        st.info(_("Tidak ada temuan untuk pilihan ini."))
        return
    frame = findings_frame(chosen)
    title = _("Daftar temuan mutu data")
    table(frame, view=view, title=title, key="mutu_temuan", has_sentences=True)


def findings_frame(findings: pd.DataFrame) -> pd.DataFrame:
    """Findings in words. In: `tables.FINDINGS`."""
    rows = findings.to_dict("records")
    return pd.DataFrame(
        {
            _("Tingkat"): [_(SEVERITIES[str(row["severity"])]) for row in rows],
            _("Temuan dan tindakan"): [finding_sentence(row) for row in rows],  # type: ignore[arg-type]
            _("Berkas"): findings["file"].to_numpy(),
            _("Lembar"): findings["sheet"].to_numpy(),
            _("Baris"): [str(row["row"]) if row["row"] else "" for row in rows],
        }
    )


def shares_unknown(view: View) -> None:
    """The share of cases in which a column is not known."""
    frame = pd.DataFrame(
        {
            _("Kolom"): [_(label) for label in _CHECKED.values()],
            _("Tidak diketahui"): [percent(_share_unknown(view, name), 1) for name in _CHECKED],
        }
    )
    section(_("Bagian kasus yang tidak diketahui"), _("Dari semua kasus yang tersimpan."))
    show_table(frame, alt=_("Bagian kasus yang tidak diketahui"), key="mutu_kosong")


def _choose(findings: pd.DataFrame) -> pd.DataFrame:
    places = st.columns(3)
    choices: tuple[tuple[str, str, Callable[[str], str]], ...] = (
        ("severity", _("Tingkat"), lambda key: _(SEVERITIES[key])),
        ("rule", _("Jenis temuan"), rule_label),
        ("sheet", _("Lembar"), str),
    )
    for place, (column, label, say) in zip(places, choices, strict=True):
        wanted = place.multiselect(
            label,
            sorted(findings[column].unique()),
            format_func=say,
            key=f"mutu_{column}",
            placeholder=_("Semua"),
            select_all=False,
        )
        if wanted:
            findings = findings[findings[column].isin(wanted)]
    return findings


def _share_unknown(view: View, column: str) -> float | None:
    cases = view.tables.cases
    counted = cases[cases["breakdown"] == ""]
    total = int(counted["cases"].sum())
    if not total:
        return None
    missing = counted[column].isin([UNKNOWN, ""])
    return float(counted.loc[missing, "cases"].sum()) / total
