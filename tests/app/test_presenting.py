"""Mode rapat, Ekspor and Tindak lanjut in the states that only they have."""

import re
from datetime import date, timedelta
from io import BytesIO

from pptx import Presentation

from lk3.decisions import Decision, decisions_in, keep_decision
from lk3.reports.slides import SLIDES
from lk3.store import open_store
from lk3.ui.views.export import file_name
from tests.app.boards import PLACES, go_to, open_board, register, run, save, texts
from tests.reports_for_tests import report_of

MEETING, EXPORT, DECISIONS = (f"present/{n}.py" for n in ("meeting", "export", "decisions"))
NAMED = re.compile(r"[\w–-]+\.(pptx|xlsx|html|pdf|png)")


def keep(**changes):
    body = {
        "text": "Tambah psikolog",
        "office": "Dinas Uji",
        "until": "",
        "about": "coverage",
        **changes,
    }
    return keep_decision(open_store().notes, Decision(**body))


def after(board, _done):
    """The next run, after something was done to a widget."""
    return run(board)


def buttons(board):
    return {each.proto.label: each.proto for each in board.get("download_button")}


def slide_of(board):
    return board.title[0].value.replace("\\", "")


# --- Mode rapat ------------------------------------------------------------------------------


def test_each_move_shows_its_slide_and_the_ends_lead_no_further():
    board = go_to(open_board(), MEETING)
    assert board.button(key="rapat_left").disabled
    assert board.button(key="rapat_home").disabled

    after(board, board.button(key="rapat_end").click())

    assert slide_of(board) == "Cara membaca angka ini"
    assert board.query_params["salindia"] == str(len(SLIDES))
    assert board.button(key="rapat_right").disabled
    assert f"{len(SLIDES)} dari {len(SLIDES)}" in texts(board)


def test_slides_are_for_the_public_until_somebody_says_otherwise():
    board = go_to(open_board(), MEETING)
    assert "angka kecil disembunyikan" in texts(board)

    after(board, board.button(key="rapat_untuk").click())

    assert "untuk kalangan sendiri" in texts(board)
    assert "angka kecil disembunyikan" not in texts(board)


def test_a_decision_taken_in_the_meeting_is_on_its_slide_in_the_next_run():
    board = go_to(open_board(), MEETING)
    for _step in range(4):
        after(board, board.button(key="rapat_right").click())
    board.text_area(key="rapat_apa").input("Tambah psikolog")
    board.text_input(key="rapat_siapa").input("Dinas Uji")
    after(board, board.button(key="rapat_simpan").click())

    (kept,) = decisions_in(open_store().notes)
    assert (kept.text, kept.office, kept.about, kept.status) == (
        "Tambah psikolog", "Dinas Uji", "coverage", "planned",
    )  # fmt: skip
    assert board.text_area(key="rapat_apa").value == ""
    board.query_params["salindia"] = str(1 + list(SLIDES).index("decisions"))
    assert slide_of(run(board)) == "1 dari 1 keputusan belum selesai; 0 melewati batas waktu."


def test_a_decision_that_is_refused_says_why_and_keeps_what_was_written():
    board = go_to(open_board(), MEETING)
    board.text_area(key="rapat_apa").input("Hubungi 0812-3456-7890")
    board.text_input(key="rapat_siapa").input("Dinas Uji")
    after(board, board.button(key="rapat_simpan").click())

    assert "nomor telepon" in board.error[0].value
    assert board.text_area(key="rapat_apa").value == "Hubungi 0812-3456-7890"
    assert decisions_in(open_store().notes) == ()


# --- Ekspor ----------------------------------------------------------------------------------


def test_every_format_has_its_button_and_a_name_that_windows_takes():
    board = go_to(open_board(), EXPORT)

    assert list(buttons(board)) == ["PowerPoint", "Excel", "Halaman HTML", "PDF", "Kartu WhatsApp"]
    assert board.title[0].value == f"Laporan 2025: {len(SLIDES)} bagian siap diunduh."


def test_names_of_files_hold_no_sign_that_windows_forbids():
    report = report_of()
    for period in ("Jan 2024 – Mar 2024", 'a/b\\c:d*e?f"g<h>i|j', "x" * 300):
        object.__setattr__(report, "period", period)
        name = file_name(report, "pptx")
        assert NAMED.fullmatch(name), name
        assert len(name) < 140


def test_numbers_for_staff_come_with_a_warning():
    board = go_to(open_board(), EXPORT)
    assert not board.warning

    after(board, board.selectbox(key="ekspor_untuk").set_value("internal"))

    assert "Jangan diteruskan" in board.warning[0].value


def test_page_and_file_have_each_their_own_language():
    board = go_to(open_board(lang="en"), EXPORT)
    assert "Report 2025" in board.title[0].value

    after(board, board.selectbox(key="ekspor_bahasa").set_value("id"))
    after(board, board.selectbox(key="ekspor_pratinjau").set_value("methods"))

    assert "Report 2025" in board.title[0].value
    assert board.subheader[0].value == "Cara membaca angka ini"
    assert "HTML page" in buttons(board)


