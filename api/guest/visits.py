"""POST /r/{token}/...: what a guest says on the page of its visit, each by a button of its own."""

from collections.abc import Awaitable, Callable
from typing import Annotated, Any, Final
from uuid import UUID

from litestar import Response, post
from litestar.params import URLEncodedBody
from msgspec import Meta, Struct

from api.guest.booking import (
    AnyRequest,
    Token,
    not_found_page,
    page_with_notice,
    reservation_page,
    view_of_token,
)
from api.guest.booking_view import BookingView
from api.guest.booking_words import refusal
from api.guest.shell import redirect_to
from api.guest.times import move_button
from api.http.access import OPEN
from api.http.dependencies import GivenClock, GivenPool
from api.http.requests import FORM_BYTES
from policies.book.lifecycles import ActorNotAllowed, NotPossible
from policies.words.letters import LINES
from policies.words.message import Message, message
from seating.booking.by_link import OwnBooking, change_by_link, own_booking
from seating.booking.changing import Change
from seating.booking.thread import LONGEST, write_as_guest
from seating.booking.visit import note_allergies
from seating.clock import Clock
from seating.db import Connection, Pool, run
from seating.errors import (
    NotAllowed,
    NotChangeable,
    NotFound,
    NotPossibleNow,
    OutsideCancellationWindow,
    ReferenceTaken,
    Stale,
    TooFarOff,
)
from seating.floor.by_guest import coming_by_link, confirm_by_link, tell_late_by_link
from seating.turnaways.log import LoggedRefusal

TOO_LATE: Final = (
    ActorNotAllowed,
    NotAllowed,
    NotChangeable,
    NotPossible,
    NotPossibleNow,
    OutsideCancellationWindow,
    ReferenceTaken,
    TooFarOff,
)
OTHER_TIMES: Final = 6
"""So many other times are offered to a larger party, the nearest."""


