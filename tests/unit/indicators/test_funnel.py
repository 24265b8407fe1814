import numpy as np
import pytest

from lk3 import language
from lk3.indicators.funnel import VERDICTS, funnel_limits, funnel_verdict, verdict_label


@pytest.mark.parametrize(
    ("observed", "lower", "upper"), [(1, 0.179480, 39.4977), (5, 0.428510, 3.079792)]
)
def test_limits_are_the_published_ratios(observed, lower, upper):
    low, high = funnel_limits(observed)
    assert low == pytest.approx(lower, abs=1e-6)
    assert high == pytest.approx(upper, rel=1e-5)


def test_no_area_without_events_can_lie_above():
    low, high = funnel_limits([0, 3])
    assert low[0] == 0
    assert np.isnan(high[0])
    assert np.isfinite(high[1])


@pytest.mark.parametrize(
    ("observed", "expected", "verdict"),
    [
        # 20 events: 95 % limits 12.21 and 30.89, 99.8 % limits 8.92 and 38.09.
        (20, 12.3, "like_city"),
        (20, 12.1, "above"),
        (20, 9.0, "above"),
        (20, 8.9, "strongly_above"),
        (20, 30.8, "like_city"),
        (20, 31.0, "below"),
        (20, 38.0, "below"),
        (20, 38.2, "strongly_below"),
        # No event: upper limits 3.69 and 6.91 (-ln 0.001).
        (0, 6.9, "below"),
        (0, 7.0, "strongly_below"),
        (20, 4.99, "too_few"),
        (5, 5.0, "like_city"),
        (0, 0.0, "too_few"),
        (np.nan, 9.0, ""),
        (9, np.nan, ""),
    ],
)
def test_verdict_follows_the_limits(observed, expected, verdict):
    assert funnel_verdict([observed], [expected]).tolist() == [verdict]


def test_a_verdict_lies_above_exactly_when_the_ratio_exceeds_its_limit():
    observed, expected = np.arange(1, 60), 20.0
    above = np.char.endswith(funnel_verdict(observed, np.full(59, expected)), "above")
    low, high = funnel_limits(observed)
    assert (above == (observed / expected > high)).all()


def test_every_verdict_has_words():
    assert verdict_label("too_few") == "Data belum cukup"
    assert verdict_label("") == ""
    assert all(verdict_label(key) for key in VERDICTS)
    with language.speaking("id"):
        assert verdict_label("like_city") == "Tidak dapat dibedakan dari kota"
