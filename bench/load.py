"""Many people at once: do they get their own numbers, how long do they wait, does memory level off?

    python bench/load.py [--sessions 50] [--minutes 5] [--rows 3000] [--think 3]
    python bench/load.py --memory [--rows 3000 300000] [--steps 1 11 21 51]

Each session speaks Streamlit's protocol as a browser does: it has a language of its own, goes from
page to page, changes period, kecamatan and problem, and chooses kelurahan on the map; now and then
it waits, as people do. Whatever a session is sent is checked: no error; the line above the headline
names the period, kecamatan and problem that this session chose, in its language; the headline's
number is what `lk3.counts` counts for them. Afterwards, alone on the server, one visitor looks at
every view that was seen under load, and must get the same texts and figures, byte by byte.

Printed: requests a second, median and 95th percentile of the wait by action, memory over time.
Exit code 1 when anything of it does not hold. `--memory` measures what a further session takes.
"""

import argparse
import itertools
import random
import statistics
import sys
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.peers.rows import folder_for  # noqa: E402
from bench.people import HOME, PAGES, Person, State, Truth, View, faults  # noqa: E402
from bench.visiting import Cost, Server, serving  # noqa: E402
from lk3.vocabulary import vocabulary  # noqa: E402

STEPS_OF_SESSIONS = (1, 11, 21, 51)
SAMPLE_SECONDS = 5
MOST_GROWTH = 0.05  # of the memory at half time, over the second half
REPLAYED = 100  # views looked at again alone, at most


@dataclass
class Findings:
    """What all sessions have met."""

    waits: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    wrong: Counter = field(default_factory=Counter)
    seen: dict[State, set[str]] = field(default_factory=lambda: defaultdict(set))
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, action: str, cost: Cost, state: State, view: View, truth: Truth) -> None:
        """One answer of the server: how long it took, and what is wrong with it."""
        problems = list(faults(view, state, truth))
        with self.lock:
            self.waits[action].append(cost.wall)
            self.wrong.update(problems)
            self.seen[state].add(view.digest)


