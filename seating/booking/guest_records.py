"""Correcting a guest's record, and merging two records of one person: once per id, audited.

A merged record stays as a row that leads to the one kept: tablets may still hold its id, and its
phone number, where the kept one has another, recognises the guest as before.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from asyncpg import Record
from msgspec import Struct
from msgspec.structs import replace

from policies.book.changes import Changes
from policies.book.picture import Promise
from policies.correspondence.sending import ContactWish, both_wishes
from policies.floor.orders import Command
from policies.words.message import message
from seating.book.actions import ActionKey, fingerprint, keep_answer, key_of, replayed_answer
from seating.book.guests import Guest, kept_guest, read_guest
from seating.book.in_force import house_of
from seating.book.period_rows import PERIOD_COLUMNS, period_in
from seating.book.periods import LockedPeriod, lock_period, read_locked
from seating.book.write import ReservationColumns, WriteSet, write
from seating.clock import Clock
from seating.db import Connection, LostRaceError
from seating.errors import Invalid

LOCK_GUESTS = """
select guest_id, name, phone, email, locale, notes, allergies, tags, merged_into,
    health_consent_at, health_consent_how, health_consent_by, written_to
from guest
where venue_id = $1 and guest_id = any($2::uuid[]) order by guest_id for update
"""

OTHER_WITH_PHONE = """
select guest_id, merged_into from guest where venue_id = $1 and phone = $2 and guest_id <> $3
"""

GIVE_UP_NUMBER = "update guest set phone = null where venue_id = $1 and guest_id = $2"

CORRECT_GUEST = """
update guest set name = coalesce($3, name), phone = coalesce($4, phone),
    email = nullif(coalesce($5, email), ''), locale = nullif(coalesce($6, locale), ''),
    notes = coalesce($7, notes), allergies = coalesce($8, allergies), tags = coalesce($9, tags),
    written_to = coalesce($10, written_to)
where venue_id = $1 and guest_id = $2
"""

RECORD_CONSENT = """
update guest set health_consent_at = $3, health_consent_how = $4, health_consent_by = $5
where venue_id = $1 and guest_id = $2
"""

WITHDRAW_CONSENT = """
update guest set health_consent_at = null, health_consent_how = null, health_consent_by = null,
    allergies = ''
where venue_id = $1 and guest_id = $2
"""

# What the kitchen noted was about other allergies: it is to be told again.
TELL_KITCHEN_AGAIN = """
delete from kitchen_mark m where m.venue_id = $1 and (
    (m.kind = 'allergies' and m.subject_id in (
        select s.seating_id from seating s
        left join reservation r on r.venue_id = $1 and r.reservation_id = s.reservation_id
        left join wait_entry w on w.venue_id = $1 and w.wait_id = s.wait_id
        where s.venue_id = $1 and s.cleared_at is null
          and coalesce(r.guest_id, w.guest_id) = $2))
    or (m.kind = 'large_party' and m.subject_id in (
        select r.reservation_id from reservation r
        where r.venue_id = $1 and r.guest_id = $2 and r.state in ('booked', 'arrived'))))
"""

HAS_CONSENT = """
select health_consent_at is not null from guest where venue_id = $1 and guest_id = $2
"""

SAID_AT_DESK = "desk"
"""How consent was given: the guest said so to a person of the house."""

OPEN_PERIODS_OF_GUEST = f"""
select distinct {PERIOD_COLUMNS}
from reservation r join period p using (venue_id, period_id)
where r.venue_id = $1 and r.guest_id = $2 and p.closed_at is null
  and r.state in ('requested', 'booked', 'arrived', 'seated', 'no_show')
order by p.period_id
"""

PAST_RESERVATIONS = """
update reservation set guest_id = $3,
    duplicate_allowed = duplicate_allowed or state in ('booked', 'arrived', 'seated')
