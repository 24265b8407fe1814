"""The switch of languages: everything is said anew, and no choice is lost."""

from lk3 import language
from tests.app.boards import go_to, open_board, texts


def switch(board, language):
    board.segmented_control(key="lang").set_value(language).run()
    return board


def test_switch_says_the_page_in_english():
    board = switch(open_board(), "en")

    assert "cases were reported" in board.title[0].value
    assert "kasus dilaporkan" not in texts(board)
    assert board.metric[1].value.replace(".", "").isdigit(), "a decimal point, not a comma"


def test_switch_keeps_the_filters():
    board = open_board()
    board.selectbox(key="periode").set_value("2024").run()
    board.multiselect(key="masalah").set_value(["kdrt"]).run()
    cases = board.metric[0].value

    switch(board, "en")

    assert board.selectbox(key="periode").value == "2024"
    assert board.multiselect(key="masalah").value == ["kdrt"]
    assert board.metric[0].value == cases


def test_language_stays_on_the_next_page():
    board = go_to(switch(open_board(), "en"), "manage/methods.py")

    assert "Indicators" in [header.value for header in board.header] or "Counting" in texts(board)


def test_part_that_is_drawn_alone_speaks_the_chosen_language():
    board = go_to(switch(open_board(), "en"), "monitor/trends.py")

    with language.speaking("en"):  # the test finds the widgets' options by their words
        board.segmented_control(key="rincian").set_value("district").run()

    assert not board.exception
    assert "Cases by kecamatan" in [header.value for header in board.header]
