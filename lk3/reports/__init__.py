"""How does it travel? What `disclosure` has let through, as files that leave the dashboard.

In: released tables and the words that belong to them. Out: bytes of a file.
"""

from lk3.reports.tables import Export, to_csv, to_xlsx

__all__ = ["Export", "to_csv", "to_xlsx"]
