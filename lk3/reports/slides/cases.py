"""The slides of the cases: by problem, over time, and how they are handled."""

import pandas as pd

from lk3 import language
from lk3.indicators import INDICATORS
from lk3.indicators.measure import SUPPRESSED
from lk3.indicators.wording import value_words
from lk3.language import _, ngettext, number
from lk3.reports.content import CategoryBars, Numbers, Points, Slide
from lk3.reports.material import Material
from lk3.reports.slides.numbers import number_of
from lk3.vocabulary import vocabulary


def problems_slide(material: Material) -> Slide:
    """Cases by their main problem; the bars add up to the cases of the summary."""
    table = material.counted("problem")
    counts = table.frame.sort_values("cases", ascending=False, na_position="last", kind="stable")
    labels = vocabulary("problems").labels()
    frame = pd.DataFrame(
        {
            "category": [labels.get(str(k), _("Tidak diketahui")) for k in counts["problem"]],
            "value": counts["cases"].astype("float64"),
        }
    )
    frame = frame[(frame["value"] != 0)].reset_index(drop=True)
    return Slide(
        "problems",
        _problems_headline(frame),
        subtitle=_("Kasus menurut masalah utama · {where} · {period}").format(
            where=material.where, period=material.period
        ),
        blocks=(CategoryBars(frame, _("Masalah utama"), _("kasus"), _("Masalah")),),
        caveat=_("Satu kasus dihitung sekali, menurut masalah utamanya."),
        notes=material.notes("cases"),
    )


def _problems_headline(frame: pd.DataFrame) -> str:
    known = frame.dropna(subset=["value"])
    if known.empty and len(frame):
        return _("Jumlah tiap jenis masalah disembunyikan agar jumlah kecil tidak terbuka.")
    if known.empty:
        return _("Belum ada jenis masalah yang dapat ditampilkan.")
    first = known.iloc[0]
    text = ngettext(
        "Masalah utama terbanyak: {name}, {n} kasus.",
        "Masalah utama terbanyak: {name}, {n} kasus.",
        int(first["value"]),
    )
    return text.format(name=first["category"], n=number(first["value"]))


def handling_slide(material: Material) -> Slide:
    """How heavy the load is and how long a case takes."""
    keys = (
        "open_cases_per_member",
        "open_cases_per_counsellor",
        "days_to_close_median",
        "closed_within_30_pct",
        "closed_within_90_pct",
        "open_over_90_days",
    )
    cards = Numbers(tuple(number_of(material, key) for key in keys))
    is_hidden = all(SUPPRESSED in material.city(key)["note"] for key in keys)
    text = _(
        "Pilih periode yang lebih panjang, atau yang sampai akhir data, agar angkanya dapat dibuka."
    )
    return Slide(
        "handling",
        _handling_headline(material, is_hidden=is_hidden),
        subtitle=_("Beban dan lama penanganan · {where} · {day}").format(
            where=material.where, day=language.long_date(material.on)
        ),
        blocks=(Points((text,)),) if is_hidden else (cards,),
        caveat=INDICATORS["open_cases_per_member"].caveat,
        notes=material.notes(*keys),
    )


def _handling_headline(material: Material, *, is_hidden: bool) -> str:
    if is_hidden:
        return _("Beban dan lama penanganan disembunyikan agar jumlah kecil tidak terbuka.")
    long = material.city("open_over_90_days")
    if pd.isna(long["value"]):
        return _("Beban dan lama penanganan kasus")
    text = _("{n} kasus terbuka lebih dari 90 hari.")
    return text.format(n=value_words("open_over_90_days", long))
