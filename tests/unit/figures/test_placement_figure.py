"""Dumbbells: what is drawn, what is written at the edge, what is said."""

import pandas as pd

from lk3.figures.placement import before_after
from tests.tables_for_tests import PLACES, A, B, C


def drawn(before, after, **options):
    areas = pd.DataFrame({"before": before, "after": after}, dtype="float64")
    return before_after(areas, places=PLACES, label="Kekurangan", unit="orang", **options)


def test_only_what_changes_has_a_line_a_second_dot_and_both_values():
    figure = drawn({A: 2.04, B: 0.5, C: -1}, {A: 1.0, B: 0.5, C: -1})
    lines, before, after = figure.data
    assert list(lines.x[:2]) == [2.0, 1.0]
    assert list(before.y) == [C, B, A], "the highest before is on top"
    assert list(after.y) == [A]
    written = [note.text for note in figure.layout.annotations]
    assert written == ["-1,0", "0,5", "<b>2,0 → 1,0</b>"]
    assert f"{PLACES.label(A)} 2,0 → 1,0." in figure.layout.meta["alt"]


def test_what_rounds_to_nothing_has_no_minus():
    figure = drawn({A: 1}, {A: -0.04})
    assert figure.layout.annotations[0].text == "<b>1,0 → 0,0</b>"


def test_a_first_member_gives_a_caseload_where_there_was_none():
    figure = drawn({A: None, B: 3}, {A: 4, B: 3})
    assert list(figure.data[2].y) == [A]
    assert "<b>– → 4,0</b>" in [note.text for note in figure.layout.annotations]


def test_a_plan_without_effect_and_no_data_at_all_are_said():
    assert "Tidak ada kelurahan yang berubah" in drawn({A: 1}, {A: 1}).layout.meta["alt"]
    assert drawn({A: None}, {A: None}).layout.meta["alt"] == "Tidak ada data untuk pilihan ini."


def test_the_line_of_the_city_is_named():
    figure = drawn({A: 1}, {A: 0}, middle="seperti kota")
    assert figure.layout.shapes[0].x0 == 0
    assert "seperti kota" in [note.text for note in figure.layout.annotations]


def test_codes_that_look_like_numbers_are_rows_all_the_same():
    """Those of kabupaten, "98.01": Plotly would take a note at such a row for one at 98."""
    figure = drawn({A: 2, B: 1, C: 0}, {A: 1, B: 1, C: 0})
    assert [note.y for note in figure.layout.annotations] == [0, 1, 2]
