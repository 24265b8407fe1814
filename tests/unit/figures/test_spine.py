"""The spine chart: where a value lies among all, worked out by hand."""

import re

import numpy as np
import pandas as pd
import pytest

from lk3 import figures
from lk3.figures.spine import place_on_spine

ROW = {
    "value": 9.0, "lower": 4.0, "upper": 30.0, "kecamatan": 6.0, "city": 5.0, "min": 1.0,
    "q25": 4.0, "q75": 6.0, "max": 15.0, "verdict": "above", "label": "Angka kasus",
    "said": "9,0 (4,0–30,0)", "kecamatan_said": "6,0", "city_said": "5,0",
}  # fmt: skip
NAMES = {"area": "Guntung", "kecamatan": "Kecamatan Bontang Utara", "city": "Kota Bontang"}


def drawn(**changes):
    return figures.spine_chart(pd.DataFrame([ROW | changes]), names=NAMES)


@pytest.mark.parametrize(
    ("value", "percent"),
    [
        (5.0, 50.0),  # the city
        (15.0, 97.0),  # the farthest from it: 10 away, so 47 percent are 10 units
        (10.0, 73.5),
        (1.0, 31.2),
        (30.0, 97.0),  # beyond the farthest kelurahan: at the end
    ],
)
def test_the_city_is_in_the_middle_and_the_farthest_kelurahan_at_an_end(value, percent):
    assert place_on_spine(value, pd.Series(ROW)) == pytest.approx(percent)


def test_all_equal_stand_on_the_city():
    row = pd.Series(ROW | dict.fromkeys(("value", "kecamatan", "city", "min", "max"), 5.0))
    assert place_on_spine(5.0, row) == 50


def test_the_numbers_stand_in_a_table_with_headings():
    html = drawn()
    assert re.findall(r'<th scope="col">([^<]*)</th>', html)[:4] == ["Indikator", *NAMES.values()]
    assert re.findall(r"<td>([^<]*)</td>", html) == ["9,0 (4,0–30,0)", "6,0", "5,0"]


def test_the_dot_stands_at_its_value_and_the_interval_reaches_to_its_ends():
    html = drawn()
    assert 'spine-dot" style="left:68.8%' in html  # 50 + 47 * 4 / 10
    assert 'spine-interval" style="left:45.3%;width:51.7%' in html  # 45.3 to 97


def test_a_value_that_is_missing_has_no_dot_and_no_interval():
    html = drawn(value=np.nan, lower=np.nan, upper=np.nan, said="–")
    assert "spine-dot" not in html
    assert "spine-interval" not in html
    assert "spine-city" in html


def test_without_a_value_of_the_city_nothing_is_drawn_but_the_numbers_stand():
    html = drawn(city=np.nan, city_said="–")
    assert "<i" not in html.split("</table>")[0]
    assert "9,0 (4,0–30,0)" in html


def test_a_name_is_shown_as_it_is_written():
    html = figures.spine_chart(pd.DataFrame([ROW]), names=NAMES | {"area": "A & <B>"})
    assert "A &amp; &lt;B&gt;" in html


def test_without_a_kecamatan_there_is_neither_a_column_nor_a_diamond():
    names = {key: name for key, name in NAMES.items() if key != "kecamatan"}
    html = figures.spine_chart(pd.DataFrame([ROW]), names=names)
    assert re.findall(r"<td>([^<]*)</td>", html) == ["9,0 (4,0–30,0)", "5,0"]
    assert "◆" not in html
    assert "spine-kecamatan" not in html
