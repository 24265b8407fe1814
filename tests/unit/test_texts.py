"""What others have written stands among our texts as letters, and turns nothing round."""

import pytest

from lk3.texts import LONGEST_NAME, as_name, readable

OVERRIDE, ISOLATE = "\N{RIGHT-TO-LEFT OVERRIDE}", "\N{RIGHT-TO-LEFT ISOLATE}"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (f"Lok {OVERRIDE}12 kasus", "Lok 12 kasus"),
        (f"{ISOLATE}Lok\N{POP DIRECTIONAL ISOLATE}", "Lok"),
        ("a\x0bb\x1b[31m\x00", "ab[31m"),
        ("half \ud800, none \uffff", "half , none "),
        ("satu\r\ndua\rtiga\n\tempat", "satu\ndua\ntiga\n\tempat"),
        ("مرحبا é 👩‍👩‍👧 ½", "مرحبا é 👩‍👩‍👧 ½"),  # what is seen stays as it is
    ],
)
def test_signs_that_are_not_seen_go_and_all_others_stay(written, read):
    assert readable(written) == read


def test_a_name_is_one_line():
    assert as_name(f"  Bontang\n {OVERRIDE}Baru ") == "Bontang Baru"


def test_a_name_that_fits_nowhere_is_cut_and_says_so():
    name = as_name("Desa " * 100)
    assert len(name) <= LONGEST_NAME
    assert name.endswith("Desa…")
    assert as_name("x" * LONGEST_NAME) == "x" * LONGEST_NAME