where venue_id = $1 and guest_id = $2
"""

WAIT_ENTRIES = "update wait_entry set guest_id = $3 where venue_id = $1 and guest_id = $2"

# One refusal of a guest and night is counted: where both have one, the other keeps its number only.
TURNAWAYS = """
update turnaway t set guest_id = case when exists (
        select from turnaway k where k.venue_id = $1 and k.guest_id = $3
          and k.service_date = t.service_date) then null else $3::uuid end
where t.venue_id = $1 and t.guest_id = $2
"""

# The same thing given to both: the earlier is done with when the later was given, and the later
# keeps the longer of their pauses (constraint gesture_not_repeated).
GESTURES_SETTLED = """
with given as (
    select gesture_id, offered_at, again_from,
           lead(offered_at) over (partition by item order by offered_at, gesture_id) as next,
           max(again_from) over (partition by item) as longest
    from gesture
    where venue_id = $1 and coalesce(guest_id, party_id) = any($2::uuid[])
      and state in ('offered', 'accepted', 'delivered') and not encore and not amends)
update gesture g set again_from = case
    when given.longest is null or (given.again_from is null and given.next is not null) then null
    when given.next is null then greatest(given.longest, given.offered_at)
    else least(given.again_from, given.next) end
from given where g.venue_id = $1 and g.gesture_id = given.gesture_id
"""

GESTURES = "update gesture set guest_id = $3 where venue_id = $1 and guest_id = $2"

LEAD_TO = """
update guest set merged_into = $3, name = '-', phone = $4, email = null, locale = null, notes = '',
    allergies = '', tags = '{}', health_consent_at = null, health_consent_how = null,
    health_consent_by = null
where venue_id = $1 and guest_id = $2
"""

LEAD_ON = "update guest set merged_into = $3 where venue_id = $1 and merged_into = $2"

KEEP_BOTH = """
update guest set phone = $3, email = $4, locale = $5, notes = $6, allergies = $7, tags = $8,
    health_consent_at = $9, health_consent_how = $10, health_consent_by = $11, written_to = $12
