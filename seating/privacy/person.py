"""Everything that is a guest's: the ids of it over all tables, and what names them there."""

from collections.abc import Sequence
from uuid import UUID

import msgspec
from msgspec import Struct

from policies.privacy.redaction import Known
from seating.db import Connection

# A merged guest's other records are the same person; who waits or is turned away may have left
# nothing but the number.
FIND_PERSON = """
with person as (
    select * from guest where venue_id = $1 and coalesce(merged_into, guest_id) = any($2::uuid[])),
numbers as (select phone from person where phone is not null),
booked as (
    select * from reservation where venue_id = $1 and guest_id in (select guest_id from person)),
waited as (
    select * from wait_entry where venue_id = $1
      and (guest_id in (select guest_id from person) or phone in (select phone from numbers))),
promised as (select reservation_id as id from booked union all select wait_id from waited),
sat as (
    select * from seating where venue_id = $1 and (
        reservation_id in (select id from promised) or wait_id in (select id from promised))),
parties as (select id from promised union all select seating_id from sat),
refused as (
    select * from turnaway where venue_id = $1 and (
        guest_id in (select guest_id from person) or phone in (select phone from numbers)
        or wait_id in (select id from parties) or recovered_by in (select id from parties))),
sought as (
    select * from rescue where venue_id = $1 and (
        reservation_id in (select id from parties) or phone in (select phone from numbers)
        or turnaway_id in (select turnaway_id from refused))),
held as (
    select * from slot_hold where venue_id = $1 and (
        reservation_id in (select id from parties) or wait_id in (select id from parties)
        or slot_hold_id in (select slot_hold_id from booked))),
given as (
    select * from gesture where venue_id = $1 and (
        guest_id in (select guest_id from person) or party_id in (select id from parties))),
complained as (
    select * from complaint where venue_id = $1 and party_id in (select id from parties)),
asked as (
    select * from approval where venue_id = $1 and coalesce(
        wish ->> 'reservation_id', wish ->> 'wait_id', wish ->> 'seating_id')
        in (select id::text from parties)),
googled as (
    select * from google_booking where venue_id = $1
      and reservation_id in (select id from parties)),
names as (
    select name from person union select name from booked union select name from waited
    union select name from sat union select name from refused union select name from sought
    union select party_name from given union select party_name from complained
    union select party_name from asked
    union select given_name from googled union select family_name from googled
    union select given_name || ' ' || family_name from googled),
contacts as (
    select phone as text from person union select email from person
    union select email from booked union select phone from waited
    union select email from waited union select phone from refused
    union select phone from sought union select telephone from googled
    union select email from googled union select user_id from googled),
placed as (
    select period_id, reservation_id as id from booked
    union select period_id, wait_id from waited union select period_id, seating_id from sat
    union select period_id, turnaway_id from refused union select period_id, rescue_id from sought
    union select period_id, slot_hold_id from held union select period_id, gesture_id from given
    union select period_id, complaint_id from complained
    union select period_id, approval_id from asked
    union select a.period_id, a.subject_id from action a
    where a.venue_id = $1 and a.subject_id in (select id from parties)),
said as (
    select notes as text from person union select allergies from person
    union select notes from booked union select special_request from booked
    union select notes from waited union select line from given union select reason from given
    union select about from complained)
select array(select guest_id from person) as guests,
       array(select reservation_id from booked) as reservations,
       array(select wait_id from waited) as waits,
       array(select seating_id from sat) as seatings,
       array(select turnaway_id from refused) as turnaways,
       array(select rescue_id from sought) as rescues,
       array(select slot_hold_id from held) as slot_holds,
       array(select gesture_id from given) as gestures,
       array(select complaint_id from complained) as complaints,
       array(select approval_id from asked) as approvals,
       array(select period_id from placed where period_id is not null order by period_id, id)
           as places,
       array(select id::text from placed where period_id is not null order by period_id, id)
           as placed,
       array(select name from names where name not in ('', '-')) as names,
       array(select text from contacts where text <> '') as contacts,
       array(select text from said where text not in ('', '-')) as said
"""

# The record that is kept, and the ones that lead to it.
LOCK_RECORDS = """
select guest_id from guest where venue_id = $1 and coalesce(merged_into, guest_id) = any($2::uuid[])
order by guest_id for update
"""


class PersonalData(Struct, frozen=True, kw_only=True):
    """The ids of everything that is one person's (or several persons'), and what names them.

    `places`: periods; `placed`: beside each an id of theirs that was in it.
    """

    guests: tuple[UUID, ...]
    reservations: tuple[UUID, ...]
    waits: tuple[UUID, ...]
    seatings: tuple[UUID, ...]
    turnaways: tuple[UUID, ...]
    rescues: tuple[UUID, ...]
    slot_holds: tuple[UUID, ...]
    gestures: tuple[UUID, ...]
    complaints: tuple[UUID, ...]
    approvals: tuple[UUID, ...]
    places: tuple[str, ...]
    placed: tuple[str, ...]
    names: tuple[str, ...]
    contacts: tuple[str, ...]
    said: tuple[str, ...]

    @property
    def parties(self) -> tuple[UUID, ...]:
        """Their reservations, waits and seatings."""
        return self.reservations + self.waits + self.seatings

    @property
    def things(self) -> tuple[UUID, ...]:
        """Everything of theirs that has an id, but not their own records."""
        return (
            self.parties
            + self.turnaways
            + self.rescues
            + self.slot_holds
            + self.gestures
            + self.complaints
            + self.approvals
        )

    def known(self, pseudonyms: dict[UUID, UUID]) -> Known:
        """What tells that a document is about them; `pseudonyms`: what their records become."""
        ids = {str(each): str(each) for each in self.things}
        ids |= {str(new): str(new) for new in pseudonyms.values()}
        ids |= {str(old): str(new) for old, new in pseudonyms.items()}
        return Known(
            ids=ids,
            names=frozenset(self.names),
            contacts=frozenset(self.contacts),
            said=frozenset(self.said),
        )


async def find_person(conn: Connection, venue_id: str, guests: Sequence[UUID]) -> PersonalData:
    """Return everything of these guests, named by the ids of the records that are kept."""
    row = await conn.fetchrow(FIND_PERSON, venue_id, guests)
    return msgspec.convert(row, PersonalData, from_attributes=True)


async def lock_records(conn: Connection, venue_id: str, guests: Sequence[UUID]) -> None:
    """Lock the guests' records, in order of their ids, until the end of the transaction."""
    await conn.fetch(LOCK_RECORDS, venue_id, guests)
