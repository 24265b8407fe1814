"""What does it mean? Counts -> values with interval, method, n and a verdict.

In: the tables and a filter, as a `Context`. Out: one measure frame per indicator, whose form
`measure` describes. `registry` says of each what it is, in words.
"""

from lk3.indicators.compute import Context, LazyMeasures, compute, compute_all
from lk3.indicators.funnel import verdict_label
from lk3.indicators.measure import method_label, note_text
from lk3.indicators.registry import INDICATORS, Indicator

__all__ = [
    "INDICATORS",
    "Context",
    "Indicator",
    "LazyMeasures",
    "compute",
    "compute_all",
    "method_label",
    "note_text",
    "verdict_label",
]
