"""A hundred workbooks with something wrong: each check is sound, none is a traceback.

Thousands more, and the mending of what they find: `python bench/fuzz.py`.
"""

import time

import pytest

from tests.mutations import mutated
from tests.oracle import checked_by, complaints

SEEDS = range(100)
AT_A_TIME = 50


@pytest.mark.parametrize("first", SEEDS[::AT_A_TIME])
def test_whatever_a_file_holds_its_check_is_sound(first):
    found = {}
    for seed in range(first, first + AT_A_TIME):
        content, name = mutated(seed)
        wrong = complaints(checked_by(content, name, by_columns=seed % 3 == 0))
        if wrong:
            found[seed] = wrong
    assert found == {}, "python bench/fuzz.py --seed N tells more"


def test_the_same_seed_makes_the_same_damage_whatever_the_clock_says():
    seeds = range(20)
    before = [mutated(seed) for seed in seeds]
    time.sleep(1.1)
    assert [seed for seed in seeds if mutated(seed) != before[seed]] == []
