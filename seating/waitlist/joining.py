"""Joining the waitlist for API clients and partners, estimates of the wait, and "on my way".

Hosts use the commands Wait, Notify, Seat and Leave (policies/floor/orders.py); both write the same
entries.
"""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from policies.book.answers import Ask, No
from policies.book.changes import Changes
from policies.book.picture import Picture, WaitEntry
from policies.book.question import no
from policies.booking.client_bounds import most_waiting
from policies.door.wait_band import WaitAsked
from policies.door.waiting import WaitingParty, may_join, seating_window
from policies.house.calendar import Period
from policies.house.room import Needs
from policies.house.rules import NoCode
from policies.house.wording import same_person
from policies.lookahead.waits import QuotedWait
from policies.words.message import message
from seating.book.actions import Action, ActionKey, fingerprint, record_action, replayed_action
from seating.book.announcing import announced
from seating.book.asked import check_needs
from seating.book.guests import AskingGuest, Contact, asking_guest, keep_guest
from seating.book.in_force import HouseVersion, house_of
from seating.book.periods import LockedPeriod, lock_period, read_unlocked, tonights_period
from seating.book.reservations import Booker
from seating.book.write import WriteSet, write
from seating.clock import Clock
from seating.db import Connection
from seating.errors import NotFound, TooManyBookings
from seating.forecast.waits import quoted_for, quoted_waits
from seating.house.house_rules import check_rules_version, listed_rules
from seating.turnaways.log import LoggedRefusal, log_refusal
from seating.waitlist.entries import WaitlistPlace, entry_by_token, entry_with_token
from seating.waitlist.quotes import keep_quote

KEEP_CONTACT = """
update wait_entry set channel = $3, client_id = $4, guest_id = $5, email = $6, locale = $7,
       partner_reference = $8, rules_version = $9, notes = $10
where venue_id = $1 and wait_id = $2
"""

WAITS_ALREADY = """
select name, coalesce(partner_reference = $5, false) as same_request
from wait_entry
where venue_id = $1 and period_id = $2 and client_id is not distinct from $4
  and (guest_id = $3 or partner_reference = $5)
  and state in ('waiting', 'notified')
"""

WAITING_OF_SITE = """
select count(*) from wait_entry
where venue_id = $1 and period_id = $2 and client_id = $3 and state in ('waiting', 'notified')
"""

MARK_COMING = f"""
with its_period as materialized (
    select p.period_id from period p join wait_entry w using (venue_id, period_id)
    where w.venue_id = $1 and w.wait_id = $2 for update of p),
coming as (
    update wait_entry set coming_at = $3
    where venue_id = $1 and wait_id = $2 and state in ('waiting', 'notified')
      and coming_at is null and (select count(*) from its_period) = 1
    returning wait_id, version, period_id)
select {announced("waitlist.coming", subject="wait_id", version="version", period="period_id")}
from coming
"""

LIST_CLOSED: frozenset[NoCode] = frozenset({"CLOSED", "PAUSED", "NO_TABLE_FITS"})
"""Codes that close the list to everybody or for the evening; other codes concern the party only."""


class JoinRequest(Struct, frozen=True, kw_only=True):
    """A request to join the waitlist; `wait_id`: the caller's id, so that a repeat joins once."""

    wait_id: UUID
    party_size: int
    guest: Contact
    needs: Needs = Needs()
    notes: str = ""
    partner_reference: str | None = None
    accepted_house_rules: int | None = None


class Estimate(Struct, frozen=True, kw_only=True):
    """The wait of a party of this size that joined now.

    `free_now`: a table is free at once. `likely`, `minutes` (at the latest) None: no table can be
    foreseen for it.
    """

    party_size: int
    parties_ahead: int
    likely: int | None = None
    minutes: int | None = None
    free_now: bool = False
    seats_from: datetime | None = None
    seats_until: datetime | None = None


class Estimates(Struct, frozen=True, kw_only=True):
    """Estimates for several parties; `no`: the rule that closes the list to all of them."""

    estimates: tuple[Estimate, ...]
    no: No | None = None


