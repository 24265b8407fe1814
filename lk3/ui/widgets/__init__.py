"""The parts that pages are put together from, each in a module of its own."""
