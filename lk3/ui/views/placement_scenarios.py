"""Penempatan: saving plans by name, opening and comparing them."""

import pandas as pd
import streamlit as st

from lk3 import language
from lk3.access import PLAN
from lk3.indicators.placement import Plan
from lk3.indicators.placement_effects import lower_shortfall_chance
from lk3.indicators.placement_scenarios import (
    LONGEST_NAME,
    Scenario,
    compare,
    fits,
    held_scenarios,
    is_named,
    remove_scenario,
    save_scenario,
)
from lk3.indicators.placement_words import (
    CITY_LABELS,
    change_words,
    decimals_of,
    headline_comparison,
    rule_label,
    yardstick_words,
)
from lk3.language import _, ngettext, number
from lk3.ui.data import held_notes, supply_of
from lk3.ui.session import acting
from lk3.ui.speech import callback
from lk3.ui.view import View
from lk3.ui.views import placement_draft as drafts
from lk3.ui.views.placement_draft import Draft
from lk3.ui.widgets.headline import section
from lk3.ui.widgets.tables import table
from lk3.ui.widgets.words import plain, sentence

HERE = ""  # the plan of the page, not saved
_FIRST, _OTHER = "banding_a", "banding_b"
_SAVED = "skenario_tersimpan"


def scenarios(view: View, draft: Draft) -> None:
    """Save this plan by name; open, remove and compare the saved ones."""
    held = held_scenarios(held_notes())
    section(_("Skenario"), _("Yang disimpan adalah pilihannya; angkanya selalu dihitung ulang."))
    left, right = st.columns((0.42, 0.58), gap="medium")
    with left:
        _save_form(view, draft, held)
        for scenario in held:
            _one_scenario(view, scenario)
    with right:
        _comparison(view, draft, held)


def _save_form(view: View, draft: Draft, held: list[Scenario]) -> None:
    name = st.text_input(
        _("Nama skenario"),
        key=drafts.NAME,
        max_chars=LONGEST_NAME,
        persist_state="session",
        placeholder=_("mis. Lima orang, dua psikolog"),
        help=_("Jangan menulis nama orang."),
    )
    is_held = any(is_named(scenario, name) for scenario in held)
    st.button(
        _("Ganti skenario ini") if is_held else _("Simpan skenario"),
        key="skenario_simpan",
        on_click=_save,
        args=(view, draft),
        type="primary",
        icon=":material/save:",
    )
    saved = st.session_state.pop(_SAVED, "")
    if saved:
        st.success(
            _("Skenario “{name}” disimpan.").format(name=plain(saved)), icon=":material/check:"
        )


@callback
def _save(view: View, draft: Draft) -> None:
    scenario = Scenario(
        name=str(st.session_state.get(drafts.NAME, "")),
        plan=draft.plan,
        rule=draft.proposal.rule,
        people=draft.people,
        filter=drafts.plan_filter(view),
        version=view.held.dataset.version,
    )
    save_scenario(held_notes(), scenario, user=acting(PLAN))
    st.session_state[_SAVED] = scenario.name.strip()


@callback
def _remove(id: str) -> None:
    remove_scenario(held_notes(), id, user=acting(PLAN))


@callback
def _open(scenario: Scenario) -> None:
    drafts.load_draft(scenario)


def _one_scenario(view: View, scenario: Scenario) -> None:
    with st.container(border=True, key=f"skenario_{scenario.id}", gap="xsmall"):
        st.markdown(f"**{plain(scenario.name)}**")
        st.caption(" ".join(_scenario_words(view, scenario)))
        with st.container(horizontal=True):
            st.button(
                _("Buka"),
                key=f"buka_{scenario.id}",
                on_click=_open,
                args=(scenario,),
                help=_("Buka skenario “{name}”").format(name=plain(scenario.name)),
                disabled=not fits(scenario, view.places),
            )
            st.button(
                _("Hapus"),
                key=f"hapus_{scenario.id}",
                on_click=_remove,
                args=(scenario.id,),
                help=_("Hapus skenario “{name}”").format(name=plain(scenario.name)),
            )


