"""The turnaway log: one row per party and service date, and its recovery."""

from datetime import date, datetime
from uuid import UUID, uuid4

import msgspec
from msgspec import Struct

from policies.book.answers import Ask, No
from policies.book.changes import Changes
from policies.house.calendar import Period, service_date_at
from policies.house.house import House
from policies.house.rules import NoCode
from policies.rescue.option import BOOK
from seating.book.guests import Contact
from seating.book.reservations import Booker
from seating.db import Connection, LostRaceError

# The action that recovered the party is undone: not recovered any more, and the option is lapsed.
UNDO_RECOVERY = """
with undone as (
    update rescue_option set state = 'lapsed', ended_why = 'taken back', result_id = null
    where venue_id = $1 and result_id = $2 and state = 'taken')
update turnaway set recovered_at = null, recovered_by = null, recovered_how = null
where venue_id = $1 and recovered_by = $2
"""


PLACE_AHEAD = frozenset({*BOOK, "wait", "partner"})
"""Ways to help a party that it has yet to come to, or that another house helps it by."""

ABOUT_TABLES: frozenset[NoCode] = frozenset(
    {
        "NO_TABLE_FITS",
        "NEEDS_NOT_MET",
        "TURN_TOO_SHORT",
        "BLOCKED",
        "HELD_BACK",
        "AREA_NOT_BOOKABLE",
    }
)
"""What is said of tables that a person of the house named: other tables may do."""

UNKNOWN_CONTACT = Contact(name="")


class LoggedRefusal(Struct, frozen=True, kw_only=True):
    """A refusal; `turnaway_id` is what it was logged as and what a rescue is listed for.

    None where nobody was turned away: a person of the house asked for tables that will not do.
    """

    no: No
    turnaway_id: UUID | None


# The same party: the same guest row, phone number or waitlist entry.
SAME_PARTY = """
    t.venue_id = $1 and t.service_date = {service_date}
    and (t.guest_id = {guest_id} or t.phone = {phone} or t.wait_id = {wait_id})"""

# What a host typed for a waiting party may be no number ("at the bar"): that makes nobody the same.
WAITING_NUMBER = r"substring(w.phone from '^[+][1-9][0-9]{6,14}(?:;ext=[0-9]{1,9})?$')"

LOG_TURNAWAY = f"""
with asked as (
    select $13::uuid as guest_id, coalesce(
        $18, (select phone from guest where venue_id = $1 and guest_id = $13)) as phone),
again as (
    update turnaway t
    set repeats = t.repeats + 1, code = $7, detail = $8, at = $5, explained = $16::jsonb,
        kind = $9, quoted_minutes = coalesce($12, t.quoted_minutes),
        staff_id = coalesce($17, t.staff_id), name = case t.name when '' then $19 else t.name end
    from asked
    where {
    SAME_PARTY.format(
        service_date="$3", guest_id="asked.guest_id", phone="asked.phone", wait_id="$15"
    )
}
    returning t.turnaway_id),
first as (
    insert into turnaway (
        venue_id, turnaway_id, service_date, period_id, at, channel, code, detail, kind,
        party_size, asked_for, quoted_minutes, guest_id, client_id, wait_id, explained, staff_id,
        phone, name)
    select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, asked.guest_id, $14, $15,
           $16::jsonb, $17, asked.phone, $19
    from asked where not exists (select from again)
    on conflict do nothing
    returning turnaway_id)
select turnaway_id from again union all select turnaway_id from first limit 1
"""

# A party that left the waitlist is logged with its wait_id as turnaway_id (WAITS_RESUMED deletes it
# again). One that was refused before on the date has a row already.
WAITS_ENDED = f"""
with ended as (
    select w.*, {WAITING_NUMBER} as number from wait_entry w
    where w.venue_id = $1 and w.wait_id = any($5::uuid[])
      and w.state in ('left', 'gone', 'turned_away')),
again as (
    update turnaway t set repeats = t.repeats + 1, at = $4, wait_id = w.wait_id
    from ended w
    where {
    SAME_PARTY.format(
        service_date="$2", guest_id="w.guest_id", phone="w.number", wait_id="w.wait_id"
    )
}
    returning w.wait_id)
insert into turnaway (venue_id, turnaway_id, service_date, period_id, at, channel, code, detail,
                      kind, party_size, asked_for, quoted_minutes, wait_id, guest_id, client_id,
                      phone, name, staff_id)
select $1, w.wait_id, $2, $3, $4, 'waitlist', 'NO_TABLE_FITS', 'no table in time for it',
       case w.state when 'turned_away' then 'denial' else 'regret' end, w.party_size, w.joined_at,
       w.quoted_minutes, w.wait_id, w.guest_id, w.client_id, w.number, w.name, $6
from ended w where w.wait_id not in (select wait_id from again)
on conflict do nothing
"""

