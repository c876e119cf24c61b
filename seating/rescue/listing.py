"""Rescues: the list of ways to say yes after all, as it is told and as it stands."""

import asyncio
from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from policies.booking.tables import Tables
from policies.house.calendar import Period, local_instant, periods_on, zone_of
from policies.house.room import Needs
from policies.rescue.option import RescueOption, Turned
from policies.rescue.options import Elsewhen, at_once, by_playbook, on_another_day, rescue_options
from policies.rescue.orders import ListRescue
from policies.rescue.playbook import Answers
from seating.book.actions import Action, Who, fingerprint, record_action, replayed
from seating.book.asked import check_needs
from seating.book.in_force import Known, house_of
from seating.book.periods import seen, tonights
from seating.clock import Clock
from seating.db import Connection
from seating.errors import Invalid, NotFound, NotPossibleNow
from seating.forecast.period_values import prospect_of
from seating.forecast.quote_scales import believed
from seating.rescue.rows import Kept, Rescue, keep_rescue, options_of, read_rescue
from seating.turnaways.playbook import answers_to

DAYS_AHEAD = 3
"""So many days are looked through for a table at the same hour."""

OF_TURNAWAY = """
select party_size, name, phone from turnaway where venue_id = $1 and turnaway_id = $2
"""

OF_RESERVATION = """
select r.party_size, r.name, g.phone, r.needs::text, r.state from reservation r
left join guest g on g.venue_id = r.venue_id and g.guest_id = r.guest_id
where r.venue_id = $1 and r.reservation_id = $2
"""


class Listed(Struct, frozen=True, kw_only=True):
    """A rescue with its options, the one to begin with first, and what became of each.

    `answers`: what the playbook has for the cause the party was turned away for.
    """

    rescue_id: UUID
    party_size: int
    name: str
    listed_at: datetime
    turnaway_id: UUID | None = None
    reservation_id: UUID | None = None
    options: tuple[Kept, ...] = ()
    answers: Answers | None = None


class _Known(Struct, frozen=True, kw_only=True):
    party_size: int
    name: str = ""
    phone: str | None = None
    needs: Needs | None = None


async def list_rescue(
    conn: Connection, venue_id: str, order: ListRescue, who: Who, clock: Clock
) -> Listed:
    """List every way to say yes to a party; nothing is locked, and options may overlap.

    Raises NotFound, Invalid, NotPossibleNow, IdReused.
    """
    asked = fingerprint(order)
    earlier = await replayed(conn, venue_id, order.id, "ListRescue", asked)
    if earlier is not None:
        return msgspec.json.decode(earlier.answer, type=Listed)
    known, now = await house_of(conn, venue_id), await clock.now(conn)
    check_needs(known.house, order.needs)
    period = tonights(known, now)
    rescue = await _rescue_of(conn, venue_id, order, period, who, now)
    answers = await answers_to(conn, venue_id, rescue.turnaway_id, now=now)
    options = await _options(conn, known, rescue.party, period, now)
    options = by_playbook(options, answers.beyond if answers else ())
    await keep_rescue(conn, venue_id, rescue, options)
    kept = tuple(Kept(option=each, state="listed") for each in options)
    listed = _listed(rescue, kept, answers)
    action = Action(
        action_id=order.id,
        asked=asked,
        kind="ListRescue",
        period_id=rescue.period_id,
        subject_id=order.turnaway_id or order.reservation_id,
        staff_id=who.staff_id,
        at=now,
        reason=order.reason,
        answer=msgspec.Raw(msgspec.json.encode(listed)),
    )
    await record_action(conn, venue_id, action)
    return listed


async def rescue_now(conn: Connection, venue_id: str, rescue_id: UUID, clock: Clock) -> Listed:
    """Return a rescue as it stands: what is open, taken or lapsed. Raises NotFound."""
    rescue = await read_rescue(conn, venue_id, rescue_id)
    now = await clock.now(conn)
    answers = await answers_to(conn, venue_id, rescue.turnaway_id, now=now)
    return _listed(rescue, await options_of(conn, venue_id, rescue_id, now=now), answers)


