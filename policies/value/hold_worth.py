"""What a held table's place is worth to guests who book, and what is told of it after the night.

The worth is the bid price of a table of its class over the time it is held. A table held from the
first prices to its window cost what it was worth then; one given back earlier, only what its
place lost meanwhile, for the rest could still be sold.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Literal
from uuid import UUID

import numpy as np

from policies.book.picture import BidPrices, Picture
from policies.forecast.period_grid import grid_of
from policies.house.house import House
from policies.house.layout import layout_of
from policies.house.wording import about
from policies.value.period_value import minor_units
from policies.words.message import Message, message

HeldFate = Literal["came", "absent", "unused", "given_back"]
"""Whoever it was granted to came, or did not; nobody had it; it went back on sale."""


def displaced_values(
    picture: Picture, house: House, bids: BidPrices, *, now: datetime
) -> Iterator[tuple[UUID, int]]:
    """Yield each held table whose window has not begun with its worth, in minor units."""
    grid, seats, table = grid_of(picture.period), layout_of(house).seats, np.array(bids.table)
    for held in picture.held:
        if held.state != "held" or held.starts <= now or held.seats > seats[-1]:
            continue
        place = int(np.searchsorted(seats, held.seats))
        price = float(table[place, max(grid.at(held.starts), 0) : grid.end(held.ends)].sum())
        yield held.held_id, minor_units(picture.rules.decisions, price)


def displaced_by(fate: HeldFate, first: int | None, last: int | None) -> int | None:
    """Return what holding the table kept others from bringing; None where it was never priced."""
    if first is None or last is None:
        return None
    return max(first - last, 0) if fate == "given_back" else first


def worth_told(
    house: House,
    fate: HeldFate,
    *,
    window: str,
    seats: int,
    party: str,
    size: int,
    earned: int,
    displaced: int | None,
) -> tuple[Message, ...]:
    """Return the sentences on one held table: who had it and what it brought, what it cost."""
    who = party or message("held-worth-walk-in")
    if fate == "came":
        brought = about(earned, house)
        had = message(
            "held-worth-came", window=window, seats=seats, party=who, size=size, earned=brought
        )
    elif fate == "absent":
        had = message("held-worth-absent", window=window, seats=seats, party=who, size=size)
    else:
        key = "held-worth-back" if fate == "given_back" else "held-worth-unused"
        had = message(key, window=window, seats=seats)
    if displaced is None:
        return (had,)
    cost = about(displaced, house)
    return (had, message("held-cost", cost=cost) if cost.minor else message("held-cost-nothing"))
