"""The few rules of style that Streamlit's theme has no setting for."""

import streamlit as st

_ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">'
    '<rect width="32" height="32" rx="7" fill="#1f5a99"/>'
    '<circle cx="11" cy="12" r="4" fill="#fff"/><circle cx="21" cy="12" r="4" fill="#fff"/>'
    '<path d="M4 26c0-6 4-8 7-8s5 2 5 4c0-2 2-4 5-4s7 2 7 8z" fill="#fff"/></svg>'
)
_CSS = """
[data-testid="stMainBlockContainer"] { padding: 1.1rem 2rem 2rem; max-width: 1680px; }
[data-testid="stHeader"] { height: 2.6rem; background: transparent; pointer-events: none; }
[data-testid="stHeader"] button { pointer-events: auto; }
[data-testid="stSidebarHeader"] { height: 2rem; margin-bottom: 0; padding: .4rem .6rem 0; }
.st-key-menu { padding-bottom: .5rem; border-bottom: 1px solid #dde3ea; }
.st-key-menu [data-testid="stElementContainer"]:has([data-testid="stCaptionContainer"]) {
  height: 1.7rem; padding-top: .35rem;
}
.st-key-menu [data-testid="stMarkdownContainer"] p { margin: 0; }
.st-key-menu [data-testid="stPageLink-NavLink"] { padding: .12rem .5rem; min-height: 1.8rem; }
[data-testid="stCaptionContainer"] { opacity: 1; }
[data-testid="stCaptionContainer"] :is(p, em, span) { color: #52606d; opacity: 1; }
[data-testid="stSidebarUserContent"] { padding: .5rem 0 2rem; }
[data-testid="stSidebarUserContent"] [data-testid="stVerticalBlock"] { gap: .45rem; }
[data-testid="stMainBlockContainer"] h1 {
  font-size: 1.5rem; line-height: 1.3; font-weight: 650; padding: 0; text-wrap: pretty;
}
[data-testid="stMainBlockContainer"] h2 {
  font-size: 1.12rem; line-height: 1.35; padding: .4rem 0 0;
}
[data-testid="stMainBlockContainer"] h3 { font-size: 1rem; padding: .2rem 0 0; }
[data-testid="stMetricLabel"] { overflow: visible; }
[data-testid="stMetricLabel"] p {
  font-size: .84rem; line-height: 1.25; color: #52606d; white-space: normal;
}
[data-testid="stMetricValue"] {
  font-size: 1.65rem; line-height: 1.25; font-weight: 650; padding: 0;
}
[data-testid="stMetricDelta"] { font-size: .82rem; }
[class*="st-key-kartu"] [data-testid="stCaptionContainer"] p {
  font-size: .78rem; line-height: 1.3;
}
[class*="st-key-kartu-"] [class*="st-key-kartu_"] { flex: 1; }
[class*="st-key-kartu-"] [data-testid="stLayoutWrapper"]:has(> [class*="st-key-kartu_"]) {
  align-self: stretch; height: 100%;
}
:is([data-testid="stMainBlockContainer"] > [data-testid="stVerticalBlock"], .st-key-ikhtisar) {
  gap: .7rem;
}
[data-testid="stHeading"] [data-testid="stMarkdownContainer"] { margin-bottom: 0; }
[class*="st-key-kartu_"] { gap: .1rem; padding: .55rem .8rem .6rem; }
[data-testid="stTable"] td:not(:first-child) :is(div, p) { overflow-wrap: anywhere !important; }
.st-key-lang button p { text-transform: uppercase; }
.st-key-contoh { background: #fff4e5; border: 1px solid #e0a860; border-radius: .5rem;
  padding: .3rem .8rem; }
.st-key-contoh p { font-size: .86rem; color: #6b3d00; }
.st-key-pintu { max-width: 44rem; margin: 9vh auto 0; padding: 1.5rem 1.75rem 1.75rem;
  border-radius: .75rem; }
.st-key-pintu p { text-wrap: pretty; }
.st-key-pintu [data-testid="stPageLink-NavLink"] {
  border: 1px solid #c4ccd4; padding: .35rem .8rem;
}
.st-key-akun { border-top: 1px solid #dde3ea; padding-top: .6rem; margin-top: .3rem; }
.st-key-kaki { border-top: 1px solid #dde3ea; padding-top: .6rem; }
.st-key-alasan { padding: .55rem .8rem .5rem; }
.st-key-alasan [data-testid="stMarkdownContainer"] :is(li, p) {
  font-size: .86rem; line-height: 1.32; margin: 0;
}
.st-key-alasan [data-testid="stMarkdownContainer"],
:is(.st-key-alasan, .st-key-urutan) [data-testid="stCaptionContainer"] { margin-bottom: 0; }
:is(.st-key-alasan, .st-key-urutan) [data-testid="stCaptionContainer"] p {
  font-size: .8rem; line-height: 1.3; margin: 0;
}
.st-key-alasan ul { margin: .1rem 0; padding-left: 1rem; }
.st-key-alasan h2 { padding: 0; font-size: 1rem; }
ol.langkah { display: flex; flex-wrap: wrap; gap: .35rem .5rem; list-style: none; margin: 0;
  padding: 0; }
[data-testid="stLayoutWrapper"]:has(ol.langkah) { position: sticky; top: 0; z-index: 20;
  background: #fff; padding: .3rem 0; }
ol.langkah li { display: flex; gap: .45rem; align-items: center; flex: 1 1 9rem; margin: 0;
  padding: .35rem .6rem; border-radius: .5rem; background: #f3f6f9; color: #52606d;
  font-size: .86rem; line-height: 1.25; }
ol.langkah li b { display: grid; place-items: center; width: 1.45rem; height: 1.45rem;
  flex: none; border-radius: 50%; background: #fff; border: 1px solid #9aa7b4; font-size: .8rem; }
ol.langkah li small { display: block; font-size: .76rem; }
ol.langkah li.done { color: #17202b; }
ol.langkah li.done b { background: #1a62a0; border-color: #1a62a0; color: #fff; }
ol.langkah li.now { background: #e3eefa; color: #17202b; font-weight: 650;
  box-shadow: inset 0 0 0 2px #1a62a0; }
ol.langkah li.now small { font-weight: 400; }
[class*="st-key-hilang_"] { background: #fff4e5; border-color: #e0a860; }
[class*="st-key-hilang_"] [data-testid="stMarkdownContainer"] { color: #6b3d00; }
.st-key-periksa, .st-key-pustaka,
[data-testid="stLayoutWrapper"]:has(> :is(.st-key-periksa, .st-key-pustaka)) { display: none; }
@media (max-width: 640px) {
  [data-testid="stLayoutWrapper"]:has(ol.langkah) { top: 2.6rem; }
  ol.langkah li { flex: 0 1 auto; padding: .25rem .4rem; }
  ol.langkah li:not(.now) span { position: absolute; width: 1px; height: 1px; overflow: hidden;
    clip-path: inset(50%); }
  ol.langkah li.now { flex-grow: 1; }
  [data-testid="stTable"] > div { overflow: visible; }
[data-testid="stTable"] :is(th, td) { padding: .3rem .25rem !important; }
  [data-testid="stTable"] :is(th, td) p { font-size: .78rem !important; }
  [data-testid="stMainBlockContainer"] { padding: 3.2rem 1rem 2rem; }
  [data-testid="stMainBlockContainer"] h1 { font-size: 1.25rem; }
}
"""
_SPINE = """
table.spine { width: 100%; border-collapse: collapse; font-size: .86rem; line-height: 1.3; }
table.spine :is(th, td) { text-align: left; padding: .28rem .5rem; font-weight: 400;
  border-bottom: 1px solid #dde3ea; vertical-align: middle; }
table.spine thead th { color: #52606d; font-size: .8rem; }
table.spine tbody td:nth-child(2) { font-weight: 600; }
table.spine :is(th, td):first-child { width: 34%; }
table.spine :is(th, td):last-child { width: 27%; min-width: 6.5rem; text-align: center; }
.spine-line { position: relative; height: 22px; }
.spine-line i { position: absolute; top: 50%; transform: translateY(-50%); }
.spine-background { height: 12px; }
.spine-interval { height: 2px; }
.spine-city { height: 22px; width: 2px; margin-left: -1px; }
.spine-line .spine-kecamatan { width: 9px; height: 9px; margin-left: -4.5px;
  transform: translateY(-50%) rotate(45deg); }
.spine-line .spine-dot { width: 14px; height: 14px; margin-left: -7px; border-radius: 50%;
  border: 1.5px solid #17202b; }
p.spine-legend { margin: .35rem 0 0; font-size: .78rem; color: #52606d; }
.st-key-lembar { max-width: 1010px; }
.st-key-lembar h2 { font-size: 1rem; padding: 0; }
.st-key-lembar [data-testid="stTable"] :is(th, td) { padding: .25rem .4rem !important; }
.st-key-lembar [data-testid="stTable"] :is(th, td) p { font-size: .82rem; line-height: 1.25; }
@media (max-width: 640px) {
  table.spine { font-size: .74rem; }
  table.spine :is(th, td) { padding: .25rem .2rem; }
  .st-key-lembar [data-testid="stTable"] :is(th, td):nth-child(n+6) { display: none; }
}
"""
# Charts keep on paper the size that they have on the screen, so the whole sheet is made smaller.
_PRINT = """
@page { size: A4 portrait; margin: 9mm; }
@media print {
  :is([data-testid="stSidebar"], [data-testid="stHeader"], [data-testid="stToolbar"],
    [data-testid="stDecoration"], [data-testid="stStatusWidget"], [data-testid="stDownloadButton"],
    [data-testid="stTooltipIcon"], [data-testid="stExpander"], [class*="st-key-layar"]) {
    display: none !important;
  }
  [data-testid="stLayoutWrapper"]:has(> [class*="st-key-layar"]) { display: none !important; }
  html, body { background: #fff; }
  :is(#root, [data-testid="stApp"], [data-testid="stAppViewContainer"], [data-testid="stMain"]) {
    position: static !important; display: block !important; overflow: visible !important;
    height: auto !important;
  }
  [data-testid="stMainBlockContainer"] { padding: 0; max-width: none; }
  [data-testid="stMainBlockContainer"]:has(.st-key-lembar) { width: 1010px; zoom: .685; }
  .st-key-lembar, .st-key-lembar :is([data-testid="stVerticalBlock"],
    [data-testid="stHorizontalBlock"], [data-testid="stLayoutWrapper"]) {
    display: flex !important;
  }
  .st-key-lembar { gap: .4rem !important; }
  .st-key-lembar [data-testid="stVerticalBlock"] { gap: .05rem !important; }
  .st-key-lembar [data-testid="stTable"] { break-inside: auto; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
"""


def dress() -> None:
    """The page's configuration and style."""
    st.set_page_config(page_icon=_ICON, layout="wide")
    st.html(f"<style>{_CSS}{_SPINE}{_PRINT}</style>")
