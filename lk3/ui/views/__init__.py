"""The larger pieces of the pages: each draws one part of one subject from a `View`."""
