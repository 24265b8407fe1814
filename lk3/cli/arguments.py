"""The words of the command line -> options; usage, help and mistakes in the reader's language."""

import argparse
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NoReturn

from lk3 import settings
from lk3.cli import commands, inbox, keeping, leveling, placing, reporting
from lk3.disclosure import AUDIENCES
from lk3.errors import UserError
from lk3.language import LANGUAGES, N_, _
from lk3.reports.slides import SLIDES
from lk3.sample import SEED

_PROGRAM = "python -m lk3"
# argparse says its mistakes in English; what they look like, and what we say instead.
_MISTAKES = {
    r"the following arguments are required: (?P<what>.+)": N_("Perintah belum lengkap: {what}."),
    r"unrecognized arguments: (?P<what>.+)": N_("Bagian perintah ini tidak dikenal: {what}."),
    r"argument (?P<what>.+?): invalid choice: (?P<value>.+?) \(choose from (?P<known>.+)\)": N_(
        "{what}: {value} bukan pilihan; yang ada: {known}."
    ),
    r"argument (?P<what>.+?): invalid \w+ value: (?P<value>.+)": N_(
        "{what}: {value} bukan bilangan bulat."
    ),
    r"argument (?P<what>.+?): expected .+": N_("{what} harus diikuti sebuah nilai."),
}


def read_language(words: Sequence[str]) -> tuple[str, list[str]]:
    """The language asked for by --lang (default: LK3_LANGUAGE), and the other words.

    Read first, so that help and mistakes are already said in it. Raises UserError.
    """
    parser = _Parser(prog=_PROGRAM, add_help=False, allow_abbrev=False)
    _add_language(parser)
    options, rest = parser.parse_known_args(words)
    return options.lang, rest


def read_words(words: Sequence[str]) -> argparse.Namespace:
    """The options; `run` among them is the function of the command. Raises UserError; --help writes
    the help and ends the process.
    """
    return _parser().parse_args(words)


class _Formatter(argparse.HelpFormatter):
    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        said = _("Pemakaian: ") if prefix is None else prefix
        super().add_usage(usage, actions, groups, said)


class _Parser(argparse.ArgumentParser):
    """argparse, speaking the current language."""

    def __init__(self, *, add_help: bool = True, **options: Any) -> None:
        super().__init__(add_help=False, formatter_class=_Formatter, **options)
        self._positionals.title = _("argumen")
        self._optionals.title = _("pilihan")
        if add_help:
            self.add_argument("-h", "--help", action="help", help=_("tampilkan bantuan ini"))

    def error(self, message: str) -> NoReturn:
        """Raise UserError with the mistake in the reader's language."""
        said = next(
            (_(text).format(**m.groupdict()) for m, text in _matches(message)),
            _("Perintah tidak terbaca ({message}).").format(message=message),
        )
        see = _("Lihat {help}.").format(help=f"{self.prog} --help")
        raise UserError(f"{said} {see}")


def _matches(message: str) -> Iterable[tuple[re.Match[str], str]]:
    for pattern, text in _MISTAKES.items():
        match = re.fullmatch(pattern, message, re.DOTALL)
        if match:
            yield match, text


def _parser() -> _Parser:
    parser = _Parser(
        prog=_PROGRAM,
        description=_("Periksa, simpan, dan hitung data dari lembar sebar."),
        epilog=_(
            "Kode keluar: 0 selesai, 1 selesai tetapi ada baris yang disisihkan (check), "
            "2 ada yang harus diperbaiki."
        ),
    )
    _add_language(parser)
    chosen = parser.add_subparsers(
        title=_("perintah"), dest="command", required=True, metavar=_("PERINTAH")
    )
    _add_files(chosen)
    _add_inbox(chosen)
    _add_versions(chosen)
    _add_keeping(chosen)
    _add_indicators(chosen)
    _add_report(chosen)
    _add_sample(chosen)
    _add_place(chosen)
    return parser


def _add_language(parser: argparse.ArgumentParser) -> None:
    default = settings.get("LK3_LANGUAGE")
    parser.add_argument("--lang", choices=list(LANGUAGES), default=default, help=_("bahasa"))


def _command(chosen: Any, name: str, run: Any, about: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = chosen.add_parser(name, help=about, description=about)
    parser.set_defaults(run=run)
    return parser


def _add_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--json", action="store_true", help=_("tulis satu objek JSON di keluaran baku")
    )


def _add_files(chosen: Any) -> None:
    check = _command(
        chosen, "check", commands.check, _("baca dan periksa berkas tanpa menyimpannya")
    )
    save = _command(
        chosen, "import", commands.import_files, _("periksa berkas dan simpan sebagai versi baru")
    )
    for parser in (check, save):
        parser.add_argument("files", nargs="+", metavar=_("BERKAS"), type=Path)
        parser.add_argument(
            "--answers",
            metavar=_("BERKAS"),
            type=Path,
            help=_("berkas CSV berisi jawaban: kind, where, what, meaning (lihat docs/answers.md)"),
        )
        _add_json(parser)
    save.add_argument(
        "--source",
        metavar=_("NAMA"),
        help=_("nama sumber yang digantikan (bawaan: nama berkas tanpa akhiran)"),
    )


