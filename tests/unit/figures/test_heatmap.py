"""A cross table: what is short of its minimum, what is zero, and what is enough look different."""

import pandas as pd

from lk3 import figures

ROWS, COLUMNS = {"a": "Guntung", "b": "Satimpo"}, {"psikolog": "Psikolog", "medis": "Medis"}
FRAME = pd.DataFrame(
    [("a", "psikolog", 2), ("b", "psikolog", 1), ("a", "medis", 1)],
    columns=["row", "column", "n"],
)


def draw(frame=FRAME, **more):
    options = {"rows": "row", "columns": "column", "value": "n", "row_labels": ROWS, **more}
    return figures.cross_heatmap(frame, **options, column_labels=COLUMNS, unit="orang")


def cells(figure):
    return next(trace for trace in figure.data if trace.type == "scatter")


def marks(figure):
    """(row, column) -> [text, symbol, opacity] of the marks on the cells."""
    trace = cells(figure)
    looks = zip(trace.text, trace.marker.symbol, trace.marker.opacity, strict=True)
    places = zip(trace.y, trace.x, strict=True)
    return {at: list(look) for at, look in zip(places, looks, strict=True)}


def test_short_of_the_minimum_is_a_filled_circle_and_a_free_zero_a_hollow_one():
    found = marks(draw(least={"psikolog": 2}))
    assert found["b", "psikolog"] == ["<b>1</b>", "circle", 1.0]
    assert found["b", "medis"][1:] == ["circle-open", 0.45]
    assert found["a", "psikolog"] == ["2", "circle-open", 0.0]


def test_a_zero_that_nothing_asks_for_can_be_left_unmarked():
    assert marks(draw(marks_zeros=False))["b", "medis"] == ["0", "circle-open", 0.0]


def test_a_click_on_a_cell_gives_the_row():
    trace = cells(draw())
    assert list(trace.customdata) == list(trace.y)


def test_namesakes_are_told_apart_on_the_axis_by_their_kecamatan():
    labels = {"a": "Tanjung Indah (Kec. Suka Makmur)", "b": "Tanjung Indah (Kec. Suka Harapan)"}
    figure = draw(row_labels=labels)
    assert list(figure.layout.yaxis.ticktext) == [
        "Tanjung Indah<br>(Kec. Suka Makmur)",
        "Tanjung Indah<br>(Kec. Suka Harapan)",
    ]
    assert figure.layout.height == draw().layout.height + 2 * 10


def test_nothing_to_cross_is_said():
    figure = figures.cross_heatmap(
        FRAME, rows="row", columns="column", value="n", row_labels={}, column_labels=COLUMNS
    )
    assert figure.layout.annotations[0].text == "Tidak ada data untuk pilihan ini."
