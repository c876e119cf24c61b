"""Pacing: how many covers may start in one quarter of an hour."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from policies.calendar import service_period
from policies.house import House, ServicePeriod
from policies.terms import Picture, holds_in_force

QUARTER = timedelta(minutes=15)
DAY_MINUTES = 24 * 60


def quarter(instant: datetime) -> datetime:
    """Return the beginning (UTC) of the quarter of an hour `instant` lies in.

    Counted in absolute time: every zone in use is off UTC by whole quarters, so these are the
    quarters of the wall clock too, and the doubled hour of an autumn night stays two hours.
    """
    moment = instant.astimezone(UTC)
    return moment.replace(minute=moment.minute // 15 * 15, second=0, microsecond=0)


def covers_starting(picture: Picture, starts: datetime, *, now: datetime) -> int:
    """Return the covers already starting in the quarter of `starts`.

    Promises booked or arrived, slot holds in force, and parties seated (cleared ones too).
    """
    begins = quarter(starts)
    ends = begins + QUARTER
    promised = sum(
        promise.party_size
        for promise in picture.promises
        if begins <= promise.starts < ends and promise.state in {"booked", "arrived"}
    )
    held = sum(
        hold.party_size for hold in holds_in_force(picture, now) if begins <= hold.starts < ends
    )
    started = sum(covers for instant, covers in picture.started if begins <= instant < ends)
    return promised + held + started


def covers_allowed(picture: Picture, house: House, starts: datetime) -> int:
    """Return the covers that may start in the quarter of `starts`: the last change before it."""
    written = service_period(house, picture.period.service_date, picture.period.name)
    zone = ZoneInfo(house.venue.zone)
    reached = _into(written, max(quarter(starts), picture.period.opens).astimezone(zone).time())
    allowed, latest = written.pacing, -1
    for change in written.pacing_changes:
        if latest < _into(written, change.start) <= reached:
            allowed, latest = change.covers, _into(written, change.start)
    return allowed


def _into(written: ServicePeriod, clock: time) -> int:
    """Return minutes on the wall clock from opening to `clock`, across midnight if need be."""
    opens = written.opens.hour * 60 + written.opens.minute
    return (clock.hour * 60 + clock.minute - opens) % DAY_MINUTES
