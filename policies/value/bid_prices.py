"""Bid prices: what a table is worth to the guests still to come, by class and 5-minute bucket.

The dual of assigning all expected guests to tables (Talluri, van Ryzin 2004, ch. 3, bid-price
control), found by smooth ascent instead of an LP solver (logit smoothing of the inner maximum as in
Nesterov 2005). Each flow of guests chooses among its tables, joins and, where it is flexible,
times; a price then moves by eta (use / capacity - 1), floored at 0.
"""

from collections.abc import Sequence

import numpy as np
from msgspec import Struct

from policies.forecast.forecast import SLOT_MINUTES, Forecast
from policies.house.grid import GRID_MINUTES
from policies.house.layout import WHOLE_ROOM, Layout, SizeClasses
from policies.numeric.compiled import Flags, Floats, Ints
from policies.risk.ledger import SMALL_TABLES_OUT
from policies.risk.party_draws import stay_rows, survival_curve
from policies.value.market import Market, dual_ascent

SLOT = SLOT_MINUTES // GRID_MINUTES
REACH_SLOTS = 2
"""Flexible guests take a slot up to half an hour away."""

SURVIVAL_BUCKETS = 48
"""Four hours: hardly anybody stays longer."""

COLD, WARM = 200, 40
"""Steps of the ascent from zero, and from the previous prices."""

COLD_STEP, WARM_STEP, LAST_STEP = 1.0, 0.3, 0.03
"""First steps (from zero, from the previous prices) and last step of the ascent.

How far a step moves a price that is 100 % oversold, money per bucket.
"""


class UnitValues(Struct, frozen=True, kw_only=True):
    """Money per cover, in any unit: served, walked (promised, then sent away), kept waiting."""

    cover: float = 50.0
    walked: float = 100.0
    late: float = 10.0


class ExpectedDemand(Struct, frozen=True, eq=False):
    """Parties expected by size and slot [P, N]: yet to ask, yet to walk in, booked."""

    requests: Floats
    walk_ins: Floats
    booked: Floats


class Prices(Struct, frozen=True, eq=False):
    """`table` [K + J, B]: money for a table of a class, then for a join of a kind, per bucket.

    `survival`, `use` and `allowed` as in `Market`.
    """

    table: Floats
    survival: Floats
    use: Floats
    allowed: Flags

    def cheapest(self, size: int, start: int) -> float:
        """Return the price of the cheapest table or join for such a party, over its stay."""
        stay = self.survival[size - 1]
        ahead = self.table[:, start : start + len(stay)]
        each = self.use @ (ahead @ stay[: ahead.shape[1]])
        return float(each[self.allowed[size - 1]].min(initial=np.inf))


class Pricer:
    """Makes the bid prices of one group of a room under one forecast.

    A table in use cannot be moved to where it is wanted, so the share `tables_out` of every
    class is not counted on, as in the ledger (worth 0.7 to 0.9 % of net, and a third of the
    walked).
    """

    def __init__(
        self,
        layout: Layout,
        forecast: Forecast,
        unit: UnitValues,
        *,
        length: int,
        group: int = WHOLE_ROOM,
        tables_out: float = SMALL_TABLES_OUT,
    ) -> None:
        self.classes = layout.groups[group]
        self.forecast = forecast
        self.largest = layout.largest
        stays = stay_rows(forecast, self.largest)
        self.survival = survival_curve(stays, SURVIVAL_BUCKETS)[1:]
        self.use, self.allowed = _configurations(self.classes, layout, self.largest)
        self.values = unit.cover * np.arange(1, self.largest + 1, dtype=np.float64)
        self.tables_out = tables_out
        there = np.concatenate([self.classes.tables, self.classes.join_count])
        self.capacity = self.usable_capacity(np.tile(there[:, None], (1, length)))

    def usable_capacity(self, there: Ints) -> Floats:
        """Return the capacity counted on, of these tables and joins: [K + J, B] each."""
        counted = there.astype(np.float64)
        counted[: len(self.classes.tables)] *= 1.0 - self.tables_out
        return counted

    def prices(self, expected: ExpectedDemand, before: Prices | None = None) -> Prices:
        """Return the prices under the expected demand, from zero or from the prices before."""
        market = Market(
            expected.requests,
            expected.walk_ins,
            expected.booked,
            self.values,
            self.survival,
            self.use,
            self.allowed,
            self.capacity,
            self.forecast.flexible,
            REACH_SLOTS,
            SLOT,
        )
        start = np.zeros_like(self.capacity) if before is None else before.table
        steps, step = (COLD, COLD_STEP) if before is None else (WARM, WARM_STEP)
        table = dual_ascent(market, start, steps, step, LAST_STEP)
        return Prices(table, self.survival, self.use, self.allowed)


def spread_demand(
    parties: float, slots: Sequence[float], sizes: Sequence[float], largest: int
) -> Floats:
    """Return the parties spread by size and slot, [P, N]; sizes above the largest are left out.

    The shares need not add up to one; those of sizes left out are not spread on the others.
    """
    size, slot = np.array(sizes, np.float64), np.array(slots, np.float64)
    by_size = np.zeros(largest)
    kept = min(largest, len(size))
    by_size[:kept] = size[:kept] / size.sum()
    return parties * np.outer(by_size, slot / slot.sum())


def _configurations(classes: SizeClasses, layout: Layout, largest: int) -> tuple[Floats, Flags]:
    """Return `use` [C, R] and `allowed` [P, C]: each class alone, then each kind of join."""
    alone, kinds = len(classes.tables), len(classes.join_count)
    use = np.eye(alone + kinds)
    use[alone + np.arange(kinds), classes.join_member] += classes.join_uses
    rank = np.array([layout.class_of(size) for size in range(1, largest + 1)])[:, None]
    single = (np.arange(alone) >= rank) & (classes.tables > 0)
    joined = (rank > classes.join_member) & (rank <= classes.join_reach)
    return use, np.hstack([single, joined])
