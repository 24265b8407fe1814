"""Figures on the page, each with its description, and clicks that choose a kelurahan."""

from lk3.figures import Figure, FixedFigure
from lk3.ui.filters import select_kelurahan
from lk3.ui.level import steps_into
from lk3.ui.widgets.plots import show_figure


def chart(
    figure: Figure | FixedFigure,
    *,
    key: str,
    marks: str | None = None,
    selects: bool = False,
    fills: bool = False,
    steps: bool = False,
) -> None:
    """A figure with its description. `marks`: code of the area that stands out in it, "" while none
    does, None where none ever does; `selects`: a click chooses a kelurahan; `steps`: of a larger
    area it shows what is in it; `fills`: it is as high as its place.
    """
    fixed = figure if isinstance(figure, FixedFigure) else FixedFigure.of(figure)

    def choose(code: str) -> None:
        if not (steps and steps_into(code)):
            select_kelurahan(code)

    show_figure(fixed, key=key, fills=fills, marks=marks, on_chosen=choose if selects else None)
