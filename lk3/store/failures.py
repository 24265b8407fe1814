"""What goes wrong with a disk or a table, as one sentence that says what to do."""

import errno
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager

import pyarrow as pa
from deltalake.exceptions import CommitFailedError, DeltaError, TableNotFoundError

from lk3.errors import UserError
from lk3.language import _

# The engine of the tables quotes the system's number in its text, on Windows Windows' own.
_OS_ERROR = re.compile(r"\(os error (\d+)\)")
_DENIED = {errno.EACCES, errno.EPERM, errno.EROFS} | ({5} if os.name == "nt" else set())
_FULL = {errno.ENOSPC, errno.EFBIG, errno.EDQUOT} | ({39, 112} if os.name == "nt" else set())


@contextmanager
def in_words(url: str) -> Iterator[None]:
    """Failures of the disk or the store as one sentence; conflicts and absence pass through."""
    try:
        yield
    except (CommitFailedError, TableNotFoundError):
        raise
    except (DeltaError, OSError, pa.ArrowException) as error:
        raise UserError(_sentence(error).format(url=url)) from error


def busy(url: str) -> UserError:
    """What to say when others have saved first, again and again."""
    return UserError(
        _(
            "Penyimpanan {url} sedang ditulisi proses lain. Tidak ada yang berubah; coba lagi "
            "sebentar."
        ).format(url=url)
    )


def _sentence(error: Exception) -> str:
    """What went wrong, told by the number of the system's error: its words are in any language."""
    number = getattr(error, "errno", None)
    quoted = _OS_ERROR.search(str(error))
    if number is None and quoted:
        number = int(quoted[1])
    if number in _DENIED:
        return _(
            "Penyimpanan {url} tidak boleh dibaca atau ditulisi oleh pengguna ini. Minta izin baca "
            "dan tulis atas folder itu, atau ubah pengaturan LK3_STORE."
        )
    if number in _FULL:
        return _(
            "Ruang untuk penyimpanan {url} habis. Versi terakhir tidak berubah; kosongkan ruang, "
            "lalu ulangi."
        )
    return _(
        "Penyimpanan {url} tidak dapat dibaca atau ditulisi, mungkin karena berkasnya rusak atau "
        "hilang. Periksa folder itu, atau pulihkan dari cadangan."
    )
