"""What the stand shows of a period that is no part of its picture: one statement reads it."""

from datetime import date, datetime
from uuid import UUID

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from policies.book.levers import is_for, standing
from policies.book.picture import Promise, WaitEntry
from policies.house.calendar import Period
from policies.house.rules import Rules
from policies.words.catalogue import say
from seating.book.levers import LEVERS_SHOWN, LeverShown
from seating.book.picture import PROMISE_COLUMNS
from seating.book.service_notes import NOTE, ServiceNote
from seating.db import Connection
from seating.door.given_up import GIVEN_UP, GivenUpTable
from seating.door.stand_view import (
    ReservationDetails,
    SeatingDetails,
    StandCounts,
    WaitEntryDetails,
)
from seating.gestures.tonight import GestureTask, read_tasks

# Looked up guest by guest: a join could read every reservation of all years once.
_PAST = """left join lateral (
    select count(*) filter (where e.state = 'finished') as visits,
           count(*) filter (where e.state = 'no_show') as no_shows
    from reservation e
    where e.venue_id = $1 and e.guest_id = g.guest_id and e.period_id <> $4) past on true"""

_RESERVATIONS = f"""(
select r.reservation_id, r.code, r.channel, r.special_request, r.notes, g.phone,
       g.notes as guest_notes, g.allergies, past.visits, past.no_shows,
       exists (select from acknowledgement a
               where a.venue_id = $1 and a.reservation_id = r.reservation_id) as rules_shown,
       (select max(l.at) from action l where l.venue_id = $1 and l.kind = 'LinkForGuest'
          and l.subject_id = r.reservation_id) as link_sent_at,
       (select count(*) from thread_message m where m.venue_id = $1 and m.by_guest
          and m.reservation_id = r.reservation_id and m.read_at is null) as unread
from reservation r left join guest g on g.venue_id = $1 and g.guest_id = r.guest_id
{_PAST}
where r.venue_id = $1 and WHICH)"""

_SEATINGS = f"""(
select s.seating_id, g.guest_id, coalesce(g.notes, '') as guest_notes,
       coalesce(g.allergies, '') as allergies, past.visits,
       coalesce(r.tags, '{{}}') || coalesce(g.tags, '{{}}') as tags, (
    select json_build_object('check_id', c.check_id, 'state', c.state, 'total', c.total,
                             'last_at', c.heard_at)
    from till_check c
    where c.venue_id = $1 and c.seating_id = s.seating_id and c.state <> 'cancelled'
    order by c.state = 'open' desc, c.sequence desc limit 1) as check
from seating s
left join reservation r on r.venue_id = $1 and r.reservation_id = s.reservation_id
left join wait_entry w on w.venue_id = $1 and w.wait_id = s.wait_id
left join guest g on g.venue_id = $1 and g.guest_id = coalesce(r.guest_id, w.guest_id)
{_PAST}
where s.venue_id = $1 and WHICH)"""

_WAITS = """(
select wait_id, channel, notes, suggested_at, suggested_tables, quoted_likely, requoted_at,
       requoted_minutes, requoted_likely
from wait_entry
where venue_id = $1 and period_id = $4
  and (state <> 'seated' or notes <> ''))"""

# What is over, where a host looks for what is to be reopened: with the view of the whole period.
_OVER = f"""(
select {PROMISE_COLUMNS} from reservation
where venue_id = $1 and period_id = $4
  and state in ('finished', 'cancelled', 'declined', 'walked')
order by starts, reservation_id)"""

_OFF_THE_LIST = """(
select wait_id, period_id, state, party_size, joined_at, name, phone, needs, quoted_minutes,
       notified_at, ended_at, coming_at, waits_at as "where", version
from wait_entry
where venue_id = $1 and period_id = $4
  and state in ('left', 'gone', 'turned_away')
order by joined_at, wait_id)"""

_ASKED = "any($7::uuid[])"

_COUNTS = """json_build_object(
    'cases', (select count(*) from exposure
              where venue_id = $1 and period_id = $4 and closed_at is null),
    'alerts', (select count(*) from alert
               where venue_id = $1 and to_staff = $6 and period_id = $4 and taken_at is null),
    'tasks', (select count(*) from gesture
              where venue_id = $1 and period_id = $4 and state = 'accepted'),
    'approvals', (select count(*) from approval
                  where venue_id = $1 and period_id = $4 and state = 'waiting'
                    and expires_at > $5),
    'requests', (select count(*) from period p join reservation r using (venue_id, period_id)
                 where p.venue_id = $1 and p.closed_at is null and p.closes > $5
                   and r.state = 'requested'))"""


