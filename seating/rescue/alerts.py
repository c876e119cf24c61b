"""Alerts: a colleague called by name to a party that was refused or is promised a table."""

from datetime import datetime
from uuid import UUID

import msgspec
from asyncpg import Record
from msgspec import Struct
from msgspec.structs import replace

from policies.floor.orders import Command, ReasonText
from policies.house.house import Role
from policies.words.message import message
from seating.access.sessions import IDLE
from seating.book.actions import ActionAuthor, keep_answer, key_of, replayed_answer
from seating.book.announcing import announced
from seating.book.in_force import house_of, rules_of_period
from seating.book.periods import tonights_or_none, tonights_period
from seating.clock import Clock, wall_now
from seating.db import Connection
from seating.errors import Invalid, NotAllowed, NotFound, NotPossibleNow
from seating.notices.calling import call_a_colleague

RAISE_ALERT = f"""
insert into alert (venue_id, alert_id, period_id, turnaway_id, reservation_id, to_staff, from_staff,
                   line, raised_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
returning {
    announced("alert.raised", subject="alert_id", version="1", period="period_id", to="to_staff")
}
"""

ALERTS = """
select a.alert_id, a.turnaway_id, a.reservation_id, a.to_staff, a.from_staff, a.line, a.raised_at,
       a.taken_at, a.taken_by, taker.name as taken_by_name,
       coalesce(t.party_size, r.party_size) as party_size,
       coalesce(t.name, r.name) as name, t.code, t.recovered_how, r.starts,
       called.name as to_name, coalesce(caller.name, '') as from_name
from alert a
join staff called on called.venue_id = a.venue_id and called.staff_id = a.to_staff
left join staff caller on caller.venue_id = a.venue_id and caller.staff_id = a.from_staff
left join staff taker on taker.venue_id = a.venue_id and taker.staff_id = a.taken_by
left join turnaway t on t.venue_id = a.venue_id and t.turnaway_id = a.turnaway_id
left join reservation r on r.venue_id = a.venue_id and r.reservation_id = a.reservation_id
"""

CALLS = f"""
with a as (
{ALERTS} where a.venue_id = $1 and a.period_id = $2 and (
    a.to_staff = $3 or a.from_staff = $3
    or exists (select from notice n where n.venue_id = $1 and n.subject_id = a.alert_id
               and n.to_staff = $3)))
select * from a order by raised_at desc, alert_id
"""

# Whoever is logged in at several tablets is named with the one touched last.
COLLEAGUES = """
select distinct on (p.name, s.staff_id) s.staff_id, p.name, p.role, d.name as device,
       s.opened_at as since, s.seen_at
from session s
join device d on d.venue_id = s.venue_id and d.device_id = s.device_id
join staff p on p.venue_id = s.venue_id and p.staff_id = s.staff_id
where s.venue_id = $1 and s.staff_id <> $2 and s.ended_at is null and s.expires_at > $3
  and s.seen_at > $4 and d.revoked_at is null and p.left_at is null
order by p.name, s.staff_id, s.seen_at desc
"""

ALERT = f"with a as ({ALERTS} where a.venue_id = $1 and a.alert_id = $2) select * from a"

LOCK_ALERT = "select to_staff from alert where venue_id = $1 and alert_id = $2 for update"

WAS_CALLED = """
select 1 from notice where venue_id = $1 and subject_id = $2 and to_staff = $3
"""

TAKE_OVER = f"""
update alert set taken_at = $3, taken_by = $4 where venue_id = $1 and alert_id = $2
returning {
    announced("alert.taken", subject="alert_id", version="2", period="period_id", to="from_staff")
}
"""

REFERENCES_EXIST = """
select exists (select from staff
               where venue_id = $1 and staff_id = $2 and left_at is null) as staff,
       exists (select from turnaway where venue_id = $1 and turnaway_id = $3) as turnaway,
       exists (select from reservation where venue_id = $1 and reservation_id = $4) as reservation
"""


class RaiseAlert(Command, frozen=True, kw_only=True):
    """Call a colleague to a party: one that was refused, or one with a reservation."""

    colleague: ReasonText
    line: ReasonText
    turnaway_id: UUID | None = None
    reservation_id: UUID | None = None


class TakeOver(Command, frozen=True, kw_only=True):
    """The colleague called takes over the party."""


class Alert(Struct, frozen=True, kw_only=True):
    """A call to a colleague about a party; `taken_by`, `taken_at`: who has taken it over, and when.

    `to_name`, `from_name`, `taken_by_name`: the same people by name. `starts`: of a reservation.
    `recovered_how`: how a party that was turned away has a place after all, None while it has none.
    """

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
    to_name: str = ""
    from_name: str = ""
    taken_by: str | None = None
    taken_by_name: str | None = None
    starts: datetime | None = None
    recovered_how: str | None = None


class ColleagueOnTonight(Struct, frozen=True, kw_only=True):
    """Somebody else who is logged in at a tablet, and so can be called.

    `seen_at`: when somebody last touched that tablet.
    """

    staff_id: str
    name: str
    role: Role
    device: str
    since: datetime
    seen_at: datetime


