"""Penempatan: members who move, leave or come beside the proposal."""

import streamlit as st

from lk3.indicators.placement import Change, with_plan
from lk3.indicators.placement_words import change_words, profession_label
from lk3.indicators.supply import members_by_profession
from lk3.language import _, number
from lk3.ui.speech import callback
from lk3.ui.view import View
from lk3.ui.views import placement_draft as drafts
from lk3.ui.views.placement_draft import Draft
from lk3.ui.widgets.headline import section
from lk3.vocabulary import UNKNOWN, vocabulary

_WHAT, _WHO, _PROFESSION, _WHERE = "ubah_apa", "ubah_siapa", "ubah_profesi", "ubah_ke"


def other_changes(view: View, draft: Draft) -> None:
    """The form for one more change, and the changes that are in the plan."""
    section(
        _("Pindahkan, kurangi, atau tambah sendiri"),
        _("Di luar usulan; usulan di atas memperhitungkannya."),
    )
    with st.container(border=True, key="ubahan"):
        _form(view, draft)
        for place, change in enumerate(draft.extra):
            _listed(view, draft, place, change)


def _form(view: View, draft: Draft) -> None:
    actions = {
        "move": _("Pindahkan"),
        "remove": _("Kurangi"),
        "add": _("Tambah"),
    }
    action = st.segmented_control(
        _("Perubahan"),
        list(actions),
        format_func=lambda each: actions[each],
        default="move",
        required=True,
        key=_WHAT,
    )
    left, right = st.columns(2, gap="medium")
    codes = view.places.codes
    with left:
        if action == "add":
            labels = vocabulary("professions").labels()
            st.selectbox(
                _("Profesi"), list(labels), format_func=lambda k: labels[k], key=_PROFESSION
            )
        else:
            groups = _groups(view, draft)
            who = st.selectbox(
                _("Anggota"),
                list(groups),
                format_func=lambda group: groups.get(group, ""),
                key=_WHO,
                placeholder=_("Tidak ada anggota yang bertugas"),
            )
            codes = [code for code in codes if who is None or code != who[0]]
    with right:
        if action != "remove":
            st.selectbox(_("Ke kelurahan"), codes, format_func=view.places.label, key=_WHERE)
    st.button(
        _("Masukkan ke rencana"), key="ubah_masukkan", on_click=_take_in, icon=":material/add:"
    )


def _groups(view: View, draft: Draft) -> dict[tuple[str, str], str]:
    """Members who can move or leave, by (kelurahan, profession), in words with their number."""
    wide = members_by_profession(with_plan(view.context, draft.extra))
    codes = view.places.codes_in(view.filter.districts)
    counts = wide.loc[codes].drop(columns=UNKNOWN)
    return {
        (code, str(profession)): _("{name} · {profession} ({n})").format(
            name=view.places.label(code),
            profession=profession_label(str(profession)),
            n=number(n),
        )
        for code, row in zip(codes, counts.to_numpy(dtype="float64"), strict=True)
        for profession, n in zip(counts.columns, row, strict=True)
        if n > 0
    }


@callback
def _take_in() -> None:
    state = st.session_state
    action = state[_WHAT]
    if action == "add":
        drafts.add_change(Change("add", state[_PROFESSION], state[_WHERE]))
    elif state.get(_WHO) is not None:
        code, profession = state[_WHO]
        if action == "remove":
            drafts.add_change(Change("remove", profession, code))
        elif code != state[_WHERE]:
            drafts.add_change(Change("move", profession, code, state[_WHERE]))


def _listed(view: View, draft: Draft, place: int, change: Change) -> None:
    words = change_words(change, view.places)
    if change in draft.impossible:
        words += " – " + _("tidak dapat dilakukan: tidak ada anggota seperti itu di data ini")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(words)
        st.button(
            _("Batalkan"),
            key=f"ubah_batal_{place}",
            on_click=drafts.drop_change,
            args=(place,),
            help=words,
        )
