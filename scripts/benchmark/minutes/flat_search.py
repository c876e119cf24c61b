"""The best flat rule in hindsight, coarse to fine: most of the grid is played on few nights.

First every third of shares and held tables on the first nights, then the neighbours of the best
with every hold, then the best few of all on every night. Best of the last is told.
"""

from collections.abc import Callable, Sequence
from typing import TypeVar

import numpy as np
from msgspec.structs import replace

from policies.lab.compare import mean_or_nan
from policies.lab.rivals import FlatRule

SHARES = tuple(step / 20 for step in range(9))
HELD = tuple(range(0, 14, 2))
HOLDS = (10, 15, 20, 30)
"""The grid: shares overbooked, tables held, minutes a promise is held for."""

COARSE_SHARES, COARSE_HELD = SHARES[::2], HELD[::3]
COARSE_PART, FINE_PART = 0.15, 0.3
"""Shares of the nights that the coarse grid and the neighbours are played on."""

_Number = TypeVar("_Number", int, float)

FINALISTS = 3
FEWEST = 2

Play = Callable[[FlatRule, int], Sequence[float]]
"""Plays a rule on the first nights, so many; returns their nets."""


def best_flat(nights: int, play: Play) -> FlatRule:
    """Return the rule with the highest mean net of the finalists on all nights."""
    few, more = _part(nights, COARSE_PART), _part(nights, FINE_PART)
    coarse = _best(coarse_rules(), few, play)[0]
    finalists = _best(neighbours(coarse), more, play)[:FINALISTS]
    return _best(finalists, nights, play)[0]


def nights_to_search(nights: int) -> int:
    """Return how many nights the search plays at most."""
    fine = 9 * len(HOLDS)
    coarse = len(coarse_rules())
    return (
        coarse * _part(nights, COARSE_PART)
        + fine * _part(nights, FINE_PART)
        + FINALISTS * (nights - _part(nights, FINE_PART))
    )


def coarse_rules() -> list[FlatRule]:
    """Return every other share with every third number of held tables, at the usual hold."""
    return [
        FlatRule(overbooking=share, held=held) for share in COARSE_SHARES for held in COARSE_HELD
    ]


def neighbours(rule: FlatRule) -> list[FlatRule]:
    """Return the rules of the grid beside this one, itself among them, with every hold."""
    return [
        replace(rule, overbooking=share, held=held, hold_ahead=hold)
        for share in _beside(SHARES, rule.overbooking)
        for held in _beside(HELD, rule.held)
        for hold in HOLDS
    ]


def rule_name(rule: FlatRule) -> str:
    """Return the rule in words."""
    return f"{rule.overbooking:.0%} over, {rule.held} held, {rule.hold_ahead} min"


def _beside(grid: tuple[_Number, ...], value: _Number) -> tuple[_Number, ...]:
    place = grid.index(value)
    return grid[max(0, place - 1) : place + 2]


def _best(rules: Sequence[FlatRule], nights: int, play: Play) -> list[FlatRule]:
    """Return the rules by mean net on the first nights, best first; of equals the first."""
    return sorted(rules, key=lambda rule: -mean_or_nan(np.array(play(rule, nights), np.float64)))


def _part(nights: int, share: float) -> int:
    return min(nights, max(FEWEST, round(nights * share)))
