"""Reads the visit of the party a gesture is for, with the period it belongs to."""

from typing import Protocol
from uuid import UUID

import msgspec
from msgspec import Struct

from policies.gestures.visit import Visit
from policies.house.calendar import Period
from policies.words.message import message
from seating.book.period_rows import PERIOD_COLUMNS, period_in
from seating.db import Connection
from seating.errors import Invalid, NotFound

# Key share: gestures do not wait for each other, only for a change of the period's rules.
READ_VISIT = f"""
with sitting as (
    select period_id, seating_id, reservation_id, wait_id, name, party_size, seated_at, cleared_at
    from seating where venue_id = $1 and seating_id = $3),
party as (
    select r.period_id, r.reservation_id as party_id, r.name, r.party_size, r.channel,
           r.special_request, r.notes, r.guest_id, r.starts as promised_at, r.arrived_at,
           r.state in ('booked', 'arrived', 'seated') as here
    from reservation r where r.venue_id = $1
      and r.reservation_id = coalesce($2, (select reservation_id from sitting))
    union all
    select w.period_id, w.wait_id, w.name, w.party_size, 'waitlist', '', '',
           w.guest_id, w.joined_at + make_interval(mins => w.quoted_minutes), w.joined_at,
           w.state in ('waiting', 'notified', 'seated')
    from wait_entry w where w.venue_id = $1
      and w.wait_id = coalesce($4, (select wait_id from sitting))
    union all
    select s.period_id, s.seating_id, s.name, s.party_size, 'walk_in', '', '', null, null,
           s.seated_at, true
    from sitting s where s.reservation_id is null and s.wait_id is null)
select party.party_id, party.name as party_name, party.party_size, party.channel,
       party.special_request, party.notes, party.guest_id, party.promised_at, party.arrived_at,
       party.here and (s.seated_at is null or s.sits) as here,
       g.locale, coalesce(g.notes, '') as guest_notes, coalesce(g.allergies, '') as allergies,
       (select count(*) from reservation v where v.venue_id = $1 and v.guest_id = party.guest_id
          and v.state = 'finished' and v.reservation_id <> party.party_id) as visits,
       s.seated_at, s.seat_state,
       exists (select from exposure e where e.venue_id = $1 and e.reservation_id = party.party_id)
           as exposed,
       exists (select from turnaway t where t.venue_id = $1 and t.service_date = p.service_date
                 and (t.guest_id = party.guest_id or t.recovered_by = party.party_id))
           as turned_away,
       c.complaint_id, c.at as complained_at,
       {PERIOD_COLUMNS}
from party
left join guest g on g.venue_id = $1 and g.guest_id = party.guest_id
left join lateral (
    select min(x.seated_at) as seated_at, bool_or(x.cleared_at is null) as sits,
           (array_agg(x.state order by x.seated_at desc))[1] as seat_state
    from seating x where x.venue_id = $1 and x.period_id = party.period_id
      and party.party_id in (x.reservation_id, x.wait_id, x.seating_id)) s on true
left join lateral (
    select c.complaint_id, c.at from complaint c
    where c.venue_id = $1 and c.period_id = party.period_id and c.party_id = party.party_id
      and not exists (select from gesture q where q.venue_id = $1
                        and q.complaint_id = c.complaint_id
                        and q.state in ('offered', 'accepted', 'delivered'))
    order by c.at desc limit 1) c on true
join period p on p.venue_id = $1 and p.period_id = party.period_id
for key share of p
"""

_PERIOD = frozenset(Period.__struct_fields__)


class PartyReference(Protocol):
    """A command that names one party in one of three ways."""

    @property
    def reservation_id(self) -> UUID | None:
        """The party's reservation."""

    @property
    def seating_id(self) -> UUID | None:
        """The party's seating."""

    @property
    def wait_id(self) -> UUID | None:
        """The party's waitlist entry."""


class PartyVisit(Struct, frozen=True):
    """A party's visit, and the period it is in."""

    visit: Visit
    period: Period


async def visit_of(conn: Connection, venue_id: str, reference: PartyReference) -> PartyVisit:
    """Return the visit of the party named in exactly one way; raises Invalid, NotFound."""
    ids = reference.reservation_id, reference.seating_id, reference.wait_id
    if sum(each is not None for each in ids) != 1:
        raise Invalid(message("name-one-party"))
    row = await conn.fetchrow(READ_VISIT, venue_id, *ids)
    if row is None:
        raise NotFound(message("no-such-party"))
    raw = dict(row)
    period = period_in(row)
    visit = {key: value for key, value in raw.items() if key not in _PERIOD}
    return PartyVisit(msgspec.convert(visit, Visit), period)
