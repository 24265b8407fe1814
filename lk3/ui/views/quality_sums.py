"""Mutu data: printed totals beside their sums, and cases that stand more than once."""

import json

import pandas as pd
import streamlit as st

from lk3.intake.findings import rule_label
from lk3.language import N_, _, number
from lk3.ui.view import View
from lk3.ui.views.quality_facts import facts_of
from lk3.ui.widgets.headline import section
from lk3.ui.widgets.tables import table
from lk3.vocabulary import vocabulary

_FATES = {"merged": N_("dihitung sekali"), "apart": N_("bertentangan, dihitung sendiri")}
_WITHIN = ("row_duplicate", "case_continued", "case_number_conflict")
_ACROSS = ("case_in_other_file", "case_conflict_other_file", "recap_overlaps", "registers_alike")


def totals(view: View) -> None:
    """Every printed total that was compared: where it stands, what its parts add up to."""
    found = facts_of(view.held).totals
    section(
        _("Jumlah yang tertulis dan rinciannya"),
        _(
            "Setiap jumlah di rekap dibandingkan dengan rinciannya; yang dihitung adalah "
            "rinciannya."
        ),
    )
    if found.empty:
        st.info(
            _("Tidak ada jumlah tertulis yang dapat dibandingkan."), icon=":material/functions:"
        )
        return
    wrong = int((found["difference"] != 0).sum())
    st.markdown(
        _("Dari {n} jumlah yang dibandingkan, {wrong} tidak sama dengan rinciannya.").format(
            n=number(_compared(view, len(found))), wrong=number(wrong)
        )
    )
    table(_totals_frame(found), view=view, title=_("Jumlah yang tertulis"), key="mutu_jumlah")


def _compared(view: View, shown: int) -> int:
    counts = [account.get("totals_compared", 0) for account in view.held.dataset.accounting]
    return max(sum(counts), shown)


def _totals_frame(found: pd.DataFrame) -> pd.DataFrame:
    breakdowns = vocabulary("breakdowns")
    return pd.DataFrame(
        {
            _("Berkas"): found["file"],
            _("Lembar"): found["sheet"],
            _("Baris"): [str(row) for row in found["row"]],
            _("Kolom atau rincian"): [
                column or breakdowns.label(breakdown)
                for column, breakdown in zip(found["column"], found["breakdown"], strict=True)
            ],
            _("Tertulis"): found["printed"],
            _("Jumlah rinciannya"): found["parts"],
            _("Selisih"): found["difference"],
        }
    )


def duplicates(view: View) -> None:
    """How often rows stand twice, within a file and across files, and each row of the latter."""
    findings = view.tables.findings
    counts = findings["rule"].value_counts()
    rules = [rule for rule in (*_WITHIN, *_ACROSS) if counts.get(rule, 0)]
    section(
        _("Kasus ganda"),
        _(
            "Satu kasus dihitung sekali, dengan status terakhir; yang meragukan hanya "
            "diberitahukan."
        ),
    )
    if not rules:
        st.success(_("Tidak ada kasus ganda yang ditemukan."), icon=":material/check_circle:")
        return
    frame = pd.DataFrame(
        {
            _("Temuan"): [rule_label(rule) for rule in rules],
            _("Di mana"): [
                _("dalam satu berkas") if rule in _WITHIN else _("antarberkas") for rule in rules
            ],
            _("Kasus atau baris"): [_size(findings, rule) for rule in rules],
        }
    )
    table(frame, view=view, title=_("Kasus ganda"), key="mutu_ganda")
    _rows_of_repeats(view)


def _size(findings: pd.DataFrame, rule: str) -> int:
    """How many cases the findings of a rule are about: a finding of one row is about one."""
    told = findings.loc[findings["rule"] == rule, "details"]
    return sum(int(json.loads(details).get("cases", 1)) for details in told)


def _rows_of_repeats(view: View) -> None:
    repeats = view.held.dataset.repeats
    if repeats.empty:
        return
    frame = pd.DataFrame(
        {
            _("Sumber"): repeats["source"],
            _("Lembar"): repeats["sheet"],
            _("Baris"): repeats["row"].astype("str"),
            _("Juga ada di"): repeats["kept_source"],
            _("Lembar di sana"): repeats["kept_sheet"],
            _("Baris di sana"): repeats["kept_row"].astype("str"),
            _("Perlakuan"): [_(_FATES[fate]) for fate in repeats["fate"]],
        }
    )
    section(
        _("Baris yang kasusnya juga ada di berkas lain"),
        _("Baris ini tetap baris yang dipakai di berkasnya; kasusnya tidak dihitung lagi."),
    )
    title = _("Baris yang kasusnya juga ada di berkas lain")
    table(frame, view=view, title=title, key="mutu_antarberkas")
