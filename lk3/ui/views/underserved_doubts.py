"""How far the judgements hold: chance, the population, more years, neighbours, evenness."""

import streamlit as st

from lk3.figures import FixedFigure, funnel_plot
from lk3.indicators.moran import measure_moran, moran_words
from lk3.indicators.sensitivity import population_sensitivity, sensitivity_headline
from lk3.language import _, number
from lk3.ui.keeping import drawn_once, kept
from lk3.ui.periods import FULL_YEAR, period_choices, period_label
from lk3.ui.speech import callback
from lk3.ui.view import View
from lk3.ui.views.underserved import RATE, beside_the_whole, explained_kelurahan, supply
from lk3.ui.widgets.charts import chart
from lk3.ui.widgets.headline import section
from lk3.ui.widgets.maps import subtitle

_POOLED = ("years_", "term_")


def chance(view: View) -> None:
    """The funnel, and how to read it in plain words."""
    section(_("Beda nyata atau kebetulan?"), subtitle(view, RATE))
    left, right = st.columns([3, 2], gap="medium")
    with left:
        chart(_funnel(view), key="kurang_corong", selects=True)
    with right:
        st.markdown(_funnel_help())


@kept
def _funnel(view: View) -> FixedFigure:
    figure = funnel_plot(
        beside_the_whole(view, RATE),
        places=view.places,
        label=_("kasus dibagi yang diharapkan"),
        selected=explained_kelurahan(view),
    )
    return FixedFigure.of(figure)


def _funnel_help() -> str:
    steps = (
        _("**Setiap titik satu kelurahan.** Makin ke kanan, makin banyak kasus yang diharapkan "
          "darinya, karena penduduknya lebih banyak."),
        _("**Angka 1 berarti sama dengan kota.** Angka 2 berarti kasusnya dua kali yang "
          "diharapkan."),
        _("**Corongnya lebar di kiri** karena angka kecil mudah naik turun secara kebetulan."),
        _("**Di antara garis putus** kelurahan tidak dapat dibedakan dari kota. Satu dari dua "
          "puluh kelurahan melewatinya karena kebetulan saja."),
        _("**Di luar garis titik** kebetulan hampir tidak mungkin: dua dari seribu."),
    )  # fmt: skip
    return "\n".join(f"- {step}" for step in steps)


def how_firm(view: View) -> None:
    """What the judgements rest on, and what would change them."""
    _rests_on(view)
    _pool_years(view)


@drawn_once
def _rests_on(view: View) -> None:
    section(_("Seberapa kokoh putusan ini?"))
    found = supply(view)
    even = _(
        "**Pemerataan:** Gini anggota terhadap kebutuhan {gini} (0: merata; 1: semua di satu "
        "kelurahan)."
    ).format(gini=number(found.gini, 2))
    moved = sensitivity_headline(population_sensitivity(view.context), view.places)
    estimated, beside = _("Penduduk masih perkiraan"), _("Tetangga")
    said = [f"**{estimated}:** {moved}"] if moved else []
    neighbours = f"**{beside}:** {moran_words(measure_moran(view.context))}"
    steps = (*said, neighbours, *(() if view.tables.members.empty else (even,)))
    st.markdown("\n".join(f"- {each}" for each in steps))


def _pool_years(view: View) -> None:
    """The periods of several years, a click away: one year seldom tells two kelurahan apart."""
    held = view.held.period
    choices = period_choices(held, view.held.dataset.as_of)
    offered = [k for k in choices if k == FULL_YEAR or k.startswith(_POOLED)]
    if len(offered) < 2:
        return
    st.markdown(
        _("**Gabungkan tahun:** dengan beberapa kasus setahun, satu tahun jarang dapat membedakan "
          "dua kelurahan. Penduduk setiap tahun ikut diperhitungkan.")
    )  # fmt: skip
    with st.container(horizontal=True):
        for key in offered:
            st.button(
                period_label(key),
                key=f"gabung_{key}",
                on_click=callback(_choose_period),
                args=(key,),
                type="primary" if view.filter.period == choices[key] else "secondary",
            )


def _choose_period(key: str) -> None:
    st.session_state["periode"] = key
