"""The slides of the map: where cases are reported, where people serve, and who lacks them."""

import numpy as np
import pandas as pd

from lk3.figures.scales import class_edges, needs_usual
from lk3.indicators import INDICATORS
from lk3.indicators.area_names import name_some
from lk3.indicators.headlines import headline_map
from lk3.indicators.planning_words import headline_ranks, headline_underserved, state_label
from lk3.language import _, ngettext, number
from lk3.reports.content import AreaBars, AreaMap, Points, Slide, Table
from lk3.reports.material import Material

RATE, MEMBERS, SHORTFALL = "case_rate_per_10k", "members_per_10k", "member_shortfall"
_NAMED, _FEW = 5, 15


def map_slide(material: Material) -> Slide:
    """The rate on the map, beside the ranked bars with their intervals."""
    return Slide(
        "map",
        headline_map(material.released.measures, material.places),
        subtitle=material.subtitle(RATE),
        blocks=map_and_bars(material, RATE),
        caveat=_("Garis pada batang adalah selang kepercayaan 95%. {caveat}").format(
            caveat=INDICATORS[RATE].caveat
        ),
        notes=material.notes(RATE),
    )


def map_and_bars(material: Material, key: str) -> tuple[AreaMap, AreaBars]:
    """The map of a measure and its bars: the same numbers twice."""
    indicator, measure = INDICATORS[key], material.measure(key)
    named = (indicator.label, indicator.unit)
    return (
        AreaMap(key, measure, *named, _edges(material, key), indicator.decimals),
        AreaBars(key, measure, *named, indicator.decimals, city=material.where),
    )


def _edges(material: Material, key: str) -> tuple[float, ...]:
    usual = material.usual(key) if needs_usual(key) else None
    return class_edges(key, places=material.places, usual=usual)


def coverage_slide(material: Material) -> Slide:
    """Members per 10,000 people on the map; a full list, so nothing is hidden."""
    members = material.measure("active_members").loc[material.places.codes, "value"]
    without = [str(code) for code in members.index[members == 0]]
    return Slide(
        "coverage",
        _coverage_headline(material, without),
        subtitle=material.subtitle(MEMBERS),
        blocks=map_and_bars(material, MEMBERS),
        caveat=INDICATORS[MEMBERS].caveat,
        notes=material.notes(MEMBERS, "area_coverage"),
    )


def _coverage_headline(material: Material, without: list[str]) -> str:
    if not material.has_members:
        return _("Belum ada daftar anggota, jadi cakupan belum diketahui.")
    if not without:
        return _("Setiap kelurahan memiliki sedikitnya satu anggota aktif.")
    text = ngettext(
        "{n} kelurahan tanpa anggota aktif: {names}.",
        "{n} kelurahan tanpa anggota aktif: {names}.",
        len(without),
    )
    most = len(without) if len(without) <= _FEW else _NAMED
    names = name_some(without, material.places, most=most)
    return text.format(n=number(len(without)), names=names)


def underserved_slide(material: Material) -> Slide:
    """Who has more need and fewer people than the city, with intervals and groups."""
    subtitle = material.subtitle(SHORTFALL)
    supply = material.supply
    if supply is None:
        return Slide(
            "underserved",
            _("Kekurangan anggota disembunyikan: ada jumlah kasus yang kecil."),
            subtitle=subtitle,
            blocks=(Points((_("Pilih periode yang lebih panjang agar angkanya dapat dibuka."),)),),
            notes=material.notes(SHORTFALL),
        )
    return Slide(
        "underserved",
        f"{headline_underserved(supply, material.places)} {headline_ranks(supply)}".strip(),
        subtitle=subtitle,
        blocks=(_shortfall_table(material),),
        caveat=INDICATORS[SHORTFALL].caveat,
        notes=material.notes(SHORTFALL, "smoothed_rate_per_10k"),
    )


def _shortfall_table(material: Material) -> Table:
    assert material.supply is not None  # noqa: S101 the caller has looked
    areas = material.supply.areas.dropna(subset=["shortfall"])
    areas = areas.sort_values(["rank", "shortfall"], ascending=[True, False], kind="stable")
    group = areas["group"].map(lambda n: number(n), na_action="ignore")
    frame = pd.DataFrame(
        {
            _("Kelurahan"): [material.places.label(str(code)) for code in areas.index],
            _("Kelompok"): group.to_numpy(),
            _("Kasus"): areas["cases"].to_numpy(),
            _("Anggota"): areas["members"].to_numpy(),
            _("Kekurangan (orang)"): areas["shortfall"].round(1).to_numpy(),
            _("Selang 95%"): np.array(
                [
                    _("{low} s.d. {high}").format(low=number(low, 1), high=number(high, 1))
                    for low, high in zip(areas["lower"], areas["upper"], strict=True)
                ],
                dtype="object",
            ),
            _("Penilaian"): [state_label(str(state)) for state in areas["state"]],
        }
    )
    decimals = {_("Kasus"): 0, _("Anggota"): 0, _("Kekurangan (orang)"): 1}
    return Table(frame, _("Kekurangan anggota per kelurahan"), decimals, ranked=True)
