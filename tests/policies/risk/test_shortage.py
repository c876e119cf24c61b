"""How many others wait when more come than fit: counted, not estimated."""

from itertools import product
from math import prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.risk.shortage import others_short


def counted(others: list[float], places: int) -> float:
    """The same by going through who comes, one case after the other."""
    total = chance = 0.0
    for comes in product((False, True), repeat=len(others)):
        share = prod(p if here else 1.0 - p for p, here in zip(others, comes, strict=True))
        short = sum(comes) + 1 - places
        if short > 0:
            total, chance = total + share * short, chance + share
    return total / chance if chance > 0.0 else 0.0


@given(st.lists(st.floats(0.05, 1.0), max_size=7), st.integers(-2, 9))
def test_it_is_the_mean_over_who_comes(others: list[float], places: int) -> None:
    assert others_short(others, places) == pytest.approx(counted(others, places), rel=1e-6)


def test_as_many_as_tables_leave_one_waiting_and_one_more_leaves_two() -> None:
    assert others_short([1.0, 1.0], 2) == pytest.approx(1.0)
    assert others_short([1.0, 1.0, 1.0], 2) == pytest.approx(2.0)
    assert others_short([1.0], 2) == 0.0
