"""Who may see it? The one door through which numbers leave for an audience.

In: measure frames and cross tables of counts. Out: `Released` and `ReleasedTable`, the only forms
that figures and reports take. For the public, small counts are hidden, and as many others as it
takes that no total gives them back.
"""

from lk3.disclosure.release import (
    AUDIENCES,
    Released,
    ReleasedTable,
    release,
    release_table,
)

__all__ = ["AUDIENCES", "Released", "ReleasedTable", "release", "release_table"]
