"""The slide of the trend: the series with its limits, and whether there is a signal."""

from lk3.language import N_, _
from lk3.reports.content import Points, Slide, Trend
from lk3.reports.material import Material

_SAID = 3
_UNITS = {"month": N_("bulan"), "quarter": N_("triwulan"), "year": N_("tahun")}


def trend_slide(material: Material) -> Slide:
    """Cases over time up to the end of the period, with the limits of chance.

    For the public, limits and signals are left out as soon as one count is hidden: they would help
    to work it out.
    """
    unit = material.choice.unit
    summary = material.trend(unit)
    said = tuple(signal.text for signal in summary.signals) + summary.notes
    return Slide(
        "trend",
        summary.sentence,
        subtitle=_("Kasus per {unit} · {where} · sampai {period}").format(
            unit=_(_UNITS[unit]), where=material.where, period=material.period
        ),
        blocks=(
            Trend(summary.frame, unit, _("Kasus"), _("kasus")),
            *((Points(said[:_SAID]),) if said else ()),
        ),
        caveat=summary.caveat,
        notes=material.notes("cases"),
    )
