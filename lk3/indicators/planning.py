"""What planners have set: required professions and targets, as one key for caches."""

from dataclasses import dataclass, field

from lk3.indicators.requirements import Requirements, default_requirements, requirements
from lk3.indicators.targets import Target, default_targets, targets
from lk3.store import Notes


@dataclass(frozen=True)
class Planning:
    """Required professions and targets; by default what the files say."""

    requirements: Requirements = field(default_factory=default_requirements)
    targets: tuple[Target, ...] = field(default_factory=default_targets)


def planning_in(notes: Notes) -> Planning:
    """What the store says now."""
    return Planning(requirements(notes), targets(notes))
