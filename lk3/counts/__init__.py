"""How many? The one aggregation: tables + filter -> counts by the dimensions asked for.

In: `tables.CASES` of any engine, `tables.MEMBERS`, a `Filter`. Out: small pandas frames. Every
number that counts cases goes through `aggregate`, so that a card and its bars agree.
"""

from lk3.counts.aggregation import DIMENSIONS, aggregate, left_out, prepare
from lk3.counts.cases import (
    client_rows,
    clients_counted_again,
    closing_times,
    count_cases,
    count_clients,
    count_open_since,
    count_over_time,
    count_problems,
    held_period,
    open_cases,
    open_spells,
    reports,
)
from lk3.counts.filter import Filter
from lk3.counts.listing import has_recaps, unlisted_areas
from lk3.counts.members import active_people, count_members
from lk3.counts.period import Period

__all__ = [
    "DIMENSIONS",
    "Filter",
    "Period",
    "active_people",
    "aggregate",
    "client_rows",
    "clients_counted_again",
    "closing_times",
    "count_cases",
    "count_clients",
    "count_members",
    "count_open_since",
    "count_over_time",
    "count_problems",
    "has_recaps",
    "held_period",
    "left_out",
    "open_cases",
    "open_spells",
    "prepare",
    "reports",
    "unlisted_areas",
]
