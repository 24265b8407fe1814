"""A file that cannot be used at all: which rule it broke and what the sentence needs."""

from typing import Any

from lk3.errors import UserError


class Refused(UserError):
    """Raised by the stages of the intake; `check_file` makes it the file's one error finding."""

    def __init__(self, rule: str, **details: Any) -> None:
        super().__init__(rule)
        self.rule = rule
        self.details = details
