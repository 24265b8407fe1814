"""Mutu data: months that are out of the ordinary for a kelurahan's own past."""

import pandas as pd
import streamlit as st

from lk3 import language
from lk3.indicators.quality_outliers import HIGH
from lk3.language import _, number
from lk3.ui.view import View
from lk3.ui.views.quality_facts import facts_of
from lk3.ui.widgets.headline import section
from lk3.ui.widgets.tables import table

_SMALLEST = 1e-5


def outliers(view: View) -> None:
    """Surges and silences, each with what was expected and how likely chance alone is."""
    found = facts_of(view.held).unusual
    section(
        _("Di luar kebiasaan"),
        _(
            "Setiap bulan dibandingkan dengan paling banyak 36 bulan sebelumnya di kelurahan itu "
            "sendiri. Di luar kebiasaan tidak berarti keliru: periksa apakah kasusnya memang "
            "bertambah, salah ketik, atau laporannya terhenti."
        ),
    )
    if found.empty:
        st.success(_("Tidak ada bulan di luar kebiasaan."), icon=":material/check_circle:")
    else:
        frame = pd.DataFrame(
            {
                _("Kelurahan"): [view.places.label(code) for code in found["kelurahan_code"]],
                _("Bulan"): [language.month(day.date()) for day in found["month"]],
                _("Yang terlihat"): [
                    _seen(kind, cases, months)
                    for kind, cases, months in zip(
                        found["kind"], found["cases"], found["months"], strict=True
                    )
                ],
                _("Perkiraan"): found["expected"],
                _("Batas atas"): found["limit"],
                _("Peluang kebetulan"): [_one_in(chance) for chance in found["chance"]],
            }
        )
        decimals = {_("Perkiraan"): 1}
        title = _("Bulan di luar kebiasaan")
        table(frame, view=view, title=title, key="mutu_luar", decimals=decimals)
    _method()


def _seen(kind: str, cases: float, months: int) -> str:
    if kind == HIGH:
        return _("{n} kasus dalam sebulan").format(n=number(cases))
    return _("tidak ada kasus selama {n} bulan yang dilaporkan").format(n=number(months))


def _one_in(chance: float) -> str:
    if chance < _SMALLEST:
        return _("di bawah 1 banding {n}").format(n=number(1 / _SMALLEST))
    return _("1 banding {n}").format(
        n=number(round(1 / chance, -2) if chance < 0.01 else 1 / chance)
    )


def _method() -> None:
    with st.expander(_("Cara menilai")):
        st.markdown(
            _(
                "Dari n bulan sebelumnya (12 sampai 36 bulan yang dilaporkan) dengan x kasus, "
                "bulan berikutnya diperkirakan mengikuti sebaran binomial negatif dengan rata-rata "
                "(x + ½)/n, yang memuat kebetulan dan ketidakpastian dari masa lalu yang pendek; "
                "bila bulan-bulan lebih menyebar daripada sebaran Poisson, batasnya ikut melebar. "
                "Bulan ditandai bila peluang sebanyak itu atau lebih di bawah 1 banding 1.000; "
                "masa sepi ditandai bila peluangnya di bawah 1 banding 200. Bulan yang sudah "
                "ditandai tidak ikut menjadi pembanding. Dalam uji dengan angka acak, tanda palsu "
                "tidak lebih sering daripada itu."
            )
        )
