"""The texts of the indicators of members, and of what rests on each of them. Written for a planner:
what is counted, by what it is divided, how, and what it does not say.
"""

from lk3.indicators.words_form import MEMBERS, NONE, Words
from lk3.language import N_

PEOPLE_WORDS = {
    "member_shortfall": Words(
        label=N_("Kekurangan anggota"),
        unit=N_("orang"),
        numerator=N_(
            "Anggota yang diperlukan kelurahan agar perbandingan anggota dan kebutuhannya sama "
            "dengan kota."
        ),
        denominator=NONE,
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
        denominator=NONE,
        method=N_(
            "Anggota aktif bila masa tugasnya sudah mulai dan belum berakhir. Setiap orang "
            "dihitung sekali untuk kota. Anggota tingkat kota dan anggota tanpa kelurahan hanya "
            "dihitung untuk kota. Ini cacah lengkap, jadi tanpa selang kepercayaan."
        ),
        source=MEMBERS,
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
            "Anggota aktif dibagi penduduk. Untuk kota, anggota tingkat kota ikut dihitung, "
            "anggota di kelurahan tanpa angka penduduk tidak. Ini cacah lengkap, jadi tanpa selang "
            "kepercayaan."
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
        source=MEMBERS,
        caveat=N_("Satu anggota sudah dihitung tercakup, berapa pun penduduk kelurahannya."),
    ),
    "profession_coverage": Words(
        label=N_("Cakupan unsur"),
        unit=N_("persen"),
        numerator=N_(
            "Untuk kota: kelurahan yang memiliki semua unsur wajib. Untuk kelurahan: unsur "
            "wajib yang dimiliki dengan jumlah minimumnya."
        ),
        denominator=N_("Untuk kota: semua kelurahan. Untuk kelurahan: semua unsur wajib."),
        method=N_(
            "Unsur wajib dan jumlah minimumnya ditandai dalam daftar profesi dan dapat diubah "
            "perencana di halaman Profesi. Anggota tingkat kota tidak dihitung "
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
    "service_coverage": Words(
        label=N_("Cakupan layanan"),
        unit=N_("persen dari target"),
        numerator=N_("Klien berbeda yang kasusnya dilaporkan dalam periode."),
        denominator=N_("Target klien per tahun, dikalikan bagian tahun yang diamati."),
        method=N_(
            "Klien dibagi target. Nilai di atas 100% ditampilkan apa adanya dan ditandai. Cacah "
            "terhadap angka tetap, jadi tanpa selang kepercayaan. Hanya untuk seluruh kota tanpa "
            "saringan, karena targetnya pun begitu."
        ),
        source=N_("Register dan rekap kasus; target yang ditulis perencana."),
        caveat=N_(
            "Target adalah rencana, bukan ukuran kebutuhan. Jauh di atas 100% dapat berarti "
            "targetnya terlalu rendah atau klien terhitung dua kali."
        ),
    ),
}