def _scenario_words(view: View, scenario: Scenario) -> list[str]:
    """What it holds, when it was saved, and whether data or period have changed since."""
    people = ngettext("{n} perubahan", "{n} perubahan", len(scenario.plan))
    said = [people.format(n=number(len(scenario.plan))) + ", " + rule_label(scenario.rule) + "."]
    if scenario.saved_at is not None:
        day = language.long_date(scenario.saved_at.astimezone().date())
        by = _("Disimpan {day} oleh {user}.") if scenario.user else _("Disimpan {day}.")
        said.append(by.format(day=day, user=plain(scenario.user)))
    if not fits(scenario, view.places):
        text = _("Dibuat menurut wilayah pada tingkat lain; pilih tingkat itu untuk membukanya.")
        return [*said, text]
    if scenario.is_older_than(view.held.dataset.version):
        said.append(_("Dibuat pada versi data yang lain; dihitung ulang pada data sekarang."))
    if scenario.filter != drafts.plan_filter(view):
        said.append(_("Dibuat untuk periode atau saringan lain; dihitung untuk pilihan sekarang."))
    _effects, impossible = drafts.outcome(view, scenario.plan)
    if impossible:
        names = "; ".join(change_words(change, view.places) for change in impossible)
        said.append(_("Tidak dapat dilakukan lagi: {changes}.").format(changes=names))
    return said


def _comparison(view: View, draft: Draft, held: list[Scenario]) -> None:
    plans: dict[str, tuple[str, Plan]] = {
        scenario.id: (scenario.name, scenario.plan)
        for scenario in held
        if fits(scenario, view.places)
    }
    plans[HERE] = (_("Rencana di halaman ini"), draft.plan)
    if len(plans) < 2:
        st.caption(_("Simpan satu skenario untuk membandingkannya dengan rencana lain."))
        return
    ids = list(plans)
    left, right = st.columns(2)
    with left:
        first = _choose(_("Bandingkan"), ids, plans, key=_FIRST, index=0)
    with right:
        other = _choose(_("dengan"), ids, plans, key=_OTHER, index=1)
    _compared(view, plans[first], plans[other])


def _choose(
    label: str, ids: list[str], plans: dict[str, tuple[str, Plan]], *, key: str, index: int
) -> str:
    chosen = st.selectbox(
        label, ids, format_func=lambda id: plans[id][0] if id in plans else "", key=key, index=index
    )
    return str(chosen)


def _compared(view: View, first: tuple[str, Plan], other: tuple[str, Plan]) -> None:
    """Both by the same yardstick: the headline, and the city's numbers side by side."""
    own = [drafts.outcome(view, plan)[0].members_per_100 / 100 for _name, plan in (first, other)]
    effects = tuple(
        drafts.outcome(view, plan, yardstick=max(own))[0] for _name, plan in (first, other)
    )
    supply = supply_of(view.held, drafts.plan_filter(view))
    chance = lower_shortfall_chance(view.context, supply, effects[0], effects[1])
    names = (first[0], other[0])
    said = headline_comparison(names, (effects[0], effects[1]), chance)
    st.subheader(sentence(said), anchor=False)
    rows = compare(effects[0], effects[1])
    frame = pd.DataFrame(
        {
            _("Ukuran"): [_(CITY_LABELS[str(name)]) for name in rows.index],
            _("Sekarang"): _written(rows["now"]),
            **{
                title: _written(rows[column])
                for title, column in zip(names, ("first", "other"), strict=True)
            },
        }
    )
    title = _("Perbandingan “{a}” dengan “{b}”").format(a=names[0], b=names[1])
    notes = (yardstick_words(effects[0]),)
    table(frame, view=view, title=title, key="banding", notes=notes, has_sentences=True)


def _written(values: pd.Series) -> list[str]:
    return [number(value, decimals_of(str(name))) for name, value in values.items()]
