"""Many people at once: do they get their own numbers, how long do they wait, does memory level off?

    python bench/load.py [--sessions 50] [--minutes 5] [--rows 3000] [--think 3] [--pids]
    python bench/load.py --memory [--rows 3000 300000]

Each session speaks Streamlit's protocol as a browser does: it has a language of its own, goes from
page to page, changes period, kecamatan and problem, and chooses kelurahan on the map; now and then
it waits, as people do. Whatever a session is sent is checked: no error; the line above the headline
names the period, kecamatan and problem that this session chose, in its language; the headline's
number is what `lk3.counts` counts for them. Afterwards, alone on the server, one visitor looks at
every view that was seen under load, and must get the same texts and figures, byte by byte.

Printed: requests a second, median and 95th percentile of the wait by action, memory over time.
Exit code 1 when anything of it does not hold. `--memory` measures what a further session takes.
"""

import hashlib
import json
import re
import sys
import threading
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.visiting import Cost, Server, Visitor  # noqa: E402
from lk3 import language  # noqa: E402
from lk3.counts import Filter, Period, count_cases, prepare  # noqa: E402
from lk3.dataset import load_dataset  # noqa: E402
from lk3.places import load_places  # noqa: E402
from lk3.store import open_store  # noqa: E402
from lk3.vocabulary import vocabulary  # noqa: E402

PAGES = ("ringkasan", "peta", "tren", "kurang", "profesi")
HOME, MAP = PAGES[0], "ringkasan_peta"
STEPS_OF_SESSIONS = (0, 1, 11, 21, 51)
SAMPLE_SECONDS = 5
MOST_GROWTH = 0.05  # of the memory at half time, over the second half
REPLAYED = 300  # views looked at again alone, at most


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
            places = load_places()
            parts = [", ".join(self.districts) or places.title, Period.year(int(self.period)).label()]
            if self.problems:
                parts.append(", ".join(vocabulary("problems").label(p) for p in self.problems))
            return " · ".join(parts)


class Truth:
    """What `lk3.counts` says, without the dashboard."""

    def __init__(self, store: str) -> None:
        self.places = load_places()
        self.cases = prepare(load_dataset(open_store(store), self.places).tables.cases)
        self.years = sorted({str(y) for y in self.cases["reported_on"].dt.year.dropna().astype(int)})
        self._lock, self._counted = threading.Lock(), {}

    def cases_of(self, state: State) -> int:
        """Cases of a state's period, problems and kecamatan."""
        key = (state.period, state.problems, state.districts)
        with self._lock:
            if key not in self._counted:
                wanted = Filter(Period.year(int(key[0])), key[1], (), key[2])
                found = count_cases(self.cases, wanted, places=self.places)
                self._counted[key] = int(found["cases"].sum())
            return self._counted[key]


@dataclass
class Findings:
    """What all sessions have met."""

    waits: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    wrong: Counter = field(default_factory=Counter)
    seen: dict[State, set[str]] = field(default_factory=lambda: defaultdict(set))
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, action: str, cost: Cost, state: State, view: "View", truth: Truth) -> None:
        """One answer of the server: how long it took, and what is wrong with it."""
        problems = list(faults(view, state, truth))
        with self.lock:
            self.waits[action].append(cost.wall)
            self.wrong.update(problems)
            self.seen[state].add(view.digest)


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
        elif kind == "plotly_chart":
            self.pictures[path] = hashlib.sha256(element.plotly_chart.spec.encode()).hexdigest()


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


class Person(Visitor):
    """A visitor who keeps messages that the server need not send twice, as a browser does."""

    def __init__(self, server: Server, state: State) -> None:
        super().__init__(server)
        self.kept: dict[str, Any] = {}
        self.state = state

    def come(self) -> tuple[Cost, View]:
        """Open the dashboard by an address that names all choices."""
        chosen = {
            "lang": (self.state.spoken,),
            "periode": (self.state.period,),
            "masalah": [vocabulary("problems").label(p) for p in self.state.problems],
            "kecamatan": self.state.districts,
        }
        with language.speaking(self.state.spoken):
            chosen["masalah"] = [vocabulary("problems").label(p) for p in self.state.problems]
        self._choices = chosen
        return self._viewed(self.open())[0], self._set_all()

    def _set_all(self) -> View:
        self.state_of("lang", string_array_value=[self.state.spoken])
        self._viewed(self.again())  # widgets are named anew in another language
        for key in ("masalah", "kecamatan"):
            self.state_of(key, string_array_value=list(self._choices[key]))
        self.state_of("periode", string_value=self.state.period)
        return self._viewed(self.again())[1]

    def state_of(self, key: str, **value: Any) -> None:
        """Keep a choice, without a run yet."""
        from streamlit.proto.WidgetStates_pb2 import WidgetState

        state = WidgetState(id=self.ids[key])
        for name, each in value.items():
            if name == "string_array_value":
                state.string_array_value.data.extend(each)
            else:
                setattr(state, name, each)
        self.states[key] = state

    def change(self, **changed: Any) -> tuple[Cost, View]:
        """Other choices in the sidebar."""
        self.state = replace(self.state, **changed)
        with language.speaking(self.state.spoken):
            problems = [vocabulary("problems").label(p) for p in self.state.problems]
        self.state_of("masalah", string_array_value=problems)
        self.state_of("kecamatan", string_array_value=list(self.state.districts))
        self.state_of("periode", string_value=self.state.period)
        return self._viewed(self.again())

    def go(self, page: str) -> tuple[Cost, View]:
        """Another page, the choices of the sidebar as they are."""
        self.state = replace(self.state, page=page)
        name = "" if page == HOME else page
        return self._viewed(self._run(page_script_hash=self.page_hashes[name], page_name=name))

    def click(self, area: str) -> tuple[Cost, View]:
        """A kelurahan on the map; the selection itself is over with the next run."""
        self.state = replace(self.state, area=area)
        points = {"points": [{"location": area}], "point_indices": [0], "box": [], "lasso": []}
        self.state_of(MAP, string_value=json.dumps({"selection": points}))
        answer = self._viewed(self.again(self.fragments.get(MAP, "")))
        self.states.pop(MAP, None)
        return answer

    def _viewed(self, cost: Cost) -> tuple[Cost, View]:
        for message in cost.messages:
            if message.metadata.cacheable and message.hash:
                self.kept[message.hash] = message
        return cost, View(cost.messages, self.kept)