# A party recovered by joining the waitlist is not recovered any more when it leaves.
WAITS_LOST = """
update turnaway t set recovered_at = null, recovered_by = null, recovered_how = null,
       wait_id = w.wait_id
from wait_entry w
where t.venue_id = $1 and t.service_date = $2 and t.recovered_by = any($3::uuid[])
  and w.venue_id = $1 and w.wait_id = t.recovered_by
  and w.state in ('left', 'gone', 'turned_away')
"""

WAITS_RESUMED = """
delete from turnaway t using wait_entry w
where t.venue_id = $1 and t.turnaway_id = any($2::uuid[])
  and w.venue_id = $1 and w.wait_id = t.wait_id and w.state in ('waiting', 'notified')
"""

WAITS_UNSEATED = """
update turnaway t set recovered_at = null
from wait_entry w
where t.venue_id = $1 and t.recovered_by = any($2::uuid[])
  and w.venue_id = $1 and w.wait_id = t.recovered_by and w.state in ('waiting', 'notified')
"""

WAITS_SEATED = f"""
update turnaway t set recovered_at = $3, recovered_by = w.wait_id,
       recovered_how = case when t.recovered_by = w.wait_id then t.recovered_how else 'waitlist' end
from wait_entry w
where w.venue_id = $1 and w.wait_id = any($4::uuid[]) and w.state = 'seated'
  and t.recovered_at is null
  and (t.venue_id = $1 and t.recovered_by = w.wait_id or {
    SAME_PARTY.format(
        service_date="$2", guest_id="w.guest_id", phone=WAITING_NUMBER, wait_id="w.wait_id"
    )
})
"""

DECLINED = """
insert into turnaway (venue_id, turnaway_id, service_date, period_id, at, channel, code, detail,
                      kind, party_size, asked_for, guest_id, client_id, phone, name, staff_id)
select $1, r.reservation_id, $2, $3, $4, r.channel, 'NO_TABLE_FITS', 'the request was declined',
       'denial', r.party_size, r.starts, r.guest_id, r.client_id, g.phone, r.name, $6
from reservation r left join guest g on g.venue_id = r.venue_id and g.guest_id = r.guest_id
where r.venue_id = $1 and r.reservation_id = any($5::uuid[]) and r.state = 'declined'
on conflict do nothing
"""

# Recovered once it comes (seating.book.write_sql.RECOVERIES); a place it has already stands.
PLACE_FOR_GUEST = f"""
update turnaway t set recovered_by = $4, recovered_how = 'booked'
from guest g
where g.venue_id = $1 and g.guest_id = $3 and t.recovered_at is null
  and {SAME_PARTY.format(service_date="$2", guest_id="g.guest_id", phone="g.phone", wait_id="null")}
  and not exists (select from reservation r where r.venue_id = $1
                  and r.reservation_id = t.recovered_by and r.state in ('requested', 'booked'))
"""

# A party that has a place to come to or waits for one is recovered once it sits.
MARK_RECOVERED = """
update turnaway set recovered_at = case when $6::boolean then $3::timestamptz end,
       recovered_by = $5, recovered_how = $4
where venue_id = $1 and turnaway_id = $2 and recovered_at is null
returning turnaway_id
"""

COUNTS_OF_DATE = """
select code, kind, channel, count(*) as parties, coalesce(sum(party_size), 0) as covers,
       count(recovered_at) as recovered
from turnaway where venue_id = $1 and service_date = $2
group by code, kind, channel order by parties desc, code, kind, channel
"""


class Turnaway(Struct, frozen=True, kw_only=True):
    """A turnaway to log. `kind`: "denial" (the house refused) or "regret" (the guest declined).

    `turnaway_id`: the caller's id, if it made one. `staff_id`: who refused, if a person did.
    """

    ask: Ask
    no: No
    service_date: date
    period_id: str | None = None
    kind: str = "denial"
    client_id: str | None = None
    wait_id: UUID | None = None
    quoted_minutes: int | None = None
    turnaway_id: UUID | None = None
    staff_id: str | None = None
    phone: str | None = None
    name: str = ""


class TurnawayCount(Struct, frozen=True, kw_only=True):
    """Turnaways of a date by cause; `recovered`: parties that got a place after all."""

    code: str
    kind: str
    channel: str
    parties: int
    covers: int
    recovered: int