where venue_id = $1 and guest_id = $2
"""

HERE_OR_COMING = frozenset({"booked", "arrived", "seated"})


class GuestCorrection(Struct, frozen=True, kw_only=True):
    """The fields to set; None: unchanged. `phone` in E.164; an empty `email` or `locale`: none.

    `consent`: the guest agrees that allergies are kept; False: no longer, so they are deleted.
    `written_to`: how the guest agrees to be written to.
    """

    name: str | None = None
    phone: str | None = None
    email: str | None = None
    locale: str | None = None
    notes: str | None = None
    allergies: str | None = None
    tags: tuple[str, ...] | None = None
    consent: bool | None = None
    written_to: ContactWish | None = None


class MergeGuests(Command, frozen=True, kw_only=True):
    """Two records are one person: `gone_id`'s visits and words go to `kept_id`'s."""

    kept_id: UUID
    gone_id: UUID


class MergedGuest(Struct, frozen=True, kw_only=True):
    """The guest kept. `moved`: how many reservations were the other's.

    `same_hours`: reservations that now overlap another of this guest; both stand, and are marked.
    """

    guest: Guest
    moved: int
    same_hours: tuple[UUID, ...]


async def correct_guest(
    conn: Connection,
    venue_id: str,
    action_id: UUID,
    guest_id: UUID,
    wish: GuestCorrection,
    *,
    by: str,
    clock: Clock,
) -> Guest:
    """Correct a guest's record.

    Raises NotFound, IdReused, Invalid for another guest's number or allergies without consent.
    """
    key = ActionKey(action_id, "CorrectGuest", fingerprint(guest_id, wish))
    earlier = await replayed_answer(conn, venue_id, key, Guest)
    if earlier is not None:
        return earlier
    kept = await kept_guest(conn, venue_id, guest_id)
    await conn.fetch(LOCK_GUESTS, venue_id, [kept])
    if wish.phone is not None:
        await _free_number(conn, venue_id, kept, wish.phone)
    now = await clock.now(conn)
    await _settle_consent(conn, venue_id, kept, wish, by=by, now=now)
    await conn.execute(
        CORRECT_GUEST,
        venue_id,
        kept,
        wish.name,
        wish.phone,
        wish.email,
        wish.locale,
        wish.notes,
        wish.allergies,
        wish.tags,
        wish.written_to,
    )
    if wish.allergies is not None:
        await conn.execute(TELL_KITCHEN_AGAIN, venue_id, kept)
    answer = await read_guest(conn, venue_id, kept)
    return await keep_answer(conn, venue_id, key, answer, by=by, at=now, subject_id=kept)


async def _settle_consent(
    conn: Connection,
    venue_id: str,
    guest_id: UUID,
    wish: GuestCorrection,
    *,
    by: str,
    now: datetime,
) -> None:
    """Record or withdraw consent. Raises Invalid for allergies that the guest did not agree to."""
    if wish.consent:
        await conn.execute(RECORD_CONSENT, venue_id, guest_id, now, SAID_AT_DESK, by)
    elif wish.consent is not None:
        await conn.execute(WITHDRAW_CONSENT, venue_id, guest_id)
    if wish.allergies and not await conn.fetchval(HAS_CONSENT, venue_id, guest_id):
        raise Invalid(message("allergies-need-consent"), pointer="/consent")


async def _free_number(conn: Connection, venue_id: str, guest_id: UUID, phone: str) -> None:
    """Take the number from a record that leads here. Raises Invalid if it is another guest's."""
    other = await conn.fetchrow(OTHER_WITH_PHONE, venue_id, phone, guest_id)
    if other is None:
        return
    if other["merged_into"] == guest_id:
        await conn.execute(GIVE_UP_NUMBER, venue_id, other["guest_id"])
        return
    owner = await read_guest(conn, venue_id, other["merged_into"] or other["guest_id"])
    raise Invalid(message("guest-number-taken", name=owner.name), pointer="/phone", now=owner)


async def merge_guests(
    conn: Connection, venue_id: str, command: MergeGuests, *, by: str, clock: Clock
) -> MergedGuest:
    """Merge two records; everything of the other goes to the kept one, its id leads there.

    What the kept one lacks (number, address, language) is taken over, notes, allergies and tags
    are joined. Raises NotFound, IdReused, Invalid for one and the same guest.
    """
    key = key_of(command)
    earlier = await replayed_answer(conn, venue_id, key, MergedGuest)
    if earlier is not None:
        return earlier
    kept, gone = await _locked_pair(conn, venue_id, command)
    now = await clock.now(conn)
    ids = (venue_id, gone["guest_id"], kept["guest_id"])
    moved, same_hours = await _moved_promises(conn, *ids, now=now)
    moved += int((await conn.execute(PAST_RESERVATIONS, *ids)).split()[-1])
    await conn.execute(WAIT_ENTRIES, *ids)
    await conn.execute(TURNAWAYS, *ids)
    await conn.execute(GESTURES_SETTLED, venue_id, [kept["guest_id"], gone["guest_id"]])
    await conn.execute(GESTURES, *ids)
    await _join_records(conn, venue_id, kept, gone)
    answer = MergedGuest(
        guest=await read_guest(conn, venue_id, kept["guest_id"]),
        moved=moved,
        same_hours=same_hours,
    )
    return await keep_answer(
        conn, venue_id, key, answer, by=by, at=now, subject_id=kept["guest_id"]
    )


