"""What should be mended first, in sentences: the most weighty first.

Weighty is what changes totals (cases that count twice or not at all), then what changes the picture
of a kelurahan, then what only makes a breakdown poorer. In: findings and measures of quality. Out:
tasks, each what is wrong and what to do.
"""

import json
from dataclasses import dataclass
from typing import Any

import pandas as pd

from lk3 import language
from lk3.indicators.quality import FIELDS
from lk3.indicators.quality_months import CHANCE
from lk3.intake.findings import rule_label
from lk3.language import _, ngettext, number, percent
from lk3.places import CITY

_AREA_SHARE = 0.05  # of cases without a kelurahan
_FIELD_SHARE = 0.2  # of cases without another field
_TWICE = ("recap_overlaps", "registers_alike")


@dataclass(frozen=True)
class Task:
    """One thing to mend: what is wrong (a part of a sentence, no capital, no stop) and what to do
    (a sentence).
    """

    key: str
    problem: str
    action: str


def tasks_in_order(
    findings: pd.DataFrame,
    *,
    rows_set_aside: int,
    gaps: pd.DataFrame,
    by_field: pd.DataFrame,
    totals: pd.DataFrame,
) -> list[Task]:
    """What to mend, the most weighty first.

    findings: `tables.FINDINGS`; gaps, by_field, totals: as `quality_months.gaps`,
    `quality.completeness_by_field` and `quality.compared_totals` give them.
    """
    twice, cases = _twice(findings)
    aside = _set_aside(findings, rows_set_aside)
    weighty = [aside, twice] if rows_set_aside > cases else [twice, aside]
    found = [*weighty, _conflicts(findings), _city_gap(gaps), _areas(by_field), _totals(totals)]
    return [task for task in [*found, _worst_field(by_field)] if task is not None]


def headline_quality(tasks: list[Task], *, rows_read: int) -> str:
    """The first thing to mend, or that nothing is urgent."""
    if not rows_read:
        return _("Belum ada baris yang dibaca.")
    if not tasks:
        return _("Tidak ada yang mendesak untuk diperbaiki.")
    return _("Perbaiki lebih dulu: {problem}.").format(problem=tasks[0].problem)


def _twice(findings: pd.DataFrame) -> tuple[Task | None, int]:
    rows = findings[findings["rule"].isin(_TWICE)].to_dict("records")
    if not rows:
        return None, 0
    worst = max(rows, key=_at_most)
    cases = _at_most(worst)
    text = ngettext(
        "{n} kasus mungkin terhitung dua kali, di {file} dan {other}",
        "{n} kasus mungkin terhitung dua kali, di {file} dan {other}",
        cases,
    )
    problem = text.format(n=number(cases), file=worst["file"], other=_details(worst)["other"])
    action = _("Jika kasusnya sama, simpan yang baru sebagai pengganti yang lama di halaman Data.")
    return Task("twice", problem, action), cases


def _at_most(row: dict[Any, Any]) -> int:
    """How many cases can count twice: the fewer of the two sides."""
    told = _details(row)
    return int(min(told["cases"], told.get("other_cases", told["cases"])))


def _details(row: dict[Any, Any]) -> dict[str, Any]:
    return json.loads(row["details"])


def _set_aside(findings: pd.DataFrame, rows: int) -> Task | None:
    if not rows:
        return None
    text = ngettext("{n} baris belum ikut dihitung", "{n} baris belum ikut dihitung", rows)
    problem = text.format(n=number(rows))
    causes = findings.loc[findings["set_aside"] == 1, "rule"].value_counts()
    if len(causes):
        most = _("{problem}, terbanyak karena {rule} ({n})")
        rule = rule_label(str(causes.index[0])).lower()
        problem = most.format(problem=problem, rule=rule, n=number(int(causes.iloc[0])))
    return Task("aside", problem, _("Perbaiki baris itu di berkasnya, lalu unggah lagi."))


def _conflicts(findings: pd.DataFrame) -> Task | None:
    rows = findings[findings["rule"] == "case_conflict_other_file"].to_dict("records")
    if not rows:
        return None
    cases = sum(int(_details(row)["cases"]) for row in rows)
    text = ngettext(
        "{n} nomor register bertentangan antarberkas",
        "{n} nomor register bertentangan antarberkas",
        cases,
    )
    return Task(
        "conflict",
        text.format(n=number(cases)),
        _("Ganti berkas yang lama dengan pembetulannya, atau periksa nomor registernya."),
    )


def _city_gap(gaps: pd.DataFrame) -> Task | None:
    unlikely = gaps[(gaps["kelurahan_code"] == CITY) & (gaps["chance"] < CHANCE)]
    if unlikely.empty:
        return None
    runs = [month_run(row.start, row.end) for row in unlikely.itertuples()]
    problem = _("tidak ada laporan pada {months}").format(months=", ".join(runs[:3]))
    return Task("gap", problem, _("Unggah berkas bulan itu, atau tulis bahwa kasusnya nihil."))


def month_run(start: Any, end: Any) -> str:
    """The months of a run in words: Jan 2024, or Jan 2024–Mar 2024."""
    first, last = language.month(start.date()), language.month(end.date())
    return first if first == last else f"{first}–{last}"


def _areas(by_field: pd.DataFrame) -> Task | None:
    missing = _missing(by_field).get("kelurahan_code", 0.0)
    if missing < _AREA_SHARE:
        return None
    text = _("{share} kasus tanpa kelurahan, sehingga tidak terlihat di kelurahan mana pun")
    problem = text.format(share=percent(missing))
    return Task("areas", problem, _("Lengkapi kolom kelurahan di berkasnya, lalu unggah lagi."))


def _totals(totals: pd.DataFrame) -> Task | None:
    wrong = int((totals["difference"] != 0).sum())
    if not wrong:
        return None
    text = ngettext(
        "{n} jumlah yang tertulis tidak sama dengan rinciannya",
        "{n} jumlah yang tertulis tidak sama dengan rinciannya",
        wrong,
    )
    action = _("Cocokkan jumlah itu dengan rinciannya; yang dihitung di sini adalah rinciannya.")
    return Task("totals", text.format(n=number(wrong)), action)


def _worst_field(by_field: pd.DataFrame) -> Task | None:
    missing = {k: v for k, v in _missing(by_field).items() if k != "kelurahan_code"}
    worst = max(missing, key=lambda key: missing[key], default=None)
    if worst is None or missing[worst] < _FIELD_SHARE:
        return None
    problem = _("{share} kasus tanpa isian “{field}”").format(
        share=percent(missing[worst]), field=_(FIELDS[worst])
    )
    return Task("field", problem, _("Tambahkan atau lengkapi kolom itu mulai laporan berikutnya."))


def _missing(by_field: pd.DataFrame) -> dict[str, float]:
    told = by_field[by_field["share"].notna()]
    return dict(zip(told["field"], 1 - told["share"], strict=True))
