"""The door: what can be offered to a party that stands there."""

from msgspec import Struct

from policies.door import Option, options
from policies.terms import Needs
from seating.booking import check_needs
from seating.clock import Clock
from seating.db import Connection
from seating.house import house_of
from seating.periods import seen
from seating.tonight import tonights


class AtTheDoor(Struct, frozen=True, kw_only=True):
    """Options in the order to offer them, and how many parties already wait."""

    options: tuple[Option, ...]
    parties_ahead: int


async def at_the_door(
    conn: Connection, venue_id: str, party_size: int, needs: Needs, clock: Clock
) -> AtTheDoor:
    """Return what a walk-in can be offered now. Raises NotFound, Invalid."""
    known = await house_of(conn, venue_id)
    check_needs(known.house, needs)
    now = await clock.now(conn)
    picture = await seen(conn, venue_id, known.house, tonights(known, now), now=now)
    offered = options(picture, known.house, party_size, needs, now=now)
    return AtTheDoor(options=offered, parties_ahead=len(picture.waiting))
