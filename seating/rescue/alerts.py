"""A colleague called by name to a party told no: their tablet lights up, and they take over."""

from datetime import datetime
from uuid import UUID

import msgspec
from asyncpg import Record
from msgspec import Struct
from msgspec.structs import replace

from policies.floor.orders import Order, Said
from seating.book.actions import Action, Who, answered, fingerprint, record_action
from seating.book.in_force import house_of
from seating.book.periods import tonights
from seating.clock import Clock
from seating.db import Connection
from seating.errors import Invalid, NotAllowed, NotFound, NotPossibleNow

RAISE_ALERT = """
insert into alert (venue_id, alert_id, period_id, turnaway_id, reservation_id, to_staff, from_staff,
                   line, raised_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
returning pg_notify('maitred', jsonb_build_object(
    'venue', $1::text, 'event', 'alert.raised', 'id', alert_id, 'version', 1)::text)
"""

ALERTS = """
select a.alert_id, a.turnaway_id, a.reservation_id, a.to_staff, a.from_staff, a.line, a.raised_at,
       a.taken_at, coalesce(t.party_size, r.party_size) as party_size,
       coalesce(t.name, r.name) as name, t.code
from alert a
left join turnaway t on t.venue_id = a.venue_id and t.turnaway_id = a.turnaway_id
left join reservation r on r.venue_id = a.venue_id and r.reservation_id = a.reservation_id
"""

ALERTS_FOR = f"""
with a as ({ALERTS} where a.venue_id = $1 and a.to_staff = $2 and a.period_id = $3)
select * from a order by raised_at desc, alert_id
"""

ALERT = f"with a as ({ALERTS} where a.venue_id = $1 and a.alert_id = $2) select * from a"

LOCK_ALERT = "select to_staff from alert where venue_id = $1 and alert_id = $2 for update"

TAKE_OVER = """
update alert set taken_at = $3 where venue_id = $1 and alert_id = $2
returning pg_notify('maitred', jsonb_build_object(
    'venue', $1::text, 'event', 'alert.taken', 'id', alert_id, 'version', 2)::text)
"""

HERE = """
select exists (select from staff
               where venue_id = $1 and staff_id = $2 and left_at is null) as staff,
       exists (select from turnaway where venue_id = $1 and turnaway_id = $3) as turnaway,
       exists (select from reservation where venue_id = $1 and reservation_id = $4) as reservation
"""


class RaiseAlert(Order, frozen=True, kw_only=True):
    """Call a colleague to a party: one told no, or one that was promised a table."""

    colleague: Said
    line: Said
    turnaway_id: UUID | None = None
    reservation_id: UUID | None = None


class TakeOver(Order, frozen=True, kw_only=True):
    """I am on my way to this party."""


class Alert(Struct, frozen=True, kw_only=True):
    """A call to a colleague: which party, by whom, and whether it has been taken over."""

    alert_id: UUID
    turnaway_id: UUID | None
    reservation_id: UUID | None
    to_staff: str
    from_staff: str
    line: str
    raised_at: datetime
    taken_at: datetime | None
    party_size: int
    name: str
    code: str | None


async def raise_alert(
    conn: Connection, venue_id: str, order: RaiseAlert, who: Who, clock: Clock
) -> Alert:
    """Call a colleague. Raises NotFound, Invalid, IdReused."""
    earlier = await answered(conn, venue_id, order, Alert)
    if earlier is not None:
        return earlier
    await _check(conn, venue_id, order, who)
    now = await clock.now(conn)
    period = tonights(await house_of(conn, venue_id), now).period_id
    await conn.fetch(
        RAISE_ALERT,
        venue_id,
        order.id,
        period,
        order.turnaway_id,
        order.reservation_id,
        order.colleague,
        who.staff_id,
        order.line,
        now,
    )
    alert = await _alert(conn, venue_id, order.id)
    await _put_on_record(conn, venue_id, order, alert, who, now)
    return alert


async def alerts_for(conn: Connection, venue_id: str, who: Who, clock: Clock) -> tuple[Alert, ...]:
    """Return tonight's calls to this person, the latest first."""
    period = tonights(await house_of(conn, venue_id), await clock.now(conn)).period_id
    rows = await conn.fetch(ALERTS_FOR, venue_id, who.staff_id, period)
    return tuple(_read(row) for row in rows)


async def take_over(
    conn: Connection, venue_id: str, alert_id: UUID, order: TakeOver, who: Who, clock: Clock
) -> Alert:
    """Take over the party one was called to. Raises NotFound, NotAllowed, NotPossibleNow."""
    row = await conn.fetchrow(LOCK_ALERT, venue_id, alert_id)
    if row is None:
        raise NotFound("there is no such alert", pointer="/alert_id")
    earlier = await answered(conn, venue_id, order, Alert)
    if earlier is not None:
        return earlier
    if row["to_staff"] != who.staff_id:
        raise NotAllowed(f"{row['to_staff']} was called to this party")
    alert = await _alert(conn, venue_id, alert_id)
    if alert.taken_at is not None:
        raise NotPossibleNow("this party has been taken over already")
    now = await clock.now(conn)
    await conn.fetch(TAKE_OVER, venue_id, alert_id, now)
    taken = replace(alert, taken_at=now)
    await _put_on_record(conn, venue_id, order, taken, who, now)
    return taken


async def _check(conn: Connection, venue_id: str, order: RaiseAlert, who: Who) -> None:
    if (order.turnaway_id is None) == (order.reservation_id is None):
        raise Invalid("name a turnaway or a reservation, and not both", pointer="/turnaway_id")
    if order.colleague == who.staff_id:
        raise Invalid("name a colleague, not yourself", pointer="/colleague")
    asked = (order.colleague, order.turnaway_id, order.reservation_id)
    row = await conn.fetchrow(HERE, venue_id, *asked)
    if row is None or not row["staff"]:
        raise NotFound(f"nobody here is called {order.colleague}", pointer="/colleague")
    if order.turnaway_id and not row["turnaway"]:
        raise NotFound("there is no such turnaway", pointer="/turnaway_id")
    if order.reservation_id and not row["reservation"]:
        raise NotFound("there is no such reservation", pointer="/reservation_id")


async def _put_on_record(
    conn: Connection, venue_id: str, order: Order, alert: Alert, who: Who, now: datetime
) -> None:
    action = Action(
        action_id=order.id,
        asked=fingerprint(order),
        kind=type(order).__name__,
        subject_id=alert.alert_id,
        staff_id=who.staff_id,
        at=now,
        reason=order.reason or alert.line,
        answer=msgspec.Raw(msgspec.json.encode(alert)),
    )
    await record_action(conn, venue_id, action)


async def _alert(conn: Connection, venue_id: str, alert_id: UUID) -> Alert:
    row = await conn.fetchrow(ALERT, venue_id, alert_id)
    if row is None:
        raise NotFound("there is no such alert", pointer="/alert_id")
    return _read(row)


def _read(row: Record) -> Alert:
    return msgspec.convert(dict(row), Alert)
