"""Who serves where: active members, per 10,000 people, and how far the city is covered.

Members are a full list, not a sample, so these numbers carry no interval.
"""

import numpy as np
import pandas as pd

from lk3.indicators.context import Context
from lk3.indicators.measure import add_note, make_measure, positive
from lk3.indicators.requirements import default_requirements
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
    """Active members per 10,000 people. Denominator: population of the year of that day.

    The city is the kelurahan that have a population: their members and those of the whole city.
    """
    people = population_by_area(context)
    codes = context.places.codes
    members = context.members()
    members[CITY] = context.members(without=[c for c in codes if not people[c] > 0])[CITY]
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
    a kelurahan's own row is the share of the required professions that it has. A profession is had
    when there are as many people as are required (`context.requirements`).
    """
    least = pd.Series(dict(context.requirements.least), dtype="float64")
    wide = members_by_profession(context).loc[_chosen_codes(context), list(least.index)]
    has = (wide >= least).sum(axis=1).astype("float64")
    needed = pd.Series(float(len(least)), index=has.index)
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
    """Coverage of each required profession: [profession, kelurahan, total, city_wide, minimum,
    missing], that is the kelurahan that have the minimum, all kelurahan chosen, the people who
    serve the whole city, and the people that all kelurahan together lack to have it.
    """
    wide, areas = members_by_profession(context), _chosen_codes(context)
    required = list(context.requirements.professions)
    least = np.array([context.requirements.minimum(key) for key in required], dtype="int64")
    here = wide.loc[areas, required]
    return pd.DataFrame(
        {
            "profession": required,
            "kelurahan": (here >= least).sum().to_numpy(),
            "total": len(areas),
            "city_wide": wide.loc[CITY, required].to_numpy(),
            "minimum": least,
            "missing": np.maximum(least - here.to_numpy(), 0).sum(axis=0),
        }
    )


def profession_table(context: Context) -> pd.DataFrame:
    """Every chosen kelurahan by every profession that is required or held there or anywhere.

    Out, kelurahan by kelurahan in the order of the vocabulary: [kelurahan_code, district,
    profession, required (bool), minimum, held, missing (people to the minimum)]. City-wide people
    are in no kelurahan.
    """
    areas, least = _chosen_codes(context), context.requirements
    wide = members_by_profession(context).loc[areas]
    shown = [k for k in wide.columns if least.minimum(str(k)) or wide[k].sum()]
    named = wide[shown].rename_axis("kelurahan_code").reset_index()
    long = named.melt("kelurahan_code", var_name="profession", value_name="held")
    order = dict(zip(areas, range(len(areas)), strict=True))
    long = long.sort_values(
        "kelurahan_code", key=lambda codes: codes.map(order), kind="stable", ignore_index=True
    )
    minimum = long["profession"].map(least.minimum).astype("int64")
    return long.assign(
        district=long["kelurahan_code"].map(context.places.areas["district"]),
        required=minimum > 0,
        minimum=minimum,
        missing=(minimum - long["held"]).clip(lower=0),
    )[["kelurahan_code", "district", "profession", "required", "minimum", "held", "missing"]]


def profession_coverage_by_district(context: Context) -> pd.DataFrame:
    """Required professions by kecamatan: [district, profession, minimum, kelurahan (that have it),
    total, held, missing]; kecamatan in the order of the places.
    """
    table = profession_table(context)
    table = table[table["required"]].assign(has=lambda rows: rows["missing"] == 0)
    grouped = table.groupby(["district", "profession"], sort=False)
    return grouped.agg(
        minimum=("minimum", "first"),
        kelurahan=("has", "sum"),
        total=("has", "size"),
        held=("held", "sum"),
        missing=("missing", "sum"),
    ).reset_index()


def required_professions() -> tuple[str, ...]:
    """Professions that every kelurahan should have, by `professions.csv`; what a planner has set
    stands in `context.requirements`.
    """
    return default_requirements().professions


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
