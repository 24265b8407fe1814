"""What a process remembers, and what it forgets."""

from concurrent.futures import ThreadPoolExecutor

from lk3.ui.newest import Newest


def test_a_thing_is_new_once():
    newest = Newest(3)
    assert [newest.is_new(thing) for thing in "abab"] == [True, True, False, False]


def test_what_was_not_met_for_longest_is_forgotten():
    newest = Newest(2)
    for thing in "ab":
        newest.is_new(thing)
    newest.is_new("a")
    newest.is_new("c")
    assert [newest.is_new(thing) for thing in "ab"] == [False, True]


def test_of_many_threads_at_once_one_meets_it_first():
    newest = Newest(10)
    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(newest.is_new, ["a"] * 400)) == 1
