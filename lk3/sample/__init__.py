"""Synthetic workbooks: a register of cases and a list of members that look like real ones.

In: a seed, the places and, if wanted, a number of cases. Out: .xlsx files. They serve as the data
of an empty house, as an exercise for clerks and, at any size, as load for measurements.

The stages: `recipe` says how many and what is wrong, `plan` and `members` what is true, `wording`
how it is written, `register` puts the cells of a year together, `workbooks` makes the files.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from lk3.language import long_date, speaking
from lk3.places import Places
from lk3.sample import recipe
from lk3.sample.members import Term, plan_members
from lk3.sample.plan import plan_year
from lk3.sample.recipe import Year
from lk3.sample.register import register_rows
from lk3.sample.workbooks import Sheet, write_workbook
from lk3.vocabulary import vocabulary

SEED = 2026
_NOTICE = "DATA CONTOH (SINTETIS), BUKAN DATA SEBENARNYA"
_YEARS_A_BOOK = 3
_FILE_OF_MEMBERS = "anggota_lk3.xlsx"
_SIGNATURE = ("Mengetahui,", "Koordinator", "", "", "( ............................ )")
_EARLY_HEADERS = (
    "No", "No. Reg", "Tgl Masuk", "Nama Klien", "NIK", "L/P", "Umur", "Alamat", "Kelurahan",
    "Permasalahan", "Penanganan", "Unsur", "Status", "Tgl Selesai", "Rujukan", "No HP",
)  # fmt: skip
_LATE_HEADERS = (
    "NO", "Nomor Registrasi", "Tanggal Pengaduan", "Nama Lengkap", "NIK", "Jenis Kelamin",
    "Usia (tahun)", "Alamat Lengkap", "Desa/Kelurahan", "Jenis Masalah", "Jenis Layanan",
    "Profesi Penangan", "Status Penanganan", "Tanggal Selesai", "Dirujuk ke", "No. Telp",
)  # fmt: skip
_MEMBER_HEADERS = ("No", "Nama Anggota", "Unsur", "Kelurahan", "TMT", "Berakhir")


def write_sample(
    out_dir: Path, *, cases: int | None = None, seed: int = SEED, places: Places
) -> list[Path]:
    """Write the registers (one workbook for three years, a sheet a year) and the list of members.

    `cases` is the number of cases over all years (copies and continuing rows come on top); without
    it some forty for each kelurahan. The same arguments give the same bytes. Raises UserError for
    fewer than one case or more than the sheets hold.
    """
    years = recipe.years(recipe.usual_cases(places) if cases is None else cases)
    out_dir.mkdir(parents=True, exist_ok=True)
    books = [years[i : i + _YEARS_A_BOOK] for i in range(0, len(years), _YEARS_A_BOOK)]
    as_of = years[-1].last_day
    first_client = 1
    paths = []
    for number, book in enumerate(books):
        path = out_dir / f"register_kasus_{book[0].year}-{book[-1].year}.xlsx"
        sheets = _register_sheets(book, number > 0, first_client, as_of, seed, places)
        paths.append(write_workbook(path, sheets))
        first_client += sum(year.cases for year in book)
    terms = plan_members(seed=seed, places=places)
    members = write_workbook(
        out_dir / _FILE_OF_MEMBERS, (_member_sheet(term, places) for term in terms)
    )
    return [*paths, members]


def _register_sheets(
    years: list[Year], late: bool, first_client: int, as_of: date, seed: int, places: Places
) -> Iterator[Sheet]:
    """The sheets of one register. The later workbook has other headers and an empty column."""
    for year in years:
        plan = plan_year(year, as_of=as_of, seed=seed, places=places)
        yield Sheet(
            name=str(year.year),
            titles=_register_titles(year, places),
            headers=_LATE_HEADERS if late else _EARLY_HEADERS,
            rows=register_rows(
                plan, year=year.year, first_client=first_client, seed=seed, places=places
            ),
            signature=_signature(year.last_day, places),
            left_margin=int(late),
        )
        first_client += year.cases


def _register_titles(year: Year, places: Places) -> tuple[str, ...]:
    last_month = vocabulary("months").terms[str(year.last_day.month)].label.upper()
    return (
        f"REGISTER KASUS {places.institute.upper()}",
        f"PERIODE : JANUARI - {last_month} {year.year}",
        _NOTICE,
    )


def _member_sheet(term: Term, places: Places) -> Sheet:
    return Sheet(
        name=term.sheet,
        titles=(f"DAFTAR ANGGOTA {places.institute.upper()}", term.sheet, _NOTICE),
        headers=_MEMBER_HEADERS,
        rows=term.rows,
        signature=_signature(term.started_on, places),
    )


def _signature(day: date, places: Places) -> tuple[str, ...]:
    with speaking("id"):
        return (f"{places.name}, {long_date(day)}", *_SIGNATURE)
