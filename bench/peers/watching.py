"""When is a page final? Looked at every 25 ms inside the page, from the click on.

Nothing is asked in an animation frame: that would make the browser draw frames for the asking. A
chart is final when the figure that Plotly has drawn holds the right numbers; a map when MapLibre
has loaded what it was given, too.
"""

from playwright.sync_api import Page

POLL_MS = 25
WAIT_MS = 60_000

SCRIPT = """() => {
const plots = () => [...document.querySelectorAll('.js-plotly-plot')]
  .filter(g => g._fullData?.length && g.calcdata?.length && g.getBoundingClientRect().width > 0);
const list = a => a == null ? [] : Array.from(a.length == null ? Object.values(a) : a);
const near = (a, b) => Math.abs(a - b) <= 1e-6 * Math.max(1, Math.abs(b));
const has = (g, type) => g._fullData.some(t => t.type === type);
const bars = (want, e) => g => {
  const t = g._fullData.find(t => t.type === 'bar');
  if (!t || g.querySelectorAll('.bars .point path').length < Object.keys(want).length) return false;
  const x = list(t.x), y = list(t.y), at = new Map(y.map((k, i) => [k, x[i]]));
  return Object.entries(want).every(([code, v]) => near(at.get(code) ?? at.get(e.names[code]), v));
};
const charts = {
  map: e => plots().some(g => {
    const map = g._fullLayout.map?._subplot?.map;
    if (!map || !map.loaded() || !map.areTilesLoaded()) return false;
    const right = new Set();
    g._fullData.filter(t => t.type === 'choroplethmap').forEach(t => {
      const z = list(t.z), text = list(t.text);  // ours are classes, with the value in words
      list(t.locations).forEach((code, i) => {
        if (near(z[i], e.rates[code]) || text[i]?.includes(` ${e.said[code]} `)) right.add(code);
      });
    });
    return right.size === Object.keys(e.rates).length;
  }),
  bars: e => plots().some(bars(e.rates, e)),
  cases: e => plots().some(bars(e.cases, e)),
  trend: e => plots().some(g => {
    if (has(g, 'bar') || has(g, 'heatmap') || has(g, 'choroplethmap')) return false;
    const t = g._fullData.filter(t => t.mode === 'lines+markers').at(-1);
    if (!t) return false;
    const y = list(t.y).filter(v => v != null).slice(-12);
    return y.length === 12 && y.every((v, i) => v === e.months[i])
      && g.querySelectorAll('.scatterlayer .points path').length >= 12;
  }),
  heat: e => plots().some(g => {
    const t = g._fullData.find(t => t.type === 'heatmap');
    if (!t) return false;
    const z = list(t.z).map(row => list(row).reduce((a, b) => a + b, 0)), y = list(t.y);
    const at = new Map(y.map((k, i) => [k, z[i]]));
    return Object.entries(e.cases).every(([c, n]) => (at.get(c) ?? at.get(e.names[c])) === n);
  }),
  chosen: e => plots().some(g => {
    const t = g._fullData.find(t => t.type === 'bar');
    const at = t ? list(t.y).indexOf(e.code) : -1;
    return at >= 0 && list(t.marker.line.width)[at] > 0;
  }),
};
window.bench = {clicked: performance.now()};
addEventListener('click', () => { bench.clicked = performance.now(); }, true);
window.expect = (e, names) => {
  clearInterval(bench.timer);
  Object.assign(bench, {final: null, missing: names, at: {}});
  bench.timer = setInterval(() => {
    const now = performance.now();
    bench.missing = names.filter(name => {
      const right = charts[name](e);
      if (right) bench.at[name] ??= now - bench.clicked; else delete bench.at[name];
      return !right;
    });
    if (!bench.missing.length) { bench.final = now; clearInterval(bench.timer); }
  }, POLL);
};
}""".replace("POLL", str(POLL_MS))


def watch(page: Page) -> None:
    """Put the watcher into every document of a page; before it is opened."""
    page.add_init_script(f"({SCRIPT})()")


def expect(page: Page, expected: dict, charts: tuple[str, ...]) -> None:
    """Begin to look for these charts with these numbers; before the click."""
    page.evaluate("([e, names]) => window.expect(e, names)", [expected, list(charts)])


def wait_until_final(page: Page, *, milliseconds: int = WAIT_MS) -> None:
    """Until all charts are final. Raises Playwright's TimeoutError."""
    page.wait_for_function("() => bench.final", polling=2 * POLL_MS, timeout=milliseconds)


def seconds_from_click(page: Page) -> float:
    """From the last click to the moment when all charts were final."""
    return page.evaluate("() => bench.final - bench.clicked") / 1000


def missing(page: Page) -> list[str]:
    """The charts that are not right yet."""
    return page.evaluate("() => bench.missing")


def clickable(page: Page, lon: float, lat: float) -> None:
    """Bring the mouse over a place of the map, as a hand would, until Plotly has noticed it."""
    x, y = page.evaluate(
        """([lon, lat]) => {
            const plot = document.querySelector('.js-plotly-plot:has(.maplibregl-map)');
            const map = plot._fullLayout.map._subplot.map;
            const box = map.getContainer().getBoundingClientRect(), at = map.project([lon, lat]);
            window.benchMap = plot;
            return [box.left + at.x, box.top + at.y];
        }""",
        [lon, lat],
    )
    for shift in range(100):
        page.mouse.move(x + shift % 2, y)
        page.wait_for_timeout(POLL_MS)
        if page.evaluate("() => benchMap._hoverdata?.length > 0"):
            break
    page.mouse.move(x, y)
    page.wait_for_timeout(100)
