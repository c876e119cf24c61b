"""Reading a period's picture: one statement returns everything a decision may use."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from policies.book.levers import levers_of_row, with_levers
from policies.book.picture import Picture, Promise
from policies.house.calendar import Period
from policies.house.house_rules import LATENESS_RULE
from policies.words.message import message
from seating.book.in_force import BODY
from seating.db import Connection
from seating.errors import NotFound

PROMISE_COLUMNS = f"""
reservation_id, period_id, state, party_size, starts, ends, needs, kind, arrived, arrived_at, fixed,
lost_tables, overruled, exposed, guest_id, duplicate_allowed, name, late_at, channel, risk,
created_at as made_at, client_id, duration_minutes, version, preferences, late_until,
reconfirmed_at, waits_at as "where", called_at, called_by, coming_at, pinned_by, last_tables,
late_told,
tags || coalesce((select g.tags from guest g where g.venue_id = $1
                  and g.guest_id = reservation.guest_id), '{{}}'::text[]) as tags,
(select coalesce(json_agg(i.table_id order by i.place), '[]') from intention i
 where i.venue_id = $1 and i.subject_id = reservation_id) as tables,
exists (select from acknowledgement a where a.venue_id = $1
        and a.reservation_id = reservation.reservation_id
        and a.rule_keys @> array['{LATENESS_RULE}']) as lateness_known
