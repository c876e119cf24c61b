"""The door: what can be offered to a party that stands there, and what is worth most."""

import asyncio
from datetime import datetime

from msgspec import Struct

from policies.door import Option, options
from policies.door_advice import Advised, DoorAdvice, advise
from policies.door_words import say
from policies.house import House
from policies.terms import Needs, Picture
from seating.booking import check_needs
from seating.clock import Clock
from seating.db import Connection
from seating.house import house_of
from seating.periods import seen
from seating.quotes import believed, scales_of
from seating.tonight import tonights


class AtTheDoor(Struct, frozen=True, kw_only=True):
    """Options in the order to offer them, and how many parties already wait.

    Where the house decides by value the best comes first, with the advice in numbers and in a
    sentence `because` of which.
    """

    options: tuple[Option, ...]
    parties_ahead: int
    advice: DoorAdvice | None = None
    because: str = ""


async def at_the_door(
    conn: Connection, venue_id: str, party_size: int, needs: Needs, clock: Clock
) -> AtTheDoor:
    """Return what a walk-in can be offered now. Raises NotFound, Invalid."""
    known = await house_of(conn, venue_id)
    check_needs(known.house, needs)
    now = await clock.now(conn)
    picture = await seen(conn, venue_id, known.house, tonights(known, now), now=now)
    offered = options(picture, known.house, party_size, needs, now=now)
    ahead = len(picture.waiting)
    if not offered or not picture.rules.decisions.by_value:
        return AtTheDoor(options=offered, parties_ahead=ahead)
    found = await _advised(conn, picture, known.house, offered, party_size, needs, now=now)
    because = say(found.advice, known.house) if found.advice else ""
    return AtTheDoor(
        options=found.options, parties_ahead=ahead, advice=found.advice, because=because
    )


async def _advised(
    conn: Connection,
    picture: Picture,
    house: House,
    offered: tuple[Option, ...],
    party_size: int,
    needs: Needs,
    *,
    now: datetime,
) -> Advised:
    """Weigh the options in another thread: nothing is locked, and the stand shares this loop."""
    venue_id = house.venue.id
    forecast = await believed(conn, venue_id, picture)
    scales = await scales_of(conn, venue_id)
    return await asyncio.to_thread(
        advise, picture, house, forecast, scales, offered,
        party_size=party_size, needs=needs, now=now,
    )  # fmt: skip
