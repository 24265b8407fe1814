"""The form of every result: one row per area, with the value and all that is needed to judge it.

Columns: value; lower, upper, confidence of its interval (NaN where it has none); n (events or
things counted) and denominator; method (how value and interval were made); verdict (key of
`funnel.VERDICTS` or ""); note (keys of `NOTES` joined by "|", or ""). Index: code of every
kelurahan, then "city", "outside" and "unknown".
"""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from lk3.language import N_, _
from lk3.places import CITY, OUTSIDE, Places
from lk3.vocabulary import UNKNOWN

NUMBERS = ("value", "lower", "upper", "confidence", "n", "denominator")
WORDS = ("method", "verdict", "note")
SUPPRESSED = "suppressed"
INDISTINGUISHABLE = "indistinguishable"
NOTES = {
    SUPPRESSED: N_("disembunyikan agar jumlah kecil tidak terbuka"),
    INDISTINGUISHABLE: N_("belum dapat dibedakan dari kebetulan"),
    "estimate": N_("penduduk masih perkiraan"),
    "no_members": N_("tidak ada anggota aktif"),
    "no_population": N_("jumlah penduduk tidak ada"),
    "no_cases": N_("tidak ada kasus untuk dihitung"),
    "no_comparison": N_("tidak ada kasus pada periode sebelumnya"),
    "not_held": N_("data periode sebelumnya belum ada"),
    "partly_held": N_("data periode sebelumnya mungkin belum lengkap"),
    "no_period": N_("pilih periode untuk membandingkan"),
    "not_over": N_("periode belum selesai; hanya bagian yang sudah berjalan yang dibandingkan"),
    "alike": N_("cacahnya tidak menunjukkan beda antarkelurahan selain kebetulan"),
    "not_listed": N_("tidak tercantum dalam rekap; belum tentu nol"),
    "partly_listed": N_("ada rekap yang tidak memuat semuanya; mungkin lebih besar"),
    "unknown_cases": N_("kasus tanpa kelurahan bisa mengubah putusan"),
    "with_unknown": N_("termasuk kasus tanpa kelurahan"),
    "no_target": N_("target belum ditetapkan"),
    "target_is_whole": N_("target berlaku untuk seluruh kota tanpa saringan"),
    "over_target": N_("melebihi target; periksa targetnya dan cara menghitung klien"),
    "few_closed": N_("belum cukup: kurang dari 5 kasus ditutup"),
    "not_an_area": N_("tidak dihitung karena bukan kelurahan"),
    "not_chosen": N_("di luar kecamatan yang dipilih"),
}

METHODS = {
    "count": N_("cacah"),
    "census": N_("cacah lengkap"),
    "poisson_exact": N_("Poisson eksak"),
    "byar": N_("Byar"),
    "wilson": N_("Wilson"),
    "conditional_binomial": N_("binomial bersyarat (eksak)"),
    "empirical_bayes": N_("Bayes empiris (Marshall)"),
    "gamma_poisson": N_("Gamma-Poisson"),
    "planned_share": N_("bagian dari target"),
    "median_quartiles": N_("median dan kuartil"),
}


def area_index(places: Places) -> pd.Index:
    """The rows of every measure, in order."""
    return pd.Index([*places.codes, CITY, OUTSIDE, UNKNOWN], name="code")


def make_measure(
    index: pd.Index,
    *,
    value: ArrayLike,
    n: ArrayLike,
    denominator: ArrayLike = np.nan,
    bounds: tuple[ArrayLike, ArrayLike] | None = None,
    confidence: float = np.nan,
    method: ArrayLike = "",
    verdict: ArrayLike = "",
    note: ArrayLike = "",
) -> pd.DataFrame:
    """A measure frame from its columns; where there is no value there is no interval either."""
    lower, upper = bounds if bounds is not None else (np.nan, np.nan)
    size = len(index)
    values = _numbers(value, size)
    missing = np.isnan(values)
    low, high = (np.where(missing, np.nan, _numbers(bound, size)) for bound in (lower, upper))
    level = np.where(np.isnan(low), np.nan, _numbers(confidence, size))
    numbers = (values, low, high, level, _numbers(n, size), _numbers(denominator, size))
    words = (
        np.where(missing, "", _words(method, size)),
        np.where(missing, "", _words(verdict, size)),
        _words(note, size),
    )
    columns = dict(zip((*NUMBERS, *WORDS), (*numbers, *words), strict=True))
    return pd.DataFrame(columns, index=index).astype(dict.fromkeys(WORDS, "str"))


def positive(values: ArrayLike) -> np.ndarray:
    """The values that can be divided by; NaN in the place of the others."""
    numbers = np.asarray(values, dtype="float64")
    return np.where(numbers > 0, numbers, np.nan)


def add_note(frame: pd.DataFrame, where: ArrayLike, key: str) -> pd.DataFrame:
    """The same measure with a further note on some of its rows."""
    noted = frame["note"].where(frame["note"] == "", frame["note"] + "|") + key
    rows = np.broadcast_to(np.asarray(where, "bool"), len(frame))
    return frame.assign(note=frame["note"].where(~rows, noted).astype("str"))


def without(frame: pd.DataFrame, where: ArrayLike, key: str) -> pd.DataFrame:
    """The same measure with rows that hold no numbers, and the note that says why."""
    rows = np.asarray(where, "bool")
    empty = frame.copy()
    empty.loc[rows, list(NUMBERS)] = np.nan
    empty.loc[rows, list(WORDS)] = ["", "", key]
    return empty


def note_text(note: str) -> str:
    """The notes in words: "penduduk masih perkiraan; tidak ada anggota aktif"; "" for none."""
    return "; ".join(_(NOTES[key]) for key in note.split("|") if key in NOTES)


def method_label(method: str) -> str:
    """The method of a value in words; "" for none."""
    return _(METHODS[method]) if method in METHODS else ""


def _numbers(values: ArrayLike, size: int) -> np.ndarray:
    numbers = np.broadcast_to(np.asarray(values, dtype="float64"), size)
    return np.where(np.isfinite(numbers), numbers, np.nan)


def _words(values: ArrayLike, size: int) -> np.ndarray:
    return np.broadcast_to(np.asarray(values, dtype="object"), size)
