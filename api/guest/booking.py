"""/r/{token}: the page of a reservation: move, resize, cancel, calendar file."""

from datetime import date, datetime
from html import escape
from typing import Annotated, Any, Final
from zoneinfo import ZoneInfo

import msgspec
from litestar import Request, Response, get, post
from litestar.exceptions import ValidationException
from litestar.params import PathParameter, QueryParameter, URLEncodedBody
from msgspec import Meta, Struct

from api.guest.booking_words import WORDS, Words, day_of
from api.guest.shell import (
    HEADERS,
    Language,
    bullets,
    button,
    facts,
    footer,
    headline,
    language_of,
    link,
    notice,
    page,
    redirect_to,
    section,
    text,
)
from api.http.access import OPEN
from api.http.calendar_file import icalendar, icalendar_response
from api.http.dependencies import GivenClock, GivenPool
from policies.house.calendar import largest_party, service_date_at
from policies.house.house import House
from seating.book.reservations import cancel_until
from seating.booking.availability import Search, Slot, search_availability
from seating.booking.by_link import OwnBooking, cancel_by_link, change_by_link, own_booking
from seating.booking.changing import Change
from seating.clock import Clock
from seating.db import Connection, run
from seating.errors import (
    AlreadySeated,
    NotChangeable,
    NotFound,
    OutsideCancellationWindow,
    Stale,
    TooFarOff,
)
from seating.turnaways.log import LoggedRefusal

Token = Annotated[str, PathParameter(max_length=120)]
OnDay = Annotated[str | None, QueryParameter(max_length=10)]
AnyRequest = Request[Any, Any, Any]
CHANGEABLE: Final = frozenset({"requested", "booked"})
COMING: Final = frozenset({"requested", "booked", "arrived", "seated"})
SCHEMA_STATUS: Final = {"requested": "ReservationPending", "booked": "ReservationConfirmed"}


class ChangeForm(Struct, frozen=True, kw_only=True):
    """The form of a change; `version` is that of the page the guest saw."""

    start: Annotated[str, Meta(max_length=40)]
    party_size: Annotated[int, Meta(ge=1, le=1000)]
    version: Annotated[int, Meta(ge=1)]


class BookingView(Struct, frozen=True):
    """A reservation, and the language of its page."""

    token: str
    own: OwnBooking
    language: Language

    @property
    def words(self) -> Words:
        return WORDS[self.language]

    @property
    def house(self) -> House:
        return self.own.in_force.house

    def local(self, instant: datetime) -> datetime:
        return instant.astimezone(ZoneInfo(self.house.venue.zone))

    def said(self, instant: datetime) -> str:
        """Weekday, date and local time in the page's language."""
        local = self.local(instant)
        return f"{day_of(local, self.language)}, {local:%H:%M}"


@get("/{token:str}", opt=OPEN, include_in_schema=False)
async def booking_page(
    token: Token, request: AnyRequest, pool: GivenPool, clock: GivenClock
) -> Response[str]:
    """The page; an unknown or expired link gets a page that says so (404)."""
    async with pool.acquire() as conn:
        found = await view_of_token(conn, request, token, clock)
    return found if isinstance(found, Response) else reservation_page(found)


@get("/{token:str}/calendar.ics", opt=OPEN, include_in_schema=False)
async def booking_file(
    token: Token, request: AnyRequest, pool: GivenPool, clock: GivenClock
) -> Response[Any]:
    """The reservation as a calendar file."""
    async with pool.acquire() as conn:
        found = await view_of_token(conn, request, token, clock)
    if isinstance(found, Response):
        return found
    url = f"{str(request.base_url).rstrip('/')}/r/{token}"
    return icalendar_response(icalendar(found.house, found.own.reservation, url), HEADERS)


@get("/{token:str}/times", opt=OPEN, include_in_schema=False)
async def times(
    token: Token,
    request: AnyRequest,
    pool: GivenPool,
    clock: GivenClock,
    day: OnDay = None,
    party_size: Annotated[int, QueryParameter(ge=1, le=1000)] = 2,
) -> Response[str]:
    """The free times of a day, each with a button; changes nothing."""
    async with pool.acquire() as conn:
        found = await view_of_token(conn, request, token, clock)
        if isinstance(found, Response):
            return found
        return await times_page(conn, found, date_of(day, found), party_size, clock)


