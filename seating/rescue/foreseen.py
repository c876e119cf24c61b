"""Refusals expected tonight, read for the stand without a lock."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from policies.book.answers import Ask
from policies.book.picture import Picture
from policies.house.room import Needs
from policies.rescue.foreseen import Caller, ForeseenRefusal, likely_refusals, refusal_for
from policies.words.message import message
from seating.book.asked import check_needs, check_start, period_for_start
from seating.book.in_force import HouseVersion, house_of
from seating.book.periods import read_unlocked, tonights_period
from seating.clock import Clock
from seating.db import Connection
from seating.errors import NotFound
from seating.forecast.period_values import prospect_of

GUEST = "select name from guest where venue_id = $1 and guest_id = $2"


class CallerDetails(Struct, frozen=True, kw_only=True):
    """What a guest on the phone or at the door asks for; `starts`: None means now."""

    party_size: int
    starts: datetime | None = None
    guest_id: UUID | None = None
    needs: Needs = Needs()


async def foreseen_refusals(
    conn: Connection, venue_id: str, caller_details: CallerDetails | None, clock: Clock
) -> tuple[ForeseenRefusal, ...]:
    """Return the parties that may have to be refused: first the caller, then tonight's promises.

    Raises NotFound, Invalid, TooFarOff.
    """
    now = await clock.now(conn)
    in_force = (await house_of(conn, venue_id)).at(now)
    tonight = await read_unlocked(conn, venue_id, in_force, tonights_period(in_force, now), now=now)
    promised = likely_refusals(tonight, in_force.house, now=now)
    caller = (
        await _refusal_of_caller(conn, in_force, caller_details, tonight, now)
        if caller_details
        else None
    )
    return (caller, *promised) if caller else promised


async def _refusal_of_caller(
    conn: Connection,
    in_force: HouseVersion,
    caller_details: CallerDetails,
    tonight: Picture,
    now: datetime,
) -> ForeseenRefusal | None:
    starts = caller_details.starts or now
    check_start(starts, now)
    house = in_force.at(starts).house
    check_needs(house, caller_details.needs)
    name = await _name(conn, house.venue.id, caller_details.guest_id)
    period = period_for_start(in_force, starts)
    picture = tonight
    if period is not None and period.period_id != tonight.period.period_id:
        picture = await read_unlocked(conn, house.venue.id, in_force, period, now=now)
    ask = Ask(
        party_size=caller_details.party_size,
        starts=starts,
        channel="phone" if caller_details.starts else "desk",
        needs=caller_details.needs,
        guest_id=caller_details.guest_id,
    )
    async with prospect_of(picture, house, now=now) as prospect:
        who = Caller(ask=ask, name=name)
        return refusal_for(picture, house, who, now=now, prospect=prospect)


async def _name(conn: Connection, venue_id: str, guest_id: UUID | None) -> str:
    if guest_id is None:
        return ""
    name: str | None = await conn.fetchval(GUEST, venue_id, guest_id)
    if name is None:
        raise NotFound(message("no-such-guest"), pointer="/guest_id")
    return name