class OnceForm(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A button; `id`: of this one answer, which sent twice happens once."""

    id: UUID


class LateForm(OnceForm, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How many minutes late a party is."""

    minutes: Annotated[int, Meta(ge=1, le=120)]


class SizeForm(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How many they are now; `version` is that of the page the guest saw."""

    party_size: Annotated[int, Meta(ge=1, le=1000)]
    version: Annotated[int, Meta(ge=1)]


class LineForm(OnceForm, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A line of words."""

    text: Annotated[str, Meta(min_length=1, max_length=LONGEST, pattern=LINES)]


@post("/{token:str}/late", opt=OPEN, include_in_schema=False, request_max_body_size=FORM_BYTES)
async def late(
    token: Token,
    data: URLEncodedBody[LateForm],
    request: AnyRequest,
    pool: GivenPool,
    clock: GivenClock,
) -> Response[Any]:
    """Note how late the party comes; the page then tells what is kept for it."""

    async def work(conn: Connection) -> None:
        await tell_late_by_link(conn, token, data.id, data.minutes, clock)

    return await said(pool, request, token, clock, work)


@post("/{token:str}/confirm", opt=OPEN, include_in_schema=False, request_max_body_size=FORM_BYTES)
async def confirm(
    token: Token,
    data: URLEncodedBody[OnceForm],
    request: AnyRequest,
    pool: GivenPool,
    clock: GivenClock,
) -> Response[Any]:
    """Note that the party comes as it booked."""

    async def work(conn: Connection) -> None:
        await confirm_by_link(conn, token, data.id, clock)

    return await said(pool, request, token, clock, work)


@post("/{token:str}/coming", opt=OPEN, include_in_schema=False, request_max_body_size=FORM_BYTES)
async def on_the_way(
    token: Token,
    data: URLEncodedBody[OnceForm],
    request: AnyRequest,
    pool: GivenPool,
    clock: GivenClock,
) -> Response[Any]:
    """Note that the party is on its way."""

    async def work(conn: Connection) -> None:
        await coming_by_link(conn, token, data.id, clock)

    return await said(pool, request, token, clock, work)


@post("/{token:str}/allergies", opt=OPEN, include_in_schema=False, request_max_body_size=FORM_BYTES)
async def allergies(
    token: Token,
    data: URLEncodedBody[LineForm],
    request: AnyRequest,
    pool: GivenPool,
    clock: GivenClock,
) -> Response[Any]:
    """Note allergies; the page says what they are kept for, and its button is the consent."""

    async def work(conn: Connection) -> None:
        own = await own_booking(conn, token, clock)
        kept = own.reservation
        about = (venue_of_visit(own), kept.reservation_id, kept.period_id)
        await note_allergies(conn, *about, data.text, clock)

    return await said(pool, request, token, clock, work)


@post("/{token:str}/message", opt=OPEN, include_in_schema=False, request_max_body_size=FORM_BYTES)
async def write_message(
    token: Token,
    data: URLEncodedBody[LineForm],
    request: AnyRequest,
    pool: GivenPool,
    clock: GivenClock,
) -> Response[Any]:
    """Write a line to the house."""

    async def work(conn: Connection) -> None:
        own = await own_booking(conn, token, clock)
        about = (venue_of_visit(own), own.reservation.reservation_id, data.id)
        await write_as_guest(conn, *about, data.text, clock)

    return await said(pool, request, token, clock, work, message("thread-is-full"))


@post("/{token:str}/size", opt=OPEN, include_in_schema=False, request_max_body_size=FORM_BYTES)
async def resize(
    token: Token,
    data: URLEncodedBody[SizeForm],
    request: AnyRequest,
    pool: GivenPool,
    clock: GivenClock,
) -> Response[Any]:
    """Change how many they are, by the judgement of every booking; a no keeps what they had."""

    async def work(conn: Connection) -> Response[Any]:
        found = await view_of_token(conn, request, token, clock)
        if isinstance(found, Response) or found.own.reservation.party_size == data.party_size:
            return found if isinstance(found, Response) else redirect_to(f"/r/{token}")
        wish = Change(party_size=data.party_size)
        done = await change_by_link(conn, token, wish, clock, version=data.version)
        if isinstance(done, LoggedRefusal):
            return size_refused(found, done, data.party_size)
        return redirect_to(f"/r/{token}")

    try:
        return await run(pool, work)
    except Stale:
        meanwhile = message("visit-changed-meanwhile")
        return await page_with_notice(pool, request, token, clock, meanwhile)
    except TOO_LATE:
        return await page_with_notice(pool, request, token, clock, message("visit-too-late"))


def size_refused(found: BookingView, done: LoggedRefusal, size: int) -> Response[str]:
    """Return the page that says why they stay as many as they were, with times for all of them."""
    kept = found.own.reservation
    why = refusal(done.no.code, found.house, otherwise=message("size-no-table"))
    times = [
        move_button(found, starts, size, found.hour(starts))
        for starts in done.no.alternatives[:OTHER_TIMES]
        if found.local(starts).date() == found.local(kept.starts).date()
    ]
    notice = found.tell("size-we-keep", why=why, guests=kept.party_size)
    more = found.tell("size-other-times", guests=size) if times else ""
    return reservation_page(found, f"{notice} {more}".strip(), status=409, times=times)


async def said(
    pool: Pool,
    request: AnyRequest,
    token: str,
    clock: Clock,
    work: Callable[[Connection], Awaitable[None]],
    refused: Message | None = None,
) -> Response[Any]:
    """Do it and show the page again; where it is not possible any more, the page says so."""
    try:
        await run(pool, work)
    except NotFound:
        return not_found_page(request)
    except TOO_LATE:
        why = refused or message("visit-not-now")
        return await page_with_notice(pool, request, token, clock, why)
    return redirect_to(f"/r/{token}")


def venue_of_visit(own: OwnBooking) -> str:
    return own.in_force.house.venue.id


HANDLERS: Final = (late, confirm, on_the_way, allergies, write_message, resize)
