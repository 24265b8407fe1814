"""Sentences for planners, made from the numbers: who is underserved, why, and how sure that is."""

from typing import cast

import pandas as pd

from lk3.indicators.area_names import name_some
from lk3.indicators.funnel import EXPECTED_AT_LEAST
from lk3.indicators.incomplete_words import unknown_cases_words
from lk3.indicators.underserved import (
    ENOUGH,
    MAYBE,
    NO_MEMBER,
    UNDERSERVED,
    UNJUDGED,
    Supply,
)
from lk3.language import N_, _, number
from lk3.places import Places

STATES = {
    NO_MEMBER: N_("tanpa anggota"),
    UNDERSERVED: N_("kurang terlayani"),
    MAYBE: N_("mungkin kurang terlayani"),
    ENOUGH: N_("tidak dapat disebut kurang"),
    UNJUDGED: N_("data belum cukup"),
}
_NAMED = 4


def state_label(state: str) -> str:
    """The state in words; "" for none."""
    return _(STATES[state]) if state in STATES else ""


def headline_underserved(supply: Supply, places: Places) -> str:
    """Which kelurahan are underserved; that none can be told is said too."""
    parts = [
        _("{state}: {names}").format(
            state=state_label(state), names=name_some(codes, places, most=_NAMED)
        )
        for state in (NO_MEMBER, UNDERSERVED, MAYBE)
        if (codes := supply.areas.index[supply.areas["state"] == state].tolist())
    ]
    if supply.areas["shortfall"].isna().all():
        return _(
            "Kekurangan anggota belum dapat dihitung: kasus, penduduk, atau anggota belum ada."
        )
    if not parts:
        return _("Tidak ada kelurahan yang dapat dipastikan kurang terlayani.")
    text = "; ".join(parts)
    return f"{text[:1].upper()}{text[1:]}."


def headline_ranks(supply: Supply) -> str:
    """How far the order can be trusted."""
    groups = supply.areas["group"].dropna()
    if groups.empty:
        return ""
    if groups.nunique() == 1:
        return _("Urutan kelurahan tidak dapat dibedakan: semuanya satu kelompok.")
    first = int((groups == 1).sum())
    if first == 1:
        return _("Hanya urutan pertama yang dapat dibedakan dari yang lain.")
    return _(
        "{n} kelurahan teratas tidak dapat dibedakan satu dari yang lain; urutan di dalam kelompok "
        "tidak berarti."
    ).format(n=number(first))


def explain(supply: Supply, places: Places, code: str) -> str:
    """Why a kelurahan is judged as it is, number by number."""
    row = supply.areas.loc[code]
    notes = row.get("note", "").split("|")
    if pd.isna(row["shortfall"]):
        text = _("{name}: kekurangan anggota tidak dapat dihitung.")
        if "not_listed" in notes:
            text = _(
                "{name}: tidak tercantum dalam rekap dan kasusnya belum tentu nol, jadi kekurangan "
                "anggota tidak dapat dihitung."
            )
        return text.format(name=places.label(code))
    parts = [
        _("{name}: {cases} kasus, {expected} diharapkan pada angka kota").format(
            name=places.label(code),
            cases=number(row["cases"]),
            expected=number(row["expected"], 1),
        ),
        _("{members} anggota aktif, {wanted} menurut perbandingan kota").format(
            members=number(row["members"]),
            wanted=number(row["members"] + row["shortfall"], 1),
        ),
        _gap_words(row),
        _("urutan {rank}, dengan selang {low}–{high}").format(
            rank=number(row["rank"]), low=number(row["rank_lower"]), high=number(row["rank_upper"])
        ),
    ]
    return f"{'; '.join(parts)}. {conclude(supply, code)}"


def conclude(supply: Supply, code: str) -> str:
    """What follows from the numbers of a kelurahan, and what they do not know."""
    row = supply.areas.loc[code]
    said = [_verdict_words(cast("pd.Series", row))]
    if "unknown_cases" in row.get("note", "").split("|"):
        said.append(unknown_cases_words(supply.unknown_cases))
    return " ".join(part for part in said if part)


def _gap_words(row: pd.Series) -> str:
    low, high = number(row["lower"], 1), number(row["upper"], 1)
    if row["shortfall"] > 0:
        text = _("kurang {n} orang (selang 95%: {low} s.d. {high})")
    else:
        text = _(
            "lebih {n} orang daripada perbandingan kota (selang 95% kekurangan: {low} s.d. {high})"
        )
    return text.format(n=number(abs(row["shortfall"]), 1), low=low, high=high)


def _verdict_words(row: pd.Series) -> str:
    state = str(row["state"])
    if state == UNJUDGED and row["expected"] >= EXPECTED_AT_LEAST:
        return _("Datanya belum cukup, jadi belum dinilai.")
    if state == ENOUGH and row["shortfall"] > 0:
        return _(
            "Kasusnya tidak dapat dibedakan dari kota, jadi kelurahan ini tidak disebut kurang "
            "terlayani."
        )
    said = {
        NO_MEMBER: _("Tidak ada anggota yang bertugas di sini."),
        UNDERSERVED: _(
            "Disebut kurang terlayani: kasusnya lebih banyak daripada yang biasa terjadi karena "
            "kebetulan, juga bila semua kelurahan dibandingkan sekaligus, dan anggotanya lebih "
            "sedikit daripada perbandingan kota."
        ),
        MAYBE: _(
            "Mungkin kurang terlayani: kasusnya melewati batas 95%, yang juga dilewati satu dari "
            "empat puluh kelurahan karena kebetulan saja."
        ),
        UNJUDGED: _("Kasus yang diharapkan kurang dari 5, jadi belum dinilai."),
        ENOUGH: _("Anggotanya tidak lebih sedikit daripada perbandingan kota."),
    }
    return said.get(state, "")
