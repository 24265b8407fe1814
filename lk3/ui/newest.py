"""What a server process has met lately, so that something is done once for all its sessions.

In: one thing after the other, from the threads of many sessions. Out: whether it is the first time.
"""

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock


class Newest:
    """Remembers so many things at most: whatever has not been met for longest is forgotten."""

    def __init__(self, most: int) -> None:
        self._most, self._lock = most, Lock()
        self._met: OrderedDict[Hashable, None] = OrderedDict()

    def is_new(self, thing: Hashable) -> bool:
        """Whether this is not remembered; it is from now on. Of several threads that ask at once,
        one is told so.
        """
        with self._lock:
            new = thing not in self._met
            self._met[thing] = None
            self._met.move_to_end(thing)
            while len(self._met) > self._most:
                self._met.popitem(last=False)
        return new
