"""The dates ahead for the desk's calendar: everything about them in one round trip."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from policies.book.levers import is_for, levers_of_row, standing
from policies.door.calendar_days import (
    DayAbout,
    PeriodCapacity,
    about_day,
    capacity_of,
    with_levers_ahead,
)
from policies.house.calendar import Period
from policies.words.message import message
from seating.book.in_force import HouseVersion, house_of
from seating.book.levers import LEVERS_SHOWN, LeverShown
from seating.book.periods import CALENDAR_REACH
from seating.book.service_notes import NOTE, ServiceNote
from seating.clock import Clock
from seating.db import Connection
from seating.errors import Invalid

DAYS_AT_MOST = 92

READ_DAYS = f"""
with ours as materialized (
    select * from period where venue_id = $1 and service_date between $2 and $3)
select json_build_object(
    'periods', (
        select coalesce(json_agg(p), '[]') from (
            select p.period_id, p.service_date, p.name, p.opens, p.last_seating, p.closes,
                   p.house_version, p.rules_version, p.version, p.online_paused,
                   p.seating_stopped, p.last_orders_at, p.closes_early_at, p.areas_shut,
                   p.pacing_covers, p.closed_at, p.holds_made, p.served
            from ours p order by p.opens, p.period_id) p),
    'booked', (
        select coalesce(json_agg(b), '[]') from (
            select r.period_id,
                   count(*) filter (where r.state <> 'requested') as reservations,
                   coalesce(sum(r.party_size) filter (where r.state <> 'requested'), 0) as covers,
                   count(*) filter (where r.state = 'requested') as requests,
                   coalesce(sum(r.party_size) filter (where r.state = 'requested'), 0)
                       as request_covers,
                   count(*) filter (where r.kind = 'overbooked'
                                    and r.state in ('booked', 'arrived')) as overbooked,
                   count(*) filter (where r.exposed and r.state in ('booked', 'arrived'))
                       as exposed
            from ours p join reservation r using (venue_id, period_id)
            where r.venue_id = $1 and r.state in ('requested', 'booked', 'arrived', 'seated')
            group by r.period_id) b),
    'cases', (
        select coalesce(json_object_agg(period_id, cases), '{{}}') from (
            select e.period_id, count(*) as cases
            from exposure e join ours p using (venue_id, period_id)
            where e.venue_id = $1 and e.closed_at is null group by e.period_id) c),
    'held', (
        select coalesce(json_object_agg(period_id, held), '{{}}') from (
            select h.period_id, count(*) as held
            from ours p join held_table h using (venue_id, period_id)
            where h.venue_id = $1 and h.state = 'held' and h.release_at > $4
            group by h.period_id) h),
    'levers', {LEVERS_SHOWN},
    'notes', (
        select coalesce(json_agg(n), '[]') from (
            select {NOTE}
            from service_note
            where venue_id = $1 and service_date between $2 and $3 and deleted_at is null
            order by service_date, period_name nulls first, written_at, note_id) n)
)::text
"""


class Booked(Struct, frozen=True, kw_only=True):
    """What is booked in a service: reservations and their covers, requests that wait for a yes.

    `overbooked`: parties beyond the room; `exposed`: parties that have lost their table.
    """

    reservations: int = 0
    covers: int = 0
    requests: int = 0
    request_covers: int = 0
    overbooked: int = 0
    exposed: int = 0


class ServiceAhead(Struct, frozen=True, kw_only=True):
    """A service of the calendar.

    `served` False: the house no longer serves it, and people were promised it. `over`: closed.
    `cases`: open ones. `held_tables`: not bookable until released; those of the rules are made
    when a period is first booked. `levers`: in force; `period` holds what they come to.
    """

    period: Period
    served: bool
    over: bool
    booked: Booked
    capacity: PeriodCapacity
    cases: int = 0
    held_tables: int = 0
    levers: tuple[LeverShown, ...] = ()
    notes: tuple[ServiceNote, ...] = ()


class DayAhead(Struct, frozen=True, kw_only=True):
    """A date of the calendar; `notes`: of the whole day. A closed day has no services."""

    service_date: date
    about: DayAbout
    services: tuple[ServiceAhead, ...]
    levers: tuple[LeverShown, ...] = ()
    notes: tuple[ServiceNote, ...] = ()


class DaysAhead(Struct, frozen=True, kw_only=True):
    """The dates from `first` on, in order."""

    now: datetime
    first: date
    days: tuple[DayAhead, ...]


class _BookedIn(Booked, frozen=True, kw_only=True):
    period_id: str


class _Read(Struct, frozen=True, kw_only=True):
    """The rows of the dates."""

    periods: tuple[Period, ...]
    booked: tuple[_BookedIn, ...]
    cases: dict[str, int]
    held: dict[str, int]
    levers: tuple[LeverShown, ...]
    notes: tuple[ServiceNote, ...]


async def days_ahead(
    conn: Connection, venue_id: str, first: date | None, count: int, clock: Clock
) -> DaysAhead:
    """Return `count` dates (at most 92) from `first`, today's service date by default.

    Raises Invalid for a date that is too far off.
    """
    in_force, now = await house_of(conn, venue_id), await clock.now(conn)
    first = first_day(in_force, first, now)
    last = first + timedelta(days=count - 1)
    text = await conn.fetchval(READ_DAYS, venue_id, first, last, now)
    read = msgspec.json.decode(text, type=_Read)
    read = replace(read, levers=standing(read.levers, now))
    rows = {period.period_id: period for period in read.periods}
    booked = {each.period_id: each for each in read.booked}
    days = (first + timedelta(days=number) for number in range(count))
    return DaysAhead(
        now=now,
        first=first,
        days=tuple(_day(in_force, day, read, rows, booked, now) for day in days),
    )


def first_day(in_force: HouseVersion, asked: date | None, now: datetime) -> date:
    """Return the first date that is asked for, today's by default. Raises Invalid."""
    today = in_force.service_date_at(now)
    if asked is not None and abs(asked - today) > CALENDAR_REACH:
        raise Invalid(message("days-too-far-off"), pointer="/from")
    return asked or today


