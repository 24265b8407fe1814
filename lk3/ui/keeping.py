"""What a page shows is made once for what is looked at, and kept for every session.

In: a function of a `View` and of a few choices. Out: the same function, whose result (`kept`) or
whose elements on the page (`drawn_once`) are made when they are first asked for and given back
after that. What is kept belongs to one version of the data in one store, and is told apart by what
people have written beside the data, by filter, chosen kelurahan, language and choices; so nothing
here needs to be told when something has changed. No frame is hashed and none is copied.

A function may look at nothing but its arguments and the language: no state of a session.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import wraps
from threading import Lock, RLock
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar, cast

import streamlit as st

from lk3 import language

if TYPE_CHECKING:
    from lk3.ui.view import View

P = ParamSpec("P")
R = TypeVar("R")
_MOST = 400  # things of one version; figures have 20 to 60 kB
_NOTHING = object()
_MOST_DRAWN = 1000  # parts of pages, of all versions


class Made:
    """Things by their keys; when there are too many, those go that were not wanted for longest."""

    def __init__(self, most: int = _MOST) -> None:
        self._things: OrderedDict[Hashable, Any] = OrderedDict()
        self._most = most
        self._turns: dict[Hashable, RLock] = {}
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], R]) -> R:
        """The thing of a key; sessions that want it at once wait for one making."""
        found = self._find(key)
        if found is not _NOTHING:
            return cast("R", found)
        with self._lock:
            turn = self._turns.setdefault(key, RLock())
        try:
            with turn:
                found = self._find(key)
                if found is _NOTHING:
                    found = make()
                    self._keep(key, found)
                return cast("R", found)
        finally:
            self._turns.pop(key, None)

    def __len__(self) -> int:
        return len(self._things)

    def _find(self, key: Hashable) -> Any:
        with self._lock:
            if key in self._things:
                self._things.move_to_end(key)
            return self._things.get(key, _NOTHING)

    def _keep(self, key: Hashable, thing: Any) -> None:
        with self._lock:
            self._things[key] = thing
            if len(self._things) > self._most:
                self._things.popitem(last=False)


def kept(
    function: Callable[Concatenate["View", P], R],
) -> Callable[Concatenate["View", P], R]:
    """A function whose result is kept. It must not be changed by whoever gets it."""

    @wraps(function)
    def keeping(view: "View", /, *args: P.args, **kwargs: P.kwargs) -> R:
        looked_at = (*view.state, view.selected, *_spoken())
        key = (_name(function), *looked_at, args, *kwargs.items())
        return view.held.made.get(key, lambda: function(view, *args, **kwargs))

    return keeping


def kept_for_all(
    function: Callable[Concatenate["View", P], R],
) -> Callable[Concatenate["View", P], R]:
    """The same for what does not depend on the chosen kelurahan: the function sees none."""
    keeping = kept(function)

    @wraps(function)
    def unselected(view: "View", /, *args: P.args, **kwargs: P.kwargs) -> R:
        return keeping(view.unselected, *args, **kwargs)

    return unselected


def drawn_once(
    function: Callable[Concatenate["View", P], None],
) -> Callable[Concatenate["View", P], None]:
    """A part of a page, without widgets and figures, that does not depend on the chosen kelurahan:
    its elements are made once and sent again.
    """

    @wraps(function)
    def drawing(view: "View", /, *args: P.args, **kwargs: P.kwargs) -> None:
        view = view.unselected
        key = (_name(function), view.held.key, *view.state, args, *kwargs.items())
        draw_once(repr(key), lambda: function(view, *args, **kwargs))

    return drawing


def draw_once(key: str, draw: Callable[[], object]) -> None:
    """Elements without widgets, told apart by a key and by the language."""
    _drawn(f"{language.current()} {language.named()} {key}", draw)


@st.cache_resource(max_entries=_MOST_DRAWN, show_spinner=False)
def _drawn(key: str, _draw: Callable[[], object]) -> None:
    """Streamlit keeps the elements that are drawn in here, and sends them when it is not run."""
    _draw()


def _spoken() -> tuple[Hashable, ...]:
    """The language, and what things are called in it."""
    return language.current(), *language.named().items()


def _name(function: Callable[..., Any]) -> str:
    return f"{function.__module__}.{function.__qualname__}"
