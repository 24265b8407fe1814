"""The slides that open the meeting: title, basis, summary."""

from typing import Any, cast

import pandas as pd

from lk3 import language, settings
from lk3.indicators import INDICATORS
from lk3.indicators.headlines import headline_overview
from lk3.indicators.measure import SUPPRESSED
from lk3.indicators.wording import value_words
from lk3.language import _, number
from lk3.places import OUTSIDE
from lk3.reports.content import Numbers, Points, Slide
from lk3.reports.material import Material
from lk3.reports.slides.numbers import number_of
from lk3.vocabulary import UNKNOWN, read_csv

RATE = "case_rate_per_10k"
_CARDS = (
    "cases",
    RATE,
    "active_members",
    "area_coverage",
    "open_cases_per_member",
    "days_to_close_median",
)


def title_slide(material: Material) -> Slide:
    """Title, period, place and day; the writers add the places for the logos."""
    return Slide(
        "title",
        _("Layanan {institute}: {period}").format(
            institute=material.places.institute, period=material.period
        ),
        subtitle=_("{where}, {day}").format(
            where=material.where, day=language.long_date(material.choice.prepared_on)
        ),
    )


def basis_slide(material: Material) -> Slide:
    """On what law and on which data the numbers rest."""
    data = material.dataset
    column = "text" if language.current() == "id" else "text_en"
    laws = tuple(row[column] for row in read_csv(settings.REFERENCE_DIR / "legal_basis.csv"))
    files = ", ".join(str(account["file"]) for account in data.accounting) or "–"
    rows = _("Baris dibaca {read}: dipakai {used}, disisihkan {aside}, bukan data {other}.").format(
        read=number(data.rows("rows_read")),
        used=number(data.rows("rows_used")),
        aside=number(data.rows("rows_set_aside")),
        other=number(data.rows("rows_not_data")),
    )
    facts = (
        _("Berkas: {files}.").format(files=files),
        *((rows,) if material.shows_rows else ()),
        _("Penduduk: {population}.").format(population=material.population_words),
        _("Nama, NIK, alamat, dan nomor telepon tidak pernah disimpan."),
    )
    return Slide(
        "basis",
        _("Dasar hukum dan sumber data"),
        subtitle=_("Data per {day}").format(day=language.long_date(data.as_of)),
        blocks=(Points(laws, _("Dasar hukum")), Points(facts, _("Sumber data"))),
    )


def summary_slide(material: Material) -> Slide:
    """The key numbers of the period, and whether anything changed."""
    cards = tuple(number_of(material, key) for key in _CARDS)
    return Slide(
        "summary",
        headline_overview(
            material.released.measures,
            material.places,
            material.choice.filter,
            before=material.choice.before,
        ),
        subtitle=f"{material.where} · {material.period}",
        blocks=(Numbers(cards), Points((*_mostly_hidden(material), *_apart(material)))),
        caveat=INDICATORS["cases"].caveat,
        notes=material.notes("cases", "cases_change", RATE, "open_cases_per_member"),
    )


def _apart(material: Material) -> tuple[str, ...]:
    """Cases that no kelurahan holds."""
    cases, said = material.measure("cases"), []
    for code, text, hidden in (
        (
            UNKNOWN,
            _("{n} kasus tanpa kelurahan dihitung untuk kota saja."),
            _("Kasus tanpa kelurahan dihitung untuk kota saja; jumlahnya disembunyikan."),
        ),
        (
            OUTSIDE,
            _("{n} kasus dari luar kota tidak termasuk angka kota."),
            _("Kasus dari luar kota tidak termasuk angka kota; jumlahnya disembunyikan."),
        ),
    ):
        row = cast("pd.Series[Any]", cases.loc[code])
        if SUPPRESSED in row["note"]:
            said.append(hidden)
        elif row["value"] > 0:
            said.append(text.format(n=value_words("cases", row)))
    return tuple(said)


def _mostly_hidden(material: Material) -> tuple[str, ...]:
    """That most kelurahan are hidden, with the kecamatan in their place where those may be seen."""
    notes = material.measure("cases").loc[material.places.codes, "note"]
    notes = notes[notes != "not_chosen"]
    hidden = notes.str.contains(SUPPRESSED)
    if hidden.sum() * 2 <= len(notes):
        return ()
    said = _(
        "Jumlah kasus {n} dari {total} kelurahan disembunyikan agar yang kecil tidak terbuka."
    ).format(n=number(hidden.sum()), total=number(len(notes)))
    shown = material.districts.frame.dropna(subset=["cases"])
    if shown.empty:
        return (said, _("Pilih periode yang lebih panjang agar angkanya dapat dibuka."))
    parts = [
        f"{name} {number(n)}" for name, n in zip(shown["district"], shown["cases"], strict=True)
    ]
    return (said, _("Kasus per kecamatan: {parts}.").format(parts=", ".join(parts)))
