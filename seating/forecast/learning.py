"""Learns forecasts, the show-up model in them, once a service date is over.

The risks told with its promises are learned from with it (`told_risks`).
"""

import asyncio
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby

import msgspec
from asyncpg import Record
from msgspec import Struct

from policies.forecast.forecast import Forecast
from policies.forecast.learning import HISTORY, forecasts_by_weekday, learned_show_up, with_misses
from policies.forecast.prior import prior_forecast, slot_count, with_slot_count
from policies.forecast.show_up import ShowUp
from policies.forecast.stays import with_caution
from policies.house.calendar import Period
from policies.house.house import House
from seating.book.in_force import house_of
from seating.clock import Clock
from seating.db import Connection, Pool, run
from seating.forecast.history import ClosedPeriod, ResolvedBookings, past_nights, resolved_bookings
from seating.forecast.told_risks import learn_told_risks

WITH_LESSONS_DUE = """
select p.venue_id, max(p.service_date) as service_date,
       (select max(l.service_date) from lesson l where l.venue_id = p.venue_id) as last
from period p
where p.closed_at is not null
  and not exists (select from period o where o.venue_id = p.venue_id
                  and o.service_date = p.service_date and o.closed_at is null)
  and not exists (select from lesson l where l.venue_id = p.venue_id
                  and l.service_date >= p.service_date)
group by p.venue_id
order by p.venue_id
"""

BEGIN_LESSON = """
insert into lesson (venue_id, service_date, made_at) values ($1, $2, $3)
on conflict do nothing
returning service_date
"""

BELIEFS = """
select distinct on (period_name, weekday) period_name, weekday, forecast::text as forecast
from belief where venue_id = $1
order by period_name, weekday, service_date desc
"""

BELIEF = """
select forecast::text from belief
where venue_id = $1 and period_name = $2 and weekday = $3 and service_date < $4
order by service_date desc limit 1
"""

KEEP_LESSON = """
with kept as (
    update lesson set nights = $3, bookings = $4, show_up = $5::jsonb
    where venue_id = $1 and service_date = $2)
insert into belief (venue_id, period_name, weekday, service_date, forecast, nights)
select $1, b.period_name, b.weekday, $2, b.forecast, b.nights
from jsonb_to_recordset($6::jsonb) as b (
    period_name text, weekday smallint, forecast jsonb, nights int)
"""


class _Belief(Struct, frozen=True, kw_only=True):
    period_name: str
    weekday: int
    forecast: Forecast
    nights: int


class _Lesson(Struct, frozen=True, kw_only=True):
    show_up: ShowUp
    beliefs: tuple[_Belief, ...]


async def learn_from_history(pool: Pool, clock: Clock) -> int:
    """Learn for every venue whose last service date is closed; returns how many venues had one.

    The insert into `lesson` is the claim: of any number of processes one succeeds.
    """
    async with pool.acquire() as conn:
        rows = await conn.fetch(WITH_LESSONS_DUE)
    for row in rows:
        await _learn(pool, clock, row)
    return len(rows)


async def forecast_for(
    conn: Connection, venue_id: str, period: Period, *, stay_caution: float = 0.0
) -> Forecast:
    """Return the forecast of a period, fitted to its number of slots.

    Learned from the dates before it; without any, the prior: published figures scaled to the room
    (policies/forecast/prior.py). `stay_caution`: share (0 to 0.2) by which stays are lengthened.
    Raises NotFound for an unknown venue, ValueError for another caution.
    """
    weekday = period.service_date.isoweekday()
    text = await conn.fetchval(BELIEF, venue_id, period.name, weekday, period.service_date)
    if text is None:
        house = (await house_of(conn, venue_id)).on(period.service_date).house
        return with_caution(prior_forecast(house, period), stay_caution)
    learned = msgspec.json.decode(text, type=Forecast)
    return with_caution(with_slot_count(learned, slot_count(period)), stay_caution)


async def _learn(pool: Pool, clock: Clock, row: Record) -> None:
    venue_id: str = row["venue_id"]
    until: date = row["service_date"]

    async def work(conn: Connection) -> None:
        if await conn.fetchval(BEGIN_LESSON, venue_id, until, await clock.now(conn)) is None:
            return
        house = (await house_of(conn, venue_id)).house
        since = until - HISTORY
        nights = await past_nights(conn, venue_id, since, until)
        bookings = await resolved_bookings(conn, venue_id, since, until)
        # Takes about a second, and requests run on the same event loop.
        lesson = await asyncio.to_thread(_lesson, house, nights, bookings)
        await _keep(conn, venue_id, until, lesson, nights=len(nights))
        await learn_told_risks(conn, venue_id, row["last"], until)

    await run(pool, work)


async def _keep(
    conn: Connection, venue_id: str, until: date, lesson: _Lesson, *, nights: int
) -> None:
    await conn.execute(
        KEEP_LESSON,
        venue_id,
        until,
        nights,
        lesson.show_up.bookings,
        msgspec.json.encode(lesson.show_up).decode(),
        msgspec.json.encode(lesson.beliefs).decode(),
    )


def _lesson(house: House, nights: Sequence[ClosedPeriod], bookings: ResolvedBookings) -> _Lesson:
    until = nights[0].date
    model = learned_show_up(bookings.dates, bookings.bookings, bookings.missed, until)
    return _Lesson(show_up=model, beliefs=tuple(_learned_forecasts(house, nights, model)))


def _learned_forecasts(
    house: House, nights: Sequence[ClosedPeriod], model: ShowUp
) -> Iterable[_Belief]:
    """Yield a forecast per period name and weekday: all nights first, then that weekday's."""
    named = sorted(nights, key=lambda each: each.period.name)
    for name, group in groupby(named, key=lambda each: each.period.name):
        of_name = tuple(group)
        prior = prior_forecast(house, of_name[0].period)
        found = forecasts_by_weekday(prior, [(each.date, each.past) for each in of_name])
        for weekday, (forecast, count) in found.items():
            known = with_misses(forecast, model, weekday)
            yield _Belief(period_name=name, weekday=weekday, forecast=known, nights=count)