@post("/{token:str}/change", opt=OPEN, include_in_schema=False)
async def move(
    token: Token,
    data: URLEncodedBody[ChangeForm],
    request: AnyRequest,
    pool: GivenPool,
    clock: GivenClock,
) -> Response[Any]:
    """Move or resize; if that is refused the reservation stays as it was."""
    wish = Change(starts=instant(data.start), party_size=data.party_size)

    async def work(conn: Connection) -> Response[Any]:
        found = await view_of_token(conn, request, token, clock)
        if isinstance(found, Response):
            return found
        if unchanged(found, wish):
            return redirect_to(f"/r/{token}")
        done = await change_by_link(conn, token, wish, clock, version=data.version)
        if not isinstance(done, LoggedRefusal):
            return redirect_to(f"/r/{token}")
        day = service_date_at(found.house, wish.starts or found.own.reservation.starts)
        size = data.party_size
        return await times_page(conn, found, day, size, clock, found.words.taken)

    try:
        return await run(pool, work)
    except Stale:
        return await page_with_notice(pool, request, token, clock, "at_version")
    except (NotChangeable, TooFarOff):
        return await page_with_notice(pool, request, token, clock, "too_late")


@post("/{token:str}/cancel", opt=OPEN, include_in_schema=False)
async def call_off(
    token: Token, request: AnyRequest, pool: GivenPool, clock: GivenClock
) -> Response[Any]:
    """Cancel; idempotent."""
    try:
        await run(pool, lambda conn: cancel_by_link(conn, token, clock))
    except NotFound:
        return not_found_page(request)
    except (OutsideCancellationWindow, AlreadySeated, NotChangeable):
        return await page_with_notice(pool, request, token, clock, "too_late")
    return redirect_to(f"/r/{token}")


async def view_of_token(
    conn: Connection, request: AnyRequest, token: str, clock: Clock
) -> BookingView | Response[str]:
    try:
        own = await own_booking(conn, token, clock)
    except NotFound:
        return not_found_page(request)
    spoken = request.headers.get("accept-language")
    return BookingView(token, own, language_of(spoken, own.in_force.house.venue.locale))


def not_found_page(request: AnyRequest) -> Response[str]:
    language = language_of(request.headers.get("accept-language"))
    words = WORDS[language]
    return page(language, words.gone, [text(words.gone_why)], status=404)


async def page_with_notice(
    pool: GivenPool, request: AnyRequest, token: str, clock: Clock, what: str
) -> Response[str]:
    """The page (409) with a notice why nothing changed."""
    async with pool.acquire() as conn:
        found = await view_of_token(conn, request, token, clock)
    if isinstance(found, Response):
        return found
    return reservation_page(found, getattr(found.words, what), status=409)


def reservation_page(found: BookingView, why: str = "", status: int = 200) -> Response[str]:
    words, kept, venue = found.words, found.own.reservation, found.house.venue
    local = found.local(kept.starts)
    body = [
        notice(why) if why else "",
        text(words.news[kept.state]),
        headline(day_of(local, found.language), f"{local:%H:%M}"),
        facts(
            [
                (words.party, str(kept.party_size)),
                (words.area, area_name(found.house, kept.needs.area)),
                (words.code, kept.code),
                (words.notes, kept.special_request),
                (words.where, venue.address or ""),
                (words.phone, venue.phone or ""),
            ]
        ),
    ]
    if kept.state in COMING:
        body.append(link(f"/r/{found.token}/calendar.ics", words.calendar))
        body += rules(found)
    if kept.state in CHANGEABLE:
        body += [section(words.change, day_form(found)), section(words.cancel, cancelling(found))]
    data = structured(found)
    return page(found.language, venue.name, body, status=status, data=data)


def area_name(house: House, key: str | None) -> str:
    return next((area.name for area in house.areas if area.id == key), "")


def rules(found: BookingView) -> list[str]:
    house_rules, venue = found.house.house_rules, found.house.venue
    if house_rules is None:
        return []
    said = [
        each.text.get(found.language)
        or each.text.get(venue.locale)
        or next(iter(each.text.values()))
        for each in house_rules.rules
    ]
    accepted = footer(found.words.rules_accepted) if found.own.rules_accepted else ""
    return [f"<h2>{escape(found.words.rules)}</h2>", bullets(said), accepted]


