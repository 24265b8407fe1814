"""Parts of the interface that can be tried without a page."""

from datetime import date

import pytest

from lk3.counts import Period
from lk3.ui.periods import months_between, period_choices
from lk3.ui.widgets.charts import clicked_code

HELD = Period(date(2023, 3, 1), date(2025, 5, 17))


@pytest.mark.parametrize(
    ("point", "code"),
    [
        ({"location": "64.74.01.1003"}, "64.74.01.1003"),
        ({"customdata": "64.74.01.1003"}, "64.74.01.1003"),
        ({"customdata": ["64.74.01.1003"]}, "64.74.01.1003"),
        ({"customdata": {"0": "64.74.01.1003"}}, "64.74.01.1003"),
        ({"customdata": []}, None),
        ({}, None),
    ],
    ids=str,
)
def test_click_on_map_tile_or_bar_gives_the_code(point, code):
    assert clicked_code({"selection": {"points": [point]}}) == code


@pytest.mark.parametrize("event", [None, {"selection": {"points": []}}], ids=str)
def test_click_beside_everything_gives_none(event):
    assert clicked_code(event) is None


def test_last_full_year_is_the_last_one_that_the_data_reach_the_end_of():
    choices = period_choices(HELD, date(2025, 6, 1))

    assert choices["full_year"] == Period.year(2024)
    assert choices["this_year"] == Period.year(2025)
    assert choices["2023"] == Period.year(2023)
    assert choices["all"] is None


def test_last_twelve_months_end_with_the_last_whole_month():
    """Data reach 17 May 2025 and were handed in on 20 May: April is the last whole month."""
    choices = period_choices(HELD, date(2025, 5, 20))

    assert choices["last_12"] == Period(date(2024, 5, 1), date(2025, 4, 30))


def test_without_data_there_is_nothing_to_choose_but_all():
    assert period_choices(None, date(2025, 6, 1)) == {"all": None}


def test_months_chosen_in_the_wrong_order_are_turned():
    expected = Period(date(2024, 2, 1), date(2024, 11, 30))

    assert months_between(date(2024, 11, 1), date(2024, 2, 1)) == expected
