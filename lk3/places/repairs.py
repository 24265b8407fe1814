"""What was wrong with the boundaries, in sentences for whoever looks after the folder."""

from collections.abc import Iterable, Mapping

from lk3.language import N_, _, number
from lk3.places.model import Places, Repair

_NAMED = 5
SENTENCES = {
    "swapped": N_(
        "Bujur dan lintang tertukar pada semua wilayah; keduanya dikembalikan ke urutannya."
    ),
    "invalid": N_(
        "Batas {n} wilayah rusak (memotong dirinya sendiri) dan diperbaiki: {areas}."
    ),
    "merged": N_("{n} wilayah tersimpan dalam beberapa potong dan digabungkan: {areas}."),
    "no_code": N_("{n} poligon tidak berkode dan tidak dipakai."),
    "no_polygon": N_("{n} wilayah tidak mempunyai poligon dan tidak dipakai: {areas}."),
    "no_name": N_("{n} wilayah tidak bernama, sehingga kodenya yang ditulis: {areas}."),
    "uneven": N_(
        "Batas {n} wilayah tidak rapat dengan tetangganya (celah atau tumpang tindih), sehingga "
        "daftar tetangga mungkin tidak lengkap: {areas}. Rapatkan dengan perintah place."
    ),
}  # fmt: skip


def repair_words(places: Places) -> list[str]:
    """A sentence for each thing that was wrong with the boundaries; none when all was well."""
    return sentences_of(places.repairs, dict(places.areas["label"]))


def sentences_of(repairs: Iterable[Repair], labels: Mapping[str, str]) -> list[str]:
    """The same for areas with these labels by code; one without is called by its code."""
    return [_sentence(repair, labels) for repair in repairs]


def _sentence(repair: Repair, labels: Mapping[str, str]) -> str:
    named = ", ".join(labels.get(code, code) for code in repair.codes[:_NAMED])
    more = ", ..." if len(repair.codes) > _NAMED else ""
    return _(SENTENCES[repair.what]).format(n=number(repair.n), areas=named + more)
