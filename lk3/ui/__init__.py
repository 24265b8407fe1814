"""What people see: the only Streamlit in the package.

In: the tables, measures, figures and sentences of the layers below. Out: a page. `session` lets a
session in, `data` is the one door to the rows, `view` is what a page gets, `widgets` are the parts
of a page and `views` the larger pieces that pages are put together from.
"""