def day_form(found: BookingView) -> str:
    """The form that asks for day and party size; GET, as it changes nothing."""
    kept, words = found.own.reservation, found.words
    most = largest_party(found.house)
    return (
        f'<form action="/r/{escape(found.token)}/times"><label>{escape(words.change_day)}'
        f'<input type="date" name="day" required value="{kept.service_date}"></label>'
        f'<label>{escape(words.party)}<input type="number" name="party_size" required min="1"'
        f' max="{most}" value="{kept.party_size}"></label>'
        f"<button>{escape(words.look)}</button></form>"
    )


def cancelling(found: BookingView) -> str:
    until = found.said(cancel_until(found.own.reservation, found.house))
    path = f"/r/{found.token}/cancel"
    return text(found.words.cancel_until.format(when=until)) + button(path, found.words.cancel_sure)


async def times_page(
    conn: Connection, found: BookingView, day: date, party_size: int, clock: Clock, why: str = ""
) -> Response[str]:
    """The free times as buttons; on the booked day the present time comes first."""
    words, kept, house = found.words, found.own.reservation, found.house
    needs = kept.needs
    wish = Search(service_date=day, party_size=party_size, channel="guest", needs=needs)
    slots = (await search_availability(conn, house.venue.id, wish, clock)).slots
    buttons = [time_button(found, slot, party_size) for slot in slots]
    if day == kept.service_date and kept.starts not in {slot.start for slot in slots}:
        now = words.same_time.format(time=f"{found.local(kept.starts):%H:%M}")
        buttons.insert(0, move_button(found, kept.starts, party_size, now))
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=ZoneInfo(house.venue.zone))
    free = words.times.format(day=day_of(noon, found.language), party=party_size)
    body = [
        notice(why) if why else "",
        text(free if slots else words.no_times),
        f'<div class="times">{"".join(buttons)}</div>',
        section(words.change, day_form(found)),
        link(f"/r/{found.token}", words.back),
    ]
    return page(found.language, house.venue.name, body, status=409 if why else 200)


def time_button(found: BookingView, slot: Slot, party_size: int) -> str:
    return move_button(found, slot.start, party_size, f"{found.local(slot.start):%H:%M}")


def move_button(found: BookingView, start: datetime, party_size: int, words: str) -> str:
    fields = {
        "start": start.isoformat(),
        "party_size": str(party_size),
        "version": str(found.own.reservation.public_version),
    }
    return button(f"/r/{found.token}/change", words, fields)


def unchanged(found: BookingView, wish: Change) -> bool:
    kept = found.own.reservation
    return (wish.starts, wish.party_size) == (kept.starts, kept.party_size)


def date_of(day: str | None, found: BookingView) -> date:
    """The requested day; the booked one where it is missing or invalid."""
    try:
        return msgspec.convert(day, date) if day else found.own.reservation.service_date
    except msgspec.ValidationError:
        return found.own.reservation.service_date


def instant(sent: str) -> datetime:
    """Parse the start of the form. Raises ValidationException."""
    try:
        found: datetime = msgspec.convert(sent, Annotated[datetime, Meta(tz=True)])
    except msgspec.ValidationError as error:
        raise ValidationException("start is not an instant.") from error
    return found


def structured(found: BookingView) -> dict[str, Any]:
    """JSON-LD for mail readers and assistants (schema.org FoodEstablishmentReservation)."""
    kept, venue = found.own.reservation, found.house.venue
    place = {"@type": "Restaurant", "name": venue.name}
    place |= {"address": venue.address} if venue.address else {}
    place |= {"telephone": venue.phone} if venue.phone else {}
    return {
        "@context": "http://schema.org",
        "@type": "FoodEstablishmentReservation",
        "reservationId": kept.code,
        "reservationStatus": "http://schema.org/"
        + (
            SCHEMA_STATUS.get(kept.state, "ReservationConfirmed")
            if kept.state in COMING
            else "ReservationCancelled"
        ),
        "underName": {"@type": "Person", "name": kept.name},
        "partySize": kept.party_size,
        "startTime": found.local(kept.starts).isoformat(),
        "endTime": found.local(kept.ends).isoformat(),
        "reservationFor": place,
    }


HANDLERS: Final = (booking_page, booking_file, times, move, call_off)
