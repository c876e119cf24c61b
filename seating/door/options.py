"""The door: what can be offered to a party that stands there, and what is worth most."""

import asyncio
from datetime import datetime
from typing import Final
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from policies.book.answers import Ask
from policies.book.picture import Picture, Promise
from policies.door.option import Option
from policies.door.options import options
from policies.door.owed import options_of
from policies.house.house import House
from policies.house.room import Needs
from policies.lookahead.advice import Advised, DoorAdvice, advise
from policies.lookahead.words import say
from seating.book.asked import check_needs
from seating.book.in_force import house_of
from seating.book.periods import seen, tonights
from seating.clock import Clock
from seating.db import Connection
from seating.errors import NotFound
from seating.forecast.quote_scales import believed, scales_of

OWED: Final = frozenset({"booked", "arrived", "no_show"})


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
    asking = _Asking(picture, known.house, _ask(party_size, needs, now))
    return await _weighed(conn, asking, offered)


async def promised_at_the_door(
    conn: Connection, venue_id: str, reservation_id: UUID, clock: Clock
) -> AtTheDoor:
    """Return what a promised party that stands here can be given now.

    Raises NotFound for a reservation that is not expected tonight.
    """
    known = await house_of(conn, venue_id)
    now = await clock.now(conn)
    picture = await seen(conn, venue_id, known.house, tonights(known, now), now=now)
    promise = _owed(picture, reservation_id)
    offered = await asyncio.to_thread(options_of, picture, known.house, promise, now=now)
    asking = _Asking(
        _here(picture, promise, now),
        known.house,
        _ask(promise.party_size, promise.needs, now),
        promise.reservation_id,
    )
    return await _weighed(conn, asking, offered)


class _Asking(Struct, frozen=True):
    """A party that stands at the door, and the picture it stands in."""

    picture: Picture
    house: House
    ask: Ask
    promise: UUID | None = None


def _ask(party_size: int, needs: Needs, now: datetime) -> Ask:
    return Ask(party_size=party_size, starts=now, channel="walk_in", needs=needs)


def _owed(picture: Picture, reservation_id: UUID) -> Promise:
    for promise in picture.promises:
        if promise.reservation_id == reservation_id and promise.state in OWED:
            return promise
    raise NotFound("this reservation is not expected tonight", pointer="/reservation_id")


def _here(picture: Picture, promise: Promise, now: datetime) -> Picture:
    """Return the picture with the party arrived, as the look-ahead looks for it in the queue."""
    here = replace(promise, state="arrived", arrived_at=promise.arrived_at or now)
    return replace(
        picture,
        promises=tuple(here if each == promise else each for each in picture.promises),
    )


async def _weighed(conn: Connection, asking: _Asking, offered: tuple[Option, ...]) -> AtTheDoor:
    ahead = len(asking.picture.waiting)
    several = all(option.kind == "split" for option in offered)
    if several or not asking.picture.rules.decisions.by_value:
        return AtTheDoor(options=offered, parties_ahead=ahead)
    found = await _advised(conn, asking, offered)
    because = say(found.advice, asking.house) if found.advice else ""
    return AtTheDoor(
        options=found.options, parties_ahead=ahead, advice=found.advice, because=because
    )


async def _advised(conn: Connection, asking: _Asking, offered: tuple[Option, ...]) -> Advised:
    """Weigh the options in another thread: nothing is locked, and the stand shares this loop."""
    venue_id = asking.house.venue.id
    forecast = await believed(conn, venue_id, asking.picture)
    scales = await scales_of(conn, venue_id)
    return await asyncio.to_thread(
        advise, asking.picture, asking.house, forecast, scales, offered,
        ask=asking.ask, promise=asking.promise,
    )  # fmt: skip
