"""The slides of a usual deck, in the order of the meeting, and the report made of them.

In: a dataset, a city and a `Choice`. Out: `Report`. `opening`, `areas`, `cases`, `people` and
`closing` hold one function per slide, each from `Material` to `Slide`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from lk3 import language
from lk3.dataset import Dataset
from lk3.language import N_, _
from lk3.places import Places
from lk3.reports.content import Report, Slide
from lk3.reports.material import Choice, Material
from lk3.reports.slides.areas import coverage_slide, map_slide, underserved_slide
from lk3.reports.slides.cases import handling_slide, problems_slide
from lk3.reports.slides.closing import (
    decisions_slide,
    issues_slide,
    methods_slide,
    recommendations_slide,
)
from lk3.reports.slides.opening import basis_slide, summary_slide, title_slide
from lk3.reports.slides.people import professions_slide
from lk3.reports.slides.trend import trend_slide


@dataclass(frozen=True)
class Kind:
    """A slide of the usual deck: its name (not yet translated), and who makes it."""

    name: str
    build: Callable[[Material], Slide]

    @property
    def label(self) -> str:
        """The name in the current language."""
        return _(self.name)


SLIDES: dict[str, Kind] = {
    "title": Kind(N_("Judul"), title_slide),
    "basis": Kind(N_("Dasar"), basis_slide),
    "summary": Kind(N_("Ringkasan"), summary_slide),
    "map": Kind(N_("Peta angka kasus"), map_slide),
    "coverage": Kind(N_("Peta cakupan"), coverage_slide),
    "underserved": Kind(N_("Kurang terlayani"), underserved_slide),
    "problems": Kind(N_("Jenis masalah"), problems_slide),
    "trend": Kind(N_("Tren"), trend_slide),
    "professions": Kind(N_("Profesi"), professions_slide),
    "handling": Kind(N_("Beban dan lama penanganan"), handling_slide),
    "issues": Kind(N_("Permasalahan"), issues_slide),
    "recommendations": Kind(N_("Rekomendasi"), recommendations_slide),
    "decisions": Kind(N_("Tindak lanjut"), decisions_slide),
    "methods": Kind(N_("Metode"), methods_slide),
}


def build_report(dataset: Dataset, places: Places, choice: Choice) -> Report:
    """The report that somebody has chosen, in the current language.

    Raises KeyError for a slide that does not exist.
    """
    material = Material(dataset, places, choice)
    keys = choice.slides or tuple(SLIDES)
    return Report(
        title=_("Laporan layanan {institute}").format(institute=places.institute),
        institute=places.institute,
        place=material.where,
        period=material.period,
        prepared_on=choice.prepared_on,
        audience=choice.audience,
        language=language.current(),
        sample=dataset.sample,
        footer=material.footer,
        slides=tuple(SLIDES[key].build(material) for key in keys),
        places=places,
        signed_by=choice.signed_by,
        position=choice.position,
    )
