"""Metode: the registry of indicators and the rules of counting, in words."""

import pandas as pd
import streamlit as st

from lk3 import settings
from lk3.indicators import INDICATORS, verdict_label
from lk3.indicators.funnel import EXPECTED_AT_LEAST, VERDICTS
from lk3.intake.findings import rule_label, rules
from lk3.language import N_, _, number
from lk3.places import repair_words
from lk3.ui.view import View
from lk3.ui.views.quality import SEVERITIES
from lk3.ui.widgets.headline import headline, section
from lk3.ui.widgets.tables import show_table

COUNTING = (
    N_("Satu kasus adalah satu nomor register dalam satu tahun. Laporan lanjutan atas nomor yang "
       "sama digabung; salinan yang persis sama disisihkan."),
    N_("Kasus, klien, dan masalah adalah tiga hitungan yang berbeda: satu klien dapat memiliki "
       "beberapa kasus, dan satu kasus beberapa masalah."),
    N_("Kasus tanpa kelurahan dihitung untuk kota, tidak pernah untuk kelurahan. Kasus dari luar "
       "kota ditampilkan terpisah dan tidak ikut angka kota."),
    N_("Rekap yang mengumumkan lebih banyak kasus daripada rinciannya belum lengkap: sisanya "
       "dihitung untuk kota, dan kelurahan yang tidak tercantum di dalamnya tidak dianggap nol."),
    N_("Kasus masuk ke suatu periode hanya bila tanggal laporannya pasti berada di dalamnya. Yang "
       "hanya diketahui triwulan atau tahunnya tidak dibagi ke bulan; jumlahnya selalu disebut."),
    N_("Baris rekap yang merinci kasus yang sama menurut jenis atau jenis kelamin tidak dihitung "
       "dua kali."),
    N_("Anggota aktif adalah anggota yang masa tugasnya sudah mulai dan belum berakhir pada hari "
       "terakhir periode. Anggota tingkat kota dihitung sekali, untuk kota saja."),
    N_("Angka per penduduk memakai jumlah penduduk tahun yang terdekat dengan periodenya."),
)  # fmt: skip


def methods_headline(view: View) -> None:
    """What this page is for."""
    headline(
        _("Setiap angka menyebut cara menghitungnya, selangnya, dan batas artinya."),
        overline=" · ".join((_("Metode"), view.places.institute)),
    )


def indicators() -> None:
    """Every indicator: what is counted, divided by what, how, from where, within what limits."""
    section(_("Indikator"))
    for indicator in INDICATORS.values():
        with st.expander(f"**{indicator.label}** · {indicator.unit}"):
            lines = (
                (_("Pembilang"), indicator.numerator),
                (_("Penyebut"), indicator.denominator),
                (_("Cara"), indicator.method),
                (_("Sumber"), indicator.source),
                (_("Catatan"), indicator.caveat),
            )
            st.markdown("\n".join(f"- **{name}:** {text}" for name, text in lines if text))


def judging() -> None:
    """How a kelurahan is compared with the city."""
    section(_("Membandingkan kelurahan dengan kota"))
    st.markdown(
        _(
            "Angka kasus tiap kelurahan dibandingkan dengan angka kota memakai batas corong 95% "
            "dan 99,8%. Bila kasus yang diharapkan kurang dari {n}, kelurahan itu tidak dinilai. "
            "Putusannya: {verdicts}. Kasus tanpa kelurahan dapat terjadi di kelurahan mana pun: "
            "kelurahan disebut di bawah kota hanya bila tetap di bawah seandainya semua kasus itu "
            "miliknya, dan di atas kota hanya bila tetap di atas seandainya tidak satu pun "
            "miliknya. Banyak kasus yang dilaporkan dapat berarti banyak masalah, "
            "tetapi juga jangkauan layanan yang baik."
        ).format(
            n=number(EXPECTED_AT_LEAST),
            verdicts="; ".join(verdict_label(key).lower() for key in VERDICTS),
        )
    )
    st.markdown(
        _(
            "Beberapa tahun dapat digabung agar kasusnya cukup; setiap tahun memakai penduduknya "
            "sendiri. Bila penduduk masih perkiraan, putusan diuji dengan penduduk kelurahan itu "
            "10% lebih sedikit dan 10% lebih banyak. Pola antarkelurahan yang bertetangga diuji "
            "sekali untuk seluruh kota dengan I Moran atas angka terstandardisasi (Assunção & Reis "
            "1999); uji per kelurahan tidak berarti karena tetangganya terlalu sedikit."
        )
    )


def boundaries(view: View) -> None:
    """Of how many areas the place consists, and what was wrong with its boundaries."""
    places = view.places
    parts = [_("{n} kelurahan").format(n=number(len(places.codes)))]
    if places.districts:
        parts.append(_("{n} kecamatan").format(n=number(len(places.districts))))
    if len(places.regencies) > 1:
        parts.append(_("{n} kabupaten/kota").format(n=number(len(places.regencies))))
    said = [
        _("{title} dibaca sebagai {parts}.").format(title=places.title, parts=", ".join(parts)),
        *repair_words(places),
    ]
    if places.shared:
        said.append(
            _(
                "Nama yang dipakai beberapa kelurahan ditulis bersama kecamatannya; dalam lembar "
                "yang hanya menyebut namanya, barisnya disisihkan sampai kecamatannya ditulis."
            )
        )
    section(_("Wilayah dan batasnya"))
    st.markdown("\n".join(f"- {text}" for text in said))


def counting_rules() -> None:
    """What counts as one case, where and when."""
    section(_("Aturan menghitung"))
    st.markdown("\n".join(f"- {_(rule)}" for rule in COUNTING))


def disclosure_note() -> None:
    """Who sees what."""
    section(_("Perlindungan data pribadi"))
    st.markdown(
        _(
            "Nama, NIK, alamat, nomor telepon, dan kronologi dibuang saat berkas dibaca dan tidak "
            "pernah disimpan. Nomor register diganti kode yang tidak dapat dikembalikan. Halaman "
            "ini untuk petugas; pada bahan untuk umum, jumlah kasus 1 sampai {n} disembunyikan, "
            "bersama angka lain yang dapat mengungkapkannya."
        ).format(n=number(settings.get_int("LK3_SUPPRESS_BELOW") - 1))
    )


def rules_of_checks() -> None:
    """Every rule by which sheets are checked."""
    section(_("Aturan pemeriksaan berkas"))
    known = rules().values()
    frame = pd.DataFrame(
        {
            _("Temuan"): [rule_label(rule.rule) for rule in known],
            _("Tingkat"): [_(SEVERITIES[rule.severity]) for rule in known],
        }
    )
    with st.expander(_("{n} aturan").format(n=number(len(frame)))):
        show_table(frame, alt=_("Aturan pemeriksaan berkas"), key="metode_aturan")
