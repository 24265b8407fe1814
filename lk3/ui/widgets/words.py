"""Text that came from elsewhere, made harmless for places that read Markdown."""

import re

_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+|<>~$:!-])")


def plain(text: str) -> str:
    """The text as it is: no sign in it is taken for emphasis, a link, an icon or a formula."""
    return _SPECIAL.sub(r"\\\1", text)
