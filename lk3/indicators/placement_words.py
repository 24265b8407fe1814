"""Sentences about placements: what a plan does, why each person goes there, what is not known."""

import math

from lk3.indicators.placement import ANY, Change, Placement, Plan, Proposal
from lk3.indicators.placement_effects import Effects, is_told_apart
from lk3.indicators.placement_rules import HUNTINGTON_HILL, LARGEST_SHORTFALL, WEBSTER
from lk3.language import N_, _, ngettext, number
from lk3.places import Places
from lk3.vocabulary import vocabulary

RULES = {
    LARGEST_SHORTFALL: N_("Kekurangan terbesar"),
    WEBSTER: N_("Webster (sebanding dengan kebutuhan)"),
    HUNTINGTON_HILL: N_("Huntington-Hill (mendahulukan yang kecil)"),
}
RULE_HELP = {
    LARGEST_SHORTFALL: N_("Setiap orang ke tempat yang paling banyak kekurangan anggota."),
    WEBSTER: N_("Jumlah anggota dibuat sebanding dengan kebutuhan, besar dan kecil sama saja."),
    HUNTINGTON_HILL: N_("Seperti Webster, tetapi kelurahan kecil lebih dahulu mendapat orang."),
}
CITY_LABELS = {
    "members": N_("Anggota aktif di kota (orang)"),
    "largest_shortfall": N_("Kekurangan terbesar (orang)"),
    "gini": N_("Gini anggota per kebutuhan"),
    "areas_missing_required": N_("Kelurahan tanpa unsur wajib lengkap"),
    "areas_without_member": N_("Kelurahan tanpa anggota"),
    "caseload": N_("Kasus terbuka per anggota"),
}
_DECIMALS = {"largest_shortfall": 1, "gini": 2, "caseload": 2}
_NAMED = 3


def rule_label(rule: str) -> str:
    """The rule in words."""
    return _(RULES[rule])


def rule_help(rule: str) -> str:
    """What the rule wants, in one sentence."""
    return _(RULE_HELP[rule])


def decimals_of(name: str) -> int:
    """How many decimals a number of the city is shown with."""
    return _DECIMALS.get(name, 0)


def profession_label(profession: str) -> str:
    """The profession, or that it is left open."""
    return (
        _("Profesi apa pun") if profession == ANY else vocabulary("professions").label(profession)
    )


def headline_plan(plan: Plan, effects: Effects, places: Places) -> str:
    """Who goes where, and what it does to the largest shortfall."""
    if not plan:
        return _("Isi jumlah orang untuk melihat di mana mereka paling membantu.")
    return " ".join(part for part in (_plan_words(plan, places), _effect_words(effects)) if part)


def _plan_words(plan: Plan, places: Places) -> str:
    """The people who come, those left open last, and how many others change."""
    added: dict[str, list[str]] = {}
    for change in plan:
        if change.action == "add":
            added.setdefault(change.profession, []).append(change.code)
    left_open = added.pop(ANY, [])
    parts = [
        _("{profession} di {names}").format(
            profession=profession_label(profession), names=_counted(codes, places)
        )
        for profession, codes in added.items()
    ]
    if left_open:
        count = len(left_open)
        text = (
            ngettext("{n} orang lainnya di {names}", "{n} orang lainnya di {names}", count)
            if added
            else ngettext("{n} orang di {names}", "{n} orang di {names}", count)
        )
        parts.append(text.format(n=number(count), names=_counted(left_open, places)))
    others = sum(change.action != "add" for change in plan)
    if others:
        text = ngettext("{n} anggota pindah atau keluar", "{n} anggota pindah atau keluar", others)
        parts.append(text.format(n=number(others)))
    return "; ".join(parts) + "."


def _counted(codes: list[str], places: Places) -> str:
    """Names in order, with how many where it is more than one."""
    counts = {code: codes.count(code) for code in codes}
    names = [
        places.label(code) if n == 1 else f"{places.label(code)} ({number(n)})"
        for code, n in counts.items()
    ]
    shown = names if len(names) <= _NAMED + 2 else names[:_NAMED]
    rest = len(names) - len(shown)
    return ", ".join([*shown, *([_("{n} lainnya").format(n=number(rest))] if rest else [])])


def _effect_words(effects: Effects) -> str:
    before, after = effects.largest("before"), effects.largest("after")
    if math.isnan(before) or math.isnan(after):
        return ""
    if round(before, 1) == round(after, 1):
        return _("Kekurangan terbesar tetap {n} orang.").format(n=number(after, 1))
    text = (
        _("Kekurangan terbesar turun dari {before} menjadi {after} orang.")
        if after < before
        else _("Kekurangan terbesar naik dari {before} menjadi {after} orang.")
    )
    return text.format(before=number(before, 1), after=number(after, 1))


