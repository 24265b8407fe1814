"""Two kinds of error: the user's, said in one sentence, and bugs, which are everything else."""


class UserError(Exception):
    """Something the user can mend. The message is one finished sentence in the user's language:
    where, what was found, what was expected, what to do. Shown as it is, never with a traceback.
    """
