"""The statements of an erasure: $1 the venue, $2 ids of what is the person's.

Rows stay where they count covers, turns and demand; who it was goes. A guest's record is replaced
by one of a new random id that says nothing but that several visits were one guest's, which the
forecast of no-shows learns from.
"""

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from seating.db import Connection
from seating.privacy.person import PersonalData

# A record that leads to another goes without a trace: what was its is the kept one's already.
MAKE_PSEUDONYMS = """
insert into guest (venue_id, guest_id, name, created_at)
select $1, x.new, '-', min(g.created_at)
from unnest($2::uuid[], $3::uuid[]) as x (old, new)
join guest g on g.venue_id = $1 and g.guest_id = x.old
group by x.new
"""

TO_PSEUDONYM: Final = {
    table: f"""
update {table} t set {column} = x.new
from unnest($2::uuid[], $3::uuid[]) as x (old, new)
where t.venue_id = $1 and t.{column} = x.old
"""
    for table, column in (
        ("reservation", "guest_id"),
        ("wait_entry", "guest_id"),
        ("gesture", "guest_id"),
        ("turnaway", "guest_id"),
        ("action", "subject_id"),
    )
}

DELETE_RECORDS = "delete from guest where venue_id = $1 and guest_id = any($2::uuid[])"

EMPTY_RESERVATIONS = """
update reservation set name = '-', email = null, locale = null, notes = '',
    special_request = '', tags = '{}', partner_reference = null, guarantee = null,
    overruled_why = case when overruled_why is not null then '-' end,
    cancelled_why = case when cancelled_why is not null then '-' end, version = version + 1
where venue_id = $1 and reservation_id = any($2::uuid[])
"""

DELETE_THREADS = """
delete from thread_message where venue_id = $1 and reservation_id = any($2::uuid[])
"""

DELETE_GOOGLE_BOOKINGS = """
delete from google_booking where venue_id = $1 and reservation_id = any($2::uuid[])
"""

EMPTY_EXPOSURES = """
update exposure set note = null where venue_id = $1 and reservation_id = any($2::uuid[])
"""

EMPTY_WAITS = """
update wait_entry set name = '-', phone = '', email = null, locale = null, notes = '',
    partner_reference = null, version = version + 1
where venue_id = $1 and wait_id = any($2::uuid[])
"""

EMPTY_SEATINGS = """
update seating set name = '-' where venue_id = $1 and seating_id = any($2::uuid[])
"""

EMPTY_TURNAWAYS = """
update turnaway set name = '-', phone = null where venue_id = $1 and turnaway_id = any($2::uuid[])
"""

EMPTY_RESCUES = """
update rescue set name = '-', phone = null where venue_id = $1 and rescue_id = any($2::uuid[])
"""

DELETE_ALERTS = """
delete from alert where venue_id = $1
  and (turnaway_id = any($2::uuid[]) or reservation_id = any($2::uuid[]))
"""

EMPTY_GESTURES = """
update gesture set party_name = '-', line = '-', reason = '-',
    ended_why = case when ended_why is not null then '-' end
where venue_id = $1 and gesture_id = any($2::uuid[])
"""

EMPTY_COMPLAINTS = """
update complaint set party_name = '-', about = '-'
where venue_id = $1 and complaint_id = any($2::uuid[])
"""

EMPTY_APPROVALS = """
update approval set party_name = '-', said = case when said is not null then '-' end
where venue_id = $1 and approval_id = any($2::uuid[])
"""

DELETE_LINKS = "delete from guest_link where venue_id = $1 and subject_id = any($2::uuid[])"

DELETE_NOTICES = """
delete from guest_notice where venue_id = $1 and subject_id = any($2::uuid[])
"""

# What the processes remember of an open period goes by its version.
TOUCH_PERIODS = """
with theirs as (
    select period_id from reservation where venue_id = $1 and reservation_id = any($2::uuid[])
    union select period_id from wait_entry where venue_id = $1 and wait_id = any($2::uuid[])
    union select period_id from seating where venue_id = $1 and seating_id = any($2::uuid[])),
locked as (
    select period_id from period where venue_id = $1 and closed_at is null
      and period_id in (select period_id from theirs) order by period_id for update)
update period p set version = p.version + 1 from locked l
where p.venue_id = $1 and p.period_id = l.period_id
"""

FORGET: Final = (
    (EMPTY_RESERVATIONS, "reservations"),
    (DELETE_GOOGLE_BOOKINGS, "reservations"),
    (DELETE_THREADS, "reservations"),
    (EMPTY_EXPOSURES, "reservations"),
    (EMPTY_WAITS, "waits"),
    (EMPTY_SEATINGS, "seatings"),
    (EMPTY_TURNAWAYS, "turnaways"),
    (EMPTY_RESCUES, "rescues"),
    (DELETE_ALERTS, "things"),
    (EMPTY_GESTURES, "gestures"),
    (EMPTY_COMPLAINTS, "complaints"),
    (EMPTY_APPROVALS, "approvals"),
    (DELETE_LINKS, "things"),
    (DELETE_NOTICES, "things"),
)
"""Each statement with whose ids of the person it takes."""


async def forget_rows(
    conn: Connection, venue_id: str, person: PersonalData, pseudonyms: Mapping[UUID, UUID]
) -> None:
    """Take the person out of every row; `pseudonyms`: each of their records and what it becomes."""
    await conn.execute(TOUCH_PERIODS, venue_id, person.parties)
    for statement, ids in FORGET:
        await conn.execute(statement, venue_id, getattr(person, ids))
    old, new = list(pseudonyms), list(pseudonyms.values())
    await conn.execute(MAKE_PSEUDONYMS, venue_id, old, new)
    for statement in TO_PSEUDONYM.values():
        await conn.execute(statement, venue_id, old, new)
    await conn.execute(DELETE_RECORDS, venue_id, old)
