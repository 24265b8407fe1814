"""Penempatan: how many people of which profession, where they help most, and what it changes."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from lk3.indicators.area_names import name_some
from lk3.indicators.placement import ANY, Placement
from lk3.indicators.placement_rules import RULES
from lk3.indicators.placement_words import (
    doubt,
    doubt_summary,
    headline_plan,
    profession_label,
    reason,
    rule_help,
    rule_label,
)
from lk3.language import _, ngettext, number
from lk3.ui.view import View
from lk3.ui.views import placement_draft as drafts
from lk3.ui.views.placement_draft import Draft
from lk3.ui.widgets.headline import headline, overline, section
from lk3.vocabulary import vocabulary

_WIDE = (0.36, 0.64)
_NAMED = 8  # names in one sentence


def reserve() -> DeltaGenerator:
    """The place of the headline, which rests on choices that are made below it."""
    return st.container()


def placement_headline(view: View, draft: Draft) -> None:
    """Who goes where, and what it does to the largest shortfall."""
    sentence = headline_plan(draft.plan, draft.effects, view.places)
    headline(sentence, overline=overline(view, _("Penempatan")))
    if view.filter.professions:
        st.caption(_("Saringan profesi tidak dipakai di sini: rencana menyangkut semua anggota."))


def question_and_proposal(view: View) -> tuple[Draft, DeltaGenerator]:
    """Left what is asked for, right where the people go; each place can be overruled. Gives the
    plan, and the place below the question.
    """
    left, right = st.columns(_WIDE, gap="medium")
    with left:
        _question(view)
    with right:
        draft = drafts.current_draft(view)
        _proposal(view, draft)
    return draft, left


def _question(view: View) -> None:
    section(_("Berapa orang?"))
    st.number_input(
        _("Jumlah orang yang akan ditempatkan"),
        min_value=0,
        max_value=drafts.MOST_PEOPLE,
        value=drafts.USUAL_PEOPLE,
        step=1,
        key=drafts.PEOPLE,
        persist_state="session",
    )
    labels = _professions_in_order(view)
    chosen = st.multiselect(
        _("Di antaranya harus berprofesi"),
        list(labels),
        format_func=lambda key: labels.get(key, key),
        key=drafts.CHOSEN,
        placeholder=_("Profesi apa pun"),
        persist_state="session",
        select_all=False,
        help=_("Yang tidak disebut boleh berprofesi apa pun. * unsur wajib."),
    )
    for profession in chosen:
        st.number_input(
            _("Berapa {profession}?").format(profession=profession_label(profession)),
            min_value=1,
            max_value=drafts.MOST_PEOPLE,
            value=1,
            step=1,
            key=drafts.COUNT + profession,
            persist_state="session",
        )
    _rest_words()
    st.radio(
        _("Aturan penempatan"),
        list(RULES),
        format_func=rule_label,
        captions=[rule_help(rule) for rule in RULES],
        key=drafts.RULE,
        persist_state="session",
        help=_(
            "Ketiga aturan lebih dahulu mengisi kelurahan yang belum memiliki unsur wajib itu, "
            "atau yang belum memiliki anggota sama sekali. Anggota yang sudah ada tidak digeser."
        ),
    )


def _rest_words() -> None:
    """How many are left open, or that more were named than there are."""
    total = int(st.session_state.get(drafts.PEOPLE, drafts.USUAL_PEOPLE))
    people = dict(drafts.asked_people())
    named = sum(n for key, n in people.items() if key != ANY)
    if named > total:
        text = _("Profesi yang disebut berjumlah {named} orang; semuanya ditempatkan.")
        st.caption(f":material/info: {text.format(named=number(named))}")
    elif named and people.get(ANY):
        text = ngettext(
            "{n} orang lainnya: profesi apa pun.",
            "{n} orang lainnya: profesi apa pun.",
            people[ANY],
        )
        st.caption(text.format(n=number(people[ANY])))


def _professions_in_order(view: View) -> dict[str, str]:
    """The required professions first, with a star."""
    labels = vocabulary("professions").labels()
    required = view.context.requirements.professions
    first = {key: f"{labels[key]} *" for key in required}
    return first | {key: label for key, label in labels.items() if key not in first}


def _proposal(view: View, draft: Draft) -> None:
    proposal = draft.proposal
    rule = _("Aturan: {rule}").format(rule=rule_label(proposal.rule))
    section(_("Usulan penempatan"), rule)
    for sentence in _warnings(view, draft):
        st.caption(f":material/info: {sentence}")
    inside = view.places.codes_in(view.filter.districts)
    codes = [*inside, *(seat for seat in dict.fromkeys(draft.seats) if seat and seat not in inside)]
    numbered = zip(proposal.placements, drafts.slots(proposal), draft.seats, strict=True)
    with st.container(key="usulan", gap="xsmall"):
        for place, (placement, slot, seat) in enumerate(numbered, start=1):
            taken = drafts.taken_by(proposal, slot[0])
            _one_person(view, placement, place, drafts.seat_key(*slot), seat, codes, taken)
    if not proposal.placements:
        st.caption(_("Belum ada orang yang ditempatkan."))


def _one_person(
    view: View,
    placement: Placement,
    place: int,
    key: str,
    seat: str,
    codes: list[str],
    taken: tuple[str, ...],
) -> None:
    """One person: where, why, where else; and the box that overrules it."""
    with st.container(border=True, key=f"orang_{place}"):
        left, right = st.columns((0.68, 0.32), vertical_alignment="center")
        with left, st.container(gap=None):
            name = view.places.label(seat or placement.code)
            st.markdown(f"**{number(place)}. {seat_words(placement.profession, name)}**")
            words = [reason(placement), doubt(placement, view.places, taken=taken)]
            if seat and seat != placement.code:
                proposed = view.places.label(placement.code)
                words = [_("Diubah; usulan aturan: {name}.").format(name=proposed)]
            st.caption(" ".join(word for word in words if word))
        with right:
            st.selectbox(
                _("Tempat orang ke-{n}").format(n=number(place)),
                [drafts.AS_PROPOSED, *codes],
                format_func=lambda code: view.places.label(code) if code else _("Ikuti usulan"),
                key=key,
                persist_state="session",
                label_visibility="collapsed",
            )


def seat_words(profession: str, name: str) -> str:
    """Who comes where; of a person whose profession is left open only where."""
    if profession == ANY:
        return name
    text = _("{profession} di {names}")
    return text.format(profession=profession_label(profession), names=name)


def _warnings(view: View, draft: Draft) -> list[str]:
    """What the reader has to know of the whole proposal."""
    proposal, said = draft.proposal, []
    if not proposal.placements:
        return []
    if not proposal.knows_need:
        said.append(
            _(
                "Kebutuhan belum dapat dihitung karena tidak ada kasus atau penduduk; semua "
                "kelurahan dianggap sama."
            )
        )
    if proposal.left_out:
        names = name_some(proposal.left_out, view.places, most=_NAMED)
        said.append(_("Tanpa angka penduduk, jadi tidak diusulkan: {names}.").format(names=names))
    summary = doubt_summary(proposal)
    return [*said, summary] if summary else said
