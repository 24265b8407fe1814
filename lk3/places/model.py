"""One place with its areas, as the rest of the package asks it: what is this called, what is meant?

In: what `reading` has read. Out: codes, labels, neighbours, spellings; a name that two areas share
is nobody's until its kecamatan is said.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import Any

import pandas as pd
from rapidfuzz import fuzz, process

from lk3 import language
from lk3.places.naming import narrowed, parts_of, without_district_prefix, without_prefix
from lk3.vocabulary import UNKNOWN, squash

OUTSIDE = "outside"
CITY = "city"
NOT_AN_AREA = (OUTSIDE, UNKNOWN, CITY)
_LIKENESS_AT_LEAST = 70
_LIKENESS_OF_A_SLIP = 85  # a letter or two of a whole name


@dataclass(frozen=True)
class Repair:
    """Something that was wrong with the boundaries and how it was made good: `what` is a key of
    `repairs.SENTENCES`, `codes` the areas that it concerns, `n` how many there were.
    """

    what: str
    codes: tuple[str, ...] = ()
    n: int = 0


@dataclass(frozen=True, eq=False)
class Places:
    """One city, or a province.

    `areas`: one row per kelurahan, indexed by the ministry's code, in the file's order; columns
    name, label (the name, with its kecamatan where two share it), bps_code, district (with its
    regency where two kecamatan share the name; "" where none is known), regency (kabupaten or
    kota; "" where none is known), health_centre, area_km2, tile_row, tile_col, lon, lat (the
    label's point, inside the largest polygon; degrees).
    `geojson`: the FeatureCollection, each feature with the code as its `id`.
    `neighbours`: codes that share a stretch of boundary.
    `population`: built-in population by `tables.POPULATION` without its origin.
    `keys`: code (or outside, city) of each squashed spelling that means one thing.
    `shared`: codes of each squashed name that several areas bear.
    `repairs`: what was wrong with the boundaries when they were read.
    `utc_hours`, `time_label`: the city's clock, hours ahead of UTC and what it is called; without
    them the clock of the machine is meant.
    """

    name: str
    title: str
    institute: str
    outside_labels: dict[str, str]
    areas: pd.DataFrame
    geojson: dict[str, Any]
    neighbours: dict[str, tuple[str, ...]]
    population: pd.DataFrame
    keys: dict[str, str]
    shared: dict[str, tuple[str, ...]] = field(default_factory=dict)
    repairs: tuple[Repair, ...] = ()
    utc_hours: float | None = None
    time_label: str = ""

    def moment(self, when: datetime) -> str:
        """A moment as the city's clock shows it: 24 November 2026 21.05 WITA."""
        zone = None if self.utc_hours is None else timezone(timedelta(hours=self.utc_hours))
        local = when.astimezone(zone)
        clock = f"{local:%H.%M}" if language.current() == "id" else f"{local:%H:%M}"
        return f"{language.long_date(local.date())} {clock} {self.time_label}".strip()

    @property
    def codes(self) -> list[str]:
        """Codes of the kelurahan, in the file's order."""
        return list(self.areas.index)

    @property
    def districts(self) -> list[str]:
        """Names of the kecamatan, in the file's order; none where none is known."""
        return [name for name in dict.fromkeys(self.areas["district"]) if name]

    @property
    def regencies(self) -> list[str]:
        """Names of the kabupaten and kota, in the file's order; none where none is known."""
        return [name for name in dict.fromkeys(self.areas["regency"]) if name]

    def codes_in(self, districts: tuple[str, ...]) -> list[str]:
        """Codes of the kelurahan in these kecamatan; of all when none is named."""
        if not districts:
            return self.codes
        return list(self.areas.index[self.areas["district"].isin(districts)])

    def label(self, code: str) -> str:
        """Name of a kelurahan, unlike that of any other, or the words for outside, unknown and
        city.
        """
        if code in self.areas.index:
            return str(self.areas.at[code, "label"])
        if code == OUTSIDE:
            return self.outside_labels[language.current()]
        return self.title if code == CITY else language._("Tidak diketahui")

    def code_for(self, text: object) -> str | None:
        """Code of a spelling: a kelurahan, "outside" or "city"; None when it is nobody's, or when
        several bear the name (`candidates` says which).
        """
        return next((self.keys[key] for key in _squashed(text) if key in self.keys), None)

    def candidates(self, text: object, *, beside: Iterable[object] = ()) -> tuple[str, ...]:
        """Codes of the areas that share the name that a text holds: all of `Sukamaju`, that of
        `Sukamaju, Kec. Barat` alone. `beside`: what stands in other cells, such as the kecamatan.

        Empty when the text names no area, or says of its kecamatan what fits none of them.
        """
        if not self.shared:
            return ()
        parts = [str(text), *parts_of(text)]
        for part in parts:
            shared = next((self.shared[k] for k in _squashed(part) if k in self.shared), ())
            if shared:
                others = [p for p in parts[1:] if p != part] + [str(each) for each in beside]
                return narrowed(self.areas, shared, others, title=self.title)
        return ()

    def knows(self, text: object) -> bool:
        """Whether a text names an area, outside or the city, even where several bear the name."""
        return self.code_for(text) is not None or bool(self.candidates(text))

    def fits(self, code: str, text: object) -> bool:
        """Whether what stands beside the name of an area fits it: its kecamatan, its regency, its
        own name again or the city.
        """
        return self.code_for(text) in (code, CITY) or bool(
            narrowed(self.areas, (code,), [str(text)], title=self.title)
        )

    def district_for(self, text: object) -> str | None:
        """The kecamatan that is meant, or None."""
        wanted = squash(without_district_prefix(str(text)))
        return next((d for d in self.districts if squash(d) == wanted), None)

    def suggest(self, text: object) -> str:
        """The name that the text may have meant, for a person to decide; "" when none is near or
        when it names a kecamatan or is a code (there the likeness misleads).
        """
        bare = without_prefix(str(text))
        if self.district_for(bare) or squash(bare).isdigit():
            return ""
        begun = self._area_at_the_start(bare)
        if begun:
            return self.label(begun)
        match = process.extractOne(squash(bare), self.keys.keys(), scorer=fuzz.ratio)
        if match is None or match[1] < _LIKENESS_AT_LEAST:
            return ""
        return self.label(self.keys[match[0]])

    def _area_at_the_start(self, text: str) -> str | None:
        """Code of the kelurahan whose spelling is the first words of a text, the longest one:
        `Telihan Indah` begins with Telihan and only looks like Tanjung Laut Indah. Not where the
        whole text is near to another spelling, as `Tanjung Laut Idah` is.
        """
        words = text.replace("_", " ").split()
        starts = (squash("".join(words[:end])) for end in range(len(words) - 1, 0, -1))
        code = next((self.keys[start] for start in starts if start in self.keys), None)
        if code not in self.areas.index:
            return None
        near = process.extractOne(squash(text), self.keys.keys(), scorer=fuzz.ratio)
        return None if near[1] >= _LIKENESS_OF_A_SLIP else code


def _squashed(text: object) -> tuple[str, str]:
    """The letters and digits of a text as it is, and without the word for a kelurahan."""
    if isinstance(text, float) and text.is_integer():
        text = int(text)  # a code, as a spreadsheet keeps a number
    written = str(text)
    return squash(written), squash(without_prefix(written))