async def _rescue_of(
    conn: Connection, venue_id: str, order: ListRescue, period: Period, who: Who, now: datetime
) -> Rescue:
    known = await _party(conn, venue_id, order)
    return Rescue(
        rescue_id=order.id,
        period_id=period.period_id,
        turnaway_id=order.turnaway_id,
        reservation_id=order.reservation_id,
        party_size=known.party_size,
        needs=known.needs or order.needs,
        name=order.name or known.name,
        phone=order.phone or known.phone,
        staff_id=who.staff_id,
        listed_at=now,
    )


async def _party(conn: Connection, venue_id: str, order: ListRescue) -> _Known:
    """Who it is for: told no, promised a table, or foreseen and not told anything yet."""
    ids = (order.turnaway_id, order.reservation_id, order.party_size)
    if sum(each is not None for each in ids) != 1:
        told = "name a turnaway, a reservation or the size of a party, one of them"
        raise Invalid(told, pointer="/turnaway_id")
    if order.party_size is not None:
        return _Known(party_size=order.party_size)
    query, pointer = OF_TURNAWAY, "/turnaway_id"
    if order.reservation_id is not None:
        query, pointer = OF_RESERVATION, "/reservation_id"
    row = await conn.fetchrow(query, venue_id, order.turnaway_id or order.reservation_id)
    if row is None:
        raise NotFound("there is no such party", pointer=pointer)
    known = _Known(party_size=row["party_size"], name=row["name"], phone=row["phone"])
    if order.reservation_id is None:
        return known
    if row["state"] not in {"booked", "arrived", "no_show"}:
        raise NotPossibleNow(f"this party is {row['state']} by now", pointer=pointer)
    return replace(known, needs=msgspec.json.decode(row["needs"], type=Needs))


async def _options(
    conn: Connection, known: Known, party: Turned, period: Period, now: datetime
) -> tuple[RescueOption, ...]:
    """Ask the engine, in other threads: nothing is locked, and the stand shares this loop.

    While one looks at the room as it is, the other days are read.
    """
    house, venue_id = known.house, known.house.venue.id
    picture = await seen(conn, venue_id, house, period, now=now)
    tables, elsewhen = Tables(picture, house, now), None
    looking = asyncio.create_task(asyncio.to_thread(at_once, tables, party))
    try:
        forecast = await believed(conn, venue_id, picture)
        if party.reservation_id is None:
            elsewhen = await _on_another_day(conn, known, party, period, now)
        async with prospect_of(picture, house, now=now) as prospect:
            return await asyncio.to_thread(
                rescue_options, tables, party, forecast,
                now_found=await looking, prospect=prospect, elsewhen=elsewhen,
            )  # fmt: skip
    finally:
        await asyncio.wait([looking])


async def _on_another_day(
    conn: Connection, known: Known, party: Turned, period: Period, now: datetime
) -> Elsewhen | None:
    """Look day after day, and no further than to the first table."""
    house = known.house
    for day, wish in _days(known, period, now):
        picture = await seen(conn, house.venue.id, house, day, now=now)
        async with prospect_of(picture, house, now=now) as prospect:
            found = await asyncio.to_thread(
                on_another_day, picture, house, party, wish, now=now, prospect=prospect
            )
        if found is not None:
            return found
    return None


def _days(known: Known, period: Period, now: datetime) -> Iterator[tuple[Period, datetime]]:
    """Yield the next days' periods of the same name, each with the hour it is now."""
    house, zone = known.house, zone_of(known.house)
    local = now.astimezone(zone)
    for ahead in (timedelta(days=days) for days in range(1, DAYS_AHEAD + 1)):
        for each in periods_on(house, period.service_date + ahead, house_version=known.version):
            if each.name == period.name:
                same_hour = local_instant(zone, local.date() + ahead, local.time())
                yield each, max(same_hour, each.opens)


def _listed(rescue: Rescue, options: tuple[Kept, ...], answers: Answers | None) -> Listed:
    return Listed(
        rescue_id=rescue.rescue_id,
        party_size=rescue.party_size,
        name=rescue.name,
        listed_at=rescue.listed_at,
        turnaway_id=rescue.turnaway_id,
        reservation_id=rescue.reservation_id,
        options=options,
        answers=answers,
    )
