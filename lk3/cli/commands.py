"""The commands: each takes its options, does one job of the package and gives the exit code."""

import argparse
import getpass
import json
import secrets
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from lk3 import audit, language
from lk3.cli import results, summary
from lk3.cli.leveling import data_at
from lk3.counts import Filter, Period, held_period
from lk3.dataset import Dataset, answers_in, import_file, load_dataset, remember, source_name
from lk3.disclosure import release, require_whole_months
from lk3.errors import UserError
from lk3.indicators import Context, compute_all
from lk3.indicators.planning import planning_in
from lk3.intake import Answers, CheckedFile, check_file
from lk3.language import _
from lk3.places import Places, load_places
from lk3.places.level_words import level_words
from lk3.places.levels import KELURAHAN
from lk3.sample import write_sample
from lk3.store import open_store

DONE, SET_ASIDE, REFUSED = 0, 1, 2


def check(options: argparse.Namespace) -> int:
    """Read and check files, save nothing."""
    _require(options.files)
    places = load_places()
    key = secrets.token_bytes(32)  # nothing is kept, so nothing will be compared with it
    answers = answers_in(open_store()) | _answers(options.answers, places)
    checked = [
        check_file(_content(path), path.name, places=places, key=key, answers=answers)
        for path in options.files
    ]
    _report([(file, {}) for file in checked], as_json=options.json)
    if any(file.refused for file in checked):
        return REFUSED
    return SET_ASIDE if any(file.rows_set_aside for file in checked) else DONE


def import_files(options: argparse.Namespace) -> int:
    """Check files and save each as a new version; a refused one is not saved. Answers that are
    given with them are remembered, as if somebody had given them on the page.
    """
    _require(options.files)
    sources = _sources(options.files, options.source)
    store, places, user = open_store(), load_places(), user_here()
    for answer in _answers(options.answers, places):
        remember(store, answer, user=user)
    done: list[tuple[CheckedFile, dict[str, Any]]] = []
    for path, source in zip(options.files, sources, strict=True):
        content = _content(path)
        checked, version = import_file(store, places, content, path.name, source=source, user=user)
        done.append((checked, {"source": source, "version": version}))
        if version is not None:
            facts: dict[str, Any] = {"digest": checked.digest, "rows": checked.rows_used}
            audit.record(audit.IMPORT, user=user, version=version, **facts)
    _report(done, as_json=options.json)
    return REFUSED if any(checked.refused for checked, _saved in done) else DONE


def versions(options: argparse.Namespace) -> int:
    """List the saved versions, the newest first."""
    held = open_store().versions()
    if options.json:
        _write_json({"versions": [results.version_json(version) for version in held]})
    else:
        _write(summary.versions_text(held))
    return DONE


def restore(options: argparse.Namespace) -> int:
    """Make an earlier version the newest again."""
    user = user_here()
    number = open_store().restore(options.version, user=user)
    audit.record(audit.RESTORE, user=user, version=options.version)
    _write(
        _("Versi {version} dipulihkan dan kini menjadi versi {number}.").format(
            version=options.version, number=number
        )
    )
    return DONE


def indicators(options: argparse.Namespace) -> int:
    """Every indicator by kelurahan, as the audience may see it."""
    places, store = load_places(), open_store()
    planning, audience = planning_in(store.notes), options.audience
    dataset, places = data_at(
        load_dataset(store, places), places, level=options.level, audience=audience,
        usual=KELURAHAN,
    )  # fmt: skip
    period = _period(options.start, options.end, dataset)
    if options.audience == "public":
        require_whole_months(Filter(period), dataset.tables.cases, as_of=dataset.as_of)
    context = Context(
        dataset.tables,
        Filter(period=period),
        places,
        dataset.as_of,
        requirements=planning.requirements,
        targets=planning.targets,
    )
    released = release(compute_all(context), audience=audience, context=context)
    shown = period or held_period(dataset.tables.cases)
    if options.json:
        _write_json(results.indicators_json(released, places, dataset, period=shown))
    else:
        with language.naming(level_words(places)):
            _write(summary.indicators_text(released, places, dataset, period=shown))
    return DONE


def sample(options: argparse.Namespace) -> int:
    """Write synthetic workbooks for the city."""
    try:
        made = write_sample(
            options.out_dir, cases=options.cases, seed=options.seed, places=load_places()
        )
    except OSError as error:
        raise UserError(
            _("Folder {folder} tidak dapat ditulisi ({reason}). Pilih folder lain.").format(
                folder=options.out_dir, reason=error.strerror
            )
        ) from error
    _write("\n".join(str(path) for path in made))
    return DONE


def _report(files: list[tuple[CheckedFile, dict[str, Any]]], *, as_json: bool) -> None:
    if as_json:
        _write_json({"files": [checked.to_json() | saved for checked, saved in files]})
    else:
        _write("\n\n".join(summary.file_text(checked, **saved) for checked, saved in files))


def _answers(path: Path | None, places: Places) -> Answers:
    """The answers in a file, none without one."""
    return Answers() if path is None else Answers.from_file(path, places=places)


def _require(paths: list[Path]) -> None:
    """All files are looked for before the first is read, so that none is saved in vain."""
    missing = [str(path) for path in paths if not path.is_file()]
    if missing:
        raise UserError(
            _("Berkas {files} tidak ada. Periksa nama dan foldernya.").format(
                files=", ".join(missing)
            )
        )


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UserError(
            _(
                "Berkas {file} tidak dapat dibaca ({reason}). Tutup berkas itu di program lain "
                "atau minta izin membacanya."
            ).format(file=path, reason=error.strerror)
        ) from error


def _sources(paths: list[Path], name: str | None) -> list[str]:
    """The names under which files are kept. Two that share one would replace one another."""
    if name is not None and len(paths) > 1:
        raise UserError(_("--source hanya untuk satu berkas. Simpan berkas satu per satu."))
    sources = [name or source_name(path.name) for path in paths]
    twice = [source for source, times in Counter(sources).items() if times > 1]
    if twice:
        raise UserError(
            _(
                "Beberapa berkas bernama {name}, sehingga yang satu akan menggantikan yang lain. "
                "Ganti namanya, atau simpan satu per satu dengan --source."
            ).format(name=", ".join(twice))
        )
    return sources


def _period(start: str | None, end: str | None, dataset: Dataset) -> Period | None:
    """The period asked for; an end that is not given is that of the data."""
    if start is None and end is None:
        return None
    held = held_period(dataset.tables.cases) or Period(dataset.as_of, dataset.as_of)
    return Period.parse(start or held.start.isoformat(), end or held.end.isoformat())


def user_here() -> str:
    """The name of the account that runs this process, "" for one without."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # no name for this account, as in some containers
        return ""


def _write(text: str) -> None:
    sys.stdout.write(f"{text}\n")


def _write_json(value: dict[str, Any]) -> None:
    """One object. Letters beyond ASCII are escaped where the output cannot hold them."""
    utf8 = (sys.stdout.encoding or "").casefold().replace("-", "") == "utf8"
    _write(json.dumps(value, ensure_ascii=not utf8, indent=2, allow_nan=False))
