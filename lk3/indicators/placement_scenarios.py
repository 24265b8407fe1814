"""Plans that a planner keeps by name: what is written down, and what becomes of it later.

In: notes of the topic "scenarios". Out: `Scenario`. Only the choices are kept, never the numbers:
they are computed anew on the data of the day, and a scenario of an older version says so.
"""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

import pandas as pd

from lk3.counts import Filter, Period
from lk3.errors import UserError
from lk3.indicators.placement import Change, Plan
from lk3.indicators.placement_effects import CITY_MEASURES, Effects
from lk3.language import _, number
from lk3.places import NOT_AN_AREA, Places
from lk3.store import Note, Notes

TOPIC = "scenarios"
LONGEST_NAME = 60
_MARKUP = re.compile(r"[\\`*_\[\]<>$#~|]|:(?=\S)")


@dataclass(frozen=True)
class Scenario:
    """A plan by name. people: how many of each profession were asked for; version: of the data,
    None for the sample; user: "" without a sign-in.
    """

    name: str
    plan: Plan
    rule: str
    people: tuple[tuple[str, int], ...]
    filter: Filter
    version: int | None
    id: str = ""
    user: str = ""
    saved_at: datetime | None = None

    def is_older_than(self, version: int | None) -> bool:
        """Whether it was made on other data than these."""
        return self.version != version


def fits(scenario: Scenario, places: Places) -> bool:
    """Whether the areas of a scenario are among these: one that was made by kecamatan says nothing
    of kelurahan.
    """
    named = {code for each in scenario.plan for code in (each.code, each.to) if code}
    return named <= {*places.codes, *NOT_AN_AREA}


def held_scenarios(notes: Notes) -> list[Scenario]:
    """The scenarios as they stand, the first one saved first."""
    return [_scenario(note) for note in notes.all(TOPIC)]


def save_scenario(notes: Notes, scenario: Scenario, *, user: str = "") -> str:
    """Keep a scenario; one of the same name is replaced. Returns its id.

    Raises UserError without a name, with one that is too long, or without any change to keep.
    """
    name = _clean(scenario.name)
    if not name:
        raise UserError(_("Skenario belum diberi nama. Isi namanya, lalu simpan lagi."))
    if len(name) > LONGEST_NAME:
        text = _("Nama skenario paling panjang {n} huruf. Pendekkan namanya.")
        raise UserError(text.format(n=number(LONGEST_NAME)))
    if not scenario.plan:
        raise UserError(_("Rencana masih kosong. Isi jumlah orang atau satu perubahan dahulu."))
    same = next((held for held in held_scenarios(notes) if is_named(held, name)), None)
    return notes.put(TOPIC, _body(scenario, name), id=same.id if same else None, user=user)


def remove_scenario(notes: Notes, id: str, *, user: str = "") -> None:
    """Take a scenario away."""
    notes.remove(TOPIC, id, user=user)


def is_named(scenario: Scenario, name: str) -> bool:
    """Whether a scenario has this name, capitals and blanks apart."""
    return scenario.name.casefold() == _clean(name).casefold()


def compare(first: Effects, other: Effects) -> pd.DataFrame:
    """Two plans side by side for the city: [now, first, other, difference (other - first)] by
    `CITY_MEASURES`. Both have to be measured by the same yardstick.
    """
    frame = pd.DataFrame(
        {
            "now": first.city["before"],
            "first": first.city["after"],
            "other": other.city["after"],
        }
    )
    return frame.assign(difference=frame["other"] - frame["first"]).loc[list(CITY_MEASURES)]


def _clean(name: str) -> str:
    """A name without the signs that a page would read as emphasis, links or icons."""
    return " ".join(_MARKUP.sub(" ", name).split())


def _body(scenario: Scenario, name: str) -> dict[str, Any]:
    period = scenario.filter.period
    return {
        "name": name,
        "plan": [asdict(change) for change in scenario.plan],
        "rule": scenario.rule,
        "people": dict(scenario.people),
        "period": [period.start.isoformat(), period.end.isoformat()] if period else None,
        "problems": list(scenario.filter.problems),
        "districts": list(scenario.filter.districts),
        "version": scenario.version,
    }


def _scenario(note: Note) -> Scenario:
    body = note.body
    return Scenario(
        name=body["name"],
        plan=tuple(Change(**change) for change in body["plan"]),
        rule=body["rule"],
        people=tuple(body["people"].items()),
        filter=_filter(body),
        version=body["version"],
        id=note.id,
        user=note.user,
        saved_at=note.saved_at,
    )


def _filter(body: Mapping[str, Any]) -> Filter:
    dates = body["period"]
    period = Period(*(date.fromisoformat(day) for day in dates)) if dates else None
    return Filter(period, tuple(body["problems"]), (), tuple(body["districts"]))
