"""Lists the options of a rescue, stores them, and reads them with their states now."""

import asyncio
from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from policies.booking.tables import Tables
from policies.door.wait_band import WaitAsked
from policies.house.calendar import Period, local_instant, zone_of
from policies.house.room import Needs
from policies.rescue.option import RescueOption, RescueParty
from policies.rescue.options import OtherDayTable, options_now, other_day_table, rescue_options
from policies.rescue.orders import ListRescue
from policies.rescue.playbook import RefusalScript
from policies.rescue.ranking import order_by_playbook
from policies.words.message import message
from seating.book.actions import ActionAuthor, keep_answer, key_of, replayed_answer
from seating.book.asked import check_needs
from seating.book.in_force import HouseVersion, house_of
from seating.book.periods import read_unlocked, tonights_period
from seating.clock import Clock
from seating.db import Connection
from seating.errors import Invalid, NotFound, NotPossibleNow
from seating.forecast.period_values import prospect_of
from seating.forecast.waits import decision_forecast, quoted_for
from seating.rescue.rows import OptionStatus, Rescue, keep_rescue, read_options, read_rescue
from seating.turnaways.playbook import answers_for_turnaway

DAYS_AHEAD = 3
"""How many days ahead are searched for a table at the same hour."""

OF_TURNAWAY = """
select party_size, name, phone from turnaway where venue_id = $1 and turnaway_id = $2
"""

OF_RESERVATION = """
select r.party_size, r.name, g.phone, r.needs::text, r.state from reservation r
left join guest g on g.venue_id = r.venue_id and g.guest_id = r.guest_id
where r.venue_id = $1 and r.reservation_id = $2
"""


class RescueListing(Struct, frozen=True, kw_only=True):
    """A rescue with its options and their states, the advised one first.

    `answers`: the playbook's answers for the cause the party was turned away for. `version`: of the
    period `period_id` the options were made from; a later one says that they may be stale.
    """

    rescue_id: UUID
    party_size: int
    name: str
    listed_at: datetime
    turnaway_id: UUID | None = None
    reservation_id: UUID | None = None
    options: tuple[OptionStatus, ...] = ()
    answers: RefusalScript | None = None
    period_id: str | None = None
    version: int = 0


class _PartyDetails(Struct, frozen=True, kw_only=True):
    party_size: int
    name: str = ""
    phone: str | None = None
    needs: Needs | None = None


async def list_rescue(
    conn: Connection, venue_id: str, command: ListRescue, who: ActionAuthor, clock: Clock
) -> RescueListing:
    """List all options for a party; nothing is locked, so options of different parties may overlap.

    Raises NotFound, Invalid, NotPossibleNow, IdReused.
    """
    key = key_of(command)
    earlier = await replayed_answer(conn, venue_id, key, RescueListing)
    if earlier is not None:
        return earlier
    now = await clock.now(conn)
    in_force = (await house_of(conn, venue_id)).at(now)
    check_needs(in_force.house, command.needs)
    period = tonights_period(in_force, now)
    rescue = await _rescue_of(conn, venue_id, command, period, who, now)
    answers = await answers_for_turnaway(conn, venue_id, rescue.turnaway_id, now=now)
    options, version = await _options(conn, in_force, rescue.party, period, now)
    rescue = replace(rescue, period_version=version)
    options = order_by_playbook(options, answers.beyond if answers else ())
    await keep_rescue(conn, venue_id, rescue, options)
    statuses = tuple(OptionStatus(option=each, state="listed") for each in options)
    listed = _listing(rescue, statuses, answers)
    return await keep_answer(
        conn,
        venue_id,
        key,
        listed,
        by=who.staff_id,
        at=now,
        period_id=rescue.period_id,
        subject_id=command.turnaway_id or command.reservation_id,
    )


async def read_rescue_listing(
    conn: Connection, venue_id: str, rescue_id: UUID, clock: Clock
) -> RescueListing:
    """Return a rescue with the states of its options now. Raises NotFound."""
    rescue = await read_rescue(conn, venue_id, rescue_id)
    now = await clock.now(conn)
    answers = await answers_for_turnaway(conn, venue_id, rescue.turnaway_id, now=now)
    return _listing(rescue, await read_options(conn, venue_id, rescue_id, now=now), answers)


