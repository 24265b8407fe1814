"""What was read of a file: its size, sheet by sheet, and its findings by rule."""

import pandas as pd
import streamlit as st

from lk3 import language
from lk3.indicators.headlines import headline_data_quality
from lk3.intake import CheckedFile
from lk3.intake.findings import rule_label
from lk3.language import N_, _, ngettext, number
from lk3.ui.views.quality import SEVERITIES, findings_frame

KINDS = {
    "cases": N_("kasus"),
    "members": N_("anggota"),
    "population": N_("penduduk"),
    "mixed": N_("campuran"),
    "refused": N_("ditolak"),
    "": N_("tidak dibaca"),
}
_SHOWN_PER_RULE, _FEW_RULES = 10, 3


def summary(checked: CheckedFile) -> str:
    """Rows used and set aside, what they hold, the period and the kelurahan, as Markdown."""
    sentence = headline_data_quality(
        rows_read=checked.rows_read,
        rows_used=checked.rows_used,
        rows_set_aside=checked.rows_set_aside,
        rows_not_data=checked.rows_not_data,
    )
    sizes = checked.to_json()
    counts = [sizes.get(name, 0) for name in ("cases", "members", "records")]
    texts = (
        ngettext("{n} kasus", "{n} kasus", counts[0]),
        ngettext("{n} anggota", "{n} anggota", counts[1]),
        ngettext("{n} angka penduduk", "{n} angka penduduk", counts[2]),
    )
    found = [text.format(n=number(n)) for text, n in zip(texts, counts, strict=True) if n]
    facts = {_("Isi"): ", ".join(found)}
    if checked.period:
        first, last = (language.long_date(day) for day in checked.period)
        facts[_("Periode")] = f"{first} – {last}"
    areas = _areas_covered(checked.tables.cases)
    if areas:
        facts[_("Kelurahan")] = number(areas)
    said = " · ".join(f"**{name}:** {fact}" for name, fact in facts.items())
    return f"{sentence}\n\n{said}"


def _areas_covered(cases: pd.DataFrame) -> int:
    return int(cases.loc[~cases["kelurahan_code"].isin(["outside", "unknown"]),
                         "kelurahan_code"].nunique())  # fmt: skip


def sheets_frame(checked: CheckedFile) -> pd.DataFrame:
    """One row per sheet: its kind, its rows, and why it was not read."""
    sheets = checked.sheets
    return pd.DataFrame(
        {
            _("Lembar"): [sheet.name for sheet in sheets],
            _("Isi"): [_(KINDS.get(sheet.kind, sheet.kind)) for sheet in sheets],
            _("Dipakai"): [sheet.used for sheet in sheets],
            _("Disisihkan"): [sheet.set_aside for sheet in sheets],
            _("Bukan data"): [sheet.not_data for sheet in sheets],
            _("Tidak dibaca karena"): [sheet.left_out_because for sheet in sheets],
        }
    )


def show_findings(checked: CheckedFile) -> None:
    """The findings grouped by rule, the weighty ones first."""
    findings = checked.tables.findings
    if findings.empty:
        st.success(_("Tidak ada temuan."), icon=":material/check_circle:")
        return
    order = list(SEVERITIES)
    sizes = findings.groupby(["severity", "rule"]).size().rename("size").reset_index()
    sizes["weight"] = sizes["severity"].map(order.index)
    for _place, group in sizes.sort_values(["weight", "size"], ascending=[True, False]).iterrows():
        rule, severity = str(group["rule"]), str(group["severity"])
        said = f"{_(SEVERITIES[severity])} · {rule_label(rule)} · {number(group['size'])}"
        with st.expander(said, expanded=severity == "warning" and len(sizes) <= _FEW_RULES):
            same = findings[(findings["rule"] == rule) & (findings["severity"] == severity)]
            _list_findings(findings_frame(same)[_("Temuan dan tindakan")].tolist())


def _list_findings(sentences: list[str]) -> None:
    st.text("\n".join(f"• {sentence}" for sentence in sentences[:_SHOWN_PER_RULE]))
    if len(sentences) > _SHOWN_PER_RULE:
        more = len(sentences) - _SHOWN_PER_RULE
        st.caption(_("… dan {n} lagi; lihat halaman Mutu data.").format(n=number(more)))
