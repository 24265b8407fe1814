"""The sentences that stand above the charts, made from the numbers.

In: measure frames, as computed or as released. Out: text in the current language. A sentence never
says more than the interval behind it allows: what chance alone could give is called that.
"""

from collections.abc import Mapping, Sequence
from typing import Any, cast

import pandas as pd

from lk3.counts import Filter, Period
from lk3.indicators.funnel import WARNING, verdict_label
from lk3.indicators.incomplete_words import open_words
from lk3.indicators.measure import INDISTINGUISHABLE, SUPPRESSED
from lk3.language import _, listed, ngettext, number
from lk3.places import CITY, Places
from lk3.vocabulary import vocabulary

Measures = Mapping[str, pd.DataFrame]
NAMES_SHOWN = 5


def headline_overview(
    measures: Measures, places: Places, filter: Filter, *, before: Period | None = None
) -> str:
    """How many cases, and whether that differs from the period before (or `before`)."""
    cases = _row(measures, "cases", CITY)
    when = _("pada {period}").format(period=filter.period.label()) if filter.period else ""
    if SUPPRESSED in cases["note"]:
        return _("Jumlah kasus disembunyikan karena kecil.")
    if cases["value"] == 0:
        return _sentence(_("Tidak ada kasus yang dilaporkan {when}").format(when=when))
    said = ngettext(
        "{n} kasus dilaporkan {when}", "{n} kasus dilaporkan {when}", int(cases["value"])
    )
    found = said.format(n=number(cases["value"]), when=when)
    change = _change_words(_row(measures, "cases_change", CITY), filter, before)
    return _sentence(f"{found.strip()}{change}")


def headline_map(measures: Measures, places: Places) -> str:
    """Which kelurahan lie outside the funnel limits of the city, if any."""
    rates = measures["case_rate_per_10k"].loc[places.codes]
    judged = rates["verdict"].isin(["above", "strongly_above", "below", "strongly_below"])
    comparable = judged | (rates["verdict"] == "like_city")
    if (rates["note"] == SUPPRESSED).all():
        return _("Angka kasus tiap kelurahan disembunyikan agar jumlah kecil tidak terbuka.")
    if rates["value"].isna().all():
        return _("Angka kasus belum dapat dihitung: jumlah penduduk atau kasus belum ada.")
    doubt = open_words(measures, places)
    if not comparable.any():
        text = _("Kasus yang kelurahannya diketahui terlalu sedikit untuk membandingkan kelurahan.")
        return f"{text} {doubt}".strip()
    if not judged.any():
        text = _("Tidak ada kelurahan yang dapat dibedakan dari kota.")
        return f"{text} {doubt}".strip()
    parts = [
        _("{verdict}: {names}").format(verdict=verdict_label(key), names=_names(chosen, places))
        for key in ("strongly_above", "above", "below", "strongly_below")
        if (chosen := rates.index[rates["verdict"] == key].tolist())
    ]
    said = (_sentence("; ".join(parts)), _chance_words(rates, comparable), doubt)
    return " ".join(part for part in said if part)


def headline_profile(measures: Measures, places: Places, code: str) -> str:
    """Cases, rate with interval and verdict, and active members of one kelurahan."""
    rate, city = (_row(measures, "case_rate_per_10k", c) for c in (code, CITY))
    name, members = places.label(code), _row(measures, "active_members", code)["value"]
    if SUPPRESSED in rate["note"]:
        first = _("{name}: jumlah kasus disembunyikan karena kecil").format(name=name)
    elif "not_listed" in rate["note"]:
        first = _("{name}: tidak tercantum dalam rekap; kasusnya belum tentu nol").format(name=name)
    elif pd.isna(rate["value"]):
        cases = number(_row(measures, "cases", code)["value"])
        first = _("{name}: {n} kasus; angka kasus tidak dapat dihitung").format(name=name, n=cases)
    else:
        first = _(
            "{name}: {n} kasus, {rate} per 10.000 penduduk per tahun (selang 95%: {low}–{high})"
        ).format(
            name=name,
            n=number(rate["n"]),
            rate=number(rate["value"], 1),
            low=number(rate["lower"], 1),
            high=number(rate["upper"], 1),
        )
    verdict = verdict_label(rate["verdict"]).lower()
    if verdict and pd.notna(city["value"]):
        compared = _("{verdict} (kota: {rate})")
        verdict = compared.format(verdict=verdict, rate=number(city["value"], 1))
    people = _members_words(members) if pd.notna(members) else ""
    return _sentence("; ".join(part for part in (first, verdict, people) if part))


