"""What all cleaners share: a cell as text, what stands for "no value", and distinct cells only."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from lk3.intake.rendered import objects
from lk3.settings import REFERENCE_DIR
from lk3.vocabulary import read_csv, squash

ANSWERED = "answer_value"  # the rule of a value that is read as somebody has answered
_BLANKS = re.compile(r"\s+")
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))


def cell_text(cell: Any) -> str:
    """The cell as one line of text: no NBSP, no double or outer blanks; 2025.0 -> "2025"; a cell
    that holds nothing -> "".
    """
    if cell is None or cell is pd.NaT or cell != cell:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    text = unicodedata.normalize("NFKC", str(cell)).translate(_INVISIBLE)
    return _BLANKS.sub(" ", text).strip(" '’`")


def is_missing(cell: Any) -> bool:
    """Whether a cell says that there is no value: blank, `-`, `...`, NA, NULL, tidak ada."""
    return cell_text(cell).casefold() in words_for("missing")


@lru_cache(maxsize=16)
def words_for(meaning: str) -> frozenset[str]:
    """The words of one meaning in cell_words.csv, in lower case."""
    rows = read_csv(REFERENCE_DIR / "cell_words.csv")
    found = [word for row in rows if row["meaning"] == meaning for word in row["words"].split("|")]
    return frozenset(word.casefold() for word in found)


def distinct(values: pd.Series) -> tuple[np.ndarray, list[Any]]:
    """Which distinct cell each row holds (-1: none), and the distinct cells.

    TRUE and FALSE become text, as a spreadsheet shows them: to Python True equals 1.
    """
    if isinstance(values.dtype, pd.CategoricalDtype):
        return values.cat.codes.to_numpy(dtype=np.intp), list(values.cat.categories)
    cells = [str(v).upper() if v is True or v is False else v for v in values]
    codes, uniques = pd.factorize(objects(cells))
    return codes, list(uniques)


def squash_all(values: pd.Series) -> pd.Series:
    """The letters and digits of each cell in lower case as text, "" where there is none."""
    texts = values if isinstance(values.dtype, pd.StringDtype) else values.map(cell_text)
    texts = texts.fillna("").astype("str")
    if not texts.str.isascii().all():
        return texts.map(squash)
    return texts.str.lower().str.replace("[^0-9a-z]+", "", regex=True)


def clean_each(
    values: pd.Series, clean: Callable[[Any], tuple[str, ...]], columns: Sequence[str]
) -> pd.DataFrame:
    """The results of `clean` as text columns by the index of `values`, made once per distinct
    cell; an empty cell is cleaned as None.
    """
    codes, cells = distinct(values)
    answers = [*(clean(cell) for cell in cells), clean(None)]  # code -1 is the last
    return pd.DataFrame(
        {
            name: pd.array([answer[n] for answer in answers], dtype="str").take(codes)
            for n, name in enumerate(columns)
        },
        index=values.index,
    )
