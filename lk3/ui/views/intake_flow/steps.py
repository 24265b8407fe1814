"""The list of steps above the flow: where one stands, what is done, what is still to come."""

from dataclasses import dataclass
from html import escape

import streamlit as st

from lk3.language import _

DONE, NOW, LATER = "done", "now", "later"


@dataclass(frozen=True)
class Step:
    """A step: what it is called, how it stands (done, now, later) and a few words about it."""

    title: str
    state: str
    note: str = ""


def titles() -> tuple[str, ...]:
    """The five steps in the current language."""
    return (
        _("Pilih berkas"),
        _("Yang dibaca"),
        _("Yang perlu dijawab"),
        _("Yang berubah"),
        _("Simpan"),
    )


def steps_until(now: int, notes: tuple[str, ...] = ()) -> list[Step]:
    """The steps when the one at this place (0 to 4) is next; 5: all are done."""
    said = (*notes, *[""] * 5)
    return [
        Step(title, DONE if place < now else NOW if place == now else LATER, said[place])
        for place, title in enumerate(titles())
    ]


def show_steps(steps: list[Step]) -> None:
    """The list, in which a screen reader also finds the current step."""
    items = "".join(_item(number, step) for number, step in enumerate(steps, 1))
    label = escape(_("Langkah memasukkan data"))
    st.html(f'<ol class="langkah" aria-label="{label}">{items}</ol>')


def _item(number: int, step: Step) -> str:
    current = ' aria-current="step"' if step.state == NOW else ""
    mark = "✓" if step.state == DONE else str(number)
    note = f"<small>{escape(step.note)}</small>" if step.note else ""
    said = f'<b aria-hidden="true">{mark}</b><span>{escape(step.title)}{note}</span>'
    return f'<li class="{step.state}"{current}>{said}</li>'
