"""Reports for tests: of the sample, and of words as hostile or long as can be."""

from datetime import date
from functools import lru_cache

import numpy as np
import pandas as pd

from lk3.counts import Filter, Period
from lk3.dataset import Dataset, sample_dataset
from lk3.decisions import Decision
from lk3.places import load_places
from lk3.reports.content import CategoryBars, Number, Numbers, Points, Report, Slide, Table
from lk3.reports.material import Choice
from lk3.reports.slides import build_report

YEAR = Filter(Period.year(2024))
DAY = date(2026, 11, 24)
DECISION = Decision("Tambah psikolog di Berbas Pantai", "Dinas Sosial", "2025-06-30", "ongoing")
# Each is a command somewhere: in a spreadsheet, in HTML, in a template, in the typesetter.
HOSTILE = (
    '=HYPERLINK("x")',
    "+1+1",
    "@SUM(A1)",
    "<script>alert(1)</script>",
    "</script><b>",
    "{{ 7 * 7 }}",
    '#panic("x")',
    "$x^2$",
    "a\x0bb",
)


@lru_cache(maxsize=1)
def sample() -> Dataset:
    """The built-in sample, read once."""
    return sample_dataset(load_places())


def sample_report(**wishes) -> Report:
    """A report of the sample: the year 2024, one decision, a fixed day; `wishes` change that."""
    options = {
        "filter": YEAR,
        "audience": "internal",
        "prepared_on": DAY,
        "decisions": (DECISION,),
        **wishes,
    }
    return build_report(sample(), load_places(), Choice(**options))


def report_of(*slides: Slide) -> Report:
    """A report of these slides alone."""
    return Report(
        title="Laporan uji",
        institute="LK3 Uji",
        place="Kota Uji",
        period="2024",
        prepared_on=DAY,
        audience="internal",
        language="id",
        sample=False,
        footer="Kota Uji · 2024",
        slides=slides,
        places=load_places(),
    )


def wordy_report(words: tuple[str, ...]) -> Report:
    """Each word as headline, item, category, cell and caveat of a slide of its own."""
    return report_of(
        *(
            Slide(
                f"s{place}",
                word,
                subtitle=word,
                blocks=block,
                caveat=word,
                notes=(word,),
            )
            for word in words
            for place, block in enumerate(_blocks(word))
        )
    )


def _blocks(word: str):
    bars = pd.DataFrame({"category": [word, "B"], "value": [3.0, np.nan]})
    table = pd.DataFrame({word: [word, "x"], "n": [1.0, 2.0]})
    return (
        (Points((word, word), word),),
        (Numbers((Number(word, word, word),)),),
        (CategoryBars(bars, "Masalah", "kasus", "Masalah"),),
        (Table(table, word),),
    )
