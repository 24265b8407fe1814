"""The style of Mode rapat: the slide takes all of the screen that head, foot and controls leave.

Its letters are measured by the screen (vw, vh) and by the room of the slide (cqh), so that the last
row reads them at 1024 x 768 as at 1920 x 1080.
"""

from lk3.reports.content import Points, Slide, Table
from lk3.reports.frames import cell_texts

_FEW, _MANY = 300, 700  # letters of a slide of sentences
_CELL = 42  # letters of the longest cell that fit on one line of a table
_DEFAULT_ROWS = 8

CSS = """
:is([data-testid="stSidebar"], [data-testid="stHeader"], [data-testid="stSidebarCollapsedControl"],
  [data-testid="stExpandSidebarButton"]) { display: none !important; }
[data-testid="stMainBlockContainer"] { padding: 1.4vh 2.4vw .8vh !important; max-width: none;
  height: 100vh; display: flex; flex-direction: column; overflow: hidden; }
:is([data-testid="stVerticalBlock"], [data-testid="stLayoutWrapper"]):has(.st-key-rapat),
.st-key-rapat, .st-key-rapat > [data-testid="stLayoutWrapper"]:has(
  > :is(.st-key-salindia, .st-key-judul, .st-key-kosong)),
.st-key-salindia > :is([data-testid="stLayoutWrapper"], [data-testid="stElementContainer"]):has(
  .js-plotly-plot, [class*="st-key-kartu-"]) {
  display: flex; flex-direction: column; flex: 1 1 0 !important; min-height: 0; height: auto;
}
.st-key-rapat { gap: .6vh; }
.st-key-rapat h1 { font-size: clamp(1.5rem, 2.5vw, 3rem) !important; line-height: 1.18; }
.st-key-rapat [data-testid="stCaptionContainer"] p { font-size: clamp(.9rem, 1.15vw, 1.4rem); }
.st-key-salindia { flex: 1 1 0 !important; min-height: 0; container-type: size;
  overflow: hidden auto; }
.st-key-salindia > [data-testid="stLayoutWrapper"] :is([data-testid="stHorizontalBlock"],
  [data-testid="stColumn"], [data-testid="stVerticalBlock"], [data-testid="stElementContainer"],
  [data-testid="stFullScreenFrame"], [data-testid="stPlotlyChart"]):has(.js-plotly-plot),
.st-key-salindia :is([data-testid="stFullScreenFrame"], [data-testid="stPlotlyChart"],
  [data-testid="stPlotlyChart"] > div) { height: 100% !important; min-height: 0; }
.st-key-salindia [data-testid="stMarkdownContainer"] :is(p, li) {
  font-size: var(--huruf); line-height: 1.35; text-align: var(--rata); }
.st-key-salindia [data-testid="stMarkdownContainer"] li { margin-bottom: 1.2cqh; }
.st-key-salindia:not(:has(.js-plotly-plot, [class*="st-key-kartu-"], table)) {
  justify-content: safe center; }
.st-key-salindia [class*="st-key-kartu-"] { flex: 1 1 0; min-height: 0; }
.st-key-salindia [class*="st-key-kartu-"] > [data-testid="stLayoutWrapper"],
.st-key-salindia [class*="st-key-kartu-"] [data-testid="stGrid"] {
  flex: 1 1 0; min-height: 0; height: 100%; grid-auto-rows: 1fr; align-content: stretch; }
.st-key-salindia [class*="st-key-kartu_"] { justify-content: center; gap: 1cqh; }
.st-key-salindia [data-testid="stMetricValue"] { font-size: clamp(1.9rem, 11cqh, 5.4rem); }
.st-key-salindia [data-testid="stMetricValue"] p { font-size: inherit !important;
  line-height: 1.1; }
.st-key-salindia [data-testid="stMetricLabel"] p { font-size: clamp(1rem, 4cqh, 2rem); }
.st-key-salindia [data-testid="stCaptionContainer"] p,
.st-key-salindia [class*="st-key-kartu"] [data-testid="stCaptionContainer"] p {
  font-size: clamp(.85rem, 2.9cqh, 1.5rem); }
.st-key-salindia [data-testid="stTable"] :is(th, td) {
  padding: calc(var(--baris) * .22) .7rem !important; }
.st-key-salindia [data-testid="stTable"] :is(th, td) p {
  font-size: var(--baris) !important; line-height: 1.2; }
.st-key-judul { flex: 1 1 0; justify-content: center; align-items: center; text-align: center;
  gap: 3vh; }
.st-key-judul :is(h1, p) { text-align: center; width: 100%; }
.st-key-judul .st-key-lencana { align-items: center; text-align: center; }
.st-key-judul .st-key-lencana :is([data-testid="stElementContainer"], [data-testid="stMarkdown"],
  [data-testid="stMarkdown"] > div) { width: 100%; }
.st-key-judul .st-key-lencana p { width: auto; font-size: 1.1rem !important; }
.st-key-judul h1 { font-size: clamp(2.6rem, 5.6vw, 7rem) !important; line-height: 1.12; }
.st-key-judul p { font-size: clamp(1.2rem, 2vw, 2.4rem) !important; }
.st-key-kosong p { font-size: clamp(1.2rem, 2vw, 2.4rem) !important; text-align: center; }
.st-key-kosong { flex: 1 1 0; justify-content: center; align-items: center; text-align: center; }
.st-key-kendali { border-top: 1px solid #dde3ea; padding-top: .6vh; gap: .4rem; }
:is(.st-key-kendali, .st-key-salindia) [data-testid="stMarkdownContainer"] { margin-bottom: 0; }
.st-key-kendali button { padding: .15rem .5rem; min-height: 2rem; }
.st-key-kendali > [data-testid="stElementContainer"]:has(> [data-testid="stMarkdown"]) {
  align-self: center; line-height: 2rem; }
.st-key-kendali [data-testid="stMarkdown"] p { line-height: 2rem; margin: 0; }
.st-key-kendali button:not(:disabled) kbd { color: #45525f; opacity: 1; }
.st-key-kendali button p, .st-key-kendali label p { font-size: .8rem; }
@media (max-width: 1300px) {
  :is(.st-key-rapat_home, .st-key-rapat_end) [data-testid="stMarkdownContainer"] {
    position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
}
.st-key-remote { position: absolute; width: 1px; height: 1px; overflow: hidden;
  clip-path: inset(50%); }
.st-key-lencana { align-items: flex-end; }
.st-key-lencana p { display: inline-block; background: #8a4b08; color: #fff; font-weight: 700;
  padding: .1rem .7rem; border-radius: .25rem; }
"""


