"""What do we hold? Versioned tables: save a source, list versions, restore, load.

In: the tables of one workbook and the account of its rows. Out: the tables of all that is active,
at the newest version or an earlier one. `versions` does it, `records` says in what form rows lie,
`notes` keeps what people write down, `failures` says in a sentence what went wrong, `key` keeps the
key of the digests.
"""

from lk3.store.notes import Note, Notes
from lk3.store.records import SOURCES
from lk3.store.versions import AlreadySavedError, Store, Version, open_store

__all__ = ["SOURCES", "AlreadySavedError", "Note", "Notes", "Store", "Version", "open_store"]
