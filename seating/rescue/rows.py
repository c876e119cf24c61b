"""The SQL of rescues and their options."""

from datetime import datetime
from typing import get_args
from uuid import UUID

import msgspec
from asyncpg import Record
from msgspec import Struct

from policies.book.picture import RescueState
from policies.house.room import Needs
from policies.rescue.option import RescueOption, RescueParty
from policies.words.message import message
from seating.book.announcing import EventOf, announced
from seating.clock import Clock
from seating.db import Connection, Pool
from seating.errors import NotFound

OPTION_EVENT = EventOf("rescue.", "state", get_args(RescueState))

KEEP_RESCUE = f"""
with kept as (
    insert into rescue (venue_id, rescue_id, period_id, turnaway_id, reservation_id, party_size,
                        needs, name, phone, staff_id, listed_at, period_version)
    values ($1, $2, $3, $4, $5, $6, $7::jsonb, $8, $9, $10, $11, $13)
    returning rescue_id),
options as (
    insert into rescue_option (venue_id, option_id, rescue_id, place, kind, state, body)
    select $1, (x.body ->> 'option_id')::uuid, rescue_id, x.place, x.body ->> 'kind', 'listed',
           x.body
    from kept, jsonb_array_elements($12::jsonb) with ordinality as x (body, place))
select {announced("rescue.listed", subject="rescue_id", version="1", period="$3::text")}
from kept
"""

READ_RESCUE = """
select rescue_id, period_id, turnaway_id, reservation_id, party_size, needs::text, name, phone,
       staff_id, listed_at, period_version
from rescue where venue_id = $1 and rescue_id = $2
"""

# Lock order of every command on a rescue: this row first, then the period.
LOCK_RESCUE = f"{READ_RESCUE.rstrip()} for update"

READ_OPTIONS = """
select state, staff_id, expires_at, ended_why, result_id, body::text
from rescue_option where venue_id = $1 and rescue_id = $2 order by place
"""

# Serialises the commands of one host, so that the limit on open options holds.
LOCK_HOST = "select 1 from staff where venue_id = $1 and staff_id = $2 for no key update"

OPEN_OF_HOST = """
select count(*) from rescue_option
where venue_id = $1 and staff_id = $2 and state = 'opened' and expires_at > $3
"""

MARK_OPENED = f"""
with opened as (
    update rescue_option set state = 'opened', staff_id = $3, opened_at = $4, expires_at = $5,
           body = $6::jsonb
    where venue_id = $1 and option_id = $2
    returning option_id, rescue_id)
select {announced("rescue.opened", subject="option_id", version="2", period="period_id")}
from opened join rescue using (rescue_id) where venue_id = $1
"""

MARK_ENDED = f"""
with ended as (
    update rescue_option set state = $3, ended_at = $4, ended_why = $5, result_id = $6,
           staff_id = coalesce($7, staff_id)
    where venue_id = $1 and option_id = $2
    returning option_id, rescue_id, state)
select {announced(OPTION_EVENT, subject="option_id", version="3", period="period_id")}
from ended join rescue using (rescue_id) where venue_id = $1
"""

# Options lapsed because the party took another one, whose slot hold is still in force.
LAPSED_WITH_HOLD = """
select o.body::text from rescue_option o
join slot_hold h on h.venue_id = o.venue_id and h.slot_hold_id = o.option_id
where o.venue_id = $1 and o.rescue_id = $2 and o.state = 'lapsed' and h.state = 'held'
order by o.place
"""

LAPSE = f"""
with over as (
    update rescue_option set state = 'lapsed', ended_at = expires_at,
           ended_why = 'its two minutes were over'
    where state = 'opened' and expires_at <= $1
    returning venue_id, option_id, rescue_id)
select {
    announced(
        "rescue.lapsed", subject="option_id", version="3", period="period_id", venue="venue_id"
    )
}
from over join rescue using (venue_id, rescue_id)
"""


class Rescue(Struct, frozen=True, kw_only=True):
    """A rescue: the party, and for which turnaway or reservation.

    `period_version`: of the period its options were made from.
    """

    rescue_id: UUID
    period_id: str
    turnaway_id: UUID | None
    reservation_id: UUID | None
    party_size: int
    needs: Needs
    name: str
    phone: str | None
    staff_id: str
    listed_at: datetime
    period_version: int = 0

    @property
    def party(self) -> RescueParty:
        """The party as policies.rescue takes it."""
        return RescueParty(
            rescue_id=self.rescue_id,
            party_size=self.party_size,
            needs=self.needs,
            reservation_id=self.reservation_id,
        )