async def _rescue_of(
    conn: Connection,
    venue_id: str,
    command: ListRescue,
    period: Period,
    who: ActionAuthor,
    now: datetime,
) -> Rescue:
    party = await _party(conn, venue_id, command)
    return Rescue(
        rescue_id=command.id,
        period_id=period.period_id,
        turnaway_id=command.turnaway_id,
        reservation_id=command.reservation_id,
        party_size=party.party_size,
        needs=party.needs or command.needs,
        name=command.name or party.name,
        phone=command.phone or party.phone,
        staff_id=who.staff_id,
        listed_at=now,
    )


async def _party(conn: Connection, venue_id: str, command: ListRescue) -> _PartyDetails:
    """Return the party: of a turnaway, of a reservation, or of a size only (not refused yet)."""
    ids = (command.turnaway_id, command.reservation_id, command.party_size)
    if sum(each is not None for each in ids) != 1:
        raise Invalid(message("which-party-of-three"), pointer="/turnaway_id")
    if command.party_size is not None:
        return _PartyDetails(party_size=command.party_size)
    query, pointer = OF_TURNAWAY, "/turnaway_id"
    if command.reservation_id is not None:
        query, pointer = OF_RESERVATION, "/reservation_id"
    row = await conn.fetchrow(query, venue_id, command.turnaway_id or command.reservation_id)
    if row is None:
        raise NotFound(message("no-such-party"), pointer=pointer)
    party = _PartyDetails(party_size=row["party_size"], name=row["name"], phone=row["phone"])
    if command.reservation_id is None:
        return party
    if row["state"] not in {"booked", "arrived", "no_show"}:
        raise NotPossibleNow(message("party-no-longer-waits", state=row["state"]), pointer=pointer)
    return replace(party, needs=msgspec.json.decode(row["needs"], type=Needs))


async def _options(
    conn: Connection, in_force: HouseVersion, party: RescueParty, period: Period, now: datetime
) -> tuple[tuple[RescueOption, ...], int]:
    """Return the options, and the version of the period they are made from.

    They are computed in worker threads, so that the event loop stays free; no lock is held. The
    other days are read while a thread searches tonight's room.
    """
    house, venue_id = in_force.house, in_force.house.venue.id
    picture = await read_unlocked(conn, venue_id, in_force, period, now=now)
    tables, other_day, band = Tables(picture, house, now), None, None
    if party.reservation_id is None:
        asked = WaitAsked(party.party_size, party.needs)
        told = await quoted_for(conn, picture, house, asked, now=now)
        band = None if told is None else told.band
    looking = asyncio.create_task(asyncio.to_thread(options_now, tables, party, band))
    try:
        forecast = await decision_forecast(conn, venue_id, picture)
        if party.reservation_id is None:
            other_day = await _on_another_day(conn, in_force, party, period, now)
        async with prospect_of(picture, house, now=now) as prospect:
            found = await asyncio.to_thread(
                rescue_options, tables, party, forecast,
                now_found=await looking, prospect=prospect, other_day=other_day,
            )  # fmt: skip
            return found, picture.period.version
    finally:
        await asyncio.wait([looking])


async def _on_another_day(
    conn: Connection, in_force: HouseVersion, party: RescueParty, period: Period, now: datetime
) -> OtherDayTable | None:
    """Search the next days in order and stop at the first with a table."""
    for day, wish in _days(in_force, period, now):
        house = in_force.on(day.service_date).house
        picture = await read_unlocked(conn, house.venue.id, in_force, day, now=now)
        async with prospect_of(picture, house, now=now) as prospect:
            found = await asyncio.to_thread(
                other_day_table, picture, house, party, wish, now=now, prospect=prospect
            )
        if found is not None:
            return found
    return None


def _days(
    in_force: HouseVersion, period: Period, now: datetime
) -> Iterator[tuple[Period, datetime]]:
    """Yield the next days' periods of the same name, each with the present hour on that day."""
    zone = zone_of(in_force.house)
    local = now.astimezone(zone)
    for ahead in (timedelta(days=days) for days in range(1, DAYS_AHEAD + 1)):
        for each in in_force.periods_on(period.service_date + ahead):
            if each.name == period.name:
                same_hour = local_instant(zone, local.date() + ahead, local.time())
                yield each, max(same_hour, each.opens)


def _listing(
    rescue: Rescue, options: tuple[OptionStatus, ...], answers: RefusalScript | None
) -> RescueListing:
    return RescueListing(
        rescue_id=rescue.rescue_id,
        party_size=rescue.party_size,
        name=rescue.name,
        listed_at=rescue.listed_at,
        turnaway_id=rescue.turnaway_id,
        reservation_id=rescue.reservation_id,
        options=options,
        answers=answers,
        period_id=rescue.period_id,
        version=rescue.period_version,
    )