def reason(placement: Placement) -> str:
    """Why the rule sends this person there; of one whose profession is left open, also which
    required professions are missing there (where nobody serves, all are).
    """
    parts = []
    if placement.is_missing:
        parts.append(
            _("Belum ada anggota di sini.")
            if placement.profession == ANY
            else _("Unsur wajib ini belum cukup di sini.")
        )
    if not math.isnan(placement.shortfall):
        parts.append(
            _("{members} anggota untuk {need} kasus setahun, {gap}.").format(
                members=number(placement.members),
                need=number(placement.need, 1),
                gap=gap(placement.shortfall),
            )
        )
    if placement.profession == ANY and placement.lacking and not placement.is_missing:
        names = ", ".join(profession_label(key) for key in placement.lacking)
        parts.append(_("Unsur wajib yang kurang: {names}.").format(names=names))
    return " ".join(parts)


def gap(shortfall: float) -> str:
    """A shortfall in words: lacking, or more than the city's ratio gives."""
    text = _("kurang {n} orang") if shortfall > 0 else _("lebih {n} orang")
    return text.format(n=number(abs(shortfall), 1))


def doubt(placement: Placement, places: Places, *, taken: tuple[str, ...] = ()) -> str:
    """Where else this person could be as well, by the rule or for all that the data can say; taken:
    kelurahan that get such a person anyway and need no mention.
    """
    parts = []
    for codes, text in (
        (placement.tied, _("Setara dengan {names}.")),
        (placement.alike, _("Belum dapat dibedakan dari {names}.")),
    ):
        others = [code for code in codes if code not in taken]
        if others:
            parts.append(text.format(names=_counted(others, places)))
    return " ".join(parts)


def doubt_summary(proposal: Proposal) -> str:
    """What the reader is to do about ties and doubts; "" without any."""
    doubtful = sum(bool(each.tied or each.alike) for each in proposal.placements)
    if not doubtful:
        return ""
    return _(
        "Untuk {n} dari {total} orang, data belum dapat membedakan kelurahan usulan dari yang "
        "lain; pilih menurut pengetahuan lapangan."
    ).format(n=number(doubtful), total=number(len(proposal.placements)))


def change_words(change: Change, places: Places) -> str:
    """One change in words."""
    text = {
        "add": _("{profession} ditempatkan di {name}"),
        "move": _("{profession} dipindahkan dari {name} ke {to}"),
        "remove": _("{profession} dikurangi dari {name}"),
    }[change.action]
    return text.format(
        profession=profession_label(change.profession),
        name=places.label(change.code),
        to=places.label(change.to) if change.to else "",
    )


def yardstick_words(effects: Effects) -> str:
    """By what the shortfalls are measured."""
    return _("Pembanding yang sama sebelum dan sesudah: {n} anggota per 100 kasus setahun.").format(
        n=number(effects.members_per_100, 1)
    )


def headline_comparison(
    names: tuple[str, str], effects: tuple[Effects, Effects], chance: float
) -> str:
    """Which of two scenarios leaves the smaller largest shortfall, and whether that is sure."""
    left = [each.largest("after") for each in effects]
    if any(math.isnan(value) for value in left):
        return _(
            "Kekurangan anggota belum dapat dihitung, jadi keduanya hanya dibandingkan menurut "
            "jumlah."
        )
    if round(left[0], 1) == round(left[1], 1):
        said = _("“{a}” dan “{b}” menyisakan kekurangan terbesar yang sama, {n} orang.")
        same = said.format(a=names[0], b=names[1], n=number(left[0], 1))
        return " ".join(part for part in (same, _evener(names, effects)) if part)
    better = 0 if left[0] < left[1] else 1
    said = _("“{a}” menyisakan kekurangan terbesar {x} orang, “{b}” {y} orang.").format(
        a=names[better],
        x=number(left[better], 1),
        b=names[1 - better],
        y=number(left[1 - better], 1),
    )
    if is_told_apart(chance):
        return said
    return said + " " + _("Data belum dapat memastikan mana yang lebih baik.")


def _evener(names: tuple[str, str], effects: tuple[Effects, Effects]) -> str:
    """Which of two shares the members out more evenly; "" when both do alike."""
    first, other = (round(float(each.city["after"]["gini"]), 2) for each in effects)
    if math.isnan(first - other) or first == other:
        return ""
    low, high = sorted((first, other))
    return _("“{a}” lebih merata: Gini {low}, lawannya {high}.").format(
        a=names[0] if first < other else names[1], low=number(low, 2), high=number(high, 2)
    )
