"""Peta ubin as plain SVG: one equal square per area, placed as the areas lie, each a button.

On the true map the largest area takes half of the land and the smallest cannot be hit; here each
counts the same. Needs neither WebGL nor Plotly; who shows it adds what a click or a key does.
"""

from html import escape

import numpy as np
import pandas as pd

from lk3.figures.scales import HIDDEN, NONE, class_colours, class_labels, class_of
from lk3.figures.template import INK, VERDICT_SYMBOLS, wrap_lines
from lk3.figures.words import HIDDEN_SIGN, Row, describe, hover_words, records
from lk3.indicators.measure import SUPPRESSED
from lk3.language import _, number
from lk3.places import Places

_SIDE, _GAP = 100, 8  # units of the drawing: a tile with its gap, and the gap
_LINE, _LETTERS = 17, 11
_MOST_LETTERED = 10  # tiles across or down: of smaller ones nobody reads the letters
_WORDS = 'fill="{ink}" text-anchor="middle" font-size="{size}" font-weight="{weight}"'


def tile_buttons(
    measure: pd.DataFrame,
    *,
    places: Places,
    label: str,
    unit: str,
    edges: tuple[float, ...],
    decimals: int = 1,
    selected: str | None = None,
) -> str:
    """Tile map of a released measure, as HTML: a group named by its description, in it one element
    of the role "button" per area with its code in `data-code`, and the legend.

    The chosen tile has `aria-pressed="true"`. One tile can be reached by Tab; the arrow keys are
    for who shows it.
    """
    codes = [code for code in places.codes if code in measure.index]
    areas, tiles = measure.loc[codes], places.areas.loc[codes]
    classes, colours = class_of(areas, edges), class_colours(edges)
    columns, rows = tiles["tile_col"], tiles["tile_row"]
    first = selected if selected in codes else codes[0]
    drawn = [
        _tile(
            row,
            code=code,
            name=str(tiles.at[code, "name"]),
            full_name=places.label(code),
            at=(int(columns[code] - columns.min()), int(rows[code] - rows.min())),
            colour=colours[classes[code]],
            words=(label, unit, decimals),
            is_lettered=max(int(np.ptp(columns)), int(np.ptp(rows))) < _MOST_LETTERED,
            is_chosen=code == selected,
            is_first=code == first,
        )
        for code, row in records(areas)
    ]
    width = _SIDE * int(columns.max() - columns.min() + 1)
    height = _SIDE * int(rows.max() - rows.min() + 1)
    alt = describe(
        measure, places=places, label=label, unit=unit, decimals=decimals, kind=_("Peta ubin")
    )
    return (
        f'<div class="tiles" role="group" aria-label="{escape(alt)}">'
        f'<svg viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">'
        f"{''.join(drawn)}</svg>{_legend(unit, edges, classes, decimals=decimals)}</div>"
    )


def _tile(
    row: Row,
    *,
    code: str,
    name: str,
    full_name: str,
    at: tuple[int, int],
    colour: str,
    words: tuple[str, str, int],
    is_lettered: bool,
    is_chosen: bool,
    is_first: bool,
) -> str:
    label, unit, decimals = words
    said = hover_words(row, name=full_name, label=label, unit=unit, decimals=decimals)
    plain = escape(_without_tags(said))
    x, y, side = at[0] * _SIDE + _GAP / 2, at[1] * _SIDE + _GAP / 2, _SIDE - _GAP
    return (
        f'<g role="button" tabindex="{0 if is_first else -1}" data-code="{escape(code)}" '
        f'data-col="{at[0]}" data-row="{at[1]}" aria-pressed="{str(is_chosen).lower()}" '
        f'aria-label="{plain}"><title>{plain}</title>'
        f'<rect x="{x}" y="{y}" width="{side}" height="{side}" rx="6" fill="{colour}"/>'
        f"{_letters(row, name, at=at, decimals=decimals) if is_lettered else ''}</g>"
    )


def _letters(row: Row, name: str, *, at: tuple[int, int], decimals: int) -> str:
    """Name and value; what is hidden and what is not there have signs that fit a tile."""
    lines = wrap_lines(name, _LETTERS)
    value = HIDDEN_SIGN if SUPPRESSED in row["note"] else number(row["value"], decimals)
    sign = VERDICT_SYMBOLS[row["verdict"]]
    middle = at[0] * _SIDE + _SIDE / 2
    top = at[1] * _SIDE + _SIDE / 2 - _LINE * len(lines) / 2 + 2
    small = _WORDS.format(ink=INK, size=15, weight=400)
    large = _WORDS.format(ink=INK, size=19, weight=700)
    written = [
        f'<text x="{middle}" y="{top + _LINE * i}" {small}>{escape(line)}</text>'
        for i, line in enumerate(lines)
    ]
    below = top + _LINE * len(lines) + 5
    shown = f"{value} {sign}".rstrip()
    return "".join([*written, f'<text x="{middle}" y="{below}" {large}>{shown}</text>'])


def _legend(unit: str, edges: tuple[float, ...], classes: pd.Series, *, decimals: int) -> str:
    labels, colours = class_labels(edges, decimals=decimals), class_colours(edges)
    special = [each for each in (NONE, HIDDEN) if (classes == each).any()]
    items = [
        f'<li><i style="background:{colours[each]}"></i>{escape(labels[each])}</li>'
        for each in [*range(len(edges) + 1), *special]
    ]
    return f'<div class="legend"><p>{escape(unit)}</p><ul>{"".join(items)}</ul></div>'


def _without_tags(text: str) -> str:
    """The lines of a hover text as one sentence for a screen reader."""
    for tag in ("<b>", "</b>", "<i>", "</i>"):
        text = text.replace(tag, "")
    plain = text.replace("<br>", "; ")
    for sign, letter in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        plain = plain.replace(sign, letter)
    return plain
