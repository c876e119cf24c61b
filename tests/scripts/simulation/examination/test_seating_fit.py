"""The room counted by ourselves."""

from __future__ import annotations

import pytest

from scripts.simulation.examination.seating_fit import PartyToSeat, fit_together
from tests.support.played import HOUSE


@pytest.mark.parametrize(
    ("sizes", "fits"),
    [([2] * 5, True), ([12, 12], True), ([12, 12, 12], False), ([8, 8, 8, 8, 8], False)],
)
def test_parties_fit_the_bistro_or_not(sizes: list[int], *, fits: bool) -> None:
    parties = [PartyToSeat(size, {}) for size in sizes]
    assert fit_together(HOUSE, frozenset(HOUSE.tables), parties) is fits
