"""Needs that ask for less never cost a party its table."""

import pytest

from policies.booking.mending import asks_less
from policies.house.room import Needs


@pytest.mark.parametrize(
    ("was", "needs", "less"),
    [
        (Needs(area="terrace"), Needs(), True),
        (Needs(), Needs(area="terrace"), False),
        (Needs(area="terrace"), Needs(area="bar"), False),
        (Needs(step_free=True, high_chairs=2), Needs(step_free=True, high_chairs=1), True),
        (Needs(high_chairs=1), Needs(high_chairs=2), False),
        (Needs(), Needs(quiet=True), False),
        (Needs(step_free=True), Needs(quiet=True), False),
    ],
)
def test_less_is_what_the_old_table_meets_anyway(was: Needs, needs: Needs, *, less: bool) -> None:
    assert asks_less(was, needs) is less
