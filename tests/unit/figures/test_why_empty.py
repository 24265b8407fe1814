"""A figure without anything to draw says why."""

import numpy as np
import pytest

from lk3 import figures
from lk3.figures.groups import ranked_groups
from lk3.figures.planning import need_against_supply
from tests.unit.figures.test_squares import MEASURE, PLACES


def _without(note):
    return MEASURE.assign(value=np.nan, note=note)


@pytest.mark.parametrize(
    ("note", "said"), [("no_population", "Jumlah penduduk"), ("not_chosen", "Tidak ada data")]
)
def test_without_population_the_charts_of_need_say_so(note, said):
    none = _without(note)
    drawn = (
        need_against_supply(none, none, places=PLACES, need_label="a", supply_label="b"),
        figures.funnel_plot(none.assign(n=np.nan, denominator=np.nan), places=PLACES, label="a"),
        ranked_groups(
            none, groups=none["value"], states=none["note"], places=PLACES, label="a", unit="b"
        ),
    )
    for figure in drawn:
        assert said in figure.layout.annotations[0].text
