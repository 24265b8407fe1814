"""Ranks and shortfalls of the sample, worked out again without numpy, pandas or the package's
formulas: counted from the rows of its tables, with the posterior written out and drawn anew.
"""

import random
from datetime import date
from functools import lru_cache
from statistics import quantiles

import pytest

from lk3.counts import Filter, Period
from lk3.dataset import sample_dataset
from lk3.indicators import Context
from lk3.indicators.underserved import measure_supply
from lk3.places import load_places

YEARS = (2024, 2026)  # one whole, one that is not over
DRAWS = 2_000


@lru_cache
def sample():
    return sample_dataset(load_places())


@lru_cache
def areas_of(year):
    held = sample()
    context = Context(held.tables, Filter(Period.year(year)), load_places(), held.as_of)
    return measure_supply(context).areas


@lru_cache
def by_hand(year):
    """Per kelurahan (cases, person-years, members), and the cases without one."""
    held, codes = sample(), load_places().codes
    last = min(held.as_of, date(year, 12, 31))
    share = ((last - date(year, 1, 1)).days + 1) / (366 if year % 4 == 0 else 365)
    cases, unknown = dict.fromkeys(codes, 0), 0
    for row in held.tables.cases.to_dict("records"):
        inside = row["reported_precision"] in ("day", "month") and row["reported_on"].year == year
        if inside and not row["breakdown"]:
            unknown += row["cases"] * (row["kelurahan_code"] == "unknown")
            if row["kelurahan_code"] in cases:
                cases[row["kelurahan_code"]] += row["cases"]
    serving = {code: set() for code in codes}
    for row in held.tables.members.to_dict("records"):
        begun, ended = row["started_on"], row["ended_on"]
        is_on = (begun != begun or begun.date() <= last) and (
            ended != ended or ended.date() >= last
        )
        if is_on and row["kelurahan_code"] in serving:
            serving[row["kelurahan_code"]].add(row["member_id"])
    population = held.tables.population.set_index("code")["population"].to_dict()
    rows = {c: (cases[c], population[c] * share, len(serving[c])) for c in codes}
    return rows, unknown, share


def posterior(rows):
    """Shape and rate of each area's Gamma: prior by moments, its spread at least a quarter."""
    cases, years = sum(n for n, _y, _m in rows.values()), sum(y for _n, y, _m in rows.values())
    overall = cases / years
    spread = sum(y * (n / y - overall) ** 2 for n, y, _m in rows.values()) / years
    variance = max(spread - overall / (years / len(rows)), (overall / 4) ** 2)
    return {
        code: (overall**2 / variance + n, overall / variance + y)
        for code, (n, y, _m) in rows.items()
    }


@pytest.mark.parametrize("year", YEARS)
def test_cases_members_and_expected_cases_are_those_counted_by_hand(year):
    rows, _unknown, _share = by_hand(year)
    rate = sum(n for n, _y, _m in rows.values()) / sum(y for _n, y, _m in rows.values())
    found = areas_of(year)
    for code, (cases, years, members) in rows.items():
        assert found.loc[code, ["cases", "members"]].tolist() == [cases, members], code
        assert found.at[code, "expected"] == pytest.approx(years * rate, rel=1e-6), code


@pytest.mark.parametrize("year", YEARS)
def test_shortfalls_are_those_worked_out_by_hand(year):
    rows, _unknown, share = by_hand(year)
    need = {c: shape / rate * rows[c][1] / share for c, (shape, rate) in posterior(rows).items()}
    ratio = sum(m for _n, _y, m in rows.values()) / sum(need.values())
    found = areas_of(year)
    for code in rows:
        wanted = need[code] * ratio - rows[code][2]
        assert found.at[code, "shortfall"] == pytest.approx(wanted, rel=1e-6, abs=1e-6), code


@pytest.mark.parametrize("year", YEARS)
def test_ranks_and_intervals_are_those_of_other_draws(year):
    """Other draws than the package's, so an interval's end may differ by a place, a bound by what
    2,000 draws leave open.
    """
    rows, unknown, share = by_hand(year)
    gammas = posterior(rows)
    need = {c: shape / rate * rows[c][1] / share for c, (shape, rate) in gammas.items()}
    people = sum(m for _n, _y, m in rows.values())
    ratio, least = people / sum(need.values()), people / (sum(need.values()) + unknown / share)
    chance = random.Random(11)
    low, high, best, worst = ({code: [] for code in rows} for _ in range(4))
    for _draw in range(DRAWS):
        here, most = {}, {}
        for code, (shape, rate) in gammas.items():
            drawn = chance.gammavariate(shape, 1 / rate)
            more = chance.gammavariate(unknown, 1 / rate) if unknown else 0.0
            per_year = rows[code][1] / share
            here[code] = drawn * per_year * ratio - rows[code][2]
            most[code] = max((drawn + more) * per_year * least - rows[code][2], here[code])
            low[code].append(drawn * per_year * least - rows[code][2])
        for code in rows:
            others = [c for c in rows if c != code]
            high[code].append(most[code])
            best[code].append(1 + sum(here[c] > most[code] for c in others))
            worst[code].append(1 + sum(most[c] > here[code] for c in others))
    found = areas_of(year)
    for code in rows:
        row = found.loc[code]
        assert row["lower"] == pytest.approx(quantiles(low[code], n=40)[0], abs=0.25), code
        assert row["upper"] == pytest.approx(quantiles(high[code], n=40)[-1], abs=0.5), code
        assert abs(row["rank_lower"] - quantiles(best[code], n=40)[0]) <= 1, code
        assert abs(row["rank_upper"] - quantiles(worst[code], n=40)[-1]) <= 1, code
    order = sorted(rows, key=lambda code: -found.at[code, "shortfall"])
    agreed = [found.at[code, "rank"] for code in order]
    assert max(abs(rank - place) for place, rank in enumerate(agreed, 1)) <= 1
