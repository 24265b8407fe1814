"""People at the dashboard: what one looks at, what a browser would show, what is wrong with it.

In: a server and the choices of a session. Out: the views that a session gets, as texts and digests
of figures, and a list of faults: errors, another session's choices, a number that `lk3.counts` does
not count.
"""

import hashlib
import json
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from streamlit.proto.WidgetStates_pb2 import WidgetState

from bench.visiting import Cost, Server, Visitor
from lk3 import language
from lk3.counts import Filter, Period, count_cases, prepare
from lk3.dataset import load_dataset
from lk3.places import OUTSIDE, load_places
from lk3.store import open_store
from lk3.vocabulary import vocabulary

PAGES = ("ringkasan", "peta", "tren", "kurang", "profesi")
HOME, MAP = PAGES[0], "ringkasan_peta"


@dataclass(frozen=True)
class State:
    """What a session looks at; `spoken`: id or en; keys of the vocabulary, names of kecamatan."""

    spoken: str
    page: str = HOME
    period: str = "2024"
    problems: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
    area: str = ""

    def above(self) -> str:
        """What the line above the headline must say after the name of the page."""
        with language.speaking(self.spoken):
            where = ", ".join(self.districts) or load_places().title
            parts = [where, Period.year(int(self.period)).label(), ", ".join(self.labels())]
            return " · ".join(part for part in parts if part)

    def labels(self) -> list[str]:
        """The problems as the widget calls them in the session's language."""
        with language.speaking(self.spoken):
            return [vocabulary("problems").label(problem) for problem in self.problems]


class Truth:
    """What `lk3.counts` says, without the dashboard."""

    def __init__(self, store: str) -> None:
        self.places = load_places()
        self.cases = prepare(load_dataset(open_store(store), self.places).tables.cases)
        years = self.cases["reported_on"].dt.year.dropna().astype(int).unique()
        self.years = tuple(str(year) for year in sorted(years))
        self._lock = threading.Lock()
        self._counted: dict[tuple[Any, ...], int] = {}

    def cases_of(self, state: State) -> int:
        """Cases of a state's period, problems and kecamatan, but for those from elsewhere."""
        key = (state.period, state.problems, state.districts)
        with self._lock:
            if key not in self._counted:
                wanted = Filter(Period.year(int(key[0])), key[1], (), key[2])
                by = ("kelurahan_code",)
                found = count_cases(self.cases, wanted, by=by, places=self.places)
                inside = found["kelurahan_code"] != OUTSIDE
                self._counted[key] = int(found.loc[inside, "cases"].sum())
            return self._counted[key]


class View:
    """What a browser would show after a run: the elements by their place, references resolved."""

    def __init__(self, messages: list[Any], kept: dict[str, Any]) -> None:
        self.texts: dict[tuple[int, ...], str] = {}
        self.pictures: dict[tuple[int, ...], str] = {}
        self.failures: list[str] = []
        for message in messages:
            self._take(kept.get(message.ref_hash, message), tuple(message.metadata.delta_path))
        shown = json.dumps([sorted(self.texts.items()), sorted(self.pictures.items())])
        self.digest = hashlib.sha256(shown.encode()).hexdigest()

    def said(self, wanted: str) -> bool:
        """Whether any text contains this."""
        return any(wanted in text for text in self.texts.values())

    def headings(self) -> list[str]:
        """The texts of the headings of the first order."""
        return [text[3:] for text in self.texts.values() if text.startswith("h1 ")]

    def _take(self, message: Any, path: tuple[int, ...]) -> None:
        if message.WhichOneof("type") == "session_event":
            self.failures.append("session event: " + message.session_event.WhichOneof("type"))
        if message.WhichOneof("type") != "delta":
            return
        self.texts.pop(path, None)
        self.pictures.pop(path, None)
        element = message.delta.new_element
        kind = element.WhichOneof("type")
        if kind == "exception":
            self.failures.append(f"exception: {element.exception.type}")
        elif kind == "alert" and element.alert.format == element.alert.ERROR:
            self.failures.append(f"error: {element.alert.body[:60]}")
        elif kind == "markdown":
            self.texts[path] = element.markdown.body
        elif kind == "heading":
            self.texts[path] = f"{element.heading.tag} {element.heading.body}"
        elif kind == "metric":
            self.texts[path] = f"{element.metric.label}: {element.metric.body}"
        elif kind == "bidi_component" and element.bidi_component.component_name == "lk3_plot":
            self.pictures[path] = hashlib.sha256(element.bidi_component.json.encode()).hexdigest()


def faults(view: View, state: State, truth: Truth) -> Iterator[str]:
    """What is wrong with an answer: errors, another session's choices, another number."""
    yield from view.failures
    if not view.said(state.above()):
        yield f"{state.page}: the line above the headline is not that of the session"
    if state.page != HOME:
        return
    cases = truth.cases_of(state)
    with language.speaking(state.spoken):
        number = language.number(cases)
    found = re.match(r"[\d.,]+", (view.headings() or [""])[0])
    if (found.group().rstrip(".,") if found else "0") != number:
        yield f"{state.page}: the headline does not have the number that was counted"


class NothingCame(Exception):
    """The first answer was not the dashboard; says what it was."""


class Person(Visitor):
    """A visitor who keeps messages that the server need not send twice, as a browser does."""

    def __init__(self, server: Server, state: State) -> None:
        super().__init__(server)
        self.kept: dict[str, Any] = {}
        self.state = state

    def come(self) -> tuple[Cost, View]:
        """Open the dashboard, choose a language, then the rest. Raises NothingCame."""
        first, view = self._viewed(self.open())
        if "lang" not in self.ids:
            raise NothingCame(f"no page came, but {view.failures or 'nothing'}")
        self._keep("lang", [self.state.spoken])
        self._viewed(self.again())
        return first, self.change()[1]

    def change(self, **changed: Any) -> tuple[Cost, View]:
        """Other choices in the sidebar."""
        self.state = replace(self.state, **changed)
        self._keep("masalah", self.state.labels())
        self._keep("kecamatan", list(self.state.districts))
        self._keep("periode", self.state.period)
        return self._viewed(self.again())

    def go(self, page: str) -> tuple[Cost, View]:
        """Another page, the choices of the sidebar as they are."""
        self.state = replace(self.state, page=page)
        name = "" if page == HOME else page
        return self._viewed(self._run(page_script_hash=self.page_hashes[name], page_name=name))

    def choose_area(self, area: str) -> tuple[Cost, View]:
        """A kelurahan on the map of the first page."""
        self.state = replace(self.state, area=area)
        answer = self._viewed(self.click(MAP, area))
        self.states.pop("kelurahan", None)  # the server sets it; a browser would send that back
        return answer

    def _keep(self, key: str, value: str | list[str]) -> None:
        state = WidgetState(id=self.ids[key])
        if isinstance(value, str):
            state.string_value = value
        else:
            state.string_array_value.data.extend(value)
        self.states[key] = state

    def _viewed(self, cost: Cost) -> tuple[Cost, View]:
        for message in cost.messages:
            if message.metadata.cacheable and message.hash:
                self.kept[message.hash] = message
        return cost, View(cost.messages, self.kept)
