"""The commands `backup`, `restore --from` and `purge`: what is kept, twice or no longer."""

import argparse
import sys

from lk3 import audit, settings
from lk3.cli import commands
from lk3.errors import UserError
from lk3.language import _, ngettext, number
from lk3.store import open_store
from lk3.store.backup import back_up, bring_back
from lk3.store.retention import purge

_DONE = 0
_MEGABYTE = 1_000_000


def backup(options: argparse.Namespace) -> int:
    """Write the whole store into one .zip."""
    store, log = open_store(), audit.folder()
    made = back_up(store, options.file, audit=log)
    text = ngettext(
        "{file} ditulis: {n} berkas. SHA-256: {digest}",
        "{file} ditulis: {n} berkas. SHA-256: {digest}",
        made.files,
    )
    _write(text.format(file=options.file, n=number(made.files), digest=made.digest))
    return _DONE


def restore(options: argparse.Namespace) -> int:
    """An earlier version, or a whole backup: one of the two is asked for."""
    if (options.version is None) == (options.file is None):
        raise UserError(_("Pilih VERSI, atau --from dengan berkas cadangan; salah satu saja."))
    if options.file is None:
        return commands.restore(options)
    aside = bring_back(open_store(), options.file, replace=options.replace)
    audit.record(audit.RESTORE, user=commands.user_here(), reason="backup")
    _write(_("Cadangan {file} dipulihkan.").format(file=options.file))
    if aside is not None:
        _write(_("Isi yang lama kini di {folder}.").format(folder=aside))
    return _DONE


def purge_old(options: argparse.Namespace) -> int:
    """Remove what was replaced long enough ago; without --yes only say what."""
    days = _days(options.older_than)
    told = purge(open_store(), days=days, do=options.yes)
    text = _(
        "Akan terhapus: {versions} versi lama, {notes} isi catatan lama, {files} berkas "
        "({size} MB). Tambahkan --yes untuk menghapusnya; tidak dapat dibatalkan."
    )
    if options.yes:
        audit.prune(audit.today())
        text = _(
            "Terhapus: {versions} versi lama, {notes} isi catatan lama, {files} berkas ({size} MB)."
        )
    _write(
        text.format(
            versions=number(len(told.versions)),
            notes=number(told.notes),
            files=number(told.files),
            size=number(told.bytes / _MEGABYTE, decimals=1),
        )
    )
    return _DONE


def _days(given: int | None) -> int:
    if given is None and not settings.get("LK3_KEEP_DAYS"):
        raise UserError(
            _(
                "Semua versi disimpan selamanya. Isi --older-than HARI atau pengaturan "
                "LK3_KEEP_DAYS."
            )
        )
    days = settings.get_int("LK3_KEEP_DAYS") if given is None else given
    if days < 0:
        raise UserError(_("Jumlah hari tidak boleh negatif."))
    return days


def _write(text: str) -> None:
    sys.stdout.write(f"{text}\n")
