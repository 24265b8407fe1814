"""Tables with numbers as the language writes them, and their downloads."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, cast

import pandas as pd
import streamlit as st

from lk3 import audit, language
from lk3.access import EXPORT_INTERNAL
from lk3.language import _, number
from lk3.reports import Export, to_csv, to_xlsx
from lk3.ui.keeping import draw_once, kept_for_all
from lk3.ui.session import may, visitor
from lk3.ui.trail import leave_trail, looking_at
from lk3.ui.view import View
from lk3.ui.widgets.footer import footer_lines, sample_words
from lk3.ui.widgets.words import plain

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ROW, _MOST, _MOST_SENTENCES = 35, 700, 100
_FEW, _LETTER, _PADDING = 4, 7, 24


def table(
    frame: pd.DataFrame,
    *,
    view: View | None,
    title: str,
    key: str,
    decimals: Mapping[str, int] | None = None,
    notes: tuple[str, ...] = (),
    has_sentences: bool = False,
    most: int = _MOST_SENTENCES,
) -> None:
    """A table that can be sorted, with its downloads below. `frame`: columns headed in words;
    `view`: what the data in it are of, None when none are in it; `has_sentences`: its cells are
    wrapped instead of cut, and the first `most` rows are shown.
    """
    if has_sentences:
        show_sentences(frame, alt=title, most=most)
    else:
        show_table(frame, alt=title, decimals=decimals, key=key)
    about = export_notes(view) if view is not None else ()
    export = Export(frame, title, (*notes, *about))
    download_row(export, key=key)


def show_table(
    frame: pd.DataFrame,
    *,
    alt: str,
    key: str,
    decimals: Mapping[str, int] | None = None,
) -> None:
    """A table on the page, without downloads."""
    shown = repr((key, alt, decimals, _cells(frame)))
    draw_once(shown, lambda: _draw_table(frame, alt=alt, key=key, decimals=decimals))


def _cells(frame: pd.DataFrame) -> tuple[object, ...]:
    """All that is in a table: what it is told apart by."""
    return tuple((name, values.tolist()) for name, values in frame.items())


def _draw_table(
    frame: pd.DataFrame, *, alt: str, key: str, decimals: Mapping[str, int] | None
) -> None:
    if frame.empty:
        st.caption(_("Tidak ada baris untuk ditampilkan."))
        return
    places = decimals or {}
    formats: dict[Any, Any] = {
        name: partial(number, decimals=places.get(str(name), 0))
        for name in frame.select_dtypes("number").columns
    }
    st.dataframe(
        cast("pd.DataFrame", frame.style.format(formats, na_rep="–")),  # or its styler
        hide_index=True,
        width="stretch",
        height=min(_MOST, _ROW * (len(frame) + 1) + 3),
        column_config=_widths(frame),
        alt=alt,
        key=f"tabel_{key}",
        placeholder="–",
    )


def show_sentences(
    frame: pd.DataFrame, *, alt: str, most: int = _MOST_SENTENCES, strong: str = ""
) -> None:
    """A table whose cells hold sentences; the first rows of a long one. `strong`: the cell to be
    seen first.
    """

    def written(cell: object) -> object:
        if not isinstance(cell, str):
            return cell
        return f"**{plain(cell)}**" if cell and cell == strong else plain(cell)

    first = frame.head(most).apply(lambda cells: cells.map(written)).rename(columns=plain)
    draw_once(
        repr((alt, _cells(first))),
        lambda: st.table(first, border="horizontal", hide_index=True, alt=alt),
    )
    if len(frame) > most:
        text = _("Ditampilkan {n} dari {total} baris; semuanya ada di unduhan.")
        st.caption(text.format(n=number(most), total=number(len(frame))))


def _widths(frame: pd.DataFrame) -> dict[str, Any]:
    """The column of names stays in view and whole."""
    first = str(frame.columns[0])
    if len(frame.columns) <= _FEW or frame[first].empty:
        return {}
    longest = max(len(first), int(frame[first].astype("str").str.len().max()))
    return {first: st.column_config.Column(width=_PADDING + _LETTER * longest, pinned=True)}


def download_row(export: Export, *, key: str) -> None:
    """Buttons that build the file only when they are clicked; for those who may take along the
    numbers of the page, the small ones too. The role is asked for here: a file is built where no
    session is at hand.
    """
    if not may(EXPORT_INTERNAL):
        return
    name, rows = "-".join(export.title.lower().split())[:60], len(export.frame)
    with st.container(horizontal=True):
        kinds = ((_("Unduh Excel"), to_xlsx, "xlsx"), (_("Unduh CSV"), to_csv, "csv"))
        for label, write, end in kinds:
            download(
                label, partial(write, export), name=f"{name}.{end}", key=f"{key}_{end}", rows=rows
            )


def download(
    label: str, build: Callable[[], bytes], *, name: str, key: str, rows: int | None = None
) -> None:
    """A button whose file is built, in the language of the page, only when it is clicked; then the
    access log says who took it. `rows`: of the table in it.
    """
    spoken, who, look = language.current(), visitor(), looking_at()

    def built() -> bytes:
        with language.speaking(spoken):
            content = build()
        facts = {"page": key, "format": name.rpartition(".")[2], "rows": rows}
        leave_trail(audit.EXPORT, who.name, who.role, **facts, **look)
        return content

    st.download_button(
        label,
        data=built,
        file_name=name,
        mime=_XLSX if name.endswith(".xlsx") else "text/csv",
        key=key,
        icon=":material/download:",
        on_click="ignore",
    )


@kept_for_all
def export_notes(view: View) -> tuple[str, ...]:
    """What must stand on every file: whether it is a sample, place, period, sources."""
    name = _("DATA CONTOH")
    sample = (f"{name}: {sample_words()}",) if view.held.dataset.sample else ()
    lines = tuple(line.replace("*", "") for line in footer_lines(view))
    return (*sample, f"{view.where} · {view.when}", *lines)
