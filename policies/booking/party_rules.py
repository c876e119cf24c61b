"""The booking rules about the party: its size, its channel, its other bookings, its needs."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from policies.book.answers import No
from policies.book.picture import (
    Channel,
    Picture,
    Promise,
    ReservationState,
    SlotHold,
    holds_in_force,
)
from policies.book.question import Question, no
from policies.house.calendar import service_period
from policies.house.house import House, ServicePeriod
from policies.house.room import Needs
from policies.house.wording import guests

QUARTER = timedelta(minutes=15)


DAY_MINUTES = 24 * 60


READS_HOUSE_RULES: frozenset[Channel] = frozenset({"partner", "guest"})
HERE_OR_COMING: frozenset[ReservationState] = frozenset({"booked", "arrived", "seated"})
UNPACED: frozenset[Channel] = frozenset({"walk_in", "waitlist"})


def party_size(case: Question) -> No | None:
    """Refuse nobody, more than is sold online, and more than the largest join takes.

    A person who names the tables says how a larger group sits; whether they do is told later.
    """
    asked, most = case.ask.party_size, case.room.largest
    if case.online:
        most = min(most, case.house.booking.party_max_online)
    elif case.ask.tables:
        most = max(most, asked)
    if asked < 1:
        return no("PARTY_SIZE_NOT_ALLOWED", "A booking is for at least one guest.")
    if asked > most:
        told = f"We take bookings for up to {guests(most)}; larger groups can send an enquiry."
        return no("PARTY_SIZE_NOT_ALLOWED", told)
    return None


def paused(case: Question) -> No | None:
    """Refuse online asks while the host has paused online booking."""
    if case.online and case.picture.period.online_paused:
        return no("PAUSED", "Online booking is paused for this evening; please call us.")
    return None


def house_rules(case: Question) -> No | None:
    """Refuse a guest or booking site that did not acknowledge the rules in force."""
    rules = case.house.house_rules
    if rules is None or case.ask.channel not in READS_HOUSE_RULES:
        return None
    if case.ask.accepted_house_rules == rules.version:
        return None
    told = f"Please read and accept the house rules (version {rules.version}) first."
    return no("HOUSE_RULES_NOT_ACCEPTED", told)


def duplicate(case: Question) -> No | None:
    """Refuse a guest who has another live promise in the same hours, without saying which."""
    if case.ask.guest_id is None or case.duplicate_allowed:
        return None
    if any(_same_guest(case, promise) for promise in case.picture.promises):
        return no("DUPLICATE", "There is already a booking for this guest around that time.")
    return None


def _same_guest(case: Question, promise: Promise) -> bool:
    return (
        promise.guest_id == case.ask.guest_id
        and promise.state in HERE_OR_COMING | {"requested"}
        and promise.starts < case.ends
        and case.ask.starts < promise.ends
    )


def guest_limit(case: Question) -> No | None:
    """Refuse a guest who has as many bookings as the house allows one guest."""
    most = case.house.booking.bookings_per_guest
    if case.guest_bookings < most:
        return None
    return no("GUEST_LIMIT", f"This guest already has {most} bookings with us, our most for one.")


def pacing(case: Question) -> No | None:
    """Refuse more covers starting in a quarter of an hour than the kitchen takes."""
    if case.ask.channel in UNPACED:
        return None
    starting = covers_starting(case.picture, case.ask.starts, now=case.now)
    allowed = covers_allowed(case.picture, case.house, case.ask.starts)
    if starting + case.ask.party_size <= allowed:
        return None
    at = case.clock(case.ask.starts)
    return no("PACING_FULL", f"The kitchen already welcomes {guests(starting)} around {at}.")


def needs(case: Question) -> No | None:
    """Refuse needs that no table of the room meets, or more high chairs than are free.

    Whether tables that a person names meet them is told with their names.
    """
    if not case.ask.tables and not case.room.choices(case.ask.party_size, case.ask.needs).flat:
        told = f"We have no table {_worded(case.ask.needs)} for {guests(case.ask.party_size)}."
        return no("NEEDS_NOT_MET", told)
    return high_chairs_short(case)


def high_chairs_short(case: Question) -> No | None:
    """Refuse more high chairs than are free during the whole turn."""
    wanted, owned = case.ask.needs.high_chairs, case.house.venue.high_chairs
    if not wanted or high_chairs_used(case) + wanted <= owned:
        return None
    return no("NEEDS_NOT_MET", f"Of our {owned} high chairs not enough are free at that time.")


def high_chairs_used(case: Question) -> int:
    """Return the most high chairs promised at one time during the ask's turn."""
    parties: list[Promise | SlotHold] = [
        *(each for each in case.picture.promises if each.state in HERE_OR_COMING),
        *holds_in_force(case.picture, case.now),
    ]
    taken = [
        (party.starts, party.ends, party.needs.high_chairs)
        for party in parties
        if party.needs.high_chairs and party.starts < case.ends and case.ask.starts < party.ends
    ]
    moments = [case.ask.starts, *(starts for starts, _, _ in taken if starts > case.ask.starts)]
    return max(_at(taken, moment) for moment in moments)


def _at(taken: list[tuple[datetime, datetime, int]], moment: datetime) -> int:
    return sum(count for starts, ends, count in taken if starts <= moment < ends)


def _worded(needs: Needs) -> str:
    words = [
        f"in the area {needs.area}" if needs.area else "",
        "with step-free access" if needs.step_free else "",
        "in a quiet place" if needs.quiet else "",
    ]
    return " ".join(word for word in words if word)


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
