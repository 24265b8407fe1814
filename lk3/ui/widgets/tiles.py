"""Peta ubin on the page: squares that are chosen by a click, by Enter or by Space.

Plotly draws no element that the keyboard can reach, so the tiles are buttons of our own in a small
component: Tab enters the map, the arrow keys go from tile to tile, Escape chooses none.
"""

from typing import Any

import streamlit as st

from lk3.ui.filters import SELECTED, select_kelurahan
from lk3.ui.level import steps_into

_HTML = '<div id="place"></div>'
_CSS = """
.tiles { display: flex; gap: 1.2rem; align-items: center; flex-wrap: wrap; min-width: 0; }
svg { height: var(--tall); max-width: 100%; flex: 0 1 auto; font-family: var(--st-font); }
[role=button] { cursor: pointer; outline: none; }
rect { stroke: #c3ccd6; stroke-width: 1; }
[role=button]:hover rect { stroke: #17202b; stroke-width: 2.5; }
[role=button][aria-pressed=true] rect { stroke: #111827; stroke-width: 5; }
[role=button]:focus-visible rect { stroke: #b4490b; stroke-width: 5; stroke-dasharray: 9 5; }
text { pointer-events: none; }
.legend { font: 12px var(--st-font); color: #17202b; max-width: 6.8rem; }
.legend p { margin: 0 0 .35rem; color: #52606d; }
.legend ul { list-style: none; margin: 0; padding: 0; display: flex; flex-wrap: wrap;
  gap: .2rem .7rem; }
.legend li { display: flex; align-items: center; gap: .4rem; min-width: 4.6rem; }
.legend i { width: 14px; height: 14px; border: 1px solid #c3ccd6; flex: none; }
"""
_JS = """
const STEPS = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1]};

function nearest(tiles, from, [dx, dy]) {
  const at = t => [Number(t.dataset.col), Number(t.dataset.row)], [x, y] = at(from);
  const far = t => {
    const [ahead, aside] = [(at(t)[0] - x) * dx + (at(t)[1] - y) * dy,
                            Math.abs((at(t)[0] - x) * dy) + Math.abs((at(t)[1] - y) * dx)];
    return ahead > 0 ? ahead + 2 * aside : Infinity;
  };
  const best = tiles.reduce((a, b) => far(b) < far(a) ? b : a);
  return far(best) < Infinity ? best : from;
}

export default function ({data, parentElement, setTriggerValue}) {
  const place = parentElement.querySelector('#place');
  const held = parentElement.activeElement?.dataset?.code;
  place.style.setProperty('--tall', data.height + 'px');
  place.innerHTML = data.html;
  const tiles = [...place.querySelectorAll('[data-code]')];
  const focus = tile => {
    tiles.forEach(each => each.setAttribute('tabindex', each === tile ? 0 : -1));
    tile.focus({preventScroll: true});
  };
  const choose = tile => setTriggerValue(
    'chosen', tile.getAttribute('aria-pressed') === 'true' ? '' : tile.dataset.code);
  tiles.forEach(tile => {
    tile.onclick = () => { focus(tile); choose(tile); };
    tile.onkeydown = event => {
      if (event.key === 'Enter' || event.key === ' ') choose(tile);
      else if (event.key === 'Escape') setTriggerValue('chosen', '');
      else if (event.key in STEPS) focus(nearest(tiles, tile, STEPS[event.key]));
      else return;
      event.preventDefault();
    };
  });
  const again = tiles.find(tile => tile.dataset.code === held);
  if (again) focus(again);
}
"""


def show_tiles(html: str, *, key: str, height: int = 400, steps: bool = False) -> None:
    """Tiles of `figures.tile_buttons`; choosing one chooses its kelurahan on every page, choosing
    it again chooses none; `steps`: of a larger area it shows what is in it.
    """
    mount = st.components.v2.component("lk3_tiles", html=_HTML, css=_CSS, js=_JS)
    mount(
        key=key,
        data={"html": html, "height": height},
        on_chosen_change=lambda: _choose(st.session_state.get(key), steps),
    )


def _choose(state: Any, steps: bool) -> None:
    chosen = state.get("chosen") if state else None
    if steps and steps_into(chosen):
        return
    if chosen is not None and chosen != st.session_state.get(SELECTED):
        select_kelurahan(str(chosen) or None)
