"""What each indicator is, in words: the texts of the registry, in Indonesian as the catalogue knows
them. Written for a planner: what is counted, by what it is divided, how, and what it does not say.
"""

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


_REGISTER = N_("Register dan rekap kasus yang diimpor.")
_MEMBERS = N_("Daftar anggota yang diimpor.")
_NONE = N_("Tidak ada (cacah).")

WORDS = {
    "cases": Words(
        label=N_("Kasus"),
        unit=N_("kasus"),
        numerator=N_("Kasus yang dilaporkan dalam periode."),
        denominator=_NONE,
        method=N_(
            "Setiap baris register adalah satu kasus; baris rekap sebanyak angkanya. Angka kota "
            "adalah jumlah semua kelurahan ditambah kasus yang kelurahannya tidak diketahui. "
            "Kasus dari luar kota ditampilkan terpisah."
        ),
        source=_REGISTER,
        caveat=N_(
            "Ini kasus yang dilaporkan, bukan semua yang terjadi. Laporan yang bertambah dapat "
            "berarti jangkauan layanan membaik."
        ),
    ),
    "cases_change": Words(
        label=N_("Perubahan kasus"),
        unit=N_("persen"),
        numerator=N_("Kasus dalam periode."),
        denominator=N_("Kasus dalam periode sebelumnya yang sama panjang."),
        method=N_(
            "Perubahan dalam persen terhadap periode sebelumnya, dengan selang kepercayaan 95% "
            "eksak (binomial bersyarat) untuk rasio dua cacah Poisson. Jika selang memuat nol, "
            "perubahan belum dapat dibedakan dari kebetulan. Periode yang belum selesai "
            "dibandingkan dengan bagian awal yang sama panjang dari periode sebelumnya."
        ),
        source=N_("Register dan rekap kasus yang diimpor; Przyborowski & Wilenski (1940)."),
        caveat=N_(
            "Naik tidak selalu buruk dan turun tidak selalu baik: jumlah laporan juga mengikuti "
            "jangkauan layanan. Tanpa kasus pada periode sebelumnya tidak ada persentase."
        ),
    ),
    "clients": Words(
        label=N_("Klien"),
        unit=N_("klien"),
        numerator=N_("Klien berbeda yang kasusnya dilaporkan dalam periode."),
        denominator=_NONE,
        method=N_(
            "Nomor register yang sama dihitung satu klien. Baris tanpa nomor register dihitung "
            "sebagai klien tersendiri, dan baris rekap sebanyak kasusnya."
        ),
        source=_REGISTER,
        caveat=N_(
            "Klien yang datang dengan dua nomor register terhitung dua kali, karena nama dan "
            "NIK tidak disimpan."
        ),
    ),
    "problems": Words(
        label=N_("Masalah"),
        unit=N_("masalah"),
        numerator=N_("Masalah yang disebut pada kasus dalam periode."),
        denominator=_NONE,
        method=N_(
            "Kasus dengan tiga masalah dihitung tiga. Kasus yang masalahnya tidak diketahui "
            "tidak menyumbang. Rekap yang diurai menurut jenis dihitung menurut jenisnya."
        ),
        source=_REGISTER,
        caveat=N_(
            "Jumlah masalah lebih besar daripada jumlah kasus bila satu kasus memuat beberapa "
            "masalah; keduanya tidak boleh dijumlahkan."
        ),
    ),
    "case_rate_per_10k": Words(
        label=N_("Angka kasus"),
        unit=N_("kasus per 10.000 penduduk per tahun"),
        numerator=N_("Kasus dalam periode yang kelurahannya diketahui."),
        denominator=N_("Orang-tahun: penduduk setiap tahun dikalikan bagian tahun yang diamati."),
        method=N_(
            "Selang kepercayaan 95%: Poisson eksak bila kurang dari 10 kasus, Byar mulai 10 "
            "kasus. Dibandingkan dengan angka seluruh kota memakai batas corong 95% dan 99,8%. "
            "Bila kasus yang diharapkan kurang dari 5, data belum cukup untuk menilai. Putusan "
            "hanya diberikan bila tetap berlaku di mana pun kasus tanpa kelurahan terjadi."
        ),
        source=N_(
            "Register dan rekap kasus; penduduk tahun terdekat yang tersedia; Breslow & Day "
            "(1987); Spiegelhalter (2005)."
        ),
        caveat=N_(
            "Kasus dari luar kota dan kasus tanpa kelurahan tidak masuk angka ini. Kelurahan yang "
            "tidak tercantum dalam rekap tidak diberi angka, karena belum tentu nol. Bila penduduk "
            "masih perkiraan, angka kasus juga perkiraan."
        ),
    ),
    "smoothed_rate_per_10k": Words(
        label=N_("Angka kasus dihaluskan"),
        unit=N_("kasus per 10.000 penduduk per tahun"),
        numerator=N_("Kasus kelurahan dalam periode."),
        denominator=N_("Orang-tahun kelurahan dalam periode."),
        method=N_(
            "Angka setiap kelurahan ditarik ke arah angka kota, makin kuat makin sedikit "
            "penduduknya (Bayes empiris global). Ragam antarkelurahan yang lebih kecil daripada "
            "kebetulan dianggap nol; semua kelurahan lalu sama dengan kota."
        ),
        source=N_("Register dan rekap kasus, tabel penduduk; Marshall (1991)."),
        caveat=N_(
            "Untuk melihat pola, bukan untuk menghitung: jumlahnya tidak sama dengan jumlah kasus, "
            "dan kelurahan yang benar-benar berbeda tampak kurang berbeda."
        ),
    ),
    "member_shortfall": Words(
        label=N_("Kekurangan anggota"),
        unit=N_("orang"),
        numerator=N_(
            "Anggota yang diperlukan kelurahan agar perbandingan anggota dan kebutuhannya sama "
            "dengan kota."
        ),
        denominator=_NONE,
        method=N_(
            "Kebutuhan adalah kasus per tahun menurut rata-rata sebaran Gamma-Poisson. Kekurangan "
            "adalah kebutuhan kali anggota kota per kebutuhan, dikurangi anggota aktif kelurahan. "
            "Selang 95% dan peringkat berasal dari 10.000 tarikan dengan benih tetap; kelurahan "
            "yang peringkatnya tidak dapat dipastikan berada dalam satu kelompok."
        ),
        source=N_("Register dan rekap kasus, daftar anggota, tabel penduduk."),
        caveat=N_(
            "Pembandingnya perbandingan kota sekarang, bukan jumlah yang ideal. Anggota tingkat "
            "kota tidak dihitung. Nilai negatif berarti lebih dari perbandingan kota, bukan "
            "berlebih."
        ),
    ),
    "active_members": Words(
        label=N_("Anggota aktif"),
        unit=N_("orang"),
        numerator=N_("Anggota yang bertugas pada hari terakhir periode."),
        denominator=_NONE,
        method=N_(
            "Anggota aktif bila masa tugasnya sudah mulai dan belum berakhir. Setiap orang "
            "dihitung sekali untuk kota. Anggota tingkat kota dan anggota tanpa kelurahan hanya "
            "dihitung untuk kota. Ini cacah lengkap, jadi tanpa selang kepercayaan."
        ),
        source=_MEMBERS,
        caveat=N_(
            "Anggota tanpa tanggal mulai dianggap sudah bertugas. Daftar yang tidak diperbarui "
            "membuat angka ini terlalu tinggi."
        ),
    ),
    "members_per_10k": Words(
        label=N_("Anggota per 10.000 penduduk"),
        unit=N_("orang per 10.000 penduduk"),
        numerator=N_("Anggota yang bertugas pada hari terakhir periode."),
        denominator=N_("Penduduk pada tahun hari itu."),
        method=N_(
            "Anggota aktif dibagi penduduk. Untuk kota, anggota tingkat kota ikut dihitung. Ini "
            "cacah lengkap, jadi tanpa selang kepercayaan."
        ),
        source=N_("Daftar anggota; penduduk tahun terdekat yang tersedia."),
        caveat=N_(
            "Rasio tidak memperhitungkan jam kerja anggota maupun kebutuhan di tiap kelurahan."
        ),
    ),
    "area_coverage": Words(
        label=N_("Cakupan wilayah"),
        unit=N_("persen kelurahan"),
        numerator=N_("Kelurahan dengan sedikitnya satu anggota aktif."),
        denominator=N_("Semua kelurahan."),
        method=N_(
            "Pada hari terakhir periode. Anggota tingkat kota tidak membuat kelurahan terhitung "
            "tercakup. Ini cacah lengkap atas semua kelurahan, jadi tanpa selang kepercayaan."
        ),
        source=_MEMBERS,
        caveat=N_("Satu anggota sudah dihitung tercakup, berapa pun penduduk kelurahannya."),
    ),
    "profession_coverage": Words(
        label=N_("Cakupan unsur"),
        unit=N_("persen"),
        numerator=N_(
            "Untuk kota: kelurahan yang memiliki semua unsur wajib. Untuk kelurahan: unsur "
            "wajib yang dimiliki."
        ),
        denominator=N_("Untuk kota: semua kelurahan. Untuk kelurahan: semua unsur wajib."),
        method=N_(
            "Unsur wajib ditandai dalam daftar profesi. Anggota tingkat kota tidak dihitung "
            "untuk kelurahan. Ini cacah lengkap, jadi tanpa selang kepercayaan."
        ),
        source=N_("Daftar anggota; daftar profesi (professions.csv)."),
        caveat=N_(
            "Profesi yang tidak dikenali tidak memenuhi unsur mana pun. Daftar unsur wajib "
            "adalah pilihan yang dapat diubah, bukan ketentuan hukum."
        ),
    ),
    "open_cases_per_member": Words(
        label=N_("Beban per anggota"),
        unit=N_("kasus terbuka per anggota"),
        numerator=N_("Kasus yang masih terbuka pada hari terakhir periode."),
        denominator=N_("Anggota yang bertugas pada hari itu."),
        method=N_(
            "Kasus terbuka dibagi anggota aktif; selang kepercayaan 95% dari selang Poisson "
            "kasus terbuka. Tanpa anggota tidak ada nilai."
        ),
        source=N_("Register kasus; daftar anggota."),
        caveat=N_(
            "Kasus yang statusnya tidak diketahui dan rekap tanpa status tidak dihitung "
            "terbuka. Tidak semua anggota menangani kasus."
        ),
    ),
    "open_cases_per_counsellor": Words(
        label=N_("Beban per konselor"),
        unit=N_("kasus terbuka per konselor"),
        numerator=N_("Kasus yang masih terbuka pada hari terakhir periode."),
        denominator=N_("Pekerja sosial dan psikolog yang bertugas pada hari itu."),
        method=N_(
            "Kasus terbuka dibagi konselor aktif; selang kepercayaan 95% dari selang Poisson "
            "kasus terbuka. Tanpa konselor tidak ada nilai."
        ),
        source=N_("Register kasus; daftar anggota; daftar profesi (professions.csv)."),
        caveat=N_(
            "Konselor sering bertugas untuk seluruh kota, sehingga angka kota lebih bermakna "
            "daripada angka kelurahan."
        ),
    ),
    "days_to_close_median": Words(
        label=N_("Lama penanganan"),
        unit=N_("hari"),
        numerator=N_("Hari dari laporan sampai kasus ditutup."),
        denominator=N_("Kasus periode ini yang sudah ditutup dan kedua tanggalnya diketahui."),
        method=N_("Median, dengan kuartil bawah dan atas (bukan selang kepercayaan)."),
        source=N_("Register kasus."),
        caveat=N_(
            "Kasus yang masih terbuka tidak ikut, sehingga median periode terbaru terlalu "
            "rendah sampai kasusnya ditutup. Baca bersama kasus yang terbuka lebih dari 90 hari."
        ),
    ),
    "closed_within_30_pct": Words(
        label=N_("Ditutup dalam 30 hari"),
        unit=N_("persen kasus"),
        numerator=N_("Kasus yang ditutup paling lama 30 hari setelah dilaporkan."),
        denominator=N_(
            "Kasus periode ini yang dilaporkan sedikitnya 30 hari sebelum data berakhir."
        ),
        method=N_(
            "Persentase dengan selang kepercayaan 95% Wilson. Kasus yang umurnya belum 30 hari "
            "tidak ikut, supaya kasus baru tidak menurunkan angka."
        ),
        source=N_("Register kasus; Wilson (1927)."),
        caveat=N_(
            "Hanya kasus dengan tanggal lengkap. Kasus berstatus selesai tanpa tanggal penutupan "
            "tidak ikut. Cepat ditutup tidak sama dengan tertangani dengan baik."
        ),
    ),
    "closed_within_90_pct": Words(
        label=N_("Ditutup dalam 90 hari"),
        unit=N_("persen kasus"),
        numerator=N_("Kasus yang ditutup paling lama 90 hari setelah dilaporkan."),
        denominator=N_(
            "Kasus periode ini yang dilaporkan sedikitnya 90 hari sebelum data berakhir."
        ),
        method=N_(
            "Persentase dengan selang kepercayaan 95% Wilson. Kasus yang umurnya belum 90 hari "
            "tidak ikut, supaya kasus baru tidak menurunkan angka."
        ),
        source=N_("Register kasus; Wilson (1927)."),
        caveat=N_(
            "Hanya kasus dengan tanggal lengkap. Kasus berstatus selesai tanpa tanggal penutupan "
            "tidak ikut. Cepat ditutup tidak sama dengan tertangani dengan baik."
        ),
    ),
    "open_over_90_days": Words(
        label=N_("Terbuka lebih dari 90 hari"),
        unit=N_("kasus"),
        numerator=N_("Kasus terbuka yang dilaporkan lebih dari 90 hari sebelumnya."),
        denominator=_NONE,
        method=N_(
            "Dihitung pada hari terakhir periode, kapan pun kasus itu dilaporkan. Cacah, jadi "
            "tanpa selang kepercayaan."
        ),
        source=N_("Register kasus."),
        caveat=N_("Register yang statusnya tidak diperbarui membuat angka ini terlalu tinggi."),
    ),
}