class CallsTonight(Struct, frozen=True, kw_only=True):
    """Tonight's calls to this person and by this person, the latest first; who else is on."""

    to_me: tuple[Alert, ...] = ()
    by_me: tuple[Alert, ...] = ()
    colleagues: tuple[ColleagueOnTonight, ...] = ()


async def raise_alert(
    conn: Connection, venue_id: str, command: RaiseAlert, who: ActionAuthor, clock: Clock
) -> Alert:
    """Call a colleague. Raises NotFound, Invalid, IdReused."""
    earlier = await replayed_answer(conn, venue_id, key_of(command), Alert)
    if earlier is not None:
        return earlier
    await _check(conn, venue_id, command, who)
    now = await clock.now(conn)
    period = tonights_period(await house_of(conn, venue_id), now)
    await conn.fetch(
        RAISE_ALERT,
        venue_id,
        command.id,
        period.period_id,
        command.turnaway_id,
        command.reservation_id,
        command.colleague,
        who.staff_id,
        command.line,
        now,
    )
    await call_a_colleague(
        conn,
        venue_id,
        command.id,
        await rules_of_period(conn, venue_id, period),
        period_id=period.period_id,
        to=command.colleague,
        by=who.staff_id,
        now=now,
    )
    alert = await _alert(conn, venue_id, command.id)
    await _record(conn, venue_id, command, alert, who, now)
    return alert


async def calls_tonight(
    conn: Connection, venue_id: str, who: ActionAuthor, clock: Clock
) -> CallsTonight:
    """Return tonight's calls to and by this person; none on a day without service."""
    in_force, now = await house_of(conn, venue_id), await clock.now(conn)
    period = await tonights_or_none(conn, in_force, now)
    if period is None:
        return CallsTonight()
    rows = await conn.fetch(CALLS, venue_id, period.period_id, who.staff_id)
    calls = tuple(_read(row) for row in rows)
    at = wall_now()
    others = await conn.fetch(COLLEAGUES, venue_id, who.staff_id, at, at - IDLE)
    return CallsTonight(
        to_me=tuple(each for each in calls if each.from_staff != who.staff_id),
        by_me=tuple(each for each in calls if each.from_staff == who.staff_id),
        colleagues=tuple(msgspec.convert(dict(row), ColleagueOnTonight) for row in others),
    )


async def take_over(
    conn: Connection,
    venue_id: str,
    alert_id: UUID,
    command: TakeOver,
    who: ActionAuthor,
    clock: Clock,
) -> Alert:
    """Take over the party of an alert. Raises NotFound, NotAllowed, NotPossibleNow."""
    row = await conn.fetchrow(LOCK_ALERT, venue_id, alert_id)
    if row is None:
        raise NotFound(message("no-such-alert"), pointer="/alert_id")
    earlier = await replayed_answer(conn, venue_id, key_of(command), Alert)
    if earlier is not None:
        return earlier
    called = row["to_staff"] == who.staff_id
    if not called and not await conn.fetchval(WAS_CALLED, venue_id, alert_id, who.staff_id):
        raise NotAllowed(message("alert-for-colleague", colleague=row["to_staff"]))
    alert = await _alert(conn, venue_id, alert_id)
    if alert.taken_at is not None:
        raise NotPossibleNow(message("party-taken-over"))
    now = await clock.now(conn)
    await conn.fetch(TAKE_OVER, venue_id, alert_id, now, who.staff_id)
    taken = await _alert(conn, venue_id, alert_id)
    await _record(conn, venue_id, command, taken, who, now)
    return taken


async def _check(conn: Connection, venue_id: str, command: RaiseAlert, who: ActionAuthor) -> None:
    if (command.turnaway_id is None) == (command.reservation_id is None):
        raise Invalid(message("turnaway-or-reservation"), pointer="/turnaway_id")
    if command.colleague == who.staff_id:
        raise Invalid(message("colleague-not-yourself"), pointer="/colleague")
    asked = (command.colleague, command.turnaway_id, command.reservation_id)
    row = await conn.fetchrow(REFERENCES_EXIST, venue_id, *asked)
    if row is None or not row["staff"]:
        raise NotFound(message("no-such-colleague", name=command.colleague), pointer="/colleague")
    if command.turnaway_id and not row["turnaway"]:
        raise NotFound(message("no-such-turnaway"), pointer="/turnaway_id")
    if command.reservation_id and not row["reservation"]:
        raise NotFound(message("no-such-reservation"), pointer="/reservation_id")


async def _record(
    conn: Connection,
    venue_id: str,
    command: Command,
    alert: Alert,
    who: ActionAuthor,
    now: datetime,
) -> None:
    await keep_answer(
        conn,
        venue_id,
        replace(key_of(command), reason=command.reason or alert.line),
        alert,
        by=who.staff_id,
        at=now,
        subject_id=alert.alert_id,
    )


async def _alert(conn: Connection, venue_id: str, alert_id: UUID) -> Alert:
    row = await conn.fetchrow(ALERT, venue_id, alert_id)
    if row is None:
        raise NotFound(message("no-such-alert"), pointer="/alert_id")
    return _read(row)


def _read(row: Record) -> Alert:
    return msgspec.convert(dict(row), Alert)
