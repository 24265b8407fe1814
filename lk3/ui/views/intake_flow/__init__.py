"""Data, the way in: choose files, see what was read, answer, see what would change, save.

`files` are what the session has handed in, `checking` reads them (and shows how far it has come),
`asking` puts the questions, `changing` says under which name each file goes and what that would
change, `saving` holds the one click that saves, `waiting` lists the watched folder, `steps` shows
where one stands. Files and results stay in the session that sent them. Nothing is saved before the
last click, except answers: they are remembered when they are given.
"""

from lk3.ui.views.intake_flow.flow import data_headline, intake_flow

__all__ = ["data_headline", "intake_flow"]