def _day(
    in_force: HouseVersion,
    day: date,
    read: _Read,
    rows: Mapping[str, Period],
    booked: Mapping[str, Booked],
    now: datetime,
) -> DayAhead:
    levers = tuple(each for each in read.levers if each.from_date <= day <= each.until_date)
    notes = tuple(each for each in read.notes if each.service_date == day)
    return DayAhead(
        service_date=day,
        about=about_day(in_force.on(day).house, day),
        services=tuple(
            _service(in_force, period, read, booked, levers, notes, now)
            for period in _periods(in_force, day, rows, booked)
        ),
        levers=levers,
        notes=tuple(each for each in notes if each.period is None),
    )


def _periods(
    in_force: HouseVersion,
    day: date,
    rows: Mapping[str, Period],
    booked: Mapping[str, Booked],
) -> Iterator[Period]:
    """Yield the services of a date, and those given up in which somebody is promised."""
    served = in_force.periods_on(day)
    known = {each.period_id for each in served}
    given_up = [
        each
        for each in rows.values()
        if each.service_date == day and each.period_id not in known and each.period_id in booked
    ]
    every = [*(rows.get(each.period_id, each) for each in served), *given_up]
    yield from sorted(every, key=lambda each: (each.opens, each.period_id))


def _service(
    in_force: HouseVersion,
    period: Period,
    read: _Read,
    booked: Mapping[str, Booked],
    levers: tuple[LeverShown, ...],
    notes: tuple[ServiceNote, ...],
    now: datetime,
) -> ServiceAhead:
    every = (*levers_of_row(period), *levers)
    period = with_levers_ahead(period, every, now)
    house, key = in_force.on(period.service_date).house, period.period_id
    found = booked.get(key)
    return ServiceAhead(
        period=period,
        served=period.served,
        over=period.closed_at is not None or period.closes <= now,
        booked=_counted(found) if found else Booked(),
        capacity=capacity_of(period, house),
        cases=read.cases.get(key, 0),
        held_tables=read.held.get(key, 0),
        levers=tuple(each for each in levers if is_for(each, period)),
        notes=tuple(each for each in notes if each.period == period.name),
    )


def _counted(found: Booked) -> Booked:
    return Booked(**{name: getattr(found, name) for name in Booked.__struct_fields__})