def letters(slide: Slide) -> str:
    """The sizes of letters that let this slide fill its room, as CSS of its own."""
    items = [item for b in slide.blocks if isinstance(b, Points) for item in b.items]
    is_alone = len(items) == 1 and len(slide.blocks) == 1
    size = _of_sentences(items, is_below=any(not isinstance(b, Points) for b in slide.blocks))
    aligned = "center" if is_alone else "left"
    style = f"--huruf: {size}; --rata: {aligned}; --baris: {_of_rows(slide)};"
    return f".st-key-salindia {{ {style} }}"


def _of_sentences(items: list[str], *, is_below: bool) -> str:
    if is_below:  # a figure stands above them
        return "clamp(1rem, 1.5vw, 1.8rem)"
    long = sum(map(len, items))
    if long > _MANY:
        return "clamp(1.1rem, 1.75vw, 2.1rem)"
    return "clamp(1.4rem, 2.6vw, 3.2rem)" if long <= _FEW else "clamp(1.2rem, 2.1vw, 2.6rem)"


def _of_rows(slide: Slide) -> str:
    tables = [block for block in slide.blocks if isinstance(block, Table)]
    rows = [max(map(len, row), default=0) for table in tables for row in cell_texts(table)]
    lines = 1 + sum(1 + longest // _CELL for longest in rows)
    return f"clamp(.82rem, {100 / max(lines, _DEFAULT_ROWS) / 1.85:.2f}cqh, min(2rem, 2.2vw))"
