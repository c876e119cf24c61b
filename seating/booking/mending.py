"""Mending a reservation where it stands: its words, its guest, its needs and its tables."""

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from msgspec import Struct
from msgspec.structs import replace

from policies.book.answers import Ask, No
from policies.book.changes import Changes, with_plan_moves
from policies.book.picture import Promise, ReservationState, with_fixed_tables
from policies.booking.changing import Judged, preferring
from policies.booking.engine import same_guest_refusal, shares_phone
from policies.booking.mending import judge_place, mended_to
from policies.house.channels import STAFF, Channel
from policies.plan.replanning import replan
from policies.words.message import message
from seating.book.guests import (
    Contact,
    GuestRow,
    asking_guest,
    forget_guest,
    keep_guest,
    tags_for_access,
)
from seating.book.periods import LockedPeriod
from seating.book.picture import read_promise
from seating.book.reservations import Booker, Reservation, read_reservation
from seating.book.write import ReservationColumns, WriteSet, write
from seating.booking.making import check_access, check_may_overrule, given_named
from seating.booking.telling import Telling
from seating.db import Connection
from seating.errors import NotChangeable
from seating.forecast.period_values import prospect_of
from seating.turnaways.log import LoggedRefusal, log_refusal

if TYPE_CHECKING:
    from seating.booking.changing import Change

BEFORE_THE_VISIT: frozenset[ReservationState] = frozenset({"requested", "booked"})
BEFORE_THE_TABLE: frozenset[ReservationState] = BEFORE_THE_VISIT | {"arrived"}
ANY_VISIT: frozenset[ReservationState] = BEFORE_THE_TABLE | {"seated", "finished"}

GUEST_OF_NUMBER = """
select coalesce(merged_into, guest_id) from guest where venue_id = $1 and phone = $2
"""

CONTACT_OF_GUEST = """
select name, phone, email, locale from guest where venue_id = $1 and guest_id = $2
"""

# A number that only this booking has ever used was written down wrongly: it is mended in place.
IS_A_SLIP = """
select guest_id from guest g
where g.venue_id = $1 and g.guest_id = $2
  and not exists (select from guest o where o.venue_id = $1
                  and (o.phone = $3 or o.merged_into = $2))
  and not exists (select from reservation r where r.venue_id = $1 and r.guest_id = $2
                  and r.reservation_id <> $4)
  and not exists (select from wait_entry w where w.venue_id = $1 and w.guest_id = $2)
for update
"""

KEEP_CONTACT = """
update guest set phone = coalesce($3, phone), email = coalesce($4, email)
where venue_id = $1 and guest_id = $2
"""


# What its site gave for this reservation, corrected by the house.
CORRECT_OWN_EMAIL = """
update reservation set email = $3
where venue_id = $1 and reservation_id = $2 and client_id is not null
"""


class GuestAfter(Struct, frozen=True, kw_only=True):
    """Whose the reservation is after a change, and what is then written of this guest.

    `new`: written for this change, forgotten if it is refused.
    """

    guest_id: UUID | None
    new: bool = False
    phone: str | None = None
    email: str | None = None


def changes_place(wish: "Change") -> bool:
    """Tell whether the change asks for other needs or tables."""
    return wish.needs is not None or wish.tables is not None


def moves_or_resizes(wish: "Change") -> bool:
    """Tell whether the change asks for another start, size or stay."""
    return (wish.starts, wish.party_size, wish.duration_minutes) != (None, None, None)


def check_state(state: ReservationState, wish: "Change", booker: Booker) -> None:
    """Raise NotChangeable for a state in which this cannot be changed any more.

    Start and size until the party comes; needs and tables until it sits; words for good, by staff.
    """
    possible = ANY_VISIT
    if booker.staff_id is None or moves_or_resizes(wish):
        possible = BEFORE_THE_VISIT
    elif changes_place(wish):
        possible = BEFORE_THE_TABLE
    if state not in possible:
        raise NotChangeable(message("reservation-not-changeable", state=state))
    if wish.tables and state == "requested":
        raise NotChangeable(message("request-has-no-table-yet"), pointer="/tables")


