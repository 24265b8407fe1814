"""Parts of the interface that can be tried without a page."""

from datetime import date

from lk3.counts import Period
from lk3.ui.periods import months_between, period_choices

HELD = Period(date(2023, 3, 1), date(2025, 5, 17))


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
