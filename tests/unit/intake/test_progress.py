"""Whoever waits for a long file is told how far it has come."""

from lk3.intake import check_file
from tests.workbooks import KEY, PLACES, REGISTER, xlsx


def test_stages_are_told_in_their_order_and_never_go_back():
    told = []
    rows = [REGISTER, [1, "001", "15/01/2024", "Loktuan", "KDRT", "proses"]]
    book = xlsx({"Januari": rows, "Februari": rows, "Maret": rows})

    check_file(book, "a.xlsx", places=PLACES, key=KEY, progress=lambda *now: told.append(now))

    stages, shares = zip(*told, strict=True)
    assert list(dict.fromkeys(stages)) == ["reading", "sorting", "cleaning", "comparing"]
    assert stages.count("cleaning") == 3
    assert list(shares) == sorted(shares)
    assert 0 <= shares[0] < shares[-1] < 1


def test_refused_file_has_begun_to_be_read():
    told = []

    check_file(b"", "a.xlsx", places=PLACES, key=KEY, progress=lambda *now: told.append(now))

    assert told == [("reading", 0.0)]
