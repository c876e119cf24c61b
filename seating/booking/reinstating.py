"""Reinstating a reservation that was cancelled, declined, or walked by mistake."""

from uuid import UUID

from msgspec.structs import replace

from policies.book.answers import Ask, No, Yes
from policies.book.changes import Changes, with_plan_moves
from policies.book.lifecycles import RESERVATION, transition
from policies.book.picture import Promise, with_fixed_tables
from policies.booking.changing import accepted
from policies.booking.engine import decide, shares_phone
from policies.booking.named_tables import give_named
from policies.floor.closing import is_over
from policies.plan.replanning import replan
from policies.words.message import message
from seating.book.guests import Contact, count_upcoming
from seating.book.in_force import house_of
from seating.book.periods import LockedPeriod, lock_period
from seating.book.reservations import Booker, Reservation, period_of, read_reservation
from seating.book.write import ReservationColumns
from seating.booking.making import check_may_overrule
from seating.booking.mending import store, with_promise
from seating.booking.references import check_reference
from seating.booking.telling import Telling
from seating.clock import Clock
from seating.db import Connection, LostRaceError
from seating.errors import NotPossibleNow, ReferenceTaken, Stale
from seating.forecast.period_values import prospect_of
from seating.turnaways.log import LoggedRefusal, log_refusal, mark_recovered

LOCK_GUEST = "select 1 from guest where venue_id = $1 and guest_id = $2 for update"


async def reinstate(
    conn: Connection,
    venue_id: str,
    reservation_id: UUID,
    booker: Booker,
    clock: Clock,
    *,
    version: int,
    overrule: str | None = None,
    telling: Telling | None = None,
) -> Reservation | LoggedRefusal:
    """Book it again as it was, if its place is still there; else return why not, with other starts.

    Judged as a new booking is, but for its price (it was promised before), the tables it was
    promised asked for first. `overrule`: the reason
    of staff to book it against the engine; `telling` hears what it means. Raises NotFound, Stale,
    lifecycles.NotPossible, NotPossibleNow once its service is over or its site has booked again,
    NotAllowed.
    """
    now = await clock.now(conn)
    reservation = await read_reservation(conn, venue_id, reservation_id, booker)
    _check(reservation, booker, version)
    if reservation.guest_id is not None:
        await conn.execute(LOCK_GUEST, venue_id, reservation.guest_id)
    in_force = (await house_of(conn, venue_id)).on(reservation.service_date)
    period = await period_of(conn, venue_id, reservation_id)
    locked = await lock_period(conn, venue_id, in_force, period, now=now)
    locked = await with_promise(conn, locked, reservation)
    promise = _ended(locked, reservation)
    if is_over(locked.picture, now):
        raise NotPossibleNow(message("reinstate-time-is-over"))
    await _check_reference(conn, venue_id, reservation)
    ask, answer = await _asked(conn, locked, promise, booker)
    if isinstance(answer, Yes):
        changes = _booked(locked, promise, ask, answer)
    elif overrule is not None:
        check_may_overrule(locked, booker)
        changes = _against_the_engine(locked, promise)
    else:
        who = Contact(name=promise.name)
        return await log_refusal(conn, venue_id, locked.house, ask, answer, booker, now, who)
    against = overrule if isinstance(answer, No) else None
    columns = ReservationColumns(explained=answer.explained, overruled_why=against)
    await _write(conn, locked, changes, reservation_id, columns, telling)
    return await read_reservation(conn, venue_id, reservation_id, booker)


async def _write(
    conn: Connection,
    locked: LockedPeriod,
    changes: Changes,
    key: UUID,
    columns: ReservationColumns,
    telling: Telling | None,
) -> None:
    venue_id, now = locked.venue_id, locked.now
    changes = replan(locked.picture, changes, locked.house, now=now)
    if telling is not None:
        telling.hear(locked, changes)
    await store(conn, locked, changes, columns, key)
    # A declined request was logged as a turnaway under its own id.
    await mark_recovered(conn, venue_id, key, "booked", key, now=now)