def headline_professions(gaps: pd.DataFrame) -> str:
    """Which required professions are missing in the most kelurahan; gaps: `profession_gaps`."""
    missing = gaps.assign(missing=gaps["total"] - gaps["kelurahan"])
    missing = missing[missing["missing"] > 0].sort_values("missing", ascending=False)
    if gaps.empty or gaps["total"].max() == 0:
        return _("Tidak ada unsur wajib atau kelurahan untuk diperiksa.")
    if missing.empty:
        return _("Semua unsur wajib ada di setiap kelurahan.")
    labels = vocabulary("professions")
    parts = [
        _("{profession} ({n} dari {total} kelurahan)").format(
            profession=labels.label(row["profession"]),
            n=number(row["missing"]),
            total=number(row["total"]),
        )
        for _index, row in missing.head(3).iterrows()
    ]
    return _sentence(_("Unsur wajib yang belum ada: {parts}").format(parts=listed(parts)))


def headline_data_quality(
    *, rows_read: int, rows_used: int, rows_set_aside: int, rows_not_data: int
) -> str:
    """How many of the rows are used, and whether any waits for somebody's answer."""
    if rows_read == 0:
        return _("Belum ada baris yang dibaca.")
    said = _(
        "Dari {read} baris, {used} dipakai dan {other} bukan data (judul, total, kosong)"
    ).format(read=number(rows_read), used=number(rows_used), other=number(rows_not_data))
    if rows_set_aside == 0:
        return f"{said}. " + _("Tidak ada baris yang disisihkan.")
    aside = ngettext(
        "{n} baris disisihkan dan menunggu perbaikan.",
        "{n} baris disisihkan dan menunggu perbaikan.",
        rows_set_aside,
    )
    return f"{said}. {aside.format(n=number(rows_set_aside))}"


def _members_words(members: float) -> str:
    text = ngettext("{n} anggota aktif", "{n} anggota aktif", int(members))
    return text.format(n=number(members))


def _row(measures: Measures, key: str, code: str) -> "pd.Series[Any]":
    return cast("pd.Series[Any]", measures[key].loc[code])


def _change_words(change: pd.Series, filter: Filter, earlier: Period | None) -> str:
    if filter.period is None or pd.isna(change["denominator"]) or pd.isna(change["n"]):
        return ""
    before = (earlier or filter.period.previous()).label()
    difference = change["n"] - change["denominator"]
    if "not_over" in change["note"]:
        before = _("bagian yang sama dari {period}").format(period=before)
    if change["denominator"] == 0:
        return ", " + _("sedangkan {period} tanpa kasus").format(period=before)
    if difference == 0:
        return ", " + _("sama dengan {period}").format(period=before)
    text = _("naik {n} dibanding {period}") if difference > 0 else _("turun {n} dibanding {period}")
    sure = _("perubahan ini lebih besar daripada yang biasa terjadi karena kebetulan")
    unsure = _("perubahan ini belum dapat dibedakan dari kebetulan")
    certainty = unsure if INDISTINGUISHABLE in change["note"] else sure
    if "partly_held" in change["note"]:
        certainty = _("data periode sebelumnya mungkin belum lengkap")
    return f", {text.format(n=number(abs(difference)), period=before)}; {certainty}"


def _chance_words(rates: pd.DataFrame, comparable: pd.Series) -> str:
    """How many areas cross the 95 % limits by chance alone; "" when some cross the 99.8 % ones
    and no other does.
    """
    if not rates["verdict"].isin(["above", "below"]).any():
        return ""
    expected = (1 - WARNING) * comparable.sum()
    return _(
        "Dari {n} kelurahan yang dapat dinilai, rata-rata {chance} melewati batas 95% karena "
        "kebetulan saja."
    ).format(n=number(comparable.sum()), chance=number(expected, 1))


def _names(codes: Sequence[str], places: Places) -> str:
    names = [places.label(code) for code in codes[:NAMES_SHOWN]]
    if len(codes) > NAMES_SHOWN:
        names.append(_("{n} lainnya").format(n=number(len(codes) - NAMES_SHOWN)))
    return listed(names)


def _sentence(text: str) -> str:
    text = " ".join(text.split())
    return f"{text[:1].upper()}{text[1:]}."