async def join(
    conn: Connection, venue_id: str, request: JoinRequest, booker: Booker, clock: Clock
) -> WaitlistPlace | LoggedRefusal:
    """Put a party on tonight's list, or return the rule that binds (LIST_CLOSED: for everybody).

    Runs inside the caller's transaction. A repeat of the id returns the entry as it is then, with
    a new token. Raises NotFound, Invalid, IdReused.
    """
    key = ActionKey(request.wait_id, "Join", fingerprint(booker.channel, booker.client_id, request))
    if await replayed_action(conn, venue_id, key):
        return await entry_with_token(conn, venue_id, request.wait_id, clock)
    now = await clock.now(conn)
    in_force = (await house_of(conn, venue_id)).at(now)
    check_needs(in_force.house, request.needs)
    check_rules_version(in_force.house, request.accepted_house_rules)
    by_house = booker.staff_id is not None
    guest = await asking_guest(conn, venue_id, request.guest, by_house=by_house)
    guest_id = guest.known_id
    period = _tonight(in_force, now)
    if period is None:
        return await _refused(conn, in_force, request, booker, _house_closed(), guest_id, now)
    quote, early_refusal = await _quoted(conn, in_force, period, request, booker, now)
    locked = await lock_period(conn, venue_id, in_force, period, now=now)
    if await replayed_action(conn, venue_id, key):
        return await entry_with_token(conn, venue_id, request.wait_id, clock)
    refusal = _refusal(locked.picture, locked, request, booker) or early_refusal
    if await _waits_already(conn, locked, request, booker, guest_id):
        refusal = no("ALREADY_WAITING", message("guest-waits-already"))
    if refusal is not None or quote is None:
        return await _refused(
            conn, in_force, request, booker, refusal or _house_closed(), guest_id, now
        )
    await _check_waiting(conn, locked, booker)
    await _write(conn, locked, request, booker, quote, guest)
    await record_action(conn, venue_id, _action(locked, request, key))
    return await entry_with_token(conn, venue_id, request.wait_id, clock)


async def estimates(
    conn: Connection, venue_id: str, parties: tuple[WaitingParty, ...], booker: Booker, clock: Clock
) -> Estimates:
    """Return the wait of each party if it joined now, alone. Raises NotFound, Invalid."""
    now = await clock.now(conn)
    in_force = (await house_of(conn, venue_id)).at(now)
    for _, wanted in parties:
        check_needs(in_force.house, wanted)
    period = _tonight(in_force, now)
    if period is None:
        return Estimates(estimates=(), no=_house_closed())
    picture = await read_unlocked(conn, venue_id, in_force, period, now=now)
    asked = [may_join(picture, in_force.house, each, booker.channel, now=now) for each in parties]
    closing = next((each for each in asked if each is not None and each.code in LIST_CLOSED), None)
    if closing is not None:
        return Estimates(estimates=(), no=closing)
    waits = [WaitAsked(*each) for each in parties]
    quoted = await quoted_waits(conn, picture, in_force.house, waits, now=now)
    ahead = len(picture.waiting)
    return Estimates(
        estimates=tuple(
            estimate_of(party, None if refusal else quote, ahead, now)
            for party, refusal, quote in zip(parties, asked, quoted, strict=True)
        )
    )


async def mark_coming(conn: Connection, token: str, clock: Clock) -> None:
    """Store and notify that the party of a page token is on its way. Raises NotFound."""
    venue_id, entry = await entry_by_token(conn, token, clock)
    await conn.execute(MARK_COMING, venue_id, entry.wait_id, await clock.now(conn))


def _tonight(in_force: HouseVersion, now: datetime) -> Period | None:
    try:
        return tonights_period(in_force, now)
    except NotFound:
        return None


async def _quoted(
    conn: Connection,
    in_force: HouseVersion,
    period: Period,
    request: JoinRequest,
    booker: Booker,
    now: datetime,
) -> tuple[QuotedWait | None, No | None]:
    """Return the wait to quote, or the rule that binds; called before the period is locked."""
    house, party = in_force.house, _party(request)
    picture = await read_unlocked(conn, house.venue.id, in_force, period, now=now)
    refusal = may_join(picture, house, party, booker.channel, now=now)
    if refusal is not None:
        return None, refusal
    quote = await quoted_for(conn, picture, house, WaitAsked(*party), now=now)
    if quote is None:
        return None, no("NO_TABLE_FITS", message("no-table-before-closing"))
    return quote, None


