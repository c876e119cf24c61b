"""The booking rules about time: is the house open, and may this start still be booked."""

from datetime import datetime, timedelta

from policies.book.answers import No
from policies.book.question import Question, no
from policies.house.calendar import occupancy_window, zone_of
from policies.words.message import CalendarDate, Message, message

STAFF_GRACE = timedelta(minutes=15)


def opening_hours(question: Question) -> No | None:
    """Refuse starts outside the period's hours, or after it was closed or stopped."""
    period, starts = question.picture.period, question.ask.starts
    if period.closed_at is not None:
        return no(
            "CLOSED",
            message("period-over-on", period=period.name, day=CalendarDate(period.service_date)),
        )
    if not period.served:
        return no(
            "CLOSED",
            message("no-period-on", period=period.name, day=CalendarDate(period.service_date)),
        )
    if not period.opens <= starts <= period.last_seating:
        first, last = question.clock(period.opens), question.clock(period.last_seating)
        return no("CLOSED", message("seating-hours", period=period.name, first=first, last=last))
    return _stopped(question)


def _stopped(question: Question) -> No | None:
    period, starts = question.picture.period, question.ask.starts
    if period.seating_stopped and not _from(period.seating_stopped_until, starts):
        back = period.seating_stopped_until
        if back is None:
            return no("CLOSED", message("seating-stopped", period=period.name))
        return no("CLOSED", message("seating-stopped-until", time=_shown(question, back)))
    if _from(period.last_orders_at, starts):
        return no("CLOSED", message("last-orders-at", time=_shown(question, period.last_orders_at)))
    if _from(period.closes_early_at, starts):
        return no(
            "CLOSED", message("closing-early-at", time=_shown(question, period.closes_early_at))
        )
    return None


def _from(lever: datetime | None, starts: datetime) -> bool:
    return lever is not None and starts >= lever


def _shown(question: Question, instant: datetime | None) -> str:
    return question.clock(instant) if instant else ""


def stay_in_hours(question: Question) -> No | None:
    """Refuse a stay set by staff that reaches further than turns of the period do.

    The next period's tables are planned apart from this one's.
    """
    if question.ask.minutes is None:
        return None
    last = occupancy_window(question.picture.period, question.house)[1]
    if question.ends <= last:
        return None
    return no("TURN_TOO_SHORT", message("table-kept-until-at-most", until=question.clock(last)))


def booking_window(question: Question) -> No | None:
    """Refuse starts already past; online also those too soon, too far out or off the slot grid."""
    if question.ask.starts < question.now - (timedelta(0) if question.online else STAFF_GRACE):
        return _outside(message("start-passed", time=question.clock(question.ask.starts)))
    return _outside_online(question) if question.online else None


def _outside_online(question: Question) -> No | None:
    booking = question.house.booking
    today = question.now.astimezone(zone_of(question.house)).date()
    if (question.picture.period.service_date - today).days > booking.window_days:
        return _outside(message("bookings-open-days-ahead", days=booking.window_days))
    if question.ask.starts < question.now + timedelta(minutes=booking.min_notice_minutes):
        return _outside(message("book-minutes-ahead", minutes=booking.min_notice_minutes))
    step = timedelta(minutes=booking.slot_minutes)
    if (question.ask.starts - question.picture.period.opens) % step:
        first = question.clock(question.picture.period.opens)
        return _outside(message("starts-every", minutes=booking.slot_minutes, first=first))
    return None


def _outside(said: Message) -> No:
    return no("OUTSIDE_BOOKING_WINDOW", said)
