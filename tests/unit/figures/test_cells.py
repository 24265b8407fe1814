"""The grid of cells: what stands where, and that nothing rests on colour alone."""

import pandas as pd

from lk3.figures.cells import CellClass, cell_grid

CLASSES = {
    "full": CellClass("semua terisi", "#ffffff"),
    "half": CellClass("separuh", "#cccccc"),
    "none": CellClass("tanpa laporan", "#eeeeee", ink="#333333"),
}
FRAME = pd.DataFrame(
    [
        ("a", 2023, "full", "", "a 2023"),
        ("a", 2024, "half", "50", "a 2024"),
        ("b", 2024, "full", "", "b 2024"),
        ("z", 2024, "none", "×", "not asked for"),
    ],
    columns=["row", "time", "kind", "text", "hover"],
)


def grid(frame=FRAME, rows=("a", "b"), times=(2023, 2024)):
    return cell_grid(
        frame, rows="row", columns="time", row_labels={key: key.upper() for key in rows},
        column_labels={time: str(time) for time in times}, classes=CLASSES, alt="Tabel kecil.",
    )  # fmt: skip


def test_each_cell_has_the_class_and_the_hover_of_its_row_and_column():
    tiles = grid().data[0]

    assert list(tiles.z[0]) == [0, 1]
    assert tiles.z[1][1] == 0
    assert [list(row) for row in tiles.text] == [["a 2023", "a 2024"], ["", "b 2024"]]


def test_cell_that_the_table_lacks_stays_blank():
    tiles = grid().data[0]

    assert pd.isna(tiles.z[1][0])


def test_only_classes_that_occur_are_in_the_legend_each_with_its_name():
    named = [trace.name for trace in grid().data[2:]]

    assert named == ["semua terisi", "separuh"]


def test_colours_of_the_cells_are_those_of_the_legend():
    figure = grid()
    tiles = figure.data[0]

    assert tiles.colorscale[0] == (0, "#ffffff")
    assert tiles.colorscale[-1] == (1, "#cccccc")
    assert [trace.marker.color for trace in figure.data[2:]] == ["#ffffff", "#cccccc"]


def test_single_class_keeps_its_colour():
    tiles = grid(FRAME[FRAME["kind"] == "full"]).data[0]

    assert {colour for _at, colour in tiles.colorscale} == {"#ffffff"}


def test_texts_stand_in_their_cells_in_the_ink_of_their_class():
    texts = grid().data[1]

    assert list(texts.text) == ["50"]
    assert list(texts.y) == ["a"]


def test_click_gives_the_row():
    assert grid().data[0].customdata[1][0] == ["b"]


def test_nothing_to_show_is_said():
    assert grid(FRAME[:0]).layout.annotations[0].text
    assert grid(rows=()).layout.meta["alt"]


def test_description_is_kept():
    assert grid().layout.meta["alt"] == "Tabel kecil."