def _refusal(
    picture: Picture, locked: LockedPeriod, request: JoinRequest, booker: Booker
) -> No | None:
    return may_join(picture, locked.house, _party(request), booker.channel, now=locked.now)


async def _waits_already(
    conn: Connection,
    locked: LockedPeriod,
    request: JoinRequest,
    booker: Booker,
    guest_id: UUID | None,
) -> bool:
    """Whether the guest waits by way of this site, or its entry with the same partner_reference.

    Others of the same phone (a concierge's) do not count, nor do other sites' and the house's own
    entries: the stand marks those (policies/booking/same_guest.py).
    """
    period_id, reference = locked.picture.period.period_id, request.partner_reference
    if guest_id is None and reference is None:
        return False
    rows = await conn.fetch(
        WAITS_ALREADY, locked.venue_id, period_id, guest_id, booker.client_id, reference
    )
    return any(row["same_request"] or same_person(row["name"], request.guest.name) for row in rows)


async def _check_waiting(conn: Connection, locked: LockedPeriod, booker: Booker) -> None:
    """Raise TooManyBookings for a site that has as many parties waiting as one may have."""
    if booker.client_id is None:
        return
    most, period_id = most_waiting(locked.house), locked.picture.period.period_id
    if await conn.fetchval(WAITING_OF_SITE, locked.venue_id, period_id, booker.client_id) >= most:
        raise TooManyBookings(message("too-many-waiting", most=most))


async def _write(
    conn: Connection,
    locked: LockedPeriod,
    request: JoinRequest,
    booker: Booker,
    quote: QuotedWait,
    asking: AskingGuest,
) -> None:
    venue_id, guest = locked.venue_id, request.guest
    entry = WaitEntry(
        wait_id=request.wait_id,
        period_id=locked.picture.period.period_id,
        state="waiting",
        party_size=request.party_size,
        joined_at=locked.now,
        name=guest.name,
        phone=guest.phone or "",
        needs=request.needs,
        quoted_minutes=quote.band.latest,
    )
    written = WriteSet(changes=Changes(waiting=(entry,)))
    await write(conn, venue_id, locked.picture, written, now=locked.now)
    await keep_guest(conn, venue_id, asking.row, now=locked.now)
    await conn.execute(
        KEEP_CONTACT,
        venue_id,
        request.wait_id,
        booker.channel,
        booker.client_id,
        asking.guest_id,
        guest.email,
        guest.locale,
        request.partner_reference,
        request.accepted_house_rules or listed_rules(locked, booker),
        request.notes,
    )
    await keep_quote(conn, venue_id, request.wait_id, None, quote)


def _action(locked: LockedPeriod, request: JoinRequest, key: ActionKey) -> Action:
    return Action(
        action_id=key.action_id,
        kind=key.kind,
        staff_id=None,
        at=locked.now,
        period_id=locked.picture.period.period_id,
        subject_id=request.wait_id,
        asked=key.asked,
    )


async def _refused(
    conn: Connection,
    in_force: HouseVersion,
    request: JoinRequest,
    booker: Booker,
    why: No,
    guest_id: UUID | None,
    now: datetime,
) -> LoggedRefusal:
    ask = Ask(
        party_size=request.party_size,
        starts=now,
        channel=booker.channel,
        needs=request.needs,
        guest_id=guest_id,
    )
    house = in_force.house
    return await log_refusal(conn, house.venue.id, house, ask, why, booker, now, request.guest)


def estimate_of(
    party: WaitingParty, quote: QuotedWait | None, ahead: int, now: datetime
) -> Estimate:
    """Return what a party is told that would join now."""
    if quote is None:
        return Estimate(party_size=party[0], parties_ahead=ahead)
    first, last = seating_window(quote.band, now=now)
    return Estimate(
        party_size=party[0],
        parties_ahead=ahead,
        likely=quote.band.likely,
        minutes=quote.band.latest,
        free_now=quote.free_now,
        seats_from=first,
        seats_until=last,
    )


def _party(request: JoinRequest) -> WaitingParty:
    return request.party_size, request.needs


def _house_closed() -> No:
    return no("CLOSED", message("house-closed-now"))
