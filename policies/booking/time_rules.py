"""The booking rules about time: is the house open, and may this start still be booked."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from policies.book.answers import No
from policies.book.question import Question, no

STAFF_GRACE = timedelta(minutes=15)


def closed(case: Question) -> No | None:
    """Refuse starts outside the period's hours, or after it was closed or stopped."""
    period, starts = case.picture.period, case.ask.starts
    if period.closed_at is not None:
        return no("CLOSED", f"The {period.name} of {period.service_date:%d %B} is over.")
    if not period.opens <= starts <= period.last_seating:
        first, last = case.clock(period.opens), case.clock(period.last_seating)
        return no("CLOSED", f"We seat guests for {period.name} from {first} to {last}.")
    return _stopped(case)


def _stopped(case: Question) -> No | None:
    period, starts = case.picture.period, case.ask.starts
    if period.seating_stopped:
        return no("CLOSED", f"We have stopped seating for this {period.name}.")
    if _from(period.last_orders_at, starts):
        return no("CLOSED", f"Last orders are at {_shown(case, period.last_orders_at)}.")
    if _from(period.closes_early_at, starts):
        return no("CLOSED", f"We close early, at {_shown(case, period.closes_early_at)}.")
    return None


def _from(lever: datetime | None, starts: datetime) -> bool:
    return lever is not None and starts >= lever


def _shown(case: Question, instant: datetime | None) -> str:
    return case.clock(instant) if instant else ""


def outside_window(case: Question) -> No | None:
    """Refuse starts already past; online also those too soon, too far out or off the slot grid."""
    if case.ask.starts < case.now - (timedelta(0) if case.online else STAFF_GRACE):
        return _outside(f"{case.clock(case.ask.starts)} has already passed.")
    return _outside_online(case) if case.online else None


def _outside_online(case: Question) -> No | None:
    booking = case.house.booking
    today = case.now.astimezone(ZoneInfo(case.house.venue.zone)).date()
    if (case.picture.period.service_date - today).days > booking.window_days:
        return _outside(f"Bookings open {booking.window_days} days ahead.")
    if case.ask.starts < case.now + timedelta(minutes=booking.min_notice_minutes):
        return _outside(f"Please book at least {booking.min_notice_minutes} minutes ahead.")
    step = timedelta(minutes=booking.slot_minutes)
    if (case.ask.starts - case.picture.period.opens) % step:
        first = case.clock(case.picture.period.opens)
        return _outside(f"Bookings start every {booking.slot_minutes} minutes from {first}.")
    return None


def _outside(detail: str) -> No:
    return no("OUTSIDE_BOOKING_WINDOW", detail)
