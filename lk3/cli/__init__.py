"""The same jobs without a browser, for scripts and for nightly runs.

In: the words of the command line. Out: text or one JSON object on standard output, and an exit code
(0 done, 1 done with rows set aside, 2 the user's mistake, said in one sentence on standard error).
`arguments` reads the words, `commands` do the work, `summary` and `results` say what came of it.
"""

import io
import os
import sys
from collections.abc import Sequence

from lk3 import language
from lk3.cli.arguments import read_language, read_words
from lk3.errors import UserError

__all__ = ["main"]

MISTAKE = 2
INTERRUPTED = 130


def main(words: Sequence[str] | None = None) -> int:
    """Do what the words say (default: those of this process); gives the exit code."""
    _never_fail_to_write()
    given = list(sys.argv[1:] if words is None else words)
    try:
        chosen, rest = read_language(given)
        with language.speaking(chosen):
            options = read_words(rest)
            return int(options.run(options))
    except UserError as error:
        sys.stderr.write(f"{error}\n")
        return MISTAKE
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # The reader (`| head`) has seen enough; nothing may be written at exit either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _never_fail_to_write() -> None:
    """A console that lacks a character, as old ones of Windows do, shows "?" in its place."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
