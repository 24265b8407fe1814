"""Who serves where: active members, per 10,000 people, and how far the city is covered.

Members are a full list, not a sample, so these numbers carry no interval.
"""

import numpy as np
import pandas as pd

from lk3.indicators.context import Context
from lk3.indicators.measure import add_note, make_measure, positive
from lk3.places import CITY, OUTSIDE
from lk3.vocabulary import UNKNOWN, vocabulary

PER = 10_000
CENSUS = "census"


def measure_members(context: Context) -> pd.DataFrame:
    """People active on the last day of the period, each once in the city; city-wide members and
    those without a kelurahan count for the city only.
    """
    members = context.members()
    note = np.where(context.chosen, "", "not_chosen")
    return make_measure(context.index, value=members, n=members, method=CENSUS, note=note)


def measure_members_per_10k(context: Context) -> pd.DataFrame:
    """Active members per 10,000 people. Denominator: population of the year of that day."""
    members, people = context.members(), population_by_area(context)
    frame = make_measure(
        context.index,
        value=PER * members / positive(people),
        n=members,
        denominator=people,
        method=CENSUS,
        note=np.select(
            [~context.chosen, _is_no_area(context), people.isna()],
            ["not_chosen", "not_an_area", "no_population"],
            default="",
        ),
    )
    return add_note(frame, frame["value"].notna() & context.is_estimate, "estimate")


def measure_area_coverage(context: Context) -> pd.DataFrame:
    """Share of the kelurahan with at least one active member, in percent, in the city's row; a
    kelurahan itself is 100 or 0.
    """
    areas = _chosen_codes(context)
    covered = (context.members()[areas] > 0).astype("float64")
    return _coverage(context, covered, pd.Series(1.0, index=areas), covered)


def measure_profession_coverage(context: Context) -> pd.DataFrame:
    """Share of the kelurahan that have every required profession, in percent, in the city's row;
    a kelurahan's own row is the share of the required professions that it has.
    """
    wide = members_by_profession(context).loc[_chosen_codes(context)]
    required = required_professions()
    has = (wide.reindex(columns=list(required), fill_value=0) > 0).sum(axis=1).astype("float64")
    needed = pd.Series(float(len(required)), index=has.index)
    return _coverage(context, has, needed, (has == needed).astype("float64"))


def members_by_profession(context: Context) -> pd.DataFrame:
    """Active members: one row per kelurahan and "city" (those who serve all of it), "unknown"; one
    column per profession of the vocabulary and "unknown"; 0 where there is nobody.
    """
    people = context.serving.drop_duplicates()
    wide = pd.crosstab(people["kelurahan_code"], people["profession"])
    rows = [*context.places.codes, CITY, UNKNOWN]
    columns = [*vocabulary("professions").terms, UNKNOWN]
    return wide.reindex(index=rows, columns=columns, fill_value=0)


def profession_gaps(context: Context) -> pd.DataFrame:
    """Coverage of each required profession: [profession, kelurahan, total, city_wide], that is the
    kelurahan with at least one, all kelurahan chosen, and the people who serve the whole city.
    """
    wide, areas = members_by_profession(context), _chosen_codes(context)
    required = list(required_professions())
    return pd.DataFrame(
        {
            "profession": required,
            "kelurahan": (wide.loc[areas, required] > 0).sum().to_numpy(),
            "total": len(areas),
            "city_wide": wide.loc[CITY, required].to_numpy(),
        }
    )


def required_professions() -> tuple[str, ...]:
    """Professions that every kelurahan should have, by `professions.csv`."""
    return _flagged("required")


def counsellor_professions() -> tuple[str, ...]:
    """Professions that counsel (peksos, psikolog), by `professions.csv`."""
    return _flagged("counsellor")


def population_by_area(context: Context) -> pd.Series:
    """People of the year of `context.on`; the city's row the sum of the chosen kelurahan that have
    a number.
    """
    people = context.population["population"].reindex(context.index).where(context.chosen)
    people[CITY] = people[context.places.codes].sum(min_count=1)
    return people.astype("float64")


def _flagged(column: str) -> tuple[str, ...]:
    terms = vocabulary("professions").terms
    return tuple(key for key, term in terms.items() if term.extra[column] == "1")


def _chosen_codes(context: Context) -> list[str]:
    return [code for code in context.places.codes if context.chosen[code]]


def _is_no_area(context: Context) -> np.ndarray:
    return np.asarray(context.index.isin([OUTSIDE, UNKNOWN]))


def _coverage(
    context: Context, has: pd.Series, needed: pd.Series, is_covered: pd.Series
) -> pd.DataFrame:
    n, total = has.reindex(context.index), needed.reindex(context.index)
    n[CITY], total[CITY] = is_covered.sum(), len(is_covered)
    return make_measure(
        context.index,
        value=100 * n / positive(total),
        n=n,
        denominator=total,
        method=CENSUS,
        note=np.select(
            [~context.chosen, _is_no_area(context)], ["not_chosen", "not_an_area"], default=""
        ),
    )
