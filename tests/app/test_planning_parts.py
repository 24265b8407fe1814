"""Parts of the planning pages that can be tried without a page."""

import numpy as np
import pandas as pd

from lk3.indicators.targets import default_targets
from lk3.ui.views.professions_settings import least_of
from lk3.ui.views.underserved_targets import changed, targets_table


def test_an_emptied_minimum_asks_for_nobody():
    edited = pd.DataFrame({"minimum": [2.0, np.nan, 0.0]}, index=["babinsa", "medis", "pkh"])

    assert least_of(edited) == {"babinsa": 2, "medis": 0, "pkh": 0}


def test_only_targets_that_the_table_has_otherwise_are_written():
    known = default_targets()
    edited = targets_table(known)
    assert changed(known, edited) == []

    edited.loc["clients_per_year", ["value", "source"]] = [120.0, " Renstra Uji "]
    edited.loc["families_per_worker", "value"] = np.nan

    source = next(t.source for t in known if t.key == "families_per_worker")
    assert changed(known, edited) == [
        ("families_per_worker", None, source),
        ("clients_per_year", 120.0, "Renstra Uji"),
    ]