class Crowd:
    """Sessions in threads of their own, each with choices of its own, until told to stop."""

    def __init__(self, server: Server, truth: Truth, *, think: float) -> None:
        self.server, self.truth, self.think = server, truth, think
        self.findings, self.stop = Findings(), threading.Event()

    def one(self, number: int) -> None:
        """One session from coming to leaving."""
        chance = random.Random(number)
        state = self._state_of(number)
        try:
            person = Person(self.server, state)
            cost, view = person.come()
            self._note("open", cost, person, view)
            while not self.stop.wait(chance.expovariate(1 / self.think)):
                action, do = self._next(person, chance)
                self._note(action, *_swapped(do(), person))
            person.close()
        except Exception as error:  # noqa: BLE001 one session's end must not hide the others
            with self.findings.lock:
                self.findings.wrong[f"a session broke: {type(error).__name__}: {error}"[:200]] += 1

    def _note(self, action: str, cost: Cost, person: Person, view: View) -> None:
        self.findings.note(action, cost, person.state, view, self.truth)

    def _state_of(self, number: int) -> State:
        years, places = self.truth.years, self.truth.places
        districts = ((), *((district,) for district in places.districts))
        problems = ((), *((key,) for key in list(vocabulary("problems").labels())[:4]))
        return State(
            spoken=("id", "en")[number % 2],
            period=years[number % len(years)],
            districts=districts[number % len(districts)],
            problems=problems[number // 2 % len(problems)],
        )

    def _next(
        self, person: Person, chance: random.Random
    ) -> tuple[str, Callable[[], tuple[Cost, View]]]:
        """What somebody does next: mostly look at another page, then at another period."""
        pages = [page for page in PAGES if page != person.state.page]
        years = [year for year in self.truth.years if year != person.state.period]
        choices: dict[str, Callable[[], tuple[Cost, View]]] = {
            "page": lambda: person.go(chance.choice(pages)),
            "period": lambda: person.change(period=chance.choice(years)),
            "filter": lambda: person.change(
                problems=()
                if person.state.problems
                else (self._state_of(chance.randrange(10)).problems)
            ),
        }
        weights = {"page": 5, "period": 3, "filter": 1}
        if person.state.page == HOME:
            choices["map"] = lambda: person.click(chance.choice(self.truth.places.codes))
            weights["map"] = 3
        action = chance.choices(list(weights), list(weights.values()))[0]
        return action, choices[action]


def _swapped(answer: tuple[Cost, View], person: Person) -> tuple[Cost, Person, View]:
    return answer[0], person, answer[1]


def warm_up(server: Server) -> None:
    """Each page once, by somebody who leaves again."""
    person = Person(server, State("id"))
    person.come()
    for page in PAGES[1:]:
        person.go(page)
    person.close()


def under_load(
    server: Server, truth: Truth, *, sessions: int, minutes: float, think: float
) -> tuple[Findings, list[tuple[float, float]]]:
    """Let them all come and work; what they met, and (minute, MiB) of the server's memory."""
    crowd = Crowd(server, truth, think=think)
    threads = [threading.Thread(target=crowd.one, args=(i,), daemon=True) for i in range(sessions)]
    started, memory = time.monotonic(), []
    threading.Thread(target=arrive, args=(threads, minutes * 60 / 5), daemon=True).start()
    while (passed := time.monotonic() - started) < minutes * 60:
        memory.append((passed / 60, server.memory()))
        time.sleep(min(SAMPLE_SECONDS, minutes * 6))
    crowd.stop.set()
    for thread in threads:
        if thread.ident is not None:
            thread.join(timeout=120)
    memory.append(((time.monotonic() - started) / 60, server.memory()))
    return crowd.findings, memory


def arrive(threads: list[threading.Thread], seconds: float) -> None:
    """Start them one after the other over so many seconds, as people come."""
    for thread in threads:
        thread.start()
        time.sleep(seconds / len(threads))


def looked_at_alone(server: Server, findings: Findings) -> Iterator[str]:
    """Every view that was seen under load again, alone: what is not the same."""
    for spoken, states in itertools.groupby(
        sorted(findings.seen, key=lambda state: (state.spoken, repr(state)))[:REPLAYED],
        key=lambda state: state.spoken,
    ):
        person = Person(server, State(spoken))
        person.come()
        for state in states:
            if state.area:  # a chosen kelurahan cannot be chosen anew from every page
                continue
            person.go(state.page)
            _cost, view = person.change(
                period=state.period, problems=state.problems, districts=state.districts
            )
            if findings.seen[state] != {view.digest}:
                yield f"{state.page}: another picture or text than alone"
        person.close()


def growth(memory: list[tuple[float, float]]) -> tuple[float, float]:
    """Over the second half: MiB a minute (least squares), and the share by which it grew."""
    later = memory[len(memory) // 2 :]
    minutes, mib = zip(*later, strict=True)
    if len(later) < 3:
        return 0.0, 0.0
    slope = statistics.linear_regression(minutes, mib).slope
    return slope, slope * (minutes[-1] - minutes[0]) / mib[0]


def print_waits(findings: Findings, minutes: float) -> None:
    """The wait by action."""
    total = sum(map(len, findings.waits.values()))
    print(f"{total} actions, {total / minutes / 60:.1f} a second")
    print(f"{'action':<10}{'n':>7}{'median s':>10}{'p95 s':>8}{'max s':>8}")
    for action, waits in sorted(findings.waits.items()):
        twice = waits * 2  # one wait alone has no quantiles
        high = statistics.quantiles(twice, n=20, method="inclusive")[-1]
        row = f"{statistics.median(waits):>10.2f}{high:>8.2f}{max(waits):>8.2f}"
        print(f"{action:<10}{len(waits):>7}{row}")


def print_memory(memory: list[tuple[float, float]]) -> float:
    """The server's memory over time; the share by which it grew in the second half."""
    shown = [memory[len(memory) * i // 6] for i in range(6)] + [memory[-1]]
    print("memory, MiB: " + ", ".join(f"{mib:.0f} ({at:.1f} min)" for at, mib in shown))
    slope, grown = growth(memory)
    print(f"second half: {slope:+.1f} MiB a minute, {grown:+.1%} in all")
    return grown


def measure_load(rows: int, *, sessions: int, minutes: float, think: float) -> int:
    """One run with so many cases; prints, and gives the exit code."""
    store = str(folder_for(rows) / "store")
    truth = Truth(store)
    with serving(LK3_STORE=store, LK3_LANGUAGE="id") as server:
        warm_up(server)
        findings, memory = under_load(
            server, truth, sessions=sessions, minutes=minutes, think=think
        )
        used = server.processor_seconds()
        print(
            f"{rows:,} cases, {sessions} sessions, {minutes:g} minutes, {used:.0f} s of processor"
        )
        print_waits(findings, minutes)
        grown = print_memory(memory)
        print(
            f"wrong under load: {sum(findings.wrong.values())}; the same views alone:", flush=True
        )
        findings.wrong.update(looked_at_alone(server, findings))
    print(f"{len(findings.seen)} different views; wrong: {sum(findings.wrong.values())}")
    for text, times in findings.wrong.most_common():
        print(f"  {times} x {text}")
    return int(bool(findings.wrong) or grown > MOST_GROWTH)


def measure_memory(rows: int, steps: list[int]) -> None:
    """What a further session takes: each comes, looks at three pages and stays."""
    store = str(folder_for(rows) / "store")
    with serving(LK3_STORE=store, LK3_LANGUAGE="id") as server:
        warm_up(server)
        people: list[Person] = []
        before: tuple[int, float] | None = None
        for wanted in steps:
            while len(people) < wanted:
                people.append(Person(server, State("id")))
                people[-1].come()
                for page in (PAGES[1], PAGES[2], HOME):
                    people[-1].go(page)
            time.sleep(2)
            mib = server.memory()
            each = f"{(mib - before[1]) / (wanted - before[0]):6.2f} each" if before else ""
            print(f"{rows:>9,} cases {wanted:>4} sessions {mib:8.1f} MiB {each}", flush=True)
            before = (wanted, mib)
        for person in people:
            person.close()


def main() -> int:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--sessions", type=int, default=50)
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--think", type=float, default=3, help="mean seconds between actions")
    parser.add_argument("--rows", type=int, nargs="+", default=[3000])
    parser.add_argument("--memory", action="store_true", help="memory per further session only")
    parser.add_argument("--steps", type=int, nargs="+", default=list(STEPS_OF_SESSIONS))
    asked = parser.parse_args()
    if asked.memory:
        for rows in asked.rows:
            measure_memory(rows, asked.steps)
        return 0
    wishes = {"sessions": asked.sessions, "minutes": asked.minutes, "think": asked.think}
    return max(measure_load(rows, **wishes) for rows in asked.rows)


if __name__ == "__main__":
    sys.exit(main())
