"""What the numbers show to be wrong and what could be done, as sentences for the meeting to decide.

Rules, not opinions: each sentence rests on a released number or on the list of members, which
counts no cases. Nothing is said where the data cannot tell.
"""

from lk3.indicators.measure import SUPPRESSED
from lk3.indicators.planning_words import state_label
from lk3.indicators.underserved import MAYBE, NO_MEMBER, UNDERSERVED
from lk3.indicators.wording import value_words
from lk3.language import _, number, percent
from lk3.places import CITY
from lk3.reports.material import Material
from lk3.vocabulary import UNKNOWN, vocabulary

_NAMED = 5
_UNKNOWN_AT_LEAST = 0.1  # of the cases: below that a missing kelurahan changes little


def issues(material: Material) -> tuple[str, ...]:
    """What stands out, the most important first."""
    return tuple(
        sentence
        for sentence in (
            _underserved(material),
            _above_the_city(material),
            _missing_profession(material),
            _open_long(material),
            _without_kelurahan(material),
        )
        if sentence
    )


def recommendations(material: Material) -> tuple[str, ...]:
    """What could be decided, in the order of the issues."""
    said = [*_more_people(material), *_more_professions(material)]
    if _open_long(material):
        said.append(_("Telaah satu per satu kasus yang terbuka lebih dari 90 hari."))
    if _without_kelurahan(material):
        said.append(_("Lengkapi kelurahan pada register, supaya kasus terhitung di tempatnya."))
    return tuple(said)


def _underserved(material: Material) -> str:
    if material.supply is None:
        return ""
    areas = material.supply.areas
    parts = [
        f"{state_label(state)}: {_names(material, codes)}"
        for state in (NO_MEMBER, UNDERSERVED, MAYBE)
        if (codes := [str(c) for c in areas.index[areas["state"] == state]])
    ]
    return _("Kelurahan {parts}.").format(parts="; ".join(parts)) if parts else ""


def _above_the_city(material: Material) -> str:
    rates = material.measure("case_rate_per_10k").loc[material.places.codes]
    codes = [str(c) for c in rates.index[rates["verdict"].isin(["above", "strongly_above"])]]
    text = _("Angka kasus di atas kota, lebih daripada kebetulan: {names}.")
    return text.format(names=_names(material, codes)) if codes else ""


def _missing_profession(material: Material) -> str:
    if not material.has_members:
        return ""
    gaps = material.gaps
    gaps = gaps.assign(missing=gaps["total"] - gaps["kelurahan"])
    worst = gaps.sort_values("missing", ascending=False, kind="stable").iloc[0]
    if worst["missing"] == 0:
        return ""
    return _("Unsur wajib {profession} belum ada di {n} dari {total} kelurahan.").format(
        profession=vocabulary("professions").label(worst["profession"]),
        n=number(worst["missing"]),
        total=number(worst["total"]),
    )


def _open_long(material: Material) -> str:
    row = material.city("open_over_90_days")
    if SUPPRESSED in row["note"] or not row["value"] > 0:
        return ""
    return _("{n} kasus terbuka lebih dari 90 hari.").format(
        n=value_words("open_over_90_days", row)
    )


def _without_kelurahan(material: Material) -> str:
    cases = material.measure("cases")["value"]
    share = cases[UNKNOWN] / cases[CITY] if cases[CITY] > 0 else 0.0
    if not share >= _UNKNOWN_AT_LEAST:
        return ""
    return _("{share} kasus tanpa kelurahan, sehingga tidak tampak pada peta.").format(
        share=percent(share)
    )


def _more_people(material: Material) -> list[str]:
    if material.supply is None:
        return []
    areas = material.supply.areas
    said = []
    for state in (NO_MEMBER, UNDERSERVED):
        for code, row in areas[areas["state"] == state].iterrows():
            text = _("Tambah anggota di {name}: kurang {n} orang (selang 95%: {low} s.d. {high}).")
            said.append(
                text.format(
                    name=material.places.label(str(code)),
                    n=number(row["shortfall"], 1),
                    low=number(row["lower"], 1),
                    high=number(row["upper"], 1),
                )
            )
    return said[:_NAMED]


def _more_professions(material: Material) -> list[str]:
    if not material.has_members:
        return []
    said = []
    for key in material.gaps["profession"]:
        lacking, is_everywhere = material.lacking(key)
        if lacking and not is_everywhere:
            text = _("Lengkapi {profession} di {names}.")
            label = vocabulary("professions").label(key)
            said.append(text.format(profession=label, names=_names(material, lacking)))
    return said[:_NAMED]


def _names(material: Material, codes: list[str]) -> str:
    names = [material.places.label(code) for code in codes[:_NAMED]]
    if len(codes) > _NAMED:
        names.append(_("{n} lainnya").format(n=number(len(codes) - _NAMED)))
    return ", ".join(names)
