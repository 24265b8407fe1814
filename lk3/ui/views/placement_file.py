"""Penempatan: the plan as a file to take along, with its rule, its effects and its caveats."""

import pandas as pd
import streamlit as st

from lk3.indicators.placement import Change, Placement
from lk3.indicators.placement_words import (
    CITY_LABELS,
    change_words,
    decimals_of,
    doubt,
    profession_label,
    reason,
    rule_help,
    rule_label,
    yardstick_words,
)
from lk3.language import _, number
from lk3.reports import Export
from lk3.ui.view import View
from lk3.ui.views.placement_draft import Draft, taken_by
from lk3.ui.widgets.tables import download_row, export_notes


def proposal_file(view: View, draft: Draft) -> None:
    """The plan as a file to take along."""
    frame = plan_frame(view, draft)
    st.caption(_("Bawa rencana ini sebagai berkas:"))
    download_row(Export(frame, _plan_title(view), _plan_notes(view, draft)), key="rencana")


def plan_frame(view: View, draft: Draft) -> pd.DataFrame:
    """One row per person placed, moved or taken away."""
    placed = zip(draft.proposal.placements, draft.seats, strict=True)
    rows = [
        *(_placed_row(view, draft, placement, seat) for placement, seat in placed),
        *(_changed_row(view, change) for change in draft.extra),
    ]
    columns = [
        *(_("Perubahan"), _("Profesi"), _("Kelurahan"), _("Usulan aturan"), _("Ditetapkan oleh")),
        *(_("Alasan"), _("Pilihan lain")),
    ]
    return pd.DataFrame(rows, columns=pd.Index(columns))


def _placed_row(view: View, draft: Draft, placement: Placement, seat: str) -> tuple[str, ...]:
    """The reasons of the rule hold for its own place only."""
    proposed = view.places.label(placement.code)
    is_own = bool(seat) and seat != placement.code
    taken = taken_by(draft.proposal, placement.profession)
    return (
        _("ditempatkan"),
        profession_label(placement.profession),
        view.places.label(seat or placement.code),
        proposed,
        _("perencana") if is_own else _("aturan"),
        "" if is_own else reason(placement),
        "" if is_own else doubt(placement, view.places, taken=taken),
    )


def _changed_row(view: View, change: Change) -> tuple[str, ...]:
    done = {"add": _("ditambah"), "move": _("dipindahkan"), "remove": _("dikurangi")}
    return (
        done[change.action],
        profession_label(change.profession),
        view.places.label(change.to or change.code),
        "",
        _("perencana"),
        change_words(change, view.places),
        "",
    )


def _plan_title(view: View) -> str:
    return _("Usulan penempatan anggota, {where}, {when}").format(where=view.where, when=view.when)


def _plan_notes(view: View, draft: Draft) -> tuple[str, ...]:
    """Rule, yardstick, effects in figures and caveats."""
    rule = draft.proposal.rule
    city = draft.effects.city
    effects = [
        f"{_(CITY_LABELS[str(name)])}: {number(row['before'], decimals_of(str(name)))} → "
        f"{number(row['after'], decimals_of(str(name)))}"
        for name, row in city.iterrows()
    ]
    estimate = (_("Penduduk masih perkiraan."),) if view.is_estimate else ()
    return (
        _("Aturan: {rule}. {help}").format(rule=rule_label(rule), help=rule_help(rule)),
        yardstick_words(draft.effects),
        "; ".join(effects) + ".",
        _(
            "Usulan dari data, bukan keputusan: jarak, beban kerja lain, dan orangnya tidak "
            "dinilai."
        ),
        *estimate,
        *export_notes(view),
    )
