"""The waitlist for guests who are not at the stand: join, look, be on the way, leave.

Hosts use the orders Wait, Notify, Seat and Leave (policies/floor/orders.py); both write the same entries.
"""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from policies.book.answers import Ask, No
from policies.book.changes import Changes
from policies.book.picture import Picture, WaitEntry
from policies.book.question import no
from policies.door.waiting import Party, called_between, may_join
from policies.house.calendar import Period
from policies.house.room import Needs
from policies.house.rules import NoCode
from seating.book.actions import Action, fingerprint, record_action, replayed
from seating.book.asked import check_needs
from seating.book.guests import Contact, keep_guest
from seating.book.in_force import Known, house_of
from seating.book.periods import Opened, locked, seen, tonights
from seating.book.reservations import Booker
from seating.book.write import Written, write
from seating.clock import Clock
from seating.db import Connection
from seating.errors import NotFound
from seating.house.house_rules import check_version, listed_rules
from seating.turnaways.log import Refused, refused
from seating.waitlist.entries import OnList, page_of, with_token
from seating.waitlist.quotes import WaitQuote, keep_simulated, quotes

KEEP_CALLER = """
update wait_entry set channel = $3, client_id = $4, guest_id = $5, email = $6, locale = $7,
       partner_reference = $8, rules_version = $9
where venue_id = $1 and wait_id = $2
"""

WAITS_ALREADY = """
select exists (
    select from wait_entry where venue_id = $1 and period_id = $2 and guest_id = $3
      and state in ('waiting', 'notified'))
"""

COMING = """
with coming as (
    update wait_entry set coming_at = $3
    where venue_id = $1 and wait_id = $2 and state in ('waiting', 'notified')
      and coming_at is null
    returning wait_id, version)
select pg_notify('maitred', jsonb_build_object(
    'venue', $1::text, 'event', 'waitlist.coming', 'id', wait_id, 'version', version)::text)
from coming
"""

SHUT: frozenset[NoCode] = frozenset({"CLOSED", "PAUSED", "NO_TABLE_FITS"})
"""The rules that shut the list for everybody, or for this evening; the others are the party's."""


class Join(Struct, frozen=True, kw_only=True):
    """A party that wants to wait; `wait_id` is the caller's id and makes it join once."""

    wait_id: UUID
    party_size: int
    guest: Contact
    needs: Needs = Needs()
    partner_reference: str | None = None
    accepted_house_rules: int | None = None


class Estimate(Struct, frozen=True, kw_only=True):
    """The wait of a party of this size that joined now.

    `free_now`: a table is free at once. Without `minutes` nothing can be promised any more.
    """

    party_size: int
    parties_ahead: int
    minutes: int | None = None
    free_now: bool = False
    seats_from: datetime | None = None
    seats_until: datetime | None = None


class Estimates(Struct, frozen=True, kw_only=True):
    """What parties would wait; `no` is the rule that shuts the list for all of them."""

    estimates: tuple[Estimate, ...]
    no: No | None = None


async def join(
    conn: Connection, venue_id: str, wish: Join, booker: Booker, clock: Clock
) -> OnList | Refused:
    """Put a party on tonight's list, or say which rule binds (SHUT: the list is closed).

    Runs inside the caller's transaction. The same id again is answered as things are by then, with
    a further token. Raises NotFound, Invalid, IdReused.
    """
    asked = fingerprint(booker.channel, booker.client_id, wish)
    if await replayed(conn, venue_id, wish.wait_id, "Join", asked):
        return await with_token(conn, venue_id, wish.wait_id, clock)
    known = await house_of(conn, venue_id)
    check_needs(known.house, wish.needs)
    check_version(known.house, wish.accepted_house_rules)
    now = await clock.now(conn)
    guest_id = await _guest(conn, venue_id, wish.guest, now)
    period = _tonight(known, now)
    if period is None:
        return await _refused(conn, known, wish, booker, _closed(), guest_id, now)
    quote, told = await _quoted(conn, known, period, wish, booker, now)
    opened = await locked(conn, venue_id, known, period, now=now)
    if await replayed(conn, venue_id, wish.wait_id, "Join", asked):
        return await with_token(conn, venue_id, wish.wait_id, clock)
    refusal = _may_not(opened.picture, opened, wish, booker) or told
    if guest_id is not None and await _waits_already(conn, opened, guest_id):
        refusal = no("DUPLICATE", "This guest is already on tonight's waitlist.")
    if refusal is not None or quote is None:
        return await _refused(conn, known, wish, booker, refusal or _closed(), guest_id, now)
    await _write(conn, opened, wish, booker, quote, guest_id)
    await record_action(conn, venue_id, _action(opened, wish, asked))
    return await with_token(conn, venue_id, wish.wait_id, clock)