async def guest_after(
    conn: Connection, venue_id: str, reservation: Reservation, wish: "Change", *, now: datetime
) -> GuestAfter:
    """Return whose reservation it is after the change; what another guest's row says stays.

    A number that another guest has makes it theirs; an unknown one a new guest's, unless it only
    mends the number of this booking. Locks the guest's row: call it before a period is locked.
    """
    if wish.phone is not None:
        return await _guest_of_number(conn, venue_id, reservation, wish, wish.phone, now)
    guest_id = reservation.guest_id
    if wish.email is not None and guest_id is None:
        row = GuestRow(guest_id=uuid4(), name=wish.name or reservation.name, email=wish.email)
        await keep_guest(conn, venue_id, row, now=now)
        return GuestAfter(guest_id=row.guest_id, email=wish.email, new=True)
    return GuestAfter(guest_id=guest_id, email=wish.email)


async def keep_contact(
    conn: Connection, venue_id: str, reservation_id: UUID, guest: GuestAfter
) -> None:
    """Write the number and address of a change that was accepted."""
    if guest.phone is not None or guest.email is not None:
        await conn.execute(KEEP_CONTACT, venue_id, guest.guest_id, guest.phone, guest.email)
    if guest.email is not None:
        await conn.execute(CORRECT_OWN_EMAIL, venue_id, reservation_id, guest.email)


async def forget_contact(conn: Connection, venue_id: str, guest: GuestAfter) -> None:
    """Leave no trace of a guest whom only a change that was refused was about."""
    if guest.new and guest.guest_id is not None:
        await forget_guest(conn, venue_id, guest.guest_id)


async def _guest_of_number(
    conn: Connection,
    venue_id: str,
    reservation: Reservation,
    wish: "Change",
    phone: str,
    now: datetime,
) -> GuestAfter:
    was = await conn.fetchrow(CONTACT_OF_GUEST, venue_id, reservation.guest_id)
    if was is not None and reservation.guest_id is not None:
        same = GuestAfter(guest_id=reservation.guest_id, email=wish.email)
        if was["phone"] == phone:
            return same
        slip = (venue_id, reservation.guest_id, phone, reservation.reservation_id)
        if await conn.fetchval(IS_A_SLIP, *slip) is not None:
            return replace(same, phone=phone)
    who = Contact(name=wish.name or reservation.name, phone=phone)
    if was is not None and await conn.fetchval(GUEST_OF_NUMBER, venue_id, phone) is None:
        who = replace(who, email=was["email"], locale=was["locale"])
    guest = await asking_guest(conn, venue_id, who, by_house=True)
    await keep_guest(conn, venue_id, guest.row, now=now)
    new = guest.known_id is None
    return GuestAfter(guest_id=guest.guest_id, email=wish.email, new=new)


async def with_promise(
    conn: Connection, locked: LockedPeriod, reservation: Reservation
) -> LockedPeriod:
    """Return the locked period with the promise in its picture, also one that has ended."""
    if any(p.reservation_id == reservation.reservation_id for p in locked.picture.promises):
        return locked
    promise = await read_promise(conn, locked.venue_id, reservation.reservation_id)
    if promise.period_id != locked.picture.period.period_id:
        return locked
    picture = replace(locked.picture, promises=(*locked.picture.promises, promise))
    return replace(locked, picture=picture)


def in_other_words(promise: Promise, wish: "Change", ask: Ask) -> Promise:
    """Return the promise with the name, guest and tags of the change; not a version on."""
    name = wish.name or promise.name
    return replace(promise, name=name, guest_id=ask.guest_id, tags=ask.tags)


async def tags_after(
    conn: Connection, locked: LockedPeriod, reservation: Reservation, wish: "Change", ask: Ask
) -> tuple[str, ...]:
    """Return the tags that access is judged by after the change: the booking's and its guest's."""
    own = reservation.tags if wish.tags is None else wish.tags
    whose = guest_for_access(reservation, ask.channel, ask.guest_id)
    return (*own, *await tags_for_access(conn, locked.house, whose))


def guest_for_access(
    reservation: Reservation, channel: Channel, guest_id: UUID | None
) -> UUID | None:
    """Return the guest whose tags count: by a site's booking, none unless a person asks.

    A site may give any number, and must not learn from the answer whose it is.
    """
    return guest_id if channel in STAFF or reservation.client_id is None else None


def columns_of(before: Promise, after: Promise, wish: "Change") -> ReservationColumns:
    """Return the columns that a change writes beside the promise."""
    return ReservationColumns(
        special_request=wish.special_request,
        notes=wish.notes,
        overruled_why=wish.overrule,
        name=after.name if after.name != before.name else None,
        guest_id=after.guest_id if after.guest_id != before.guest_id else None,
        tags=wish.tags,
    )


