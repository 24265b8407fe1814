"""The slide of the professions: which required one is missing where."""

import pandas as pd

from lk3 import language
from lk3.indicators import INDICATORS
from lk3.indicators.headlines import headline_professions
from lk3.language import _
from lk3.reports.content import Slide, Table
from lk3.reports.material import Material
from lk3.vocabulary import vocabulary


def professions_slide(material: Material) -> Slide:
    """Which required professions are missing where."""
    gaps = material.gaps
    labels = vocabulary("professions")
    frame = pd.DataFrame(
        {
            _("Unsur wajib"): [labels.label(key) for key in gaps["profession"]],
            _("Kelurahan yang memiliki"): gaps["kelurahan"],
            _("Kelurahan yang belum"): gaps["total"] - gaps["kelurahan"],
            _("Anggota tingkat kota"): gaps["city_wide"],
        }
    )
    no_list = not material.has_members
    return Slide(
        "professions",
        _("Belum ada daftar anggota.") if no_list else headline_professions(gaps),
        subtitle=_("Cakupan unsur wajib · {where} · {day}").format(
            where=material.where, day=language.long_date(material.on)
        ),
        blocks=() if no_list else (Table(frame, _("Cakupan unsur wajib")),),
        caveat=INDICATORS["profession_coverage"].caveat,
        notes=material.notes("profession_coverage"),
    )
