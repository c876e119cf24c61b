"""The marks of the Friday at 19:42: called, late, pinned, paid, to reset; a till; past visits."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING
from uuid import uuid4

from policies.floor import orders
from policies.floor.checks import TillEvent
from seating.access.clients import create_client
from seating.book.actions import ActionAuthor
from seating.db import run
from seating.floor.orders import execute_command
from seating.partners.till import receive_event
from tests.support.house import CLOCK, VENUE

if TYPE_CHECKING:
    from datetime import datetime

    from policies.book.picture import WaitingPlace
    from seating.db import Connection, Pool
    from seating.floor.answers import CommandResult

MARAT = ActionAuthor(staff_id="marat", actor="host")
HERE = """
select reservation_id, version from reservation
where venue_id = $1 and state = 'arrived' and arrived = party_size
order by arrived_at, reservation_id
"""
DUE = """
select r.reservation_id, r.version, r.starts, exists (select from intention i
    where i.venue_id = $1 and i.subject_id = r.reservation_id) as planned
from reservation r
where r.venue_id = $1 and r.state = 'booked' and r.starts >= $2 order by r.starts, r.reservation_id
"""
SITTING = """
select s.seating_id, s.version, s.state, s.party_size, s.seated_at, t.table_id
from seating s join seating_table t using (venue_id, seating_id)
where s.venue_id = $1 and s.state <> 'cleared' and t.to_at is null and t.place = 0
order by s.seated_at, s.seating_id
"""
PAST_DINNERS = """
insert into period (venue_id, period_id, service_date, name, opens, last_seating, closes,
                    house_version, closed_at)
select $1, 'past-' || n, $2::date - 7 * n, 'dinner', $3::timestamptz - make_interval(weeks => n),
       $3 - make_interval(weeks => n, mins => -330), $3 - make_interval(weeks => n, mins => -450),
       1, $3 - make_interval(weeks => n, hours => -8)
from generate_series(1, 6) n
"""
# One guest in three has been here before, up to six times; one of those did not come the last time.
PAST_VISITS = """
insert into reservation (venue_id, reservation_id, period_id, code, state, party_size, starts, ends,
                         kind, channel, guest_id, name, created_at, updated_at)
select $1, md5(g.guest_id::text || n)::uuid, 'past-' || n,
       'P' || lpad(to_hex(row_number() over (order by n, g.name, g.guest_id)), 5, '0'),
       case when n = 1 and g.place % 2 = 0 then 'no_show' else 'finished' end, 2,
       p.opens + interval '2 hours', p.opens + interval '4 hours', 'physical', 'phone',
       g.guest_id, g.name, p.opens, p.opens
from (select *, row_number() over (order by name, guest_id) as place
      from guest where venue_id = $1 and name <> '') g
cross join generate_series(1, 6) n
join period p on p.venue_id = $1 and p.period_id = 'past-' || n
where g.place % 3 = 0 and n <= g.place / 3 % 6 + 1
"""


async def mark(pool: Pool, now: datetime, opens: datetime) -> None:
    """Do all of it just before `now`."""
    await pool.execute(PAST_DINNERS, VENUE, now.date(), opens)
    await pool.execute(PAST_VISITS, VENUE)
    await _those_here(pool)
    await _those_due(pool, now)
    await _those_at_tables(pool, now)


async def _those_here(pool: Pool) -> None:
    """The first two are called, the very first is on its way; others wait about the house."""
    wheres: tuple[WaitingPlace, ...] = ("door", "bar", "terrace")
    for place, party in enumerate(await pool.fetch(HERE, VENUE)):
        key, version = party["reservation_id"], party["version"]
        if place in {0, 1}:
            call = orders.Call(id=uuid4(), reservation_id=key, version=version)
            version = (await _tell(pool, call)).reservations[0].version
        if place == 0:
            await _tell(pool, orders.Coming(id=uuid4(), reservation_id=key, version=version))
        else:
            where = wheres[place % 3]
            await _tell(
                pool, orders.Place(id=uuid4(), reservation_id=key, version=version, where=where)
            )


async def _those_due(pool: Pool, now: datetime) -> None:
    """Of those to come one is late and has said so, one has its table by hand, some confirmed."""
    due = await pool.fetch(DUE, VENUE, now - timedelta(minutes=15))
    late = [each for each in due if each["starts"] > now][2]  # which costs no table held back
    until = late["starts"] + timedelta(minutes=20)
    key, version = late["reservation_id"], late["version"]
    await _tell(pool, orders.TellLate(id=uuid4(), reservation_id=key, version=version, until=until))
    later = [each for each in due if each["starts"] > now and each is not late]
    pinned = next(each for each in later if each["planned"])
    key, version = pinned["reservation_id"], pinned["version"]
    await _tell(pool, orders.Pin(id=uuid4(), reservation_id=key, version=version, pinned=True))
    for each in [party for party in later if party is not pinned][::4][:6]:
        key, version = each["reservation_id"], each["version"]
        await _tell(pool, orders.Reconfirm(id=uuid4(), reservation_id=key, version=version))


async def _those_at_tables(pool: Pool, now: datetime) -> None:
    """Of those with their bill two have paid, two have gone; a till knows of the others."""
    sitting = await pool.fetch(SITTING, VENUE)
    down = [each for each in sitting if each["state"] == "check_down"]
    for each in down[:4]:
        about = {"seating_id": each["seating_id"], "version": each["version"]}
        gone = each in down[:2]
        wish = (
            orders.Clear(id=uuid4(), ready=False, **about)
            if gone
            else orders.Pay(id=uuid4(), **about)
        )
        await _tell(pool, wish)
    till, _ = await run(pool, lambda conn: create_client(conn, "Till", {VENUE: ["pos"]}))
    for each in sitting[::5]:
        if each not in down[:2]:
            told = TillEvent(
                event_id=f"open-{each['table_id']}",
                type="check.opened",
                table_id=each["table_id"],
                total=2480 * each["party_size"] + 350,
                tip=0,
                occurred_at=max(each["seated_at"], now - timedelta(minutes=35)),
                sequence=1,
                check_id=f"check-{each['table_id']}",
            )
            await run(pool, partial(_heard, till=till, told=told))


async def _tell(pool: Pool, wish: orders.Order) -> CommandResult:
    return await run(pool, lambda conn: execute_command(conn, VENUE, wish, MARAT, CLOCK))


async def _heard(conn: Connection, *, till: str, told: TillEvent) -> None:
    await receive_event(conn, VENUE, till, told, CLOCK)