"""

READ_PROMISE = f"""
select to_json(r)::text
from (select {PROMISE_COLUMNS} from reservation where venue_id = $1 and reservation_id = $2) r
"""

READ_PICTURE = f"""
select json_build_object(
    'period', coalesce((
        select to_json(p) from (
            select period_id, service_date, name, opens, last_seating, closes, house_version,
                   rules_version, version, online_paused, seating_stopped, last_orders_at,
                   closes_early_at, areas_shut, pacing_covers, closed_at, holds_made, served
            from period where venue_id = $1 and period_id = $2) p), $6::json),
    'promises', (
        select coalesce(json_agg(r), '[]') from (
            select {PROMISE_COLUMNS}
            from reservation
            where venue_id = $1 and period_id = any($3::text[])
              and state in ('requested', 'booked', 'arrived', 'seated', 'no_show')
            order by starts, reservation_id) r),
    'slot_holds', (
        select coalesce(json_agg(h), '[]') from (
            select slot_hold_id, period_id, state, party_size, starts, ends, expires_at, client_id,
                   staff_id, needs, preferences, kind, risk, fixed, held_id, reservation_id,
                   wait_id,
                   (select coalesce(json_agg(i.table_id order by i.place), '[]') from intention i
                    where i.venue_id = $1 and i.subject_id = slot_hold_id) as tables
            from slot_hold
            where venue_id = $1 and period_id = any($3::text[]) and state = 'held'
            order by starts, slot_hold_id) h),
    'seatings', (
        select coalesce(json_agg(s), '[]') from (
            select seating_id, period_id, state, party_size, seated_at, counted_at, expected_end,
                   reservation_id, wait_id, name, merged_into, server, version,
                   (select coalesce(json_agg(t.table_id order by t.place), '[]')
                    from seating_table t
                    where t.venue_id = $1 and t.seating_id = seating.seating_id
                      and t.to_at is null) as tables
            from seating
            where venue_id = $1 and cleared_at is null
            order by seated_at, seating_id) s),
    'blocks', (
        select coalesce(json_agg(b), '[]') from (
            select block_id, table_id, starts, ends, reason, version
            from block
            where venue_id = $1 and lifted_at is null and ends > $4
            order by starts, block_id) b),
    'waiting', (
        select coalesce(json_agg(w), '[]') from (
            select wait_id, period_id, state, party_size, joined_at, name, phone, needs,
                   quoted_minutes, notified_at, coming_at, waits_at as "where", version
            from wait_entry
            where venue_id = $1 and period_id = $2 and state in ('waiting', 'notified')
            order by joined_at, wait_id) w),
    'held', (
        select coalesce(json_agg(h), '[]') from (
            select held_id, period_id, window_name as window, state, seats, needs, starts, ends,
                   release_at, rung, version, first_starts,
                   (select coalesce(json_agg(i.table_id order by i.place), '[]') from intention i
                    where i.venue_id = $1 and i.subject_id = held_id) as tables
            from held_table
            where venue_id = $1 and period_id = any($3::text[]) and state = 'held'
            order by starts, held_id) h),
    'colleagues', (
        select coalesce(json_object_agg(s.staff_id, s.name), '{{}}') from staff s
        where s.venue_id = $1 and s.staff_id in (
            select pinned_by from reservation
            where venue_id = $1 and period_id = any($3::text[]) and pinned_by is not null)),
    'resets', (
        select coalesce(json_agg(t), '[]') from (
            select reset_id, table_id, seating_id, since, ready_at, version
            from table_reset
            where venue_id = $1 and ended_at is null
            order by table_id) t),
    'levers', (
        select coalesce(json_agg(l), '[]') from (
            select lever_id, action_id, kind, engaged, from_date, until_date, pulled_at, periods,
                   area, "at", covers, until, version
            from lever
            where venue_id = $1 and lifted_at is null and from_date <= $5 and until_date >= $5
              and (periods = '{{}}' or split_part($2, '.', 2) = any(periods))
            order by number) l),
    'started', (
        select coalesce(json_agg(json_build_array(counted_at, party_size)), '[]')
        from seating
        where venue_id = $1 and period_id = any($3::text[]) and merged_into is null),
    'sections', (
        select coalesce(json_agg(s), '[]') from (
            select table_id, server, version from section_table
            where venue_id = $1 and period_id = $2
            order by table_id) s),
    'served', (
        select coalesce(json_agg(json_build_array(server, seated_at, party_size)), '[]')
        from seating
        where venue_id = $1 and period_id = $2 and server is not null and merged_into is null),
    'around', (
        select coalesce(json_agg(p), '[]') from (
            select period_id, house_version, opens, last_seating from period
            where venue_id = $1 and period_id = any($3::text[])) p),
    'prices', (
        select json_build_object('made_at', made_at, 'house_version', house_version,
                                 'forecast', forecast, 'table', prices)
        from bid_price where venue_id = $1 and period_id = $2),
    'calibration', (select learned from risk_calibration where venue_id = $1),
    'rules', {BODY.format(service_date="$5::date")}
)::text
"""


async def read_picture(
    conn: Connection,
    venue_id: str,
    period: Period,
    around: Sequence[Period],
    *,
    now: datetime,
) -> Picture:
    """Return the picture of the period, with promises and holds of all periods in `around`.

    A period without a row yields its calendar entry and no promises.
    """
    ids = [one.period_id for one in around]
    # A plan may start before now: it needs the blocks of the whole span.
    since = min([now, *(one.opens for one in around)])
    text = await conn.fetchval(
        READ_PICTURE,
        venue_id,
        period.period_id,
        ids,
        since,
        period.service_date,
        msgspec.json.encode(period).decode(),
    )
    read = _READ.decode(text)
    picture, near = with_levers_of_row(_picture(read), now), read.around
    elsewhere, outside = _elsewhere(picture, near), _outside(picture, near)
    if elsewhere or outside:
        return replace(picture, elsewhere=elsewhere, outside=outside)
    return picture


def with_levers_of_row(picture: Picture, now: datetime) -> Picture:
    """Return the picture as the levers set its period at `now`; the row's own count as the first.

    The row holds those that were pulled before levers had rows of their own.
    """
    levers = (*levers_of_row(picture.period), *picture.levers)
    if not levers:
        return picture
    return replace(picture, levers=levers, period=with_levers(picture.period, levers, now))


async def read_promise(conn: Connection, venue_id: str, reservation_id: UUID) -> Promise:
    """Return a promise in any state; one that has ended is in no picture. Raises NotFound."""
    text = await conn.fetchval(READ_PROMISE, venue_id, reservation_id)
    if text is None:
        raise NotFound(message("no-such-reservation"))
    return msgspec.json.decode(text, type=Promise)


class _Around(Struct, frozen=True):
    period_id: str
    house_version: int
    opens: datetime
    last_seating: datetime


class _Read(Picture, frozen=True, kw_only=True):
    around: tuple[_Around, ...]


_READ = msgspec.json.Decoder(_Read)


def _picture(read: _Read) -> Picture:
    return Picture(**{name: getattr(read, name) for name in Picture.__struct_fields__})


def _elsewhere(picture: Picture, near: Sequence[_Around]) -> tuple[str, ...]:
    version = picture.period.house_version
    return tuple(each.period_id for each in near if each.house_version != version)


def _outside(picture: Picture, near: Sequence[_Around]) -> tuple[UUID, ...]:
    hours = {each.period_id: each for each in near}
    return tuple(
        promise.reservation_id
        for promise in picture.promises
        if promise.exposed
        and (own := hours.get(promise.period_id))
        and not own.opens <= promise.starts <= own.last_seating
    )