async def log_turnaway(
    conn: Connection, venue_id: str, turnaway: Turnaway, *, now: datetime
) -> UUID:
    """Log a turnaway and return its id; a known party's second of the date adds to its first.

    Raises LostRaceError when the party's first is being written concurrently.
    """
    ask, no = turnaway.ask, turnaway.no
    turnaway_id: UUID | None = await conn.fetchval(
        LOG_TURNAWAY,
        venue_id,
        turnaway.turnaway_id or uuid4(),
        turnaway.service_date,
        turnaway.period_id,
        now,
        ask.channel,
        no.code,
        no.detail,
        turnaway.kind,
        ask.party_size,
        ask.starts,
        turnaway.quoted_minutes,
        ask.guest_id,
        turnaway.client_id,
        turnaway.wait_id,
        msgspec.json.encode(no.explained).decode() if no.explained else None,
        turnaway.staff_id,
        turnaway.phone,
        turnaway.name,
    )
    if turnaway_id is None:
        raise LostRaceError("this guest was told no at the same moment")
    return turnaway_id


async def log_changes(
    conn: Connection,
    venue_id: str,
    period: Period,
    changes: Changes,
    *,
    now: datetime,
    staff_id: str | None = None,
) -> None:
    """Log what the changes mean: declined requests and parties that left the waitlist.

    Parties back on the list are deleted from the log; those seated from it are recovered.
    """
    night = (venue_id, period.service_date, period.period_id, now)
    declined = [each.reservation_id for each in changes.promises if each.state == "declined"]
    if declined:
        await conn.execute(DECLINED, *night, declined, staff_id)
    waits = [entry.wait_id for entry in changes.waiting]
    if not waits:
        return
    await conn.execute(WAITS_LOST, venue_id, period.service_date, waits)
    await conn.execute(WAITS_ENDED, *night, waits, staff_id)
    await conn.execute(WAITS_RESUMED, venue_id, waits)
    await conn.execute(WAITS_UNSEATED, venue_id, waits)
    await conn.execute(WAITS_SEATED, venue_id, period.service_date, now, waits)


async def turnaways_of(
    conn: Connection, venue_id: str, service_date: date
) -> tuple[TurnawayCount, ...]:
    """Return the turnaways of a date, counted by code, kind and channel."""
    rows = await conn.fetch(COUNTS_OF_DATE, venue_id, service_date)
    return tuple(msgspec.convert(row, TurnawayCount, from_attributes=True) for row in rows)


async def place_found_for_guest(
    conn: Connection, venue_id: str, service_date: date, guest_id: UUID, reservation_id: UUID
) -> None:
    """Note that a guest refused for this date has booked after all; it is recovered once it comes.

    Not any more when it cancels or does not come.
    """
    await conn.execute(PLACE_FOR_GUEST, venue_id, service_date, guest_id, reservation_id)


async def mark_recovered(
    conn: Connection, venue_id: str, turnaway_id: UUID, how: str, by: UUID, *, now: datetime
) -> bool:
    """Note the place found for a party, which is recovered when it sits; False if it was before.

    `how`: a short stable word (a kind of rescue, "booked", "waitlist"); `by`: the id of the
    reservation, seating, entry or action.
    """
    sits = how not in PLACE_AHEAD
    row = await conn.fetchrow(MARK_RECOVERED, venue_id, turnaway_id, now, how, by, sits)
    return row is not None


async def log_refusal(
    conn: Connection,
    venue_id: str,
    house: House,
    ask: Ask,
    no: No,
    booker: Booker,
    now: datetime,
    who: Contact = UNKNOWN_CONTACT,
) -> LoggedRefusal:
    """Log a refusal and return it; `who`: the guest, as far as known.

    Named tables that will not do turn nobody away, so they are not logged.
    """
    if ask.tables and no.code in ABOUT_TABLES:
        return LoggedRefusal(no=no, turnaway_id=None)
    turnaway = Turnaway(
        ask=ask,
        no=no,
        service_date=service_date_at(house, ask.starts),
        client_id=booker.client_id,
        staff_id=booker.staff_id,
        name=who.name,
        phone=who.phone,
    )
    return LoggedRefusal(no=no, turnaway_id=await log_turnaway(conn, venue_id, turnaway, now=now))


async def undo_recovery(conn: Connection, venue_id: str, action_id: UUID) -> None:
    """Undo the recovery that an undone action made; no effect for other actions."""
    await conn.execute(UNDO_RECOVERY, venue_id, action_id)
