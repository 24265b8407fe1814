"""The page in Dash, served by gunicorn, as Dash's guide recommends.

    gunicorn bench.peers.dash_app:server --worker-class gthread --threads 8

The rows are a global that nobody writes to; what a filter gives is memoised; a click answers with
one figure. Scripts come from this server, not from a CDN.
"""

from functools import lru_cache

import pandas as pd
import plotly.express as px
import plotly.graph_objects as go
from dash import Dash, Input, Output, callback, dcc, html

from bench.peers import numbers

CASES = numbers.read_cases()
AREAS = numbers.read_areas()
GEOJSON = numbers.read_map()
YEARS = [numbers.ALL, *(str(y) for y in sorted(CASES["reported_on"].dt.year.unique()))]
PROBLEMS = [numbers.ALL, *CASES["problem"].cat.categories]
MARGIN = {"l": 0, "r": 0, "t": 30, "b": 0}

app = Dash(__name__, title="Dash", serve_locally=True, update_title=None)
server = app.server


@lru_cache(maxsize=128)
def rows_of(year: str, problem: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Rates and cross table of a filter."""
    rows = numbers.chosen(CASES, year, problem)
    return numbers.rates(rows, AREAS, year), numbers.crossed(rows, AREAS)


@lru_cache(maxsize=512)
def months_of(year: str, problem: str, code: str | None) -> pd.DataFrame:
    """The months of a filter, of the city or of one kelurahan."""
    return numbers.monthly(numbers.chosen(CASES, year, problem), year, code)


def map_of(found: pd.DataFrame) -> go.Figure:
    figure = go.Figure(
        go.Choroplethmap(
            geojson=GEOJSON, locations=found["code"], z=found["rate"], colorscale="Blues",
            text=found["name"], hovertemplate="%{text}: %{z:.1f}<extra></extra>",
            marker={"line": {"color": "white", "width": 1}},
        )
    )  # fmt: skip
    style = {"style": numbers.OFFLINE, "center": numbers.MIDDLE, "zoom": numbers.ZOOM}
    return figure.update_layout(
        map=style, margin=MARGIN, height=numbers.HEIGHT, uirevision="map", clickmode="event"
    )


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


def heat_of(table: pd.DataFrame) -> go.Figure:
    named = table.rename(index=AREAS["name"])
    figure = px.imshow(named, text_auto=True, aspect="auto", title="Kelurahan x profesi")
    return figure.update_layout(margin=MARGIN, height=numbers.HEIGHT)


def half(*children: object) -> html.Div:
    return html.Div(list(children), style={"width": "50%"})


def row(*halves: html.Div) -> html.Div:
    return html.Div(list(halves), style={"display": "flex"})


QUIET = {"displayModeBar": False, "scrollZoom": False, "responsive": True}
app.layout = html.Div(
    [
        html.H1("Kasus menurut kelurahan"),
        row(
            half(dcc.Dropdown(YEARS, "2025", id="year", clearable=False)),
            half(dcc.Dropdown(PROBLEMS, numbers.ALL, id="problem", clearable=False)),
        ),
        row(
            half(dcc.Graph(id="map", config=QUIET)),
            half(dcc.Graph(id="bars", config=QUIET)),
        ),
        row(
            half(dcc.Graph(id="trend", config=QUIET)),
            half(dcc.Graph(id="heat", config=QUIET)),
        ),
    ]
)


@callback(
    Output("map", "figure"),
    Output("bars", "figure"),
    Output("heat", "figure"),
    Input("year", "value"),
    Input("problem", "value"),
)
def charts(year: str, problem: str) -> tuple[go.Figure, go.Figure, go.Figure]:
    """The charts that only the filters change."""
    found, table = rows_of(year, problem)
    return map_of(found), bars_of(found), heat_of(table)


@callback(
    Output("trend", "figure"),
    Input("year", "value"),
    Input("problem", "value"),
    Input("map", "clickData"),
)
def trend(year: str, problem: str, click: dict | None) -> go.Figure:
    """The months of the clicked kelurahan, else of the city."""
    code = click["points"][0]["location"] if click else None
    title = AREAS.at[code, "name"] if code else "Kota"
    return trend_of(months_of(year, problem, code), title)
