"""/r/{token}: the page of a reservation: move, resize, cancel, calendar file."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Any, Final
from urllib.parse import quote

import msgspec
from litestar import Request, Response, post, route
from litestar.params import PathParameter, QueryParameter, URLEncodedBody
from msgspec import Meta, Struct

from api.edge.public_address import page_link
from api.guest import visiting
from api.guest.booking_view import BookingView
from api.guest.booking_words import CHANGEABLE, closed_then, news, refusal
from api.guest.shell import (
    HEADERS,
    PARTED,
    SHOW,
    bullets,
    button,
    facts,
    footer,
    headline,
    language_of,
    link,
    notice,
    page,
    panel,
    redirect_to,
    section,
    tell,
    text,
)
from api.guest.times import day_form, times_page
from api.http.access import OPEN
from api.http.calendar_file import icalendar_response
from api.http.dependencies import GivenClock, GivenPool
from api.http.queries import validation_error
from api.http.requests import FORM_BYTES
from policies.house.house import House
from policies.house.wording import address_line
from policies.words.message import Message, message
from seating.book.reservations import cancel_until
from seating.booking.by_link import (
    cancel_by_link,
    change_by_link,
    own_booking,
)
from seating.booking.changing import Change
from seating.clock import Clock
from seating.correspondence.calendar_file import icalendar
from seating.db import Connection, run
from seating.errors import (
    AlreadySeated,
    NotChangeable,
    NotFound,
    OutsideCancellationWindow,
    ReferenceTaken,
    Stale,
    TooFarOff,
)
from seating.floor.by_guest import is_near
from seating.turnaways.log import LoggedRefusal

Token = Annotated[str, PathParameter(max_length=120)]
OnDay = Annotated[str | None, QueryParameter(max_length=10)]
AnyRequest = Request[Any, Any, Any]
COMING: Final = frozenset({"requested", "booked", "arrived", "seated"})
PROMISED: Final = COMING - {"requested"}
SCHEMA_STATUS: Final = {"requested": "ReservationPending", "booked": "ReservationConfirmed"}


class ChangeForm(Struct, frozen=True, kw_only=True):
    """The form of a change; `version` is that of the page the guest saw."""

    start: Annotated[str, Meta(max_length=40)]
    party_size: Annotated[int, Meta(ge=1, le=1000)]
    version: Annotated[int, Meta(ge=1)]


@route("/{token:str}", http_method=SHOW, opt=OPEN, include_in_schema=False)
async def booking_page(
    token: Token, request: AnyRequest, pool: GivenPool, clock: GivenClock
) -> Response[str]:
    """The page; an unknown or expired link gets a page that says so (404)."""
    async with pool.acquire() as conn:
        found = await view_of_token(conn, request, token, clock)
    return found if isinstance(found, Response) else reservation_page(found)


@route("/{token:str}/calendar.ics", http_method=SHOW, opt=OPEN, include_in_schema=False)
async def booking_file(
    token: Token, request: AnyRequest, pool: GivenPool, clock: GivenClock
) -> Response[Any]:
    """The reservation as a calendar file."""
    async with pool.acquire() as conn:
        found = await view_of_token(conn, request, token, clock)
    if isinstance(found, Response):
        return found
    url = page_link(request, "r", token)
    kept = found.own.reservation
    until = found.tell("calendar-yours-until", until=found.until())
    told = until if kept.state in PROMISED else None
    file = icalendar(found.house, kept, url=url, told=told)
    return icalendar_response(file, HEADERS)


@route("/{token:str}/times", http_method=SHOW, opt=OPEN, include_in_schema=False)
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


@post(
    "/{token:str}/change",
    opt=OPEN,
    include_in_schema=False,
    request_max_body_size=FORM_BYTES,
)
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
        day = found.local(wish.starts or found.own.reservation.starts).date()
        why = refusal(done.no.code, found.house, otherwise=message("visit-taken"))
        return await times_page(conn, found, day, data.party_size, clock, found.say(why))

    try:
        return await run(pool, work)
    except Stale:
        return await page_with_notice(
            pool, request, token, clock, message("visit-changed-meanwhile")
        )
    except ReferenceTaken:
        return await page_with_notice(
            pool, request, token, clock, message("visit-refused-DUPLICATE")
        )
    except (NotChangeable, OutsideCancellationWindow, TooFarOff):
        return await page_with_notice(pool, request, token, clock, message("visit-too-late"))


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
        return await page_with_notice(pool, request, token, clock, message("visit-too-late"))
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
    why = text(tell(language, "failure-gone-why"), "news")
    return page(language, tell(language, "failure-gone"), [why], status=404)


async def page_with_notice(
    pool: GivenPool,
    request: AnyRequest,
    token: str,
    clock: Clock,
    why: Message,
) -> Response[str]:
    """The page (409) with a notice why nothing changed."""
    async with pool.acquire() as conn:
        found = await view_of_token(conn, request, token, clock)
    if isinstance(found, Response):
        return found
    return reservation_page(found, found.say(why), status=409)


def reservation_page(
    found: BookingView, why: str = "", status: int = 200, times: Sequence[str] = ()
) -> Response[str]:
    """The page of a visit by what is so with it; `times`: buttons of other times, under `why`."""
    kept, venue = found.own.reservation, found.house.venue
    lost = kept.lost_tables and kept.state in CHANGEABLE
    coming = kept.state in COMING and not closed_then(kept)
    body = [
        notice(why) if why else "",
        f'<div class="times">{PARTED.join(times)}</div>' if times else "",
        text(found.say(news(kept)), "news"),
        notice(found.tell("visit-lost-table")) if lost else "",
        headline(found.day(kept.starts), f"{found.local(kept.starts):%H:%M}"),
        *visiting.told_lately(found),
        *visiting.said_already(found),
        facts([*told(found), visiting.bill(found)], (found.tell("visit-phone"), venue.phone)),
    ]
    if coming and kept.state in CHANGEABLE:
        body += [*on_the_way(found), *visiting.late_form(found), visiting.size_form(found)]
    if coming:
        body += visiting.allergies_form(found)
    body += visiting.thread(found)
    body += rules(found) if coming else []
    if kept.state in CHANGEABLE:
        form = day_form(found, found.local(kept.starts).date(), kept.party_size)
        body += [
            section(found.tell("visit-change"), form),
            section(found.tell("visit-cancel"), cancelling(found)),
        ]
    data = structured(found)
    return page(found.language, venue.name, body, status=status, data=data)


def on_the_way(found: BookingView) -> list[str]:
    """Return the one thing to do now, then the calendar and the way to the house.

    On the evening itself nobody needs it in the calendar first.
    """
    step, added = visiting.next_step(found), found.tell("visit-calendar")
    kind = "plain" if step or is_near(found.own) else "next"
    return [step, link(f"/r/{found.token}/calendar.ics", added, kind), *directions(found)]


def directions(found: BookingView) -> list[str]:
    """Return the way to the house as a link that a phone opens in its own map."""
    address = address_line(found.house.venue)
    if not address:
        return []
    return [link(f"geo:0,0?q={quote(address)}", found.tell("visit-directions"), "plain")]


def told(found: BookingView) -> list[tuple[str, str]]:
    """What is known of the reservation, each by its name; empty where there is nothing to tell."""
    kept, house = found.own.reservation, found.house
    promised = kept.state in PROMISED and not closed_then(kept)
    return [
        (found.tell("visit-yours-until"), found.until() if promised else ""),
        (found.tell("visit-guests"), str(kept.party_size)),
        (found.tell("visit-area"), area_name(house, kept.needs.area)),
        (found.tell("would-like"), wishes(found)),
        (found.tell("visit-code"), kept.code),
        (found.tell("visit-wishes"), kept.special_request),
        (found.tell("visit-address"), address_line(house.venue) or ""),
    ]


def area_name(house: House, key: str | None) -> str:
    return next((area.name for area in house.areas if area.id == key), "")


def wishes(found: BookingView) -> str:
    """What the party would like of its table, as it is asked for, never as promised."""
    liked = found.own.reservation.preferences
    if liked is None:
        return ""
    area = area_name(found.house, liked.area)
    kinds = [name for name in ("quiet", "window", "booth") if getattr(liked, name)]
    said = [found.tell(f"would-like-{name}") for name in kinds]
    return ", ".join([*([area] if area else []), *said])


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
    accepted = footer(found.tell("visit-rules-accepted")) if found.own.rules_accepted else ""
    return [panel(found.tell("visit-rules"), bullets(said) + PARTED + accepted)]


def cancelling(found: BookingView) -> str:
    """The button while it would be accepted, else whom to call; a request is free to be dropped."""
    kept = found.own.reservation
    until = cancel_until(kept, found.house)
    sure = button(f"/r/{found.token}/cancel", found.tell("visit-cancel-sure"))
    if kept.state == "requested":
        return sure
    if found.own.now <= until:
        return text(found.tell("visit-cancel-until", when=found.moment(until))) + PARTED + sure
    return text(found.tell("visit-cancel-ended")) + PARTED + call(found.house.venue.phone)


def call(phone: str | None) -> str:
    """A link that dials the house, if it has a number."""
    return link(f"tel:{''.join(phone.split())}", phone) if phone else ""


def unchanged(found: BookingView, wish: Change) -> bool:
    kept = found.own.reservation
    return (wish.starts, wish.party_size) == (kept.starts, kept.party_size)


def date_of(day: str | None, found: BookingView) -> date:
    """The requested day; the booked one where it is missing or invalid."""
    booked = found.local(found.own.reservation.starts).date()
    try:
        return msgspec.convert(day, date) if day else booked
    except msgspec.ValidationError:
        return booked


def instant(sent: str) -> datetime:
    """Parse the start of the form. Raises ValidationException."""
    try:
        found: datetime = msgspec.convert(sent, Annotated[datetime, Meta(tz=True)])
    except msgspec.ValidationError as error:
        raise validation_error("start", message("instant-needed")) from error
    return found


def structured(found: BookingView) -> dict[str, Any]:
    """JSON-LD for mail readers and assistants (schema.org FoodEstablishmentReservation)."""
    kept, venue = found.own.reservation, found.house.venue
    place = {"@type": "Restaurant", "name": venue.name}
    place |= {"address": address} if (address := address_line(venue)) else {}
    place |= {"telephone": venue.phone} if venue.phone else {}
    place |= {"url": venue.web} if venue.web else {}
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
