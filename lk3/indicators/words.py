"""The texts of the registry, in Indonesian as the catalogue knows them. Here those of cases; with
those of members they are `WORDS`. Written for a planner: what is counted, by what it is divided,
how, and what it does not say.
"""

from lk3.indicators.words_form import NONE, REGISTER, Words
from lk3.indicators.words_people import PEOPLE_WORDS
from lk3.language import N_

CASE_WORDS = {
    "cases": Words(
        label=N_("Kasus"),
        unit=N_("kasus"),
        numerator=N_("Kasus yang dilaporkan dalam periode."),
        denominator=NONE,
        method=N_(
            "Setiap baris register adalah satu kasus; baris rekap sebanyak angkanya. Angka kota "
            "adalah jumlah semua kelurahan ditambah kasus yang kelurahannya tidak diketahui. "
            "Kasus dari luar kota ditampilkan terpisah."
        ),
        source=REGISTER,
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
        denominator=NONE,
        method=N_(
            "Nomor register yang sama dihitung satu klien. Baris tanpa nomor register dihitung "
            "sebagai klien tersendiri, dan baris rekap sebanyak kasusnya."
        ),
        source=REGISTER,
        caveat=N_(
            "Klien yang datang dengan dua nomor register terhitung dua kali, karena nama dan "
            "NIK tidak disimpan."
        ),
    ),
    "problems": Words(
        label=N_("Masalah"),
        unit=N_("masalah"),
        numerator=N_("Masalah yang disebut pada kasus dalam periode."),
        denominator=NONE,
        method=N_(
            "Kasus dengan tiga masalah dihitung tiga. Kasus yang masalahnya tidak diketahui "
            "tidak menyumbang. Rekap yang diurai menurut jenis dihitung menurut jenisnya."
        ),
        source=REGISTER,
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
        denominator=NONE,
        method=N_(
            "Dihitung pada hari terakhir periode, kapan pun kasus itu dilaporkan. Cacah, jadi "
            "tanpa selang kepercayaan."
        ),
        source=N_("Register kasus."),
        caveat=N_("Register yang statusnya tidak diperbarui membuat angka ini terlalu tinggi."),
    ),
}
WORDS = CASE_WORDS | PEOPLE_WORDS
