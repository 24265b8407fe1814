"""The slides that close the meeting: issues, recommendations, decisions, how to read it all."""

from datetime import date

import pandas as pd

from lk3 import language, settings
from lk3.decisions import OPEN, Decision
from lk3.indicators import INDICATORS
from lk3.language import _, number
from lk3.reports.content import Points, Slide, Table
from lk3.reports.material import Material
from lk3.reports.slides.advice import issues, recommendations

RATE = "case_rate_per_10k"


def issues_slide(material: Material) -> Slide:
    """What the numbers show to be wrong; to be completed by those who know the field."""
    found = issues(material)
    return Slide(
        "issues",
        _("Permasalahan yang terlihat dari data"),
        subtitle=f"{material.where} · {material.period}",
        blocks=(Points(found or (_("Tidak ada yang menonjol pada data ini."),)),),
        caveat=_("Disusun dari angka; lengkapi dengan pengetahuan lapangan."),
    )


def recommendations_slide(material: Material) -> Slide:
    """What could be done about it; to be decided by the meeting."""
    found = recommendations(material)
    return Slide(
        "recommendations",
        _("Usulan untuk diputuskan rapat"),
        subtitle=f"{material.where} · {material.period}",
        blocks=(Points(found or (_("Tidak ada usulan dari data ini."),)),),
        caveat=_("Usulan dari angka, bukan keputusan."),
    )


def decisions_slide(material: Material) -> Slide:
    """What earlier meetings have decided, and where it stands."""
    kept = sorted(material.choice.decisions, key=lambda each: each.status not in OPEN)
    late = sum(each.is_late(material.choice.prepared_on) for each in kept)
    still = sum(each.status in OPEN for each in kept)
    frame = pd.DataFrame(
        {
            _("Keputusan"): [each.text for each in kept],
            _("Penanggung jawab"): [each.office for each in kept],
            _("Sampai"): [_day(each.until) for each in kept],
            _("Status"): [_status(each, material) for each in kept],
        }
    )
    sentence = _("{open} dari {n} keputusan belum selesai; {late} melewati batas waktu.")
    return Slide(
        "decisions",
        sentence.format(open=number(still), n=number(len(kept)), late=number(late))
        if kept
        else _("Tindak lanjut: belum ada keputusan yang dicatat."),
        subtitle=_("Keputusan rapat dan statusnya"),
        blocks=(Table(frame, _("Tindak lanjut")),) if kept else (),
    )


def _status(decision: Decision, material: Material) -> str:
    """The status, and whether the day is over."""
    if not decision.is_late(material.choice.prepared_on):
        return decision.status_label
    return _("{status}, terlambat").format(status=decision.status_label)


def methods_slide(material: Material) -> Slide:
    """How to read the numbers, in the words of the registry."""
    keys = (RATE, "cases_change", "member_shortfall")
    said = tuple(f"{INDICATORS[k].label}: {INDICATORS[k].method}" for k in keys)
    hidden = _("Jumlah 1–{n} disembunyikan, dan angka lain yang dapat membukanya kembali.").format(
        n=number(settings.get_int("LK3_SUPPRESS_BELOW") - 1)
    )
    return Slide(
        "methods",
        _("Cara membaca angka ini"),
        subtitle=material.footer,
        blocks=(Points((*said, hidden) if material.is_public else said),),
        notes=material.notes(*keys),
    )


def _day(written: str) -> str:
    return language.long_date(date.fromisoformat(written)) if written else "–"
