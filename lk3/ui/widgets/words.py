"""Text that came from elsewhere, made harmless for places that read Markdown."""

import re

from lk3.texts import readable

_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+|<>~$:!-])")
_MARKUP = re.compile(r"([\\`*\[\]<>~$|])")
# Addresses, icons and smileys are also looked for in text whose signs are escaped; an invisible
# joiner inside them hides them from that.
_CALLED = re.compile(r"(\\?:|@|\bwww)(?=[^\s\\])", re.IGNORECASE)
_JOINER = "\N{WORD JOINER}"


def plain(text: str) -> str:
    """The text as it is: no sign in it is taken for emphasis, a link, an icon or a formula."""
    return _CALLED.sub(rf"\1{_JOINER}", _SPECIAL.sub(r"\\\1", readable(text)))


def sentence(text: str) -> str:
    """A sentence of ours that may quote something: links, icons, formulas in it stay letters, and
    names of settings (LK3_STORE) need no escape.
    """
    return _CALLED.sub(rf"\1{_JOINER}", _MARKUP.sub(r"\\\1", readable(text)))
