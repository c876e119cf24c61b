"""How long parties would wait: by the look-ahead where the house decides by value, else by plan."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from policies.book.picture import Picture
from policies.door.waiting import Party, planned_waits, quote_planned
from policies.floor.orders import Order, Wait
from policies.house.grid import GRID_MINUTES
from policies.house.house import House
from policies.lookahead.advice import quote_for
from seating.book.in_force import Known
from seating.book.periods import seen, tonights
from seating.db import Connection
from seating.forecast.quote_scales import believed, scales_of

KEEP_SIMULATED = """
update wait_entry set simulated_minutes = $3 where venue_id = $1 and wait_id = $2
"""


class WaitQuote(Struct, frozen=True, kw_only=True):
    """The minutes to tell; `free_now`: the plan has a table for the party at once.

    `simulated`: the minutes behind a quote of the look-ahead, which is learned from.
    """

    minutes: int
    free_now: bool = False
    simulated: float | None = None


async def quotes(
    conn: Connection,
    picture: Picture,
    house: House,
    parties: Sequence[Party],
    *,
    now: datetime,
) -> tuple[WaitQuote | None, ...]:
    """Return the wait to tell each party if it joined the list now, alone.

    None where there is no table for it within the hours that can be foreseen. To be called before
    the period is locked: it takes milliseconds.
    """
    planned = await asyncio.to_thread(planned_waits, picture, house, parties, now=now)
    if not picture.rules.decisions.by_value:
        return tuple(None if each is None else _by_plan(each) for each in planned)
    valued = await _by_value(conn, picture, house, parties, now=now)
    return tuple(
        replace(quote, free_now=wait == 0) if quote else None
        for wait, quote in zip(planned, valued, strict=True)
    )


async def quote_to_tell(
    conn: Connection, known: Known, order: Order, now: datetime
) -> WaitQuote | None:
    """Return the quote for a party that a host puts on the waitlist, if one can be foreseen."""
    if not isinstance(order, Wait) or _unknown_area(known, order):
        return None
    house = known.house
    picture = await seen(conn, house.venue.id, house, tonights(known, now), now=now)
    party = (order.party_size, order.needs)
    (quote,) = await quotes(conn, picture, house, (party,), now=now)
    return quote


def with_quote(order: Order, quoted: WaitQuote | None) -> Order:
    """Return the order with the wait to tell; a host who named another keeps to it."""
    if quoted is None or not isinstance(order, Wait) or order.quoted_minutes is not None:
        return order
    return replace(order, quoted_minutes=quoted.minutes)


async def keep_simulated(
    conn: Connection, venue_id: str, wait_id: UUID, told: int | None, quoted: WaitQuote | None
) -> None:
    """Keep what is behind an entry's quote, in the transaction that made the entry.

    Not where the host `told` something else than our quote: that teaches nothing about it.
    """
    if quoted is None or quoted.simulated is None:
        return
    said = quoted.minutes if told is None else told
    if abs(said - quoted.minutes) <= GRID_MINUTES:
        await conn.execute(KEEP_SIMULATED, venue_id, wait_id, quoted.simulated)


async def _by_value(
    conn: Connection,
    picture: Picture,
    house: House,
    parties: Sequence[Party],
    *,
    now: datetime,
) -> tuple[WaitQuote | None, ...]:
    forecast = await believed(conn, house.venue.id, picture)
    scales = await scales_of(conn, house.venue.id)

    def look_ahead() -> tuple[WaitQuote | None, ...]:
        found = (
            quote_for(picture, house, forecast, scales, party_size=size, needs=needs, now=now)
            for size, needs in parties
        )
        return tuple(
            None if each is None else WaitQuote(minutes=each.minutes, simulated=each.simulated)
            for each in found
        )

    return await asyncio.to_thread(look_ahead)


def _by_plan(minutes: int) -> WaitQuote:
    return WaitQuote(minutes=quote_planned(minutes), free_now=minutes == 0)


def _unknown_area(known: Known, order: Wait) -> bool:
    areas = {area.id for area in known.house.areas}
    return order.needs.area is not None and order.needs.area not in areas