def test_choices_survive_another_page_and_another_language():
    board = go_to(open_board(), EXPORT)
    after(board, board.selectbox(key="ekspor_untuk").set_value("internal"))
    after(board, board.selectbox(key="ekspor_satuan").set_value("month"))
    go_to(go_to(board, DECISIONS), EXPORT)
    board.segmented_control(key="lang").set_value("en").run()

    assert board.selectbox(key="ekspor_untuk").value == "internal"
    assert board.selectbox(key="ekspor_satuan").value == "month"
    assert board.selectbox(key="ekspor_bahasa").value == "id"


def test_without_a_section_there_is_a_sentence_and_no_file():
    board = go_to(open_board(ekspor_bagian=[]), EXPORT)

    assert [each.value for each in board.error] == ["Pilih sedikitnya satu bagian untuk berkas."]
    assert buttons(board) == {}


def test_without_summary_or_map_there_is_no_card():
    board = go_to(open_board(ekspor_bagian=["title", "summary"]), EXPORT)

    assert "Kartu WhatsApp" not in buttons(board)
    assert board.title[0].value == "Laporan 2025: 2 bagian siap diunduh."


def test_a_template_that_is_no_deck_is_told_before_the_deck_is_asked_for():
    board = go_to(open_board(), EXPORT)
    after(board, board.file_uploader(key="templat_kantor").upload("kantor.pptx", b"%PDF-1.7"))

    assert board.error[0].value.startswith("Templat itu bukan berkas PowerPoint (.pptx).")
    assert buttons(board)["PowerPoint"].disabled
    assert not buttons(board)["Excel"].disabled

    deck = BytesIO()
    Presentation().save(deck)
    after(board, board.file_uploader(key="templat_kantor").upload("kantor.pptx", deck.getvalue()))

    assert not board.error
    assert not buttons(board)["PowerPoint"].disabled


def test_one_case_no_members_and_a_filter_that_matches_nothing_still_make_a_report():
    save(register(PLACES.label(PLACES.codes[0])), "register.csv")
    for choices in ({}, {"masalah": ["napza"]}, {"periode": "all"}):
        board = go_to(open_board(**choices), EXPORT)
        for key in ("summary", "coverage", "professions", "trend"):
            after(board, board.selectbox(key="ekspor_pratinjau").set_value(key))
            assert not board.exception, (choices, key)
            assert not board.error, (choices, key, board.error[0].value)


# --- Tindak lanjut ---------------------------------------------------------------------------


def test_without_decisions_the_page_says_so_and_offers_the_form():
    board = go_to(open_board(), DECISIONS)

    assert board.title[0].value == "Belum ada keputusan rapat yang dicatat."
    assert board.text_area(key="keputusan_apa").value == ""


def test_a_late_decision_is_told_by_sign_and_word_and_counted():
    keep(until=(date.today() - timedelta(days=1)).isoformat())
    keep(text="Rapat lagi", until=date.today().isoformat())
    keep(text="Sudah", status="done", until="2020-01-01")

    board = go_to(open_board(), DECISIONS)

    assert board.title[0].value == "2 keputusan belum selesai, 1 melewati batas waktu."
    late, still, ended = (m.value for m in board.markdown if m.value[0] in "⚠○✓")
    assert (late[0], still[0], ended[0]) == ("⚠", "○", "✓")
    assert sum("terlambat" in each.value for each in board.caption) == 1


def test_a_status_is_changed_in_place():
    id = keep()
    board = go_to(open_board(), DECISIONS)

    after(board, board.selectbox(key=f"status_{id}").set_value("done"))

    assert [(each.id, each.status) for each in decisions_in(open_store().notes)] == [(id, "done")]
    assert board.title[0].value == "Semua keputusan sudah selesai."


def test_a_decision_is_removed_only_after_a_second_click():
    id = keep()
    board = go_to(open_board(), DECISIONS)
    assert "Hapus keputusan ini?" in texts(board)

    after(board, board.button(key=f"hapus_{id}").click())

    assert decisions_in(open_store().notes) == ()
    assert board.title[0].value == "Belum ada keputusan rapat yang dicatat."


def test_a_decision_leads_back_to_its_slide():
    keep()
    board = go_to(open_board(), DECISIONS)

    (link,) = [each.proto for each in board.get("page_link") if "Peta cakupan" in each.proto.label
               and "salindia" in each.proto.label]  # fmt: skip
    assert f"salindia={1 + list(SLIDES).index('coverage')}" in link.query_string


def test_the_form_keeps_a_decision_with_its_slide():
    board = go_to(open_board(), DECISIONS)
    board.text_area(key="keputusan_apa").input("Tambah babinsa")
    board.text_input(key="keputusan_siapa").input("Koramil Uji")
    board.selectbox(key="keputusan_tentang").set_value("professions")
    after(board, next(b for b in board.button if b.label == "Simpan keputusan").click())

    (kept,) = decisions_in(open_store().notes)
    assert (kept.text, kept.office, kept.about) == ("Tambah babinsa", "Koramil Uji", "professions")
    assert kept.decided_on == date.today().isoformat()