class OptionStatus(Struct, frozen=True, kw_only=True):
    """An option and its state; `until`: when its hold expires, once opened."""

    option: RescueOption
    state: RescueState
    staff_id: str | None = None
    until: datetime | None = None
    ended_why: str | None = None
    result_id: UUID | None = None


async def keep_rescue(
    conn: Connection, venue_id: str, rescue: Rescue, options: tuple[RescueOption, ...]
) -> None:
    """Store a rescue and its options as listed."""
    await conn.execute(
        KEEP_RESCUE,
        venue_id,
        rescue.rescue_id,
        rescue.period_id,
        rescue.turnaway_id,
        rescue.reservation_id,
        rescue.party_size,
        msgspec.json.encode(rescue.needs).decode(),
        rescue.name,
        rescue.phone,
        rescue.staff_id,
        rescue.listed_at,
        msgspec.json.encode(options).decode(),
        rescue.period_version,
    )


async def read_rescue(conn: Connection, venue_id: str, rescue_id: UUID) -> Rescue:
    """Return a rescue; raises NotFound."""
    return _rescue(await conn.fetchrow(READ_RESCUE, venue_id, rescue_id))


async def lock_rescue(conn: Connection, venue_id: str, rescue_id: UUID) -> Rescue:
    """Return a rescue, its row locked; raises NotFound."""
    return _rescue(await conn.fetchrow(LOCK_RESCUE, venue_id, rescue_id))


async def read_options(
    conn: Connection, venue_id: str, rescue_id: UUID, *, now: datetime
) -> tuple[OptionStatus, ...]:
    """Return the options in order; one past its expiry has lapsed, whether or not it is marked."""
    rows = await conn.fetch(READ_OPTIONS, venue_id, rescue_id)
    return tuple(_option_status(row, now) for row in rows)


async def host_may_open(
    conn: Connection, venue_id: str, staff_id: str, most: int, *, now: datetime
) -> bool:
    """Tell whether the host has fewer than `most` options open; locks the host's row."""
    await conn.execute(LOCK_HOST, venue_id, staff_id)
    return bool(await conn.fetchval(OPEN_OF_HOST, venue_id, staff_id, now) < most)


async def mark_opened(
    conn: Connection,
    venue_id: str,
    option: RescueOption,
    staff_id: str,
    until: datetime,
    *,
    now: datetime,
) -> None:
    """Store that a host has opened the option."""
    body = msgspec.json.encode(option).decode()
    await conn.execute(MARK_OPENED, venue_id, option.option_id, staff_id, now, until, body)


async def mark_ended(
    conn: Connection,
    venue_id: str,
    option_id: UUID,
    state: RescueState,
    why: str,
    *,
    now: datetime,
    result_id: UUID | None = None,
    staff_id: str | None = None,
) -> None:
    """Store that an option was taken or has lapsed."""
    await conn.execute(MARK_ENDED, venue_id, option_id, state, now, why, result_id, staff_id)


async def lapsed_with_hold(
    conn: Connection, venue_id: str, rescue_id: UUID
) -> tuple[RescueOption, ...]:
    """Return the lapsed options whose slot hold is still in force."""
    rows = await conn.fetch(LAPSED_WITH_HOLD, venue_id, rescue_id)
    return tuple(msgspec.json.decode(row["body"], type=RescueOption) for row in rows)


async def lapse_options(pool: Pool, clock: Clock) -> int:
    """Mark opened options past their expiry as lapsed; returns how many."""
    async with pool.acquire() as conn:
        return len(await conn.fetch(LAPSE, await clock.now(conn)))


def _rescue(row: Record | None) -> Rescue:
    if row is None:
        raise NotFound(message("no-such-rescue"), pointer="/rescue_id")
    return msgspec.convert(dict(row) | {"needs": msgspec.json.decode(row["needs"])}, Rescue)


def _option_status(row: Record, now: datetime) -> OptionStatus:
    over = row["state"] == "opened" and row["expires_at"] <= now
    return OptionStatus(
        option=msgspec.json.decode(row["body"], type=RescueOption),
        state="lapsed" if over else row["state"],
        staff_id=row["staff_id"],
        until=row["expires_at"],
        ended_why=row["ended_why"],
        result_id=row["result_id"],
    )
