"""Refusals foreseen, read for the stand without a lock."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from policies.book.answers import Ask
from policies.book.picture import Picture
from policies.house.room import Needs
from policies.rescue.foreseen import Caller, Foreseen, foreseen, would_refuse
from seating.book.asked import check_needs, check_start, period_asked
from seating.book.in_force import Known, house_of
from seating.book.periods import seen, tonights
from seating.clock import Clock
from seating.db import Connection
from seating.errors import NotFound
from seating.forecast.period_values import prospect_of

GUEST = "select name from guest where venue_id = $1 and guest_id = $2"


class Call(Struct, frozen=True, kw_only=True):
    """Who calls or stands at the door, as far as the host knows; `starts`: now if not said."""

    party_size: int
    starts: datetime | None = None
    guest_id: UUID | None = None
    needs: Needs = Needs()


async def foreseen_tonight(
    conn: Connection, venue_id: str, call: Call | None, clock: Clock
) -> tuple[Foreseen, ...]:
    """Return whom we may have to refuse: first the guest who calls, then tonight's promises.

    Raises NotFound, Invalid, TooFarOff.
    """
    known, now = await house_of(conn, venue_id), await clock.now(conn)
    tonight = await seen(conn, venue_id, known.house, tonights(known, now), now=now)
    promised = foreseen(tonight, known.house, now=now)
    caller = await _refused(conn, known, call, tonight, now) if call else None
    return (caller, *promised) if caller else promised


async def _refused(
    conn: Connection, known: Known, call: Call, tonight: Picture, now: datetime
) -> Foreseen | None:
    house, starts = known.house, call.starts or now
    check_start(starts, now)
    check_needs(house, call.needs)
    name = await _name(conn, house.venue.id, call.guest_id)
    period = period_asked(known, starts)
    picture = tonight
    if period is not None and period.period_id != tonight.period.period_id:
        picture = await seen(conn, house.venue.id, house, period, now=now)
    ask = Ask(
        party_size=call.party_size,
        starts=starts,
        channel="phone" if call.starts else "desk",
        needs=call.needs,
        guest_id=call.guest_id,
    )
    async with prospect_of(picture, house, now=now) as prospect:
        who = Caller(ask=ask, name=name)
        return would_refuse(picture, house, who, now=now, prospect=prospect)


async def _name(conn: Connection, venue_id: str, guest_id: UUID | None) -> str:
    if guest_id is None:
        return ""
    name: str | None = await conn.fetchval(GUEST, venue_id, guest_id)
    if name is None:
        raise NotFound("there is no such guest", pointer="/guest_id")
    return name
