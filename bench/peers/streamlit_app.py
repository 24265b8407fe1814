"""The page in plain Streamlit: `st.cache_data`, Plotly Express, a fragment for map and trend.

streamlit run bench/peers/streamlit_app.py
"""

import sys
from pathlib import Path

import pandas as pd
import plotly.express as px
import plotly.graph_objects as go
import streamlit as st

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))
from bench.peers import numbers  # noqa: E402 the folder above has to be known first

MARGIN = {"l": 0, "r": 0, "t": 30, "b": 0}
QUIET = {"displayModeBar": False, "scrollZoom": False}

st.set_page_config("Streamlit", layout="wide")


@st.cache_data
def load() -> tuple[pd.DataFrame, pd.DataFrame, dict]:
    """Cases, areas and boundaries."""
    return numbers.read_cases(), numbers.read_areas(), numbers.read_map()


@st.cache_data
def rates_of(year: str, problem: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Rates and cross table of a filter."""
    cases, areas, _geojson = load()
    rows = numbers.chosen(cases, year, problem)
    return numbers.rates(rows, areas, year), numbers.crossed(rows, areas)


@st.cache_data
def months_of(year: str, problem: str, code: str | None) -> pd.DataFrame:
    """The months of a filter, of the city or of one kelurahan."""
    cases, _areas, _geojson = load()
    return numbers.monthly(numbers.chosen(cases, year, problem), year, code)


@st.cache_data
def choices() -> tuple[list[str], list[str], pd.Series, dict]:
    """Years, problems, the names of the kelurahan, the boundaries."""
    cases, areas, geojson = load()
    years = [str(year) for year in sorted(cases["reported_on"].dt.year.unique())]
    return years, list(cases["problem"].cat.categories), areas["name"], geojson


def map_of(found: pd.DataFrame, geojson: dict) -> go.Figure:
    figure = px.choropleth_map(
        found, geojson=geojson, locations="code", color="rate", hover_name="name",
        color_continuous_scale="Blues", center=numbers.MIDDLE, zoom=numbers.ZOOM,
        map_style=numbers.OFFLINE,
    )  # fmt: skip
    return figure.update_layout(margin=MARGIN, height=numbers.HEIGHT, uirevision="map")


def bars_of(found: pd.DataFrame) -> go.Figure:
    figure = px.bar(
        found, x="rate", y="name", orientation="h", text_auto=".1f", custom_data=["code"],
        title="Kasus per 10.000 penduduk",
    )  # fmt: skip
    figure.add_vline(x=numbers.city_rate(found), line_dash="dash", annotation_text="Kota")
    return figure.update_layout(margin=MARGIN, height=numbers.HEIGHT)


def trend_of(counted: pd.DataFrame, title: str) -> go.Figure:
    figure = px.line(counted, x="month", y="cases", markers=True, title=title)
    return figure.update_layout(margin=MARGIN, height=numbers.HEIGHT)


def heat_of(table: pd.DataFrame, names: pd.Series) -> go.Figure:
    named = table.rename(index=names)
    figure = px.imshow(named, text_auto=True, aspect="auto", title="Kelurahan x profesi")
    return figure.update_layout(margin=MARGIN, height=numbers.HEIGHT)


@st.fragment
def linked(year: str, problem: str) -> None:
    """Map and trend: a click runs these two alone."""
    found, _table = rates_of(year, problem)
    left, right = st.columns(2)
    with left:
        event = st.plotly_chart(
            map_of(found, geojson), key="map", on_select="rerun", selection_mode="points",
            config=QUIET,
        )  # fmt: skip
    points = event["selection"]["points"]
    code = points[0]["location"] if points else None
    with right:
        figure = trend_of(months_of(year, problem, code), names[code] if code else "Kota")
        st.plotly_chart(figure, key="trend", config=QUIET)


years, problems, names, geojson = choices()
st.title("Kasus menurut kelurahan")
first, second = st.columns(2)
year = first.selectbox("Periode", [numbers.ALL, *years], index=1 + years.index("2025"))
problem = second.selectbox("Masalah", [numbers.ALL, *problems])
linked(year, problem)
found, table = rates_of(year, problem)
left, right = st.columns(2)
left.plotly_chart(bars_of(found), key="bars", config=QUIET)
right.plotly_chart(heat_of(table, names), key="heat", config=QUIET)
