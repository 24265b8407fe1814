"""Mutu data: the findings of the active data, by rule and one by one."""

from collections.abc import Callable

import pandas as pd
import streamlit as st

from lk3.intake.findings import finding_sentence, rule_label
from lk3.language import N_, _
from lk3.ui.view import View
from lk3.ui.widgets.headline import section
from lk3.ui.widgets.tables import show_table, table

SEVERITIES = {"error": N_("Ditolak"), "warning": N_("Perlu diperiksa"), "note": N_("Catatan")}
_SHOWN = 15


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
    frame = findings_frame(_weighty_first(chosen))
    title = _("Daftar temuan mutu data")
    table(frame, view=view, title=title, key="mutu_temuan", has_sentences=True, most=_SHOWN)


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


def _weighty_first(findings: pd.DataFrame) -> pd.DataFrame:
    """Rows that do not count, then what should be looked at, then notes; rare rules first in each:
    a hundred blank ages must not hide the one total that is wrong.
    """
    often = findings["rule"].map(findings["rule"].value_counts())
    weight = findings["severity"].map({key: place for place, key in enumerate(SEVERITIES)})
    order = findings.assign(aside=1 - findings["set_aside"], weight=weight, often=often)
    by = ["aside", "weight", "often", "file", "sheet", "row"]
    return order.sort_values(by, kind="stable")[findings.columns]


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
