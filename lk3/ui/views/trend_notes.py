"""What people write beside the trend: remarks on a day, and days from which limits start anew."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

import streamlit as st

from lk3 import language
from lk3.access import ANNOTATE
from lk3.counts import Period
from lk3.counts.period import unit_end
from lk3.figures.control import Mark
from lk3.indicators.annotations import (
    LONGEST,
    Annotation,
    Baseline,
    keep_annotation,
    keep_baseline,
    remove_annotation,
    remove_baseline,
)
from lk3.indicators.trend_summary import TrendSummary
from lk3.language import N_, _
from lk3.ui.data import held_notes, trend_notes
from lk3.ui.session import acting
from lk3.ui.speech import callback
from lk3.ui.view import View
from lk3.ui.widgets.headline import section

_FIRST_DAY = date(2000, 1, 1)
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True)
class _Kind:
    """One of the two lists and its form, in words not yet translated."""

    key: str
    title: str
    help: str
    day: str
    text: str
    example: str
    add: str
    save: str


@dataclass(frozen=True)
class _Item:
    """A line of a list: what stands on the chart, the day, the words, and the note's id."""

    sign: str
    day: date
    text: str
    id: str


_REMARKS = _Kind(
    "catatan",
    N_("Catatan pada grafik"),
    N_("Apa yang terjadi pada hari itu. Nomornya berdiri di atas grafik."),
    N_("Tanggal kejadian"),
    N_("Apa yang terjadi"),
    N_("mis. pelantikan anggota baru"),
    N_("Tambah catatan"),
    N_("Simpan catatan"),
)
_BASELINES = _Kind(
    "batas",
    N_("Batas baru"),
    N_("Sejak hari itu rata-rata dan batas dihitung dari awal. Hurufnya berdiri di atas grafik."),
    N_("Berlaku sejak"),
    N_("Alasan"),
    N_("mis. pengurus baru, register baru"),
    N_("Mulai batas baru"),
    N_("Simpan batas baru"),
)


def trend_marks() -> tuple[Mark, ...]:
    """The signs over the chart: numbers for remarks, letters for new baselines."""
    return tuple((item.day, item.sign) for kind in (_REMARKS, _BASELINES) for item in _items(kind))


def notes_section(view: View, summary: TrendSummary) -> None:
    """Both lists, each with its form; one below the other on a narrow screen."""
    drawn = _drawn(summary)
    left, right = st.columns(2, gap="medium")
    for place, kind in ((left, _REMARKS), (right, _BASELINES)):
        with place:
            section(_(kind.title), _(kind.help))
            _list(kind, _items(kind), drawn)
            _form(kind, view)


def _items(kind: _Kind) -> list[_Item]:
    annotations, baselines = trend_notes()
    if kind is _REMARKS:
        texts = [(each.day, each.text, each.id) for each in annotations]
        signs: Sequence[str] = [str(i + 1) for i in range(len(texts))]
    else:
        texts = [(each.day, each.reason, each.id) for each in baselines]
        signs = [_LETTERS[i % len(_LETTERS)] for i in range(len(texts))]
    return [_Item(sign, *rest) for sign, rest in zip(signs, texts, strict=True)]


def _drawn(summary: TrendSummary) -> Period | None:
    """The days that the chart shows."""
    starts = summary.frame["start"]
    if starts.empty:
        return None
    return Period(starts.iloc[0].date(), unit_end(starts.iloc[-1].date(), summary.unit))


def _list(kind: _Kind, items: list[_Item], drawn: Period | None) -> None:
    if not items:
        st.caption(_("Belum ada."))
    for item in items:
        with st.container(
            horizontal=True, vertical_alignment="center", gap="small", key=f"{kind.key}_{item.id}"
        ):
            # A text of somebody's is shown as it is: no markup, no picture, no link.
            with st.container(width="stretch"):
                said = [item.sign, language.long_date(item.day), item.text]
                if drawn is None or not drawn.start <= item.day <= drawn.end:
                    said.append(_("di luar rentang grafik"))
                st.text(" · ".join(said))
            change, remove = _("Ubah {sign}"), _("Hapus {sign}")
            _line_button(kind, item, change.format(sign=item.sign), "ubah", _begin_edit)
            _line_button(kind, item, remove.format(sign=item.sign), "hapus", _remove)


def _line_button(
    kind: _Kind, item: _Item, label: str, name: str, act: Callable[[_Kind, _Item], None]
) -> None:
    """A small button of a line, named after its sign."""
    st.button(
        label,
        key=f"{kind.key}_{name}_{item.id}",
        type="tertiary",
        on_click=callback(partial(act, kind, item)),
    )


def _form(kind: _Kind, view: View) -> None:
    """A new line, or the one that is being changed."""
    edited = st.session_state.get(_key(kind, "id"), "")
    label = _("Ubah yang dipilih") if edited else _(kind.add)
    with st.expander(label, expanded=bool(edited), icon=":material/edit:"):
        day = view.period.end if view.period else view.held.dataset.as_of
        st.session_state.setdefault(_key(kind, "hari"), day)
        with st.form(f"{kind.key}_formulir", border=False):
            st.date_input(
                _("{label} (tanggal/bulan/tahun)").format(label=_(kind.day)),
                key=_key(kind, "hari"),
                format="DD/MM/YYYY",
                min_value=_FIRST_DAY,
                width=260,
            )
            st.text_input(
                _("{label} (paling panjang {n} huruf)").format(label=_(kind.text), n=LONGEST),
                key=_key(kind, "teks"),
                max_chars=LONGEST,
                placeholder=_(kind.example),
                autocomplete="off",
            )
            st.caption(
                _("Jangan menulis nama, NIK, atau nomor telepon: catatan dilihat semua orang.")
            )
            st.form_submit_button(
                _(kind.save),
                key=_key(kind, "simpan"),
                type="primary",
                on_click=callback(partial(_save, kind)),
            )
        if edited:
            st.button(_("Batal"), key=_key(kind, "batal"), on_click=callback(partial(_end, kind)))


def _save(kind: _Kind) -> None:
    """Keep what the form holds; the form stays as it is when that is refused."""
    state = st.session_state
    day, text = state[_key(kind, "hari")], state[_key(kind, "teks")]
    id, user = state.get(_key(kind, "id"), ""), acting(ANNOTATE)
    if day is None:
        return
    if kind is _REMARKS:
        keep_annotation(held_notes(), Annotation(day, text, id), user=user)
    else:
        keep_baseline(held_notes(), Baseline(day, text, id), user=user)
    _end(kind)


def _begin_edit(kind: _Kind, item: _Item) -> None:
    st.session_state[_key(kind, "id")] = item.id
    st.session_state[_key(kind, "hari")] = item.day
    st.session_state[_key(kind, "teks")] = item.text


def _remove(kind: _Kind, item: _Item) -> None:
    remove = remove_annotation if kind is _REMARKS else remove_baseline
    remove(held_notes(), item.id, user=acting(ANNOTATE))
    if st.session_state.get(_key(kind, "id")) == item.id:
        _end(kind)


def _end(kind: _Kind) -> None:
    st.session_state[_key(kind, "id")] = ""
    st.session_state[_key(kind, "teks")] = ""


def _key(kind: _Kind, part: str) -> str:
    return f"{kind.key}_{part}"
