"""The one list of indicators. Pages, exports, the documentation and the Metode page read it here.

Texts are Indonesian here and translated when they are read. A further indicator is one more entry.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from lk3.indicators import activity, caseload, closing, coverage, rates, supply, underserved
from lk3.indicators.context import Context
from lk3.indicators.words import WORDS
from lk3.indicators.words_form import Words
from lk3.language import _

TEXTS = ("label", "unit", "numerator", "denominator", "method", "source", "caveat")


@dataclass(frozen=True)
class Indicator:
    """One indicator: what it is in words, and how it is computed.

    decimals: how many are shown; per_area: whether kelurahan have a value of their own beside the
    city; is_count_of_cases: whether the value itself counts cases; case_columns: which columns of
    the measure count cases ("rest" is denominator - n), so that small ones are hidden from the
    public; is_pooled: whether every area's value rests on the cases of all areas, so that it may
    give a hidden one back. None says which way is better: more reports can mean better reach.
    """

    key: str
    words: Words
    compute: Callable[[Context], pd.DataFrame]
    decimals: int = 0
    per_area: bool = True
    is_count_of_cases: bool = False
    is_pooled: bool = False
    case_columns: tuple[str, ...] = ("n",)

    @property
    def label(self) -> str:
        """The name, in the current language (as all the texts below)."""
        return _(self.words.label)

    @property
    def unit(self) -> str:
        """What one of the value is."""
        return _(self.words.unit)

    @property
    def numerator(self) -> str:
        """What is counted."""
        return _(self.words.numerator)

    @property
    def denominator(self) -> str:
        """What it is divided by."""
        return _(self.words.denominator)

    @property
    def method(self) -> str:
        """How value and interval are made."""
        return _(self.words.method)

    @property
    def source(self) -> str:
        """Where the data and the method come from."""
        return _(self.words.source)

    @property
    def caveat(self) -> str:
        """What the number does not say."""
        return _(self.words.caveat)


def _indicator(key: str, compute: Callable[[Context], pd.DataFrame], **options: Any) -> Indicator:
    return Indicator(key, WORDS[key], compute, **options)


_SHARE = ("n", "denominator", "rest")
_ALL = (
    _indicator("cases", activity.measure_cases, is_count_of_cases=True),
    _indicator("cases_change", activity.measure_change, case_columns=("n", "denominator")),
    _indicator("clients", activity.measure_clients, is_count_of_cases=True),
    _indicator("problems", activity.measure_problems, is_count_of_cases=True),
    _indicator("case_rate_per_10k", rates.measure_case_rate, decimals=1),
    _indicator(
        "smoothed_rate_per_10k", underserved.measure_smoothed_rate, decimals=1, is_pooled=True
    ),
    _indicator("member_shortfall", underserved.measure_shortfall, decimals=1, is_pooled=True),
    _indicator("active_members", supply.measure_members, case_columns=()),
    _indicator("members_per_10k", supply.measure_members_per_10k, decimals=1, case_columns=()),
    _indicator("area_coverage", supply.measure_area_coverage, per_area=False, case_columns=()),
    _indicator("profession_coverage", supply.measure_profession_coverage, case_columns=()),
    _indicator("service_coverage", coverage.measure_service_coverage, per_area=False),
    _indicator("open_cases_per_member", caseload.measure_caseload, decimals=1),
    _indicator("open_cases_per_counsellor", caseload.measure_counsellor_caseload, decimals=1),
    _indicator(
        "days_to_close_median", closing.measure_days_to_close, case_columns=("n", "denominator")
    ),
    _indicator("closed_within_30_pct", closing.measure_closed_within_30, case_columns=_SHARE),
    _indicator("closed_within_90_pct", closing.measure_closed_within_90, case_columns=_SHARE),
    _indicator("open_over_90_days", closing.measure_open_long, is_count_of_cases=True),
)
INDICATORS: dict[str, Indicator] = {indicator.key: indicator for indicator in _ALL}
