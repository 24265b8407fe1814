"""What the public cannot have at all, in sentences, before anybody wonders at an empty file.

In: a filter and the cases it is for. Out: what will be hidden because of the filter itself, however
large the numbers are. Staff read it where they choose; the command line refuses with it.
"""

from datetime import date

import pandas as pd

from lk3.counts import Filter, held_period
from lk3.disclosure.times import Times
from lk3.errors import UserError
from lk3.language import _


def public_limits(filter: Filter, cases: pd.DataFrame, *, as_of: date) -> tuple[str, ...]:
    """What a filter keeps the public from seeing, () for nothing. cases: `tables.CASES` of the
    version; as_of: its last day.
    """
    if not _is_of_whole_months(filter, cases, as_of):
        return (_odd_period(),)
    dimensions = [filter.problems, filter.professions, filter.districts]
    if sum(bool(chosen) for chosen in dimensions) > 1:
        return (
            _(
                "Untuk umum, hanya satu dari masalah, profesi, dan kecamatan yang dapat dipilih. "
                "Dengan pilihan ini semua jumlah kasus disembunyikan."
            ),
        )
    if filter.problems or filter.professions:
        return (
            _(
                "Untuk umum, jumlah kasus menurut masalah atau profesi hanya ada untuk seluruh "
                "kota, tidak per kelurahan."
            ),
        )
    return ()


def require_whole_months(filter: Filter, cases: pd.DataFrame, *, as_of: date) -> None:
    """Raises UserError for a period of which the public may see nothing at all."""
    if not _is_of_whole_months(filter, cases, as_of):
        raise UserError(_odd_period())


def _is_of_whole_months(filter: Filter, cases: pd.DataFrame, as_of: date) -> bool:
    if filter.period is None:
        return True
    return Times(held_period(cases), as_of).pieces(filter.period) is not None


def _odd_period() -> str:
    return _(
        "Untuk umum, periode harus terdiri atas bulan-bulan penuh; selain itu semua jumlah kasus "
        "disembunyikan. Pilih periode dari awal sampai akhir bulan."
    )
