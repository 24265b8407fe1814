"""What is meant by what is written? Raw cells in, keys, codes, dates and numbers with a rule out.

Every function takes a Series of raw cells and returns a DataFrame on the same index. A value that
cannot be read for certain is left empty and carries the code of the rule that it broke; nothing is
guessed. Each distinct value is read once, however often it occurs.
"""