async def mend(
    conn: Connection,
    locked: LockedPeriod,
    before: Promise,
    ask: Ask,
    wish: "Change",
    booker: Booker,
    telling: Telling | None,
) -> Reservation | LoggedRefusal:
    """Change words, guest, wishes, needs or tables at the start and size that were promised.

    Raises NotPossibleNow if tables named with a reason to overrule are taken.
    """
    after = in_other_words(before, wish, ask)
    if wish.tables == ():
        after = with_fixed_tables(after, fixed=False)
    answer = await _judged(locked, before, after, ask, wish)
    if isinstance(answer, No) and ask.tables and wish.overrule and booker.staff_id is not None:
        check_may_overrule(locked, booker)
        changes, after = _given_all_the_same(locked, after, ask)
    elif isinstance(answer, No):
        house, now, who = locked.house, locked.now, Contact(name=after.name)
        return await log_refusal(conn, locked.venue_id, house, ask, answer, booker, now, who)
    else:
        after = answer.promise
        if ask.anywhere:
            check_access(locked, after, booker)
        changes = with_renamed_seating(locked, after)
        changes = with_plan_moves(locked.picture, answer.moved, changes)
    if changes_place(wish) or wish.preferences is not None:
        changes = replan(locked.picture, changes, locked.house, now=locked.now)
    if telling is not None:
        telling.hear(locked, changes, ask.tables)
    columns = columns_of(before, after, wish)
    await store(conn, locked, changes, columns, before.reservation_id)
    return await read_reservation(conn, locked.venue_id, before.reservation_id, booker)


async def _judged(
    locked: LockedPeriod, before: Promise, after: Promise, ask: Ask, wish: "Change"
) -> Judged | No:
    linked = relinked(locked, before, after, ask, overrule=wish.overrule is not None)
    if isinstance(linked, No):
        return linked
    if changes_place(wish):
        return await placed(locked, linked, ask)
    if wish.preferences is not None:
        return preferring(locked.picture, linked, ask, locked.house, now=locked.now)
    return Judged(promise=next_version(linked))


def _given_all_the_same(
    locked: LockedPeriod, promise: Promise, ask: Ask
) -> tuple[Changes, Promise]:
    """Return the promise with the needs asked for at the tables named against the engine."""
    wanted = mended_to(promise, ask, locked.house, locked.picture.period)
    changes = given_named(locked, wanted, ask.tables)
    given = next(p for p in changes.promises if p.reservation_id == promise.reservation_id)
    return changes, given


async def placed(locked: LockedPeriod, promise: Promise, ask: Ask) -> Judged | No:
    """Judge other needs or tables."""
    picture, house, now = locked.picture, locked.house, locked.now
    async with prospect_of(picture, house, now=now) as prospect:
        return judge_place(picture, promise, ask, house, now=now, prospect=prospect)


async def store(
    conn: Connection,
    locked: LockedPeriod,
    changes: Changes,
    columns: ReservationColumns,
    key: UUID | None,
) -> None:
    """Write the changes, with the columns of the reservation `key`."""
    details = {} if key is None or columns == ReservationColumns() else {key: columns}
    written = WriteSet(changes=changes, details=details)
    await write(conn, locked.venue_id, locked.picture, written, now=locked.now)


def next_version(promise: Promise) -> Promise:
    """Return the promise one version on."""
    return replace(promise, version=promise.version + 1)


def relinked(
    locked: LockedPeriod, before: Promise, after: Promise, ask: Ask, *, overrule: bool
) -> Promise | No:
    """Return the promise marked if its new guest has another in these hours, or the refusal.

    As at making: one phone may book for guests of different names; `overrule`: staff insist.
    """
    if after.guest_id in {None, before.guest_id} or after.state == "finished":
        return after
    key, house = after.reservation_id, locked.house
    refusal = same_guest_refusal(locked.picture, ask, house, now=locked.now, without=key)
    if refusal is not None and not overrule:
        return refusal
    shared = shares_phone(locked.picture, ask, house, without=key)
    return replace(after, duplicate_allowed=after.duplicate_allowed or shared)


def with_renamed_seating(locked: LockedPeriod, promise: Promise) -> Changes:
    """Return the changes of a promise whose words changed, its seatings under the same name."""
    seatings = tuple(
        replace(seating, name=promise.name, version=seating.version + 1)
        for seating in locked.picture.seatings
        if seating.reservation_id == promise.reservation_id and seating.name != promise.name
    )
    return Changes(promises=(promise,), seatings=seatings)
