"""The page of other times: a day and party size to ask for, the free starts as buttons."""

from datetime import date, datetime
from html import escape

from litestar import Response

from api.guest.booking_view import BookingView
from api.guest.booking_words import refusal
from api.guest.shell import PARTED, button, link, notice, page, text
from policies.house.calendar import largest_party_online
from policies.house.rules import NoCode
from policies.words.message import CalendarDate, message
from seating.book.guests import tags_for_access
from seating.book.reservations import cancel_until, standing_of
from seating.booking.availability import Search, Slot, search_availability
from seating.booking.by_link import GUEST
from seating.clock import Clock
from seating.db import Connection


def no_times_words(found: BookingView, code: NoCode | None) -> str:
    """Why no time of a day is offered."""
    kept = found.own.reservation
    if kept.state == "booked" and found.own.now > cancel_until(kept, found.house):
        return found.tell("visit-too-late")
    return found.say(refusal(code, found.house, otherwise=message("visit-no-times")))


def day_form(found: BookingView, day: date, party_size: int) -> str:
    """The form that asks for day and party size, filled in; GET, as it changes nothing."""
    kept = found.own.reservation
    most = max(kept.party_size, largest_party_online(found.house))
    return (
        f'<form class="wish" action="/r/{escape(found.token)}/times">'
        f"<label>{escape(found.tell('visit-day'))}"
        f'<input type="date" name="day" required value="{day}"></label>\n'
        f"<label>{escape(found.tell('visit-guests'))}"
        f'<input type="number" name="party_size" required min="1" max="{most}"'
        f' value="{party_size}"></label>\n'
        f"<button>{escape(found.tell('visit-look'))}</button></form>"
    )


async def times_page(
    conn: Connection, found: BookingView, day: date, party_size: int, clock: Clock, why: str = ""
) -> Response[str]:
    """The times the booking could be moved to as buttons, by the judgement of the move itself."""
    slots, code = await slots_on(conn, found, day, party_size, clock)
    buttons = [time_button(found, slot, party_size) for slot in slots]
    free = found.tell("visit-times", day=CalendarDate(day, "full"), guests=party_size)
    by_hand = any(slot.requires_approval for slot in slots)
    body = [
        notice(why) if why else "",
        day_form(found, day, party_size),
        text(free if slots else no_times_words(found, code)),
        text(found.tell("visit-by-hand")) if by_hand else "",
        f'<div class="times">{PARTED.join(buttons)}</div>',
        link(f"/r/{found.token}", found.tell("visit-back"), "plain"),
    ]
    status, about = 409 if why else 200, found.tell("visit-change")
    return page(found.language, found.house.venue.name, body, status=status, about=about)


async def slots_on(
    conn: Connection, found: BookingView, day: date, party_size: int, clock: Clock
) -> tuple[list[Slot], NoCode | None]:
    """The free starts of a day of the calendar, and why there are none.

    The hours after midnight belong to the evening before. The booking's own promise is left out.
    """
    kept, slots, code = found.own.reservation, list[Slot](), None
    tags = await tags_for_access(conn, found.house, kept.guest_id)
    for each in found.own.in_force.service_dates_on(day):
        wish = Search(
            service_date=each,
            party_size=party_size,
            channel="guest",
            needs=kept.needs,
            preferences=kept.preferences,
            made_by=kept.channel,
            tags=tags,
            standing=standing_of(kept, GUEST),
        )
        result = await search_availability(conn, found.house.venue.id, wish, clock)
        slots += result.slots
        code = result.code or code
    return [slot for slot in slots if found.local(slot.start).date() == day], code


def time_button(found: BookingView, slot: Slot, party_size: int) -> str:
    shown = found.hour(slot.start)
    same = slot.start == found.own.reservation.starts
    said = found.tell("visit-time-as-now", time=shown) if same else shown
    return move_button(found, slot.start, party_size, said)


def move_button(found: BookingView, start: datetime, party_size: int, words: str) -> str:
    fields = {
        "start": start.isoformat(),
        "party_size": str(party_size),
        "version": str(found.own.reservation.public_version),
    }
    return button(f"/r/{found.token}/change", words, fields)
