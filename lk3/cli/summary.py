"""What the commands found, as text for a person at a console."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from lk3.counts import Period
from lk3.dataset import Dataset
from lk3.disclosure import Released
from lk3.indicators import INDICATORS, note_text, verdict_label
from lk3.indicators.measure import SUPPRESSED
from lk3.intake import CheckedFile, Question, SheetReport
from lk3.intake.findings import finding_sentence, rule_label
from lk3.language import N_, _, long_date, ngettext, number
from lk3.places import CITY, OUTSIDE, Places
from lk3.store import Version
from lk3.vocabulary import UNKNOWN

_FINDINGS_SHOWN = 3
_KINDS = {
    "cases": N_("kasus"),
    "members": N_("anggota"),
    "population": N_("penduduk"),
    "mixed": N_("beberapa jenis data"),
    "refused": N_("ditolak"),
}
_ACTIONS = {
    "import": N_("disimpan"),
    "remove": N_("dihapus"),
    "restore": N_("dipulihkan dari versi {version}"),
}


def file_text(checked: CheckedFile, *, source: str = "", version: int | None = None) -> str:
    """A checked file: the account of its rows, its sheets and its findings by rule."""
    lines = [f"{checked.file}: {_(_KINDS[checked.kind])}"]
    if not checked.refused:
        lines.append(f"  {_rows_text(checked)}")
        # The one sheet of a text file has no name, and its account is the file's.
        lines += [f"  {_sheet_text(sheet)}" for sheet in checked.sheets if sheet.name]
    lines += _findings_lines(checked.tables.findings)
    lines += _questions_lines(checked.questions)
    if version is not None:
        saved = _("Disimpan sebagai versi {version} dari sumber “{source}”.")
        lines.append(saved.format(version=version, source=source))
    elif source:
        lines.append(_("Tidak disimpan."))
    return "\n".join(lines)


def versions_text(versions: Sequence[Version]) -> str:
    """The saved versions, one a line."""
    if not versions:
        return _("Belum ada versi yang tersimpan; yang ditampilkan adalah data contoh.")
    heads = (_("Versi"), _("Waktu"), _("Sumber"), _("Tindakan"), _("Oleh"), _("Baris dipakai"))
    return _columns([heads, *(_version_cells(version) for version in versions)])


def indicators_text(
    released: Released, places: Places, dataset: Dataset, *, period: Period | None
) -> str:
    """The city's measures, one a line, then cases, rate and members by kelurahan."""
    heads = [_("DATA CONTOH")] if dataset.sample else []
    shown = period.label() if period else _("belum ada data")
    heads.append(f"{places.title}, {shown}")
    heads.append(_("Data per {date}").format(date=long_date(dataset.as_of)))
    city = _columns([_city_cells(key, frame) for key, frame in released.measures.items()])
    return "\n\n".join(["\n".join(heads), city, _areas_text(released, places)])


def _rows_text(checked: CheckedFile) -> str:
    return _("Baris dibaca {read}: dipakai {used}, disisihkan {aside}, bukan data {other}.").format(
        read=number(checked.rows_read),
        used=number(checked.rows_used),
        aside=number(checked.rows_set_aside),
        other=number(checked.rows_not_data),
    )


def _sheet_text(sheet: SheetReport) -> str:
    if sheet.left_out_because:
        text = _("Lembar {name} tidak dibaca: {reason}")
        return text.format(name=sheet.name, reason=sheet.left_out_because)
    text = _("Lembar {name} ({kind}): dipakai {used}, disisihkan {aside}, bukan data {other}")
    return text.format(
        name=sheet.name,
        kind=_(_KINDS.get(sheet.kind, sheet.kind)),
        used=number(sheet.used),
        aside=number(sheet.set_aside),
        other=number(sheet.not_data),
    )


def _findings_lines(findings: pd.DataFrame) -> list[str]:
    """Each rule with its number of findings, and the sentences of the first few."""
    lines = []
    for rule, found in findings.groupby("rule", sort=False):
        lines.append(f"  {rule_label(str(rule))}: {number(len(found))}")
        rows = found.head(_FINDINGS_SHOWN).to_dict("records")
        lines += [f"    - {finding_sentence({str(k): v for k, v in r.items()})}" for r in rows]
        more = len(found) - _FINDINGS_SHOWN
        if more > 0:
            text = ngettext("… dan {n} lagi", "… dan {n} lagi", more)
            lines.append(f"    {text.format(n=number(more))}")
    return lines


def _questions_lines(questions: Sequence[Question]) -> list[str]:
    """Each open question, its likely answer, and the line that answers it in a file of answers."""
    if not questions:
        return []
    heading = _("Pertanyaan yang belum dijawab: {n} (jawab di berkas --answers)")
    lines = [f"  {heading.format(n=number(len(questions)))}", "    kind,where,what,meaning"]
    for question in questions:
        labels = dict(question.choices)
        likely = labels.get(question.suggestion) or _("belum ada usul")
        rows = ngettext("{n} baris", "{n} baris", question.rows).format(n=number(question.rows))
        lines.append(f"    # {question.sentence()} {rows}; {likely}")
        lines.append(f"    {_answer_line(question)}")
    return lines


def _answer_line(question: Question) -> str:
    """The line of a CSV file that answers a question as suggested."""
    line = io.StringIO()
    meaning = question.suggestion or _("ISI")
    csv.writer(line, lineterminator="").writerow(
        [question.kind, question.where, question.what, meaning]
    )
    return line.getvalue()


def _version_cells(version: Version) -> tuple[str, ...]:
    used = version.accounting.get("rows_used")
    return (
        str(version.number),
        f"{version.saved_at.astimezone():%Y-%m-%d %H:%M}",
        version.source or "–",
        _(_ACTIONS[version.action]).format(version=version.accounting.get("version")),
        version.user or "–",
        number(used),
    )


def _city_cells(key: str, frame: pd.DataFrame) -> tuple[str, ...]:
    row = frame.loc[CITY]
    value = " ".join([_value(key, row), _interval(key, row)]).strip()
    return INDICATORS[key].label, value, INDICATORS[key].unit, note_text(str(row["note"]))


def _areas_text(released: Released, places: Places) -> str:
    keys = [
        key for key in ("cases", "case_rate_per_10k", "active_members") if key in released.measures
    ]
    heads = ["", *(INDICATORS[key].label for key in keys), _("Dibanding kota")]
    rows = [heads]
    for code in (*places.codes, CITY, OUTSIDE, UNKNOWN):
        rated = released.measures["case_rate_per_10k"].loc[code]
        cells = [_cell(key, released.measures[key].loc[code]) for key in keys]
        rows.append([places.label(code), *cells, verdict_label(str(rated["verdict"]))])
    return _columns(rows)


def _cell(key: str, row: Any) -> str:
    return " ".join([_value(key, row), _interval(key, row)]).strip()


def _value(key: str, row: Any) -> str:
    if SUPPRESSED in row["note"].split("|"):
        return _("disembunyikan")
    return number(row["value"], INDICATORS[key].decimals)


def _interval(key: str, row: Any) -> str:
    if pd.isna(row["lower"]):
        return ""
    decimals = INDICATORS[key].decimals
    return f"({number(row['lower'], decimals)}–{number(row['upper'], decimals)})"


def _columns(rows: Iterable[Sequence[str]]) -> str:
    """Cells side by side, each column as wide as its widest cell."""
    table = [list(row) for row in rows]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    padded = (
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        for row in table
    )
    return "\n".join(line.rstrip() for line in padded)
