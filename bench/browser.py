"""How fast is the dashboard in a browser, beside the same page in Dash and in plain Streamlit?

    python bench/browser.py [--rows 20000 300000] [--rounds 3] [--only dash lk3]

In one run, by turns: start the server, open the page, change filters, click on the map, end the
server. Measured are the time from the start of the process to the last of four charts, from the
click on a filter and on the map to the last chart that it changes, the server's processor time for
each, its memory with 1, 6 and 11 sessions; and 20 people at once, without browsers. Out: a table in
Markdown on standard output, progress on the other. What took too long is counted, never dropped.

Linux, with the browser and the options of the browser tests.
"""

import argparse
import os
import sys
import tempfile
import time
from contextlib import AbstractContextManager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright
from playwright.sync_api import TimeoutError as TooLong

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "browser")]

from harness import launch_browser  # noqa: E402 the folders above have to be known first

from bench.peers.clients import DashClient, StreamlitClient, together  # noqa: E402
from bench.peers.contenders import CONTENDERS, DASH, Contender, provide_peers  # noqa: E402
from bench.peers.expected import Judge, State  # noqa: E402
from bench.peers.machine import Server, running, wait_for_port  # noqa: E402
from bench.peers.report import Figures, report  # noqa: E402
from bench.peers.rows import folder_for  # noqa: E402
from bench.peers.watching import (  # noqa: E402
    clickable,
    expect,
    missing,
    seconds_from_click,
    wait_until_final,
    watch,
)
from run import free_port  # noqa: E402

SCREEN = {"width": 1366, "height": 1500}  # all charts in view
QUIET_SECONDS = 0.5
CLICKS = 4
SESSIONS = (1, 6, 11)


def states(judge: Judge) -> list[State]:
    """The filters in the order in which they are chosen; none comes twice."""
    problem = judge.problems()[0]
    years = (2025, 2024, 2023, 2022, 2021)
    return [*(State(year) for year in years), *(State(year, problem) for year in reversed(years))]


def new_page(browser: Browser) -> Page:
    context = browser.new_context(viewport=SCREEN, locale="id-ID", reduced_motion="reduce")
    page = context.new_page()
    watch(page)
    return page


def open_page(page: Page, server: Server, contender: Contender, judge: Judge) -> None:
    page.goto(server.url + contender.path, wait_until="commit")
    page.wait_for_function("() => window.expect", polling=25)
    expect(page, judge.expected(State()), contender.charts)
    wait_until_final(page)


def after_click(page: Page, server: Server, click, name: str, figures: Figures) -> None:
    """One interaction: seconds until the charts are final, and what it cost the server."""
    used = server.processor()
    try:
        click()
        wait_until_final(page)
        figures.add(name, seconds_from_click(page))
    except TooLong:
        figures.add_timeout(name, missing(page))
    time.sleep(QUIET_SECONDS)
    figures.add(f"{name}, processor", server.processor() - used)


def change_filters(
    page: Page, server: Server, contender: Contender, judge: Judge, figures: Figures
) -> State:
    path = states(judge)
    for before, after in zip(path, path[1:], strict=False):
        expect(page, judge.expected(after), contender.charts)
        after_click(
            page, server, lambda b=before, a=after: contender.choose(page, b, a), "filter", figures
        )
    return path[-1]


def click_map(
    page: Page, server: Server, contender: Contender, judge: Judge, state: State, figures: Figures
) -> None:
    inside = judge.areas.sort_values("lat").iloc[-CLICKS - 3 : -3]  # well inside the picture
    for code, area in inside.iterrows():
        clicked = State(state.year, state.problem, str(code))
        clickable(page, area["lon"], area["lat"])
        expect(page, judge.expected(clicked), contender.linked)
        after_click(page, server, lambda: (page.mouse.down(), page.mouse.up()), "click", figures)


def more_sessions(
    browser: Browser, server: Server, contender: Contender, judge: Judge, figures: Figures
) -> None:
    """The server's memory with 1, 6 and 11 people who look at the page."""
    pages: list[Page] = []
    for count in SESSIONS:
        while len(pages) < count - 1:
            page = new_page(browser)
            open_page(page, server, contender, judge)
            pages.append(page)
        time.sleep(QUIET_SECONDS)
        figures.add(f"memory, {count} sessions", server.memory()["pss"])
    for page in pages:
        page.context.close()


def many_at_once(contender: Contender, folder: Path, figures: Figures) -> None:
    """Twenty people who choose a year at the same moments, on a server of their own."""
    client = DashClient if contender.name == DASH else StreamlitClient
    with started(contender, folder) as (server, port):
        wait_for_port(server, port)
        taken, used = together(client, port, server.processor)
    for seconds in taken:
        figures.add("together", seconds)
    figures.add("together, processor", used)


def started(contender: Contender, folder: Path) -> AbstractContextManager[tuple[Server, int]]:
    """A contender's server on a free port."""
    port = free_port(21_000 + os.getpid() % 9_000)
    log = Path(tempfile.gettempdir()) / f"lk3-peers-{port}.log"
    return running(
        contender.command(port), port=port, environment=contender.environment(folder), log=log
    )


def one_turn(
    browser: Browser, contender: Contender, judge: Judge, folder: Path, figures: Figures,
    *, with_memory: bool,
) -> None:  # fmt: skip
    page = new_page(browser)
    since = time.monotonic()
    with started(contender, folder) as (server, port):
        try:
            wait_for_port(server, port)
            open_page(page, server, contender, judge)
            figures.add("start", time.monotonic() - since)
            time.sleep(2 * QUIET_SECONDS)
            figures.add("start, processor", server.processor())
            figures.add("memory, loaded", server.memory()["pss"])
            state = change_filters(page, server, contender, judge, figures)
            click_map(page, server, contender, judge, state, figures)
            if with_memory:
                more_sessions(browser, server, contender, judge, figures)
        except TooLong:
            figures.add_timeout("start", missing(page))
        page.context.close()


def measure(
    rows: int, rounds: int, contenders: list[Contender], *, memory: bool, many: bool
) -> None:
    folder = folder_for(rows)
    judge = Judge(folder)
    found = {contender.name: Figures() for contender in contenders}
    with sync_playwright() as playwright:
        browser = launch_browser(playwright)
        try:
            for turn in range(rounds):
                for contender in contenders:
                    figures = found[contender.name]
                    one_turn(
                        browser, contender, judge, folder, figures, with_memory=memory and turn == 0
                    )
                    if many and turn == 0:
                        many_at_once(contender, folder, figures)
                    told = f"{rows} rows, round {turn + 1}, {contender.name}: {figures.short()}"
                    print(told, file=sys.stderr, flush=True)
        finally:  # what is known when somebody stops it
            print(report(rows, rounds, found), flush=True)
            browser.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=[20_000, 300_000])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", nargs="+", help="contenders whose name holds one of these words")
    parser.add_argument("--no-memory", action="store_true", help="leave out the further sessions")
    parser.add_argument("--no-many", action="store_true", help="leave out 20 people at once")
    options = parser.parse_args()
    provide_peers()
    words = options.only or [""]
    chosen = [c for c in CONTENDERS if any(word.lower() in c.name.lower() for word in words)]
    for rows in options.rows:
        measure(
            rows, options.rounds, chosen, memory=not options.no_memory, many=not options.no_many
        )


if __name__ == "__main__":
    main()