def _statement(reservation: str, seating: str, *ended: str) -> str:
    reservations = _RESERVATIONS.replace("WHICH", reservation)
    seatings = _SEATINGS.replace("WHICH", seating)
    return f"""
select json_build_object(
    'reservations', (select coalesce(json_agg(x), '[]') from {reservations} x),
    'seatings', (select coalesce(json_agg(x), '[]') from {seatings} x),
    'waits', (select coalesce(json_agg(x), '[]') from {_WAITS} x),{"".join(ended)}
    'given_up', (select coalesce(json_agg(x), '[]') from ({GIVEN_UP}) x),
    'levers', {LEVERS_SHOWN},
    'notes', (select coalesce(json_agg(x), '[]') from (
        select {NOTE} from service_note
        where venue_id = $1 and service_date = $2 and deleted_at is null
          and (period_name is null or period_name = split_part($4, '.', 2))
        order by period_name nulls first, written_at, note_id) x),
    'counts', {_COUNTS}
)::text
"""


READ_BESIDE = _statement(
    "r.period_id = $4",
    "s.cleared_at is null",
    f"""
    'over', (select coalesce(json_agg(x), '[]') from {_OVER} x),
    'off_the_list', (select coalesce(json_agg(x), '[]') from {_OFF_THE_LIST} x),""",
)

# A statement of its own: one for both would be planned anew at each use.
READ_BESIDE_ONLY = _statement(f"r.reservation_id = {_ASKED}", f"s.seating_id = {_ASKED}")


class BesidePicture(Struct, frozen=True, kw_only=True):
    """Details by the id of what they are of, and what stands for the whole period.

    `due`: gestures to be brought now, by the id of the party. `over`, `off_the_list`: reservations
    and waitlist entries of the period that have ended; empty where single things are asked for.
    """

    reservations: dict[UUID, ReservationDetails]
    seatings: dict[UUID, SeatingDetails]
    waits: dict[UUID, WaitEntryDetails]
    given_up: tuple[GivenUpTable, ...]
    levers: tuple[LeverShown, ...]
    notes: tuple[ServiceNote, ...]
    counts: StandCounts
    over: tuple[Promise, ...]
    off_the_list: tuple[WaitEntry, ...]
    due: dict[UUID, int]


class _Read(Struct, frozen=True, kw_only=True):
    reservations: tuple[ReservationDetails, ...]
    seatings: tuple[SeatingDetails, ...]
    waits: tuple[WaitEntryDetails, ...]
    given_up: tuple[GivenUpTable, ...]
    levers: tuple[LeverShown, ...]
    notes: tuple[ServiceNote, ...]
    counts: StandCounts
    over: tuple[Promise, ...] = ()
    off_the_list: tuple[WaitEntry, ...] = ()


_READ = msgspec.json.Decoder(_Read)


async def read_beside(
    conn: Connection,
    venue_id: str,
    period: Period,
    rules: Rules,
    *,
    locale: str,
    staff_id: str | None,
    now: datetime,
    only: tuple[UUID, ...] | None = None,
) -> BesidePicture:
    """Return what stands beside the picture of a period, for the person who asks.

    `only`: the ids of the reservations and seatings that are asked for, in any state; None: all
    that the view of the period holds.
    """
    day: date = period.service_date
    asked = (venue_id, day, day, period.period_id, now, staff_id)
    if only is None:
        text = await conn.fetchval(READ_BESIDE, *asked)
    else:
        text = await conn.fetchval(READ_BESIDE_ONLY, *asked, only)
    read = _READ.decode(text)
    due: tuple[GestureTask, ...] = ()
    if read.counts.tasks:
        tasks = await read_tasks(conn, venue_id, period.period_id, rules, now=now)
        due = tuple(each for each in tasks if each.due and each.gesture.state == "accepted")
    levers = standing(read.levers, now)
    return BesidePicture(
        reservations={each.reservation_id: each for each in read.reservations},
        seatings={each.seating_id: each for each in read.seatings},
        waits={each.wait_id: each for each in read.waits},
        given_up=tuple(_said(each, locale) for each in read.given_up),
        levers=tuple(each for each in levers if is_for(each, period)),
        notes=read.notes,
        over=read.over,
        off_the_list=read.off_the_list,
        counts=replace(read.counts, tasks=len(due)),
        due=_by_party(due),
    )


def _said(table: GivenUpTable, locale: str) -> GivenUpTable:
    return replace(table, said=say(table.message, locale)) if table.message else table


def _by_party(due: tuple[GestureTask, ...]) -> dict[UUID, int]:
    found = dict[UUID, int]()
    for each in due:
        gesture = each.gesture
        for party in {gesture.reservation_id, gesture.seating_id, gesture.party_id} - {None}:
            if party is not None:
                found[party] = found.get(party, 0) + 1
    return found
