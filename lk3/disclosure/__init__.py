"""Who may see it? The one door through which numbers leave for an audience.

In: measure frames and counts. Out: `Released` and `ReleasedTable`, the only forms that figures and
reports take. For the public, small counts are hidden, and as many others as it takes that nothing
that ever leaves of this version gives them back, whatever its filter and period. `times`, `family`
and `building` make the `lattice` that decides it; `suppression` is the linear programme.
"""

from lk3.disclosure.limits import public_limits, require_whole_months
from lk3.disclosure.release import (
    AUDIENCES,
    Released,
    ReleasedTable,
    public_lattice,
    release,
    release_categories,
    release_districts,
    release_table,
    release_units,
)

__all__ = [
    "AUDIENCES",
    "Released",
    "ReleasedTable",
    "public_lattice",
    "public_limits",
    "release",
    "release_categories",
    "release_districts",
    "release_table",
    "release_units",
    "require_whole_months",
]
