"""What each indicator is, in words: the form of the texts of the registry."""

from dataclasses import dataclass

from lk3.language import N_


@dataclass(frozen=True)
class Words:
    """The texts of an indicator, not yet translated."""

    label: str
    unit: str
    numerator: str
    denominator: str
    method: str
    source: str
    caveat: str


REGISTER = N_("Register dan rekap kasus yang diimpor.")
MEMBERS = N_("Daftar anggota yang diimpor.")
NONE = N_("Tidak ada (cacah).")
