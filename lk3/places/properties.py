"""Which property of a GeoJSON is the code, the name, the kecamatan and the kabupaten or kota?

In: the names of the properties. Out: the property of each role, recognised by
`data/reference/geo_properties.csv` (the national mapping agency, ministries and international
sources each write them in their own way) unless somebody has said it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lk3.errors import UserError
from lk3.language import _
from lk3.settings import REFERENCE_DIR
from lk3.vocabulary import read_csv, squash

ROLES = ("code", "name", "district", "regency")
_FINEST, _COARSEST = 4, 1
_SHOWN = 15


@dataclass(frozen=True)
class Properties:
    """The property that holds each of an area's facts; "" where there is none. `above`: the names
    of still higher levels, the lowest first.
    """

    code: str
    name: str = ""
    district: str = ""
    regency: str = ""
    above: tuple[str, ...] = ()


def recognise(
    features: list[dict[str, object]], *, given: Mapping[str, str] | None = None
) -> Properties:
    """The roles of the properties of these areas (one mapping per feature).

    `given`: what somebody has said, by role; it goes before what is recognised. Raises UserError
    when a property that was named does not exist, or when none looks like a code.
    """
    present = {squash(name): name for each in features for name in each}
    said = {role: name for role, name in (given or {}).items() if name}
    for name in said.values():
        if name not in present.values():
            raise UserError(
                _("Properti {name} tidak ada di GeoJSON; yang ada: {known}.").format(
                    name=name, known=_listed(present.values())
                )
            )
    found = _by_level(features, present)
    if found is None and "code" not in said:
        raise UserError(
            _(
                "Tidak ada properti GeoJSON yang dikenal sebagai kode wilayah; yang ada: {known}. "
                "Sebutkan namanya dengan --code, atau di city.csv pada baris property_code."
            ).format(known=_listed(present.values()))
        )
    found = found or Properties("")
    named = {role: said.get(role, getattr(found, role)) for role in ROLES}
    return Properties(
        named["code"], named["name"], named["district"], named["regency"], found.above
    )


def _by_level(features: list[dict[str, object]], present: Mapping[str, str]) -> Properties | None:
    """The finest level whose code most areas have, and the names of the levels above it."""
    names = [_first(level, "name", present) for level in (_FINEST, 3, 2, _COARSEST)]
    for at, level in enumerate((_FINEST, 3, 2, _COARSEST)):
        code = _first(level, "code", present)
        if code and _is_filled(features, code):
            return Properties(code, *_padded(names[at:]))
    code = _first(0, "code", present)
    if not code or not _is_filled(features, code):
        return None
    own = _first(0, "name", present) or names[0]
    return Properties(code, *_padded([own, *names[1:]]))


def _padded(names: list[str]) -> tuple[str, str, str, tuple[str, ...]]:
    name, district, regency = [*names, "", ""][:3]
    return name, district, regency, tuple(each for each in names[3:] if each)


def _first(level: int, role: str, present: Mapping[str, str]) -> str:
    wanted = (
        row["property"]
        for row in read_csv(REFERENCE_DIR / "geo_properties.csv")
        if row["level"] == str(level) and row["role"] == role
    )
    return next((present[squash(name)] for name in wanted if squash(name) in present), "")


def _is_filled(features: list[dict[str, object]], name: str) -> bool:
    filled = sum(each.get(name) not in (None, "") for each in features)
    return filled * 2 >= len(features)


def _listed(names: Iterable[str]) -> str:
    shown = list(names)
    return ", ".join(shown[:_SHOWN]) + (", ..." if len(shown) > _SHOWN else "") or "–"