def _check(reservation: Reservation, booker: Booker, version: int) -> None:
    if reservation.version != version:
        raise Stale(message("reservation-changed", version=str(reservation.version)))
    transition(RESERVATION, reservation.state, "reinstate", booker.actor)


async def _check_reference(conn: Connection, venue_id: str, reservation: Reservation) -> None:
    """Raise NotPossibleNow where its booking site has booked again under the same reference."""
    site, reference = reservation.client_id, reservation.partner_reference
    try:
        await check_reference(conn, venue_id, site, reference, reservation.starts)
    except ReferenceTaken:
        raise NotPossibleNow(message("reinstate-site-has-booked-again")) from None


def _ended(locked: LockedPeriod, before: Reservation) -> Promise:
    """Return the promise under the lock. Raises LostRaceError if it changed since it was read."""
    for promise in locked.picture.promises:
        if promise.reservation_id == before.reservation_id and promise.version == before.version:
            return promise
    raise LostRaceError("the reservation changed before its period was locked")


async def _asked(
    conn: Connection, locked: LockedPeriod, promise: Promise, booker: Booker
) -> tuple[Ask, Yes | No]:
    """Ask for the tables it was promised, then for any."""
    ask = Ask(
        party_size=promise.party_size,
        starts=promise.starts,
        channel=booker.channel,
        needs=promise.needs,
        guest_id=promise.guest_id,
        guest_name=promise.name,
        tags=promise.tags,
        preferences=promise.preferences,
        minutes=promise.duration_minutes,
        by_discretion=booker.staff_id is not None,
    )
    count = 0
    if promise.guest_id is not None:
        count = await count_upcoming(conn, locked.venue_id, promise.guest_id, now=locked.now)
    lost = _lost(locked, promise)
    wishes = [replace(ask, tables=lost), ask] if lost else [ask]
    async with prospect_of(locked.picture, locked.house, now=locked.now) as prospect:
        for wish in wishes:
            answer = decide(
                locked.picture,
                wish,
                locked.house,
                # A party whose time has begun is not late for the house's own mistake.
                now=min(locked.now, promise.starts),
                without=promise.reservation_id,
                guest_bookings=count,
                prospect=prospect,
            )
            if isinstance(answer, Yes):
                break
    return ask, answer


def _standing(locked: LockedPeriod, promise: Promise) -> Promise:
    """Return the promise booked again, one version on, without a table; its grace begins now."""
    return replace(
        promise,
        state="booked",
        version=promise.version + 1,
        arrived=0,
        arrived_at=None,
        tables=(),
        last_tables=(),
        fixed=False,
        overruled=False,
        exposed=False,
        late_at=locked.now if locked.now > promise.starts else None,
    )


def _against_the_engine(locked: LockedPeriod, promise: Promise) -> Changes:
    """Book it at the tables it was promised if that leaves nobody without one, else overbooked."""
    back, lost = _standing(locked, promise), _lost(locked, promise)
    given = lost and give_named(locked.picture, back, lost, locked.house, now=locked.now)
    if isinstance(given, Changes) and not any(each.exposed for each in given.promises):
        return given
    beyond = replace(back, kind="overbooked", overruled=True, duplicate_allowed=True)
    return Changes(promises=(beyond,))


def _lost(locked: LockedPeriod, promise: Promise) -> tuple[str, ...]:
    """Return the tables it was promised, or else had; none if the house has them no more."""
    known, had = {table.id for table in locked.house.tables}, promise.lost_tables
    had = had or promise.last_tables
    return had if known.issuperset(had) else ()


def _booked(locked: LockedPeriod, promise: Promise, ask: Ask, answer: Yes) -> Changes:
    back = accepted(_standing(locked, promise), answer)
    shared = shares_phone(locked.picture, ask, locked.house, without=promise.reservation_id)
    back = replace(back, duplicate_allowed=back.duplicate_allowed or shared)
    again = promise.lost_tables and set(answer.tables) == set(promise.lost_tables)
    back = with_fixed_tables(back, fixed=True) if again else back
    return with_plan_moves(locked.picture, answer.moved, Changes(promises=(back,)))
