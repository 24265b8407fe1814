"""The dashboard run without a browser: in a state of the data, with what its pages show."""

import base64
import json
import re
from typing import Any

import numpy as np
from streamlit.testing.v1 import AppTest

from lk3 import language
from lk3.dataset import import_file
from lk3.places import load_places
from lk3.settings import ROOT
from lk3.store import open_store
from tests.workbooks import csv_bytes

PLACES = load_places()
HEADER = ("No. Reg", "Tanggal Lapor", "Kelurahan", "Jenis Masalah", "Status")
SECONDS = 60


def register(*kelurahan: str, day: str = "2025-03-04") -> bytes:
    """A register with one row, one case of KDRT, for each kelurahan that is named."""
    rows = [(f"{i:03d}/2025", day, name, "KDRT", "Baru") for i, name in enumerate(kelurahan, 1)]
    return csv_bytes([HEADER, *rows])


def save(content: bytes, name: str) -> None:
    """Save a file in the store of the test, as another process would."""
    _checked, version = import_file(open_store(), PLACES, content, name)
    assert version is not None


def open_board(**choices: Any) -> AppTest:
    """The dashboard on its first page. `choices`: values of widgets by their keys."""
    board = AppTest.from_file(ROOT / "dashboard.py", default_timeout=SECONDS)
    for key, value in choices.items():
        board.session_state[key] = value
    return run(board)


def run(board: AppTest) -> AppTest:
    """The next run of a session. AppTest names the choices of widgets itself, so it must speak the
    session's language.
    """
    spoken = getattr(board.session_state, "lang", "id")
    with language.speaking(spoken):
        return board.run()


def go_to(board: AppTest, path: str) -> AppTest:
    """Another page of the same session. `path`: below `pages/`."""
    return run(board.switch_page(f"pages/{path}"))


def texts(board: AppTest) -> str:
    """All that a page says in words."""
    kinds = ("title", "header", "caption", "markdown", "error", "info", "warning", "metric")
    return "\n".join(str(element.value) for kind in kinds for element in board.get(kind))


def card(board: AppTest, label: str) -> str:
    """The number on the card with this label."""
    return next(metric.value for metric in board.metric if metric.label == label)


def footer_rows(board: AppTest) -> list[int]:
    """Rows read, used, set aside and no data, as the footer has them."""
    pattern = r"(?:Baris dibaca|Rows read)\D+([\d.,]+)\D+([\d.,]+)\D+([\d.,]+)\D+([\d.,]*\d)"
    found = re.search(pattern, texts(board))
    assert found, "the page has no footer"
    return [int(re.sub(r"\D", "", number)) for number in found.groups()]


def bars_of_areas(board: AppTest, unit: str) -> dict[str, float]:
    """Length of each bar by code, in the figure of areas whose axis is headed `unit`."""
    for figure in figures(board):
        if figure["layout"].get("xaxis", {}).get("title", {}).get("text") == unit:
            for trace in figure["data"]:
                codes = trace.get("customdata")
                if trace["type"] == "bar" and codes:
                    return dict(zip(codes, numbers(trace["x"]), strict=True))
    raise AssertionError(f"no bars of areas in {unit!r}")


def figures(board: AppTest) -> list[dict[str, Any]]:
    """The figures of the page, as Plotly gets them."""
    return [json.loads(written.split("\n")[1]) for written in written_figures(board)]


def written_figures(board: AppTest) -> list[str]:
    """The figures with what is said beside them, as they are sent."""
    parts = [part.proto for part in board.get("bidi_component")]
    return [json.loads(part.json) for part in parts if part.component_name == "lk3_plot"]


def shown_kinds(board: AppTest) -> list[str]:
    """Kinds of elements on the page that can hold something of the data, or take it."""
    kinds = ("metric", "dataframe", "table", "download_button", "file_uploader")
    found = [kind for kind in kinds if len(board.get(kind))]
    return [*found, *(["figure"] if written_figures(board) else [])]


def numbers(values: Any) -> list[float]:
    """Numbers of a trace, which may be packed as base64."""
    if isinstance(values, dict):
        return np.frombuffer(base64.b64decode(values["bdata"]), dtype=values["dtype"]).tolist()
    return list(values)
