"""Reference values (acuan) as they stand beside a chart: named, never a verdict."""

from lk3.indicators.targets import Target, targets_of
from lk3.language import _, number
from lk3.ui.view import View

_PER_WORKER = ("open_cases_per_counsellor", "open_cases_per_member")


def references(view: View, key: str) -> list[tuple[str, float]]:
    """Label and value of each reference value of an indicator that has one."""
    found = targets_of(key, view.held.planning.targets)
    return [(_name(target), target.value) for target in found if target.value is not None]


def _name(target: Target) -> str:
    """The value as it stands on a line: 1:100 for cases on one worker, else the number."""
    value = number(target.value, 0 if target.value == int(target.value or 0) else 1)
    if target.indicator in _PER_WORKER:
        return _("acuan 1:{n}").format(n=value)
    return _("acuan {n}").format(n=value)