async def estimates(
    conn: Connection, venue_id: str, parties: tuple[Party, ...], booker: Booker, clock: Clock
) -> Estimates:
    """Return what each party would wait if it joined now. Raises NotFound, Invalid."""
    known = await house_of(conn, venue_id)
    for _, wanted in parties:
        check_needs(known.house, wanted)
    now = await clock.now(conn)
    period = _tonight(known, now)
    if period is None:
        return Estimates(estimates=(), no=_closed())
    picture = await seen(conn, venue_id, known.house, period, now=now)
    asked = [may_join(picture, known.house, each, booker.channel, now=now) for each in parties]
    shut = next((each for each in asked if each is not None and each.code in SHUT), None)
    if shut is not None:
        return Estimates(estimates=(), no=shut)
    told = await quotes(conn, picture, known.house, parties, now=now)
    ahead = len(picture.waiting)
    return Estimates(
        estimates=tuple(
            _estimate(party, None if refusal else quote, ahead, now)
            for party, refusal, quote in zip(parties, asked, told, strict=True)
        )
    )


async def coming_by_link(conn: Connection, token: str, clock: Clock) -> None:
    """Tell the host that the party whose page this is is on its way. Raises NotFound."""
    venue_id, kept = await page_of(conn, token, clock)
    await conn.execute(COMING, venue_id, kept.wait_id, await clock.now(conn))


async def _guest(conn: Connection, venue_id: str, who: Contact, now: datetime) -> UUID | None:
    return await keep_guest(conn, venue_id, who, now=now) if who.phone is not None else None


def _tonight(known: Known, now: datetime) -> Period | None:
    try:
        return tonights(known, now)
    except NotFound:
        return None


async def _quoted(
    conn: Connection, known: Known, period: Period, wish: Join, booker: Booker, now: datetime
) -> tuple[WaitQuote | None, No | None]:
    """Return the wait to tell, or why nobody can say one, before anything is locked."""
    house, party = known.house, _party(wish)
    picture = await seen(conn, house.venue.id, house, period, now=now)
    refusal = may_join(picture, house, party, booker.channel, now=now)
    if refusal is not None:
        return None, refusal
    (quote,) = await quotes(conn, picture, house, (party,), now=now)
    if quote is None:
        return None, no("NO_TABLE_FITS", "No table will be free for this party before we close.")
    return quote, None


def _may_not(picture: Picture, opened: Opened, wish: Join, booker: Booker) -> No | None:
    return may_join(picture, opened.house, _party(wish), booker.channel, now=opened.now)


async def _waits_already(conn: Connection, opened: Opened, guest_id: UUID) -> bool:
    period_id = opened.picture.period.period_id
    waits: bool = await conn.fetchval(WAITS_ALREADY, opened.venue_id, period_id, guest_id)
    return waits


async def _write(
    conn: Connection,
    opened: Opened,
    wish: Join,
    booker: Booker,
    quote: WaitQuote,
    guest_id: UUID | None,
) -> None:
    venue_id, guest = opened.venue_id, wish.guest
    entry = WaitEntry(
        wait_id=wish.wait_id,
        period_id=opened.picture.period.period_id,
        state="waiting",
        party_size=wish.party_size,
        joined_at=opened.now,
        name=guest.name,
        phone=guest.phone or "",
        needs=wish.needs,
        quoted_minutes=quote.minutes,
    )
    written = Written(changes=Changes(waiting=(entry,)))
    await write(conn, venue_id, opened.picture, written, now=opened.now)
    await conn.execute(
        KEEP_CALLER,
        venue_id,
        wish.wait_id,
        booker.channel,
        booker.client_id,
        guest_id,
        guest.email,
        guest.locale,
        wish.partner_reference,
        wish.accepted_house_rules or listed_rules(opened, booker),
    )
    await keep_simulated(conn, venue_id, wish.wait_id, None, quote)


def _action(opened: Opened, wish: Join, asked: str) -> Action:
    return Action(
        action_id=wish.wait_id,
        kind="Join",
        staff_id=None,
        at=opened.now,
        period_id=opened.picture.period.period_id,
        subject_id=wish.wait_id,
        asked=asked,
    )


async def _refused(
    conn: Connection,
    known: Known,
    wish: Join,
    booker: Booker,
    why: No,
    guest_id: UUID | None,
    now: datetime,
) -> Refused:
    ask = Ask(
        party_size=wish.party_size,
        starts=now,
        channel=booker.channel,
        needs=wish.needs,
        guest_id=guest_id,
    )
    house = known.house
    return await refused(conn, house.venue.id, house, ask, why, booker, now, wish.guest)


def _estimate(party: Party, quote: WaitQuote | None, ahead: int, now: datetime) -> Estimate:
    if quote is None:
        return Estimate(party_size=party[0], parties_ahead=ahead)
    first, last = called_between(quote.minutes, now=now)
    return Estimate(
        party_size=party[0],
        parties_ahead=ahead,
        minutes=quote.minutes,
        free_now=quote.free_now,
        seats_from=first,
        seats_until=last,
    )


def _party(wish: Join) -> Party:
    return wish.party_size, wish.needs


def _closed() -> No:
    return no("CLOSED", "The house is closed now.")