async def _locked_pair(
    conn: Connection, venue_id: str, command: MergeGuests
) -> tuple[Record, Record]:
    """Lock both records, in order of their ids. Raises NotFound, Invalid, LostRaceError."""
    kept = await kept_guest(conn, venue_id, command.kept_id, pointer="/kept_id")
    gone = await kept_guest(conn, venue_id, command.gone_id, pointer="/gone_id")
    if kept == gone:
        raise Invalid(message("guests-are-one-already"), pointer="/gone_id")
    rows = {row["guest_id"]: row for row in await conn.fetch(LOCK_GUESTS, venue_id, [kept, gone])}
    if any(row["merged_into"] is not None for row in rows.values()):
        raise LostRaceError("one of the records was merged before it was locked")
    return rows[kept], rows[gone]


async def _moved_promises(
    conn: Connection, venue_id: str, gone: UUID, kept: UUID, *, now: datetime
) -> tuple[int, tuple[UUID, ...]]:
    """Give the promises of open periods to the kept guest; returns how many, and which overlap."""
    rows = await conn.fetch(OPEN_PERIODS_OF_GUEST, venue_id, gone)
    if not rows:
        return 0, ()
    in_force = await house_of(conn, venue_id)
    first, *others = [period_in(row) for row in rows]
    locked = [await lock_period(conn, venue_id, in_force, first, now=now, also=others)]
    locked += [await read_locked(conn, venue_id, in_force, each, now=now) for each in others]
    moved: list[Promise] = []
    for each in locked:
        ours = _given_to(each, gone, kept)
        if ours:
            details = {p.reservation_id: ReservationColumns(guest_id=kept) for p in ours}
            written = WriteSet(changes=Changes(promises=ours), details=details)
            await write(conn, venue_id, each.picture, written, now=now)
        moved += ours
    known = {p.reservation_id: p for each in locked for p in each.picture.promises}
    theirs = [p for p in known.values() if p.guest_id in {gone, kept}]
    return len(moved), tuple(p.reservation_id for p in moved if _overlaps(p, theirs))


def _given_to(locked: LockedPeriod, gone: UUID, kept: UUID) -> tuple[Promise, ...]:
    promises = locked.picture.promises
    theirs = [promise for promise in promises if promise.guest_id in {gone, kept}]
    return tuple(
        replace(
            promise,
            guest_id=kept,
            duplicate_allowed=promise.duplicate_allowed or _overlaps(promise, theirs),
            version=promise.version + 1,
        )
        for promise in theirs
        if promise.guest_id == gone and promise.period_id == locked.picture.period.period_id
    )


def _overlaps(promise: Promise, others: Iterable[Promise]) -> bool:
    return any(
        other.reservation_id != promise.reservation_id
        and other.state in HERE_OR_COMING
        and other.starts < promise.ends
        and promise.starts < other.ends
        for other in others
    )


async def _join_records(conn: Connection, venue_id: str, kept: Record, gone: Record) -> None:
    second = gone["phone"] if kept["phone"] is not None else None
    await conn.execute(LEAD_TO, venue_id, gone["guest_id"], kept["guest_id"], second)
    await conn.execute(LEAD_ON, venue_id, gone["guest_id"], kept["guest_id"])
    await conn.execute(
        KEEP_BOTH,
        venue_id,
        kept["guest_id"],
        kept["phone"] or gone["phone"],
        kept["email"] or gone["email"],
        kept["locale"] or gone["locale"],
        _joined(kept["notes"], gone["notes"]),
        _joined(kept["allergies"], gone["allergies"]),
        list(dict.fromkeys([*kept["tags"], *gone["tags"]])),
        *_consent_of(kept if kept["health_consent_at"] else gone),
        both_wishes(kept["written_to"], gone["written_to"]),
    )
    await conn.execute(TELL_KITCHEN_AGAIN, venue_id, kept["guest_id"])


def _consent_of(record: Record) -> tuple[datetime | None, str | None, str | None]:
    """When, how and noted by whom the guest agreed."""
    return record["health_consent_at"], record["health_consent_how"], record["health_consent_by"]


def _joined(one: str, other: str) -> str:
    """Return both texts, a line each; one that says the same once."""
    return "\n".join(dict.fromkeys(text for text in (one, other) if text))
