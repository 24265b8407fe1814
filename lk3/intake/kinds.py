"""Cases, members or population? Told by what the columns are, helped by the words of the title."""

from collections.abc import Iterable

from lk3.intake.headers import ANY, Meaning
from lk3.intake.words import says

CASES, MEMBERS, POPULATION = "cases", "members", "population"
_POINTS = {
    CASES: {
        "case_id": 3,
        "problem": 3,
        "reported_on": 2,
        "service": 2,
        "closed_on": 1,
        "status": 1,
        "referred_to": 1,
        "cases": 1,
        "dimension": 3,
        "age": 1,
    },
    MEMBERS: {"started_on": 2, "ended_on": 1, "term": 2},
    POPULATION: {"population": 4, "households": 2},
}
_PROFESSION_OF_A_MEMBER = 2
_TITLE = {CASES: 2, MEMBERS: 2, POPULATION: 4}
_ENOUGH = 2


def kind_of(
    meanings: Iterable[Meaning], dimensions: Iterable[str], *, words: Iterable[str]
) -> str | None:
    """The kind of table: that of most points, if it has enough of them.

    `dimensions`: those of the columns that are values (a matrix), `words`: titles and sheet name.
    """
    found, valued, said = list(meanings), set(dimensions), list(words)
    points = dict.fromkeys(_POINTS, 0)
    for meaning in found:
        for kind, field_points in _POINTS.items():
            if kind != POPULATION or CASES not in meaning.fields:  # `Jumlah` may be of either
                points[kind] += field_points.get(meaning.fields.get(kind, ""), 0)
    if any(meaning.fields.get(ANY) == "profession" for meaning in found):
        points[MEMBERS] += _PROFESSION_OF_A_MEMBER
    if valued & {"problem", "sex", "age_band", "status", "service", "month"}:
        points[CASES] += _ENOUGH
    for kind in points:
        points[kind] += _TITLE[kind] * any(says(text, f"{kind}_title") for text in said)
    best = max(points, key=lambda kind: points[kind])
    return best if points[best] >= _ENOUGH else None