def _add_inbox(chosen: Any) -> None:
    parser = _command(
        chosen, "inbox", inbox.inbox, _("periksa folder masuk; simpan yang boleh tersimpan sendiri")
    )
    parser.add_argument("--once", action="store_true", help=_("lihat sekali, lalu selesai"))
    _add_json(parser)


def _add_versions(chosen: Any) -> None:
    _add_json(_command(chosen, "versions", commands.versions, _("daftar versi yang tersimpan")))
    restore = _command(
        chosen, "restore", keeping.restore, _("pulihkan versi lama, atau seluruh cadangan")
    )
    restore.add_argument("version", type=int, nargs="?", metavar=_("VERSI"))
    restore.add_argument(
        "--from", dest="file", metavar=_("BERKAS"), type=Path, help=_("cadangan dari backup")
    )
    restore.add_argument(
        "--replace", action="store_true", help=_("pindahkan isi yang lama ke folder di sebelahnya")
    )


def _add_keeping(chosen: Any) -> None:
    backup = _command(
        chosen, "backup", keeping.backup, _("tulis seluruh penyimpanan ke satu berkas .zip")
    )
    backup.add_argument("file", metavar=_("BERKAS"), type=Path)
    purge = _command(chosen, "purge", keeping.purge_old, _("hapus data lama yang sudah digantikan"))
    purge.add_argument(
        "--older-than", type=int, metavar=_("HARI"),
        help=_("umur dalam hari (bawaan: LK3_KEEP_DAYS)"),
    )  # fmt: skip
    purge.add_argument("--yes", action="store_true", help=_("benar-benar hapus"))


def _add_indicators(chosen: Any) -> None:
    parser = _command(
        chosen, "indicators", commands.indicators, _("hitung semua indikator per kelurahan")
    )
    _add_period(parser)
    _add_audience(parser, default="internal")
    _add_level(parser, _("menurut wilayah apa (bawaan: kelurahan; untuk umum: yang terbesar)"))
    _add_json(parser)


def _add_report(chosen: Any) -> None:
    parser = _command(
        chosen,
        "report",
        reporting.report,
        _("tulis laporan: .pptx, .xlsx, .html, .pdf, atau .png (kartu)"),
    )
    parser.add_argument("out", metavar=_("BERKAS"), type=Path)
    _add_period(parser)
    parser.add_argument(
        "--last",
        choices=reporting.UNITS,
        help=_("bulan, triwulan, atau tahun terakhir yang sudah lengkap"),
    )
    parser.add_argument(
        "--compare",
        choices=reporting.COMPARISONS,
        default="previous",
        help=_("pembanding: periode sebelumnya, atau periode yang sama tahun lalu"),
    )
    _add_audience(parser, default="public")
    _add_level(parser, _("menurut wilayah apa (bawaan: kabupaten/kota bila ada)"))
    parser.add_argument(
        "--slides",
        metavar=",".join(list(SLIDES)[:3]),
        help=_("bagian yang ditulis, dipisahkan koma (bawaan: semua): {known}").format(
            known=", ".join(SLIDES)
        ),
    )
    parser.add_argument("--template", metavar="FILE.pptx", type=Path, help=_("templat kantor"))


def _add_period(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--from",
        dest="start",
        metavar="2023-01",
        help=_("awal periode (bawaan: sejak data pertama)"),
    )
    parser.add_argument(
        "--to",
        dest="end",
        metavar="2023-12",
        help=_("akhir periode (bawaan: sampai data terakhir)"),
    )


def _add_audience(parser: argparse.ArgumentParser, *, default: str) -> None:
    parser.add_argument(
        "--audience",
        choices=AUDIENCES,
        default=default,
        help=_("untuk siapa: internal, atau public (angka kecil disembunyikan)"),
    )


def _add_level(parser: argparse.ArgumentParser, about: str) -> None:
    parser.add_argument("--level", choices=leveling.LEVELS, help=about)


def _add_sample(chosen: Any) -> None:
    parser = _command(chosen, "sample", commands.sample, _("buat buku kerja contoh (sintetis)"))
    parser.add_argument("out_dir", metavar="FOLDER", type=Path)
    parser.add_argument("--cases", type=int, metavar="N", help=_("jumlah kasus"))
    parser.add_argument("--seed", type=int, metavar="N", default=SEED, help=_("benih acak"))


def _add_place(chosen: Any) -> None:
    parser = _command(
        chosen, "place", placing.place, _("siapkan folder peta kota lain dari sebuah GeoJSON")
    )
    parser.add_argument("geojson", metavar="GEOJSON", type=Path)
    parser.add_argument("out_dir", metavar="FOLDER", type=Path)
    for role, about in (
        ("code", _("properti yang berisi kode wilayah (bawaan: dikenali sendiri)")),
        ("name", _("properti yang berisi nama wilayah")),
        ("district", _("properti yang berisi kecamatan")),
        ("regency", _("properti yang berisi kabupaten atau kota")),
    ):
        parser.add_argument(f"--{role}", metavar=_("PROPERTI"), default="", help=about)
    _add_json(parser)
