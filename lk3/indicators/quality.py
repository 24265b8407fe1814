"""How complete are the sheets? Shares of cases of which a field is known, over place and time.

In: `tables.CASES` in any engine that narwhals knows. Out: small frames of counts and shares. What a
sheet does not say and what cannot be read count alike: neither is known.
"""

from typing import Any

import narwhals as nw
import pandas as pd

from lk3.counts import Filter, aggregate
from lk3.frames import lazy
from lk3.language import N_
from lk3.vocabulary import UNKNOWN, vocabulary

FIELDS = {
    "kelurahan_code": N_("Kelurahan"),
    "problem": N_("Masalah"),
    "sex": N_("Jenis kelamin"),
    "age_band": N_("Kelompok umur"),
    "status": N_("Status"),
    "profession": N_("Profesi yang menangani"),
    "service": N_("Layanan"),
    "case_id": N_("Nomor register"),
    "closed_on": N_("Tanggal selesai (kasus yang sudah selesai)"),
}
# A recap has no column for these, so that its cases say nothing about how sheets are filled in.
_OF_REGISTERS = ("status", "profession", "service", "case_id", "closed_on")


def completeness(cases: Any, field: str, *, by: tuple[str, ...] = ()) -> pd.DataFrame:
    """Cases of which a field is known.

    field: key of `FIELDS`. by: text columns of the cases, or month, quarter, year. Cases of recaps
    count only for what a recap can say; those broken down by the field itself stand in for theirs.
    Out: [*by, cases, known, share], share NaN where no case could say.
    """
    rows = _with_told(cases, field)
    found = aggregate(rows, Filter(), (*by, "told"), dimensions=(field,))
    found["known"] = found["cases"].where(found["told"] == "1", 0)
    if by:
        summed = found.groupby(list(by), sort=True)[["cases", "known"]].sum().reset_index()
    else:
        summed = found[["cases", "known"]].sum().to_frame().T
    summed = summed.astype({"cases": "int64", "known": "int64"})
    return summed.assign(share=summed["known"] / summed["cases"].where(summed["cases"] > 0))


def completeness_by_field(cases: Any, *, by: tuple[str, ...] = ()) -> pd.DataFrame:
    """All fields under one another: [field, *by, cases, known, share]; without `by` a row each."""
    parts = [completeness(cases, field, by=by).assign(field=field) for field in FIELDS]
    return pd.concat(parts, ignore_index=True)[["field", *by, "cases", "known", "share"]]


def _with_told(cases: Any, field: str) -> Any:
    """The rows that could say the field, with `told`, "1" where they do."""
    rows = lazy(cases)
    if field in _OF_REGISTERS:
        rows = rows.filter(nw.col("block") == "")
    if field == "closed_on":
        rows = rows.filter(nw.col("status").is_in(_final_statuses()))
        is_told = ~nw.col("closed_on").is_null()
    else:
        is_told = ~nw.col(field).is_in([UNKNOWN, ""])
    told = nw.when(is_told).then(nw.lit("1")).otherwise(nw.lit("0"))
    return rows.with_columns(told=told).to_native()


def _final_statuses() -> list[str]:
    terms = vocabulary("statuses").terms
    return [key for key, term in terms.items() if term.extra["is_open"] == "0"]


def silent_sources(cases: Any, field: str) -> list[str]:
    """Sources of which no case at all says the field: there the column is missing or was left
    blank as a whole.
    """
    shares = completeness(cases, field, by=("source",))
    return shares.loc[(shares["known"] == 0) & (shares["cases"] > 0), "source"].tolist()


def compared_totals(accounting: tuple[dict[str, Any], ...]) -> pd.DataFrame:
    """Every printed total that was compared with its parts: [file, sheet, row, column, breakdown,
    printed, parts, difference], those that differ first.

    In: the accounts of the active files. An account of an older version has none.
    """
    columns = ["file", "sheet", "row", "column", "breakdown", "printed", "parts"]
    rows = [
        {"file": account["file"], **total}
        for account in accounting
        for total in account.get("totals", ())
    ]
    frame = pd.DataFrame(rows, columns=columns)
    frame["difference"] = frame["printed"] - frame["parts"]
    agrees = (frame["difference"] == 0).astype("int64")
    return frame.assign(agrees=agrees).sort_values(
        ["agrees", "file", "sheet", "row"], kind="stable", ignore_index=True
    )[[*columns, "difference"]]
