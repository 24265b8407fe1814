"""What a report says, whatever file it travels in: slides of blocks, each block with its numbers.

The writers (`pptx`, `xlsx`, `html`, `pdf`, `card`) and the meeting mode draw these blocks and add
nothing of their own, so that no two of them can disagree. All numbers have come through
`disclosure`; a hidden one is NaN. `slides` fills them.
"""

from dataclasses import dataclass, field
from datetime import date

import pandas as pd

from lk3.places import Places


@dataclass(frozen=True)
class Number:
    """One key number, in words: its label, its value and what stands small below it."""

    label: str
    value: str
    detail: str = ""


@dataclass(frozen=True)
class Numbers:
    """Key numbers side by side."""

    items: tuple[Number, ...]


@dataclass(frozen=True)
class Points:
    """Sentences under one another; `title` may be empty."""

    items: tuple[str, ...]
    title: str = ""


@dataclass(frozen=True, eq=False)
class AreaMap:
    """A measure by kelurahan on the map. measure: a released measure frame, see
    `indicators.measure`; edges: of the classes.
    """

    key: str
    measure: pd.DataFrame
    label: str
    unit: str
    edges: tuple[float, ...]
    decimals: int


@dataclass(frozen=True, eq=False)
class AreaBars:
    """Kelurahan ranked by a measure, with intervals. city: the line to compare with, "" without."""

    key: str
    measure: pd.DataFrame
    label: str
    unit: str
    decimals: int
    city: str = ""


@dataclass(frozen=True, eq=False)
class CategoryBars:
    """Counts by category. frame: [category (text as it is read), value (float, NaN hidden)], the
    largest first.
    """

    frame: pd.DataFrame
    label: str
    unit: str
    category: str


@dataclass(frozen=True, eq=False)
class Trend:
    """A series with its limits. frame: of a `TrendSummary`, one row per unit of time in order;
    step: "month", "quarter" or "year".
    """

    frame: pd.DataFrame
    step: str
    label: str
    unit: str


@dataclass(frozen=True, eq=False)
class Table:
    """A table. frame: its columns headed as they are read; decimals: by column of numbers; ranked:
    the first rows say the most, so that of very many a slide shows these.
    """

    frame: pd.DataFrame
    title: str
    decimals: dict[str, int] = field(default_factory=dict)
    ranked: bool = False


Block = Numbers | Points | AreaMap | AreaBars | CategoryBars | Trend | Table


@dataclass(frozen=True)
class Slide:
    """One slide, or one section of a document.

    key: of `SLIDES`. headline: the sentence that it says. subtitle: measure, unit, place, period.
    caveat: what to bear in mind, printed small. notes: method and source, for the speaker's notes.
    """

    key: str
    headline: str
    subtitle: str = ""
    blocks: tuple[Block, ...] = ()
    caveat: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Report:
    """A whole report in one language for one audience.

    title, institute, place, period: in words. footer: filter, version and day of the data, in one
    line; sample: whether it has to say DATA CONTOH everywhere. signed_by, position: for the
    signature.
    """

    title: str
    institute: str
    place: str
    period: str
    prepared_on: date
    audience: str
    language: str
    sample: bool
    footer: str
    slides: tuple[Slide, ...]
    places: Places
    signed_by: str = ""
    position: str = ""

    def slide(self, key: str) -> Slide:
        """The slide of a key. Raises KeyError when it is not among those chosen."""
        for slide in self.slides:
            if slide.key == key:
                return slide
        raise KeyError(key)
