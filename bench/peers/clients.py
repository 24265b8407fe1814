"""Twenty people at once, without twenty browsers: clients that speak as the browser's script does.

Two processors cannot draw twenty pages, and what they would measure is the browser. So each client
asks the server for what the page asks for and waits until all of it has come. That is the server's
part of a filter change, for every contender alike.
"""

import http.client
import json
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Protocol

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

PEOPLE, WAVES = 20, 3
YEARS = (2024, 2023, 2022, 2021, 2025)
FIGURES = 4
_SECONDS = 120


class Client(Protocol):
    """One person: opens the page, then chooses years."""

    def choose(self, year: int) -> None:
        """Come back when all that the page needs has arrived."""


class DashClient:
    """Asks for the layout and then for what its two callbacks give, one connection each."""

    _CALLBACKS = (
        (("map", "bars", "heat"), ("year.value", "problem.value")),
        (("trend",), ("year.value", "problem.value", "map.clickData")),
    )

    def __init__(self, port: int) -> None:
        self._lines = [
            http.client.HTTPConnection("localhost", port, timeout=_SECONDS) for _ in "ab"
        ]
        self._pool = ThreadPoolExecutor(len(self._lines))
        for path in ("/", "/_dash-layout", "/_dash-dependencies"):
            self._lines[0].request("GET", path)
            self._lines[0].getresponse().read()
        self.choose(2025)

    def choose(self, year: int) -> None:
        """Both callbacks at once."""
        values = {"year.value": str(year), "problem.value": "semua", "map.clickData": None}
        got = self._pool.map(
            lambda line, asked: self._ask(line, *asked, values), self._lines, self._CALLBACKS
        )
        if sum(got) != FIGURES:
            raise RuntimeError("Dash has not given its figures")

    def _ask(
        self, line: http.client.HTTPConnection, outputs: Sequence[str], inputs: Sequence[str],
        values: dict,
    ) -> int:  # fmt: skip
        several = len(outputs) > 1
        named = "...".join(f"{o}.figure" for o in outputs)
        listed = [{"id": o, "property": "figure"} for o in outputs]
        asked = [dict(zip(("id", "property"), i.split("."), strict=True)) for i in inputs]
        body = {
            "output": f"..{named}.." if several else named,
            "outputs": listed if several else listed[0],
            "inputs": [a | {"value": values[i]} for a, i in zip(asked, inputs, strict=True)],
            "changedPropIds": ["year.value"],
        }
        answer = json.loads(_posted(line, json.dumps(body)))
        return sum("data" in found["figure"] for found in answer["response"].values())


def _posted(line: http.client.HTTPConnection, body: str) -> bytes:
    """The answer; asked again on a line that the server has closed meanwhile, as browsers do."""
    for _attempt in range(2):
        try:
            line.request(
                "POST", "/_dash-update-component", body, {"Content-Type": "application/json"}
            )
            return line.getresponse().read()
        except (http.client.RemoteDisconnected, ConnectionError):
            line.close()
    raise RuntimeError("Dash does not answer")


class StreamlitClient:
    """Holds a web socket, as the page does; a choice is a run of the script to its end."""

    def __init__(self, port: int) -> None:
        self._socket = connect(
            f"ws://localhost:{port}/_stcore/stream",
            subprotocols=["streamlit"],
            origin=f"http://localhost:{port}",
            max_size=None,
        )
        self._period = ""
        self._run(BackMsg())

    def choose(self, year: int) -> None:
        """The period alone is chosen anew."""
        message = BackMsg()
        state = message.rerun_script.widget_states.widgets.add()
        state.id, state.string_value = self._period, str(year)
        self._run(message)

    def _run(self, message: BackMsg) -> None:
        message.rerun_script.query_string = ""
        self._socket.send(message.SerializeToString())
        figures = 0
        while True:
            told = ForwardMsg()
            told.ParseFromString(self._socket.recv(timeout=_SECONDS))
            kind = told.WhichOneof("type")
            element = told.delta.new_element
            figures += _is_figure(element) or kind == "ref_hash"
            if element.selectbox.label == "Periode":
                self._period = element.selectbox.id
            if kind == "script_finished":
                break
        if figures < FIGURES:
            raise RuntimeError(f"{figures} figures of {FIGURES}")


def _is_figure(element: Element) -> bool:
    own = element.bidi_component.component_name == "lk3_plot"
    return own or element.WhichOneof("type") == "plotly_chart"


def together(
    make: Callable[[int], Client], port: int, processor: Callable[[], float]
) -> tuple[list[float], float]:
    """Seconds of every choice of 20 people who choose at the same moments, and the server's
    processor seconds for each choice.
    """
    clients = [make(port) for _ in range(PEOPLE)]
    gate = Barrier(PEOPLE)

    def live(number: int) -> list[float]:
        taken = []
        for wave in range(WAVES):
            gate.wait(_SECONDS)
            started = time.monotonic()
            clients[number].choose(YEARS[(number + wave) % len(YEARS)])
            taken.append(time.monotonic() - started)
        return taken

    used = processor()
    with ThreadPoolExecutor(PEOPLE) as pool:
        taken = [seconds for times in pool.map(live, range(PEOPLE)) for seconds in times]
    return taken, (processor() - used) / len(taken)
