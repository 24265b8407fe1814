"""Recaps that break the same cases down several ways: announced total, parts, and what is left.

Counted are the rows by kelurahan and, where the announced total is larger than they are, the rest
as "unknown". Breakdowns by problem, sex or age are kept beside them and never added. Breakdowns by
kecamatan and totals are no data, except for what a breakdown by kecamatan says of cases from
outside. Each breakdown is compared with the total.
"""

import pandas as pd

from lk3.intake.findings import finding
from lk3.intake.recap import ALTERNATIVES
from lk3.intake.sheets import texts_of
from lk3.intake.told import Total
from lk3.places import OUTSIDE, Places
from lk3.vocabulary import UNKNOWN, squash

_COMPARED = ("kelurahan", "problem", "sex", "age_band", "kecamatan")


def reconcile(
    rows: pd.DataFrame, raw: pd.DataFrame, *, sheet: str, places: Places
) -> tuple[pd.DataFrame, list[dict], frozenset[int], list[Total]]:
    """Compare and complete the bodies of cases of a long recap.

    In: clean rows (with `body`, `breakdown`, `at`, `row`) and, by the same index, the expanded rows
    with `dimension`, `kelurahan` and `group`. Out: the rows that are kept, the findings, the
    positions (`at`) of rows that are no data, and the totals that were compared.
    """
    bodies = _bodies(rows, raw)
    kept, found, not_data = [], [], set(rows.loc[rows["body"] != "base", "at"])
    compared: list[Total] = []
    for block, part in rows.groupby(bodies, sort=False):
        dimension = raw.loc[part.index, "dimension"]
        base = part[part["body"] == "base"].assign(block=block)
        outside = _outside_by_district(part, raw, base, places)
        total = part[part["body"] == "total"]
        pieces = [base, outside.assign(block=block)]
        if not total.empty:
            counted = _sum(base[base["breakdown"] == ""]) + _sum(outside)
            found += _differences(part, dimension, total, counted, sheet=sheet)
            compared += _compared(part, dimension, total, sheet=sheet)
            rest = _rest(total, counted, str(block))
            found += _rest_findings(rest, total, counted, sheet=sheet)
            pieces.append(rest)
        kept += pieces
        not_data -= {at for piece in pieces[1:] for at in piece["at"]}
    nothing = rows.iloc[:0].assign(block="")
    filled = [piece for piece in kept if len(piece)] or [nothing]
    return pd.concat(filled, ignore_index=True), found, frozenset(not_data), compared


def _bodies(rows: pd.DataFrame, raw: pd.DataFrame) -> pd.Series:
    """The body of cases of each row: its period and its group (`anak`, `perempuan`)."""
    period = rows["reported_on"].dt.strftime("%Y-%m") + " " + rows["reported_precision"]
    if "group" not in raw:
        return period
    return period + " " + texts_of(raw["group"], squash)


def _sum(rows: pd.DataFrame) -> int:
    return int(rows["cases"].sum())


def _outside_by_district(
    part: pd.DataFrame, raw: pd.DataFrame, base: pd.DataFrame, places: Places
) -> pd.DataFrame:
    """Cases from outside that only the breakdown by kecamatan mentions."""
    if (base["kelurahan_code"] == OUTSIDE).any():
        return part.iloc[:0]
    district = part[part["body"] == "kecamatan"]
    names = raw.loc[district.index, "kelurahan"]
    outside = names.map(lambda name: places.code_for(name) == OUTSIDE).astype(bool)
    return district[outside].assign(kelurahan_code=OUTSIDE, body="base")


def _differences(
    part: pd.DataFrame, dimension: pd.Series, total: pd.DataFrame, counted: int, *, sheet: str
) -> list[dict]:
    """Breakdowns that add up to another number than the total. By kelurahan only too many: a
    source that names some kelurahan only is incomplete, not wrong. `counted`: the cases by
    kelurahan, which count where they are more than the total.
    """
    printed, row = _sum(total), int(total["row"].iloc[0])
    found = []
    for name in _COMPARED:
        parts = _sum(part[dimension == name])
        if not parts or parts == printed or (name == "kelurahan" and parts < printed):
            continue
        if name == "kelurahan":
            found.append(
                finding(
                    "total_differs",
                    sheet=sheet,
                    row=row,
                    value=printed,
                    printed=printed,
                    parts=parts,
                    breakdown=name,
                )
            )
        else:
            used = max(printed, counted)
            found.append(_breakdown_differs(name, printed, parts, used, sheet=sheet, row=row))
    return found


def _compared(
    part: pd.DataFrame, dimension: pd.Series, total: pd.DataFrame, *, sheet: str
) -> list[Total]:
    """The total beside the sum of each breakdown that the body of cases has."""
    printed, row = _sum(total), int(total["row"].iloc[0])
    sums = {name: _sum(part[dimension == name]) for name in _COMPARED}
    return [
        Total(sheet, row, "", printed, parts, breakdown)
        for breakdown, parts in sums.items()
        if parts
    ]


def _breakdown_differs(
    name: str, printed: int, parts: int, used: int, *, sheet: str, row: int
) -> dict:
    return finding(
        "breakdown_differs",
        sheet=sheet,
        row=row,
        value=printed,
        printed=printed,
        parts=parts,
        breakdown=name,
        used=used,
        shown_by=name if name in ALTERNATIVES else None,
    )


def _rest(total: pd.DataFrame, counted: int, block: str) -> pd.DataFrame:
    """The announced cases that no kelurahan accounts for, as one row of kelurahan unknown."""
    rest = _sum(total) - counted
    if rest <= 0:
        return total.iloc[:0]
    return total.iloc[:1].assign(
        kelurahan_code=UNKNOWN, cases=rest, body="base", breakdown="", block=block
    )


def _rest_findings(
    rest: pd.DataFrame, total: pd.DataFrame, counted: int, *, sheet: str
) -> list[dict]:
    return [
        finding(
            "total_rest_unknown",
            sheet=sheet,
            row=int(row),
            value=_sum(total),
            printed=_sum(total),
            parts=counted,
            rest=int(cases),
        )
        for row, cases in zip(rest["row"], rest["cases"], strict=True)
    ]
