"""Digests are HMAC-SHA256 as Python's own `hmac` computes it, whatever the length of the key."""

import hmac

import pytest

from lk3.intake.digests import digest, digest_all


@pytest.mark.parametrize("key", [b"", b"short", b"k" * 32, b"k" * 64, b"longer than a block" * 5])
@pytest.mark.parametrize("value", ["001", "nomor é", ""])
def test_the_digest_is_that_of_the_standard(key, value):
    expected = hmac.new(key, f"scope\x1f{value}".encode(), "sha256").hexdigest()[:32]
    assert digest(key, "scope", value) == expected


def test_blank_values_have_no_digest_and_equal_ones_the_same():
    first, blank, again = digest_all(b"key", "scope", ["1", "", "1"])
    assert (blank, again) == ("", first)
    assert first == digest(b"key", "scope", "1")
