"""The command `report`: a file for the next meeting, also from a scheduled job."""

import argparse
import secrets
import sys
from datetime import date
from pathlib import Path

from lk3 import audit, language
from lk3.cli.commands import user_here
from lk3.cli.leveling import data_at
from lk3.counts import Filter, Period, held_period
from lk3.counts.period import add_months, last_whole_unit, unit_end
from lk3.dataset import Dataset, load_dataset
from lk3.disclosure import require_whole_months
from lk3.errors import UserError
from lk3.language import _
from lk3.places import load_places
from lk3.places.level_words import level_words
from lk3.reports import FORMATS, write_report
from lk3.reports.content import Report
from lk3.reports.material import choice_in
from lk3.reports.slides import SLIDES, build_report
from lk3.store import open_store

UNITS = ("month", "quarter", "year")
COMPARISONS = ("previous", "year-before")
_DONE = 0


def report(options: argparse.Namespace) -> int:
    """Write the report that is asked for; an existing file is replaced only by a whole one."""
    format = options.out.suffix.lstrip(".").lower()
    if format not in FORMATS:
        raise UserError(
            _("Akhiran {suffix} tidak dikenal. Pilih salah satu: {known}.").format(
                suffix=options.out.suffix or "–", known=", ".join(f".{each}" for each in FORMATS)
            )
        )
    store, city = open_store(), load_places()
    dataset, places = data_at(
        load_dataset(store, city), city, level=options.level, audience=options.audience
    )
    period = _period(options, dataset)
    if options.audience == "public":
        require_whole_months(Filter(period), dataset.tables.cases, as_of=dataset.as_of)
    choice = choice_in(
        store.notes,
        filter=Filter(period),
        before=_before(period, options.compare),
        audience=options.audience,
        slides=_slides(options.slides),
        prepared_on=date.today(),
    )
    with language.naming(level_words(places)):
        made = build_report(dataset, places, choice)
        content = _write(made, format, options.template)
    _save(options.out, content)
    facts = {"format": format, "audience": made.audience, "version": dataset.version}
    audit.record(audit.EXPORT, user=user_here(), filter=made.period, **facts)
    sys.stdout.write(_("{file} ditulis.").format(file=options.out) + "\n")
    return _DONE


def _write(made: Report, format: str, template: Path | None) -> bytes:
    if template is None:
        return write_report(made, format)
    if format != "pptx":
        raise UserError(
            _("--template hanya untuk .pptx. Ganti akhiran berkas, atau hapus pilihan.")
        )
    from lk3.reports.deck import write_pptx

    try:
        return write_pptx(made, template=template.read_bytes())
    except OSError as error:
        raise UserError(
            _("Templat {file} tidak dapat dibaca ({reason}). Periksa nama dan foldernya.").format(
                file=template, reason=error.strerror
            )
        ) from error


def _period(options: argparse.Namespace, dataset: Dataset) -> Period | None:
    """The period asked for, or the last month, quarter or year that the data cover wholly."""
    if options.last:
        if options.start or options.end:
            raise UserError(_("Pilih --last, atau --from dan --to; tidak keduanya."))
        start = last_whole_unit(dataset.as_of, options.last)
        return Period(start, unit_end(start, options.last))
    if options.start is None and options.end is None:
        return None
    held = held_period(dataset.tables.cases) or Period(dataset.as_of, dataset.as_of)
    return Period.parse(
        options.start or held.start.isoformat(), options.end or held.end.isoformat()
    )


def _before(period: Period | None, compare: str) -> Period | None:
    """The same months a year earlier; None for the period just before."""
    if period is None or compare == "previous" or not period.is_whole_months:
        return None
    return Period(add_months(period.start, -12), unit_end(add_months(period.end, -12), "month"))


def _slides(text: str | None) -> tuple[str, ...]:
    keys = tuple(part.strip() for part in (text or "").split(",") if part.strip())
    unknown = [key for key in keys if key not in SLIDES]
    if unknown:
        raise UserError(
            _("Bagian {unknown} tidak ada; yang ada: {known}.").format(
                unknown=", ".join(unknown), known=", ".join(SLIDES)
            )
        )
    return keys


def _save(path: Path, content: bytes) -> None:
    """Beside the target first, then in its place at once: a broken write leaves the old file."""
    own = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        own.write_bytes(content)
        own.replace(path)
    except OSError as error:
        own.unlink(missing_ok=True)
        raise UserError(
            _("Berkas {file} tidak dapat ditulisi ({reason}). Tutup berkas itu, atau pilih tempat "
              "lain.").format(file=path, reason=error.strerror)
        ) from error  # fmt: skip
