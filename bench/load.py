"""Many people at once: do they get their own numbers, how long do they wait, does memory level off?

    python bench/load.py [--sessions 50] [--minutes 5] [--rows 3000] [--think 25]
    python bench/load.py --memory [--rows 3000 300000] [--steps 1 11 21 51]

Each session speaks Streamlit's protocol as a browser does: it has a language of its own, goes from
page to page, changes period, kecamatan and problem, and chooses kelurahan on the map. Between two
actions it reads: 25 seconds on average, as somebody in an office does who looks at a picture before
the next click. A smaller `--think` is a harder test, not a likelier one. The sessions come one
after the other; the minutes count from when the last one is there.

Whatever a session is sent is checked: no error; an answer in time; the line above the headline
names the period, kecamatan and problem that this session chose, in its language; the headline's
number is what `lk3.counts` counts for them. Afterwards, alone on the server, one visitor looks at
the views that were seen under load, and must get the same texts and figures, byte by byte.

Printed: requests a second, median and 95th percentile of the wait by action, memory over time, and
a verdict. Exit code 1 when anything does not hold. `--memory`: what a further session takes.
"""

import argparse
import random
import statistics
import sys
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable
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
REPLAY_SECONDS = 60  # and for so long, at most
ARRIVAL = 2.4  # seconds from one session's coming to the next: fifty are there after two minutes
PATIENCE = 150  # seconds until a session that is told to leave has left: longer than any answer


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
        except TimeoutError:
            self._broke("a session got no answer in time, and ended")
        except Exception as error:  # noqa: BLE001 one session's end must not hide the others
            self._broke(f"a session broke: {type(error).__name__}: {error}"[:200])

    def leave(self, threads: list[threading.Thread]) -> None:
        """Tell them all to leave; who has not left after a while is a fault."""
        self.stop.set()
        until = time.monotonic() + PATIENCE
        for thread in threads:
            thread.join(timeout=max(0, until - time.monotonic()))
        if late := sum(thread.is_alive() for thread in threads):
            with self.findings.lock:
                self.findings.wrong["a session did not end"] += late

    def _broke(self, how: str) -> None:
        with self.findings.lock:
            self.findings.wrong[how] += 1

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
            choices["map"] = lambda: person.choose_area(chance.choice(self.truth.places.codes))
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
    """Let them all come, then work for so many minutes; what they met, and (minute, MiB) of the
    server's memory from when the last one had come.
    """
    crowd = Crowd(server, truth, think=think)
    threads = [threading.Thread(target=crowd.one, args=(i,), daemon=True) for i in range(sessions)]
    arrive(threads, min(ARRIVAL * sessions, minutes * 60))
    started, memory = time.monotonic(), []
    while (passed := time.monotonic() - started) < minutes * 60:
        memory.append((passed / 60, server.memory()))
        time.sleep(min(SAMPLE_SECONDS, minutes * 6))
    memory.append(((time.monotonic() - started) / 60, server.memory()))
    crowd.leave(threads)
    return crowd.findings, memory


def arrive(threads: list[threading.Thread], seconds: float) -> None:
    """Start them one after the other over so many seconds, as people come."""
    for thread in threads:
        thread.start()
        time.sleep(seconds / len(threads))


def looked_at_alone(server: Server, findings: Findings) -> tuple[int, Counter]:
    """Views that were seen under load again, alone: how many, and what is not the same."""
    # a chosen kelurahan cannot be chosen anew from every page
    states = sorted((state for state in findings.seen if not state.area), key=repr)
    chosen = random.Random(0).sample(states, min(REPLAYED, len(states)))
    until, looked_at, wrong = time.monotonic() + REPLAY_SECONDS, 0, Counter()
    people: dict[str, Person] = {}
    for state in chosen:
        if time.monotonic() > until:
            break
        if state.spoken not in people:
            people[state.spoken] = Person(server, State(state.spoken))
            people[state.spoken].come()
        digest = _seen_alone(people[state.spoken], state)
        wrong[f"{state.page}: another picture or text than alone"] += findings.seen[state] != {
            digest
        }
        looked_at += 1
    for person in people.values():
        person.close()
    return looked_at, +wrong


def _seen_alone(person: Person, state: State) -> str:
    person.go(state.page)
    _cost, view = person.change(
        period=state.period, problems=state.problems, districts=state.districts
    )
    return view.digest


def growth(memory: list[tuple[float, float]]) -> tuple[float, float]:
    """Over the second half: MiB a minute (least squares), and the share by which it grew."""
    later = memory[len(memory) // 2 :]
    minutes, mib = zip(*later, strict=True)
    if len(later) < 3:
        return 0.0, 0.0
    slope = statistics.linear_regression(minutes, mib).slope
    return slope, slope * (minutes[-1] - minutes[0]) / mib[0]


def print_waits(findings: Findings, minutes: float) -> None:
    """The wait by action; `minutes` in all, the coming included."""
    total = sum(map(len, findings.waits.values()))
    print(f"{total} actions in {minutes:.1f} minutes, {total / minutes / 60:.1f} a second")
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
        started = time.monotonic()
        findings, memory = under_load(
            server, truth, sessions=sessions, minutes=minutes, think=think
        )
        used, passed = server.processor_seconds(), (time.monotonic() - started) / 60
        print(
            f"{rows:,} cases, {sessions} sessions, {minutes:g} minutes after they had come, "
            f"{think:g} s between actions; {used:.0f} s of processor"
        )
        print_waits(findings, passed)
        grown = print_memory(memory)
        print(f"wrong under load: {findings.wrong.total()}; now the same views alone", flush=True)
        looked_at, wrong = looked_at_alone(server, findings)
    findings.wrong.update(wrong)
    print(f"{looked_at} of {len(findings.seen)} different views; wrong alone: {wrong.total()}")
    return verdict(findings, grown)


def verdict(findings: Findings, grown: float) -> int:
    """Say what did not hold; the exit code."""
    for text, times in findings.wrong.most_common():
        print(f"  {times} x {text}")
    if grown > MOST_GROWTH:
        print(f"  the memory has grown by {grown:.1%}, more than {MOST_GROWTH:.0%}")
    failed = bool(findings.wrong) or grown > MOST_GROWTH
    print("verdict: " + ("FAILED" if failed else "held"), flush=True)
    return int(failed)


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
    parser.add_argument("--think", type=float, default=25, help="mean seconds between actions")
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
