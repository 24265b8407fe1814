"""A file that cannot be used at all: which rule it broke and what the sentence needs."""

from typing import Any

from lk3.errors import UserError


class Refused(UserError):
    """Raised by the stages of the intake; `check_file` makes it the file's one error finding.

    `questions`: what somebody may answer so that the file can be used after all.
    """

    def __init__(self, rule: str, *, questions: tuple[Any, ...] = (), **details: Any) -> None:
        super().__init__(rule)
        self.questions = questions
        self.rule = rule
        self.details = details
