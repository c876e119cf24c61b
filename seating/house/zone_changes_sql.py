"""The SQL of `zone_changes`; documents ($2) are JSON arrays."""

from seating.book.announcing import EventOf, announced

PROMISES_AHEAD = """
select r.reservation_id, r.period_id, r.starts, r.ends, r.local_start
from reservation r join period p using (venue_id, period_id)
where r.venue_id = $1 and p.closed_at is null and p.closes > $2
  and r.state in ('requested', 'booked', 'arrived', 'no_show')
order by r.starts, r.reservation_id
"""

NOTE_LOCAL_TIMES = """
update reservation r set local_start = x.local_start
from jsonb_to_recordset($2::jsonb) as x (
    reservation_id uuid, was timestamptz, local_start timestamp)
where r.venue_id = $1 and r.reservation_id = x.reservation_id
  and r.local_start is null and r.starts = x.was
"""

MOVE_PERIODS = """
update period p set
    opens = x.opens, last_seating = x.last_seating, closes = x.closes,
    last_orders_at = p.last_orders_at + (x.opens - x.was_open),
    closes_early_at = p.closes_early_at + (x.opens - x.was_open),
    version = p.version + 1
from jsonb_to_recordset($2::jsonb) as x (
    period_id text, opens timestamptz, last_seating timestamptz, closes timestamptz,
    was_open timestamptz)
where p.venue_id = $1 and p.period_id = x.period_id
"""

MOVE_HELD_TABLES = """
update held_table h set
    starts = h.starts + (x.opens - x.was_open), ends = h.ends + (x.opens - x.was_open),
    release_at = h.release_at + (x.opens - x.was_open),
    first_starts = h.first_starts + (x.opens - x.was_open), version = h.version + 1
from jsonb_to_recordset($2::jsonb) as x (
    period_id text, opens timestamptz, was_open timestamptz)
where h.venue_id = $1 and h.period_id = x.period_id and h.state = 'held' and x.opens <> x.was_open
returning h.held_id as subject_id, x.opens - x.was_open as shift
"""

MOVE_SLOT_HOLDS = """
update slot_hold h set
    starts = h.starts + (x.opens - x.was_open), ends = h.ends + (x.opens - x.was_open)
from jsonb_to_recordset($2::jsonb) as x (
    period_id text, opens timestamptz, was_open timestamptz)
where h.venue_id = $1 and h.period_id = x.period_id and h.state = 'held' and x.opens <> x.was_open
returning h.slot_hold_id as subject_id, x.opens - x.was_open as shift
"""

# A block has no period: it moves with the first it lies in.
MOVE_BLOCKS = """
update block b set
    starts = b.starts + m.shift, ends = b.ends + m.shift, version = b.version + 1
from (
    select distinct on (a.block_id) a.block_id, x.opens - x.was_open as shift
    from block a, jsonb_to_recordset($2::jsonb) as x (
        opens timestamptz, was_open timestamptz, was_closed timestamptz)
    where a.venue_id = $1 and a.lifted_at is null and x.opens <> x.was_open
      and a.starts < x.was_closed and a.ends > x.was_open
    order by a.block_id, x.was_open) m
where b.venue_id = $1 and b.block_id = m.block_id
returning b.block_id as subject_id, m.shift
"""

# So does a lever that ends within the hours of a period, or says when last orders are.
MOVE_LEVERS = """
update lever l set
    "at" = l."at" + m.shift, until = l.until + m.shift, version = l.version + 1
from (
    select distinct on (a.lever_id) a.lever_id, x.opens - x.was_open as shift
    from lever a, jsonb_to_recordset($2::jsonb) as x (
        opens timestamptz, was_open timestamptz, was_closed timestamptz)
    where a.venue_id = $1 and a.lifted_at is null and x.opens <> x.was_open
      and coalesce(a.until, a."at") between x.was_open and x.was_closed
    order by a.lever_id, x.was_open) m
where l.venue_id = $1 and l.lever_id = m.lever_id
"""

FREE_INTENTIONS = """
delete from intention where venue_id = $1 and subject_id = any($2::uuid[])
returning subject_id, table_id, kind, place, starts, ends
"""

# The constraint on duplicates is checked row by row, so it rests while rows pass each other.
MOVE_PROMISES = """
update reservation r set
    starts = x.starts, ends = x.ends, local_start = x.local_start, late_at = null,
    duplicate_allowed = true, version = r.version + 1,
    public_version = r.public_version + 1, updated_at = $3
from jsonb_to_recordset($2::jsonb) as x (
        reservation_id uuid, starts timestamptz, ends timestamptz, local_start timestamp),
    reservation before
where r.venue_id = $1 and r.reservation_id = x.reservation_id
  and before.venue_id = $1 and before.reservation_id = x.reservation_id
returning r.reservation_id, r.state, r.starts, r.ends, r.party_size, r.public_version as version,
    r.client_id is not null as of_site, before.duplicate_allowed, r.period_id
"""

RESTORE_DUPLICATES = """
update reservation r set duplicate_allowed = false
where r.venue_id = $1 and r.reservation_id = any($2::uuid[])
  and not exists (
      select from reservation o
      where o.venue_id = $1 and o.guest_id = r.guest_id and o.reservation_id <> r.reservation_id
        and o.state in ('booked', 'arrived', 'seated')
        and (o.reservation_id = any($2::uuid[]) or not o.duplicate_allowed)
        and tstzrange(o.starts, o.ends) && tstzrange(r.starts, r.ends))
"""

PUT_INTENTIONS = """
insert into intention (venue_id, subject_id, table_id, kind, place, starts, ends)
select $1, x.subject_id, x.table_id, x.kind, x.place, x.starts, x.ends
from jsonb_to_recordset($2::jsonb) as x (
    subject_id uuid, table_id text, kind text, place smallint,
    starts timestamptz, ends timestamptz)
order by x.kind = 'block' desc, x.starts, x.subject_id, x.place
on conflict do nothing
returning subject_id, table_id
"""

DROP_INTENTIONS = "delete from intention where venue_id = $1 and subject_id = any($2::uuid[])"

ADD_RECORDS = """
insert into zone_change (venue_id, at, kind, subject, period_id, zone, rules, local_time, was,
                         became)
select $1, $3, x.kind, x.subject, x.period_id, $4, $5, x.local_time, x.was, x.became
from jsonb_to_recordset($2::jsonb) as x (
    kind text, subject text, period_id text, local_time timestamp, was timestamptz,
    became timestamptz)
on conflict (venue_id, at, kind, subject) do update
set zone = excluded.zone, rules = excluded.rules, became = excluded.became
"""

MOVED_EVENT = EventOf("", "event", ("period.changed", "reservation.changed"))

ANNOUNCE = f"""
with events as (
    select x.event, x.id, coalesce(nullif(x.version, 0), p.version, 0) as version, x.data,
           x.period_id
    from jsonb_to_recordset($2::jsonb) as x (
        event text, id text, version bigint, data jsonb, period_id text)
    left join period p on p.venue_id = $1 and p.period_id = x.id),
announced as (
    insert into outbox (venue_id, event, subject, version, at, data)
    select $1, event, id, version, $3, data from events)
select count({announced(MOVED_EVENT, subject="id", version="version", period="period_id")})
from events
"""
