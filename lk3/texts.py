"""Texts that others have written, made fit to stand among ours.

In: any text. Out: the same, without what cannot be seen and yet changes how the rest is read.
"""

import re

LONGEST_NAME = 60
# Control signs, halves of signs, and the marks that turn the direction of reading: behind one of
# those the words "12 kasus" are shown as "susak 21".
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_LINE_END = re.compile("\r\n?")


def readable(text: str) -> str:
    """The text without signs that are not seen; blanks and line breaks stay."""
    return _UNSEEN.sub("", _LINE_END.sub("\n", text))


def as_name(text: str) -> str:
    """A name in one line; what is longer than `LONGEST_NAME` letters ends in …"""
    name = " ".join(readable(text).split())
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1].rstrip()}…"
