"""The booking rules about the party: its size, its channel, its other bookings, its needs."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from policies.book.answers import Ask, No
from policies.book.picture import Picture, Promise, ReservationState, SlotHold, holds_in_force
from policies.book.question import Question, no
from policies.house.calendar import instant_in, written_period
from policies.house.channels import READS_HOUSE_RULES, UNPACED
from policies.house.house import House
from policies.house.wording import same_person
from policies.words.message import Message, message

QUARTER = timedelta(minutes=15)


HERE_OR_COMING: frozenset[ReservationState] = frozenset({"booked", "arrived", "seated"})


def party_size_limits(question: Question) -> No | None:
    """Refuse parties of nobody, above what is sold online, and above the largest join.

    A person who names the tables says how a larger group sits; the tables are checked later.
    """
    asked, most = question.ask.party_size, question.room.largest
    if question.online:
        most = min(most, question.house.booking.party_max_online)
    elif question.ask.tables:
        most = max(most, asked)
    if asked < 1:
        return no("PARTY_SIZE_NOT_ALLOWED", message("booking-for-nobody"))
    if asked > most:
        detail = message("party-too-large", most=most)
        return no("PARTY_SIZE_NOT_ALLOWED", detail)
    return None


def paused(question: Question) -> No | None:
    """Refuse online asks while the host has paused online booking."""
    if question.online and question.picture.period.online_paused:
        return no("PAUSED", message("online-paused"))
    return None


def house_rules(question: Question) -> No | None:
    """Refuse a guest or booking site that did not acknowledge the rules in force."""
    rules = question.house.house_rules
    if rules is None or question.ask.channel not in READS_HOUSE_RULES:
        return None
    if question.ask.accepted_house_rules == rules.version:
        return None
    detail = message("house-rules-to-accept", version=str(rules.version))
    return no("HOUSE_RULES_NOT_ACCEPTED", detail)


def duplicate(question: Question) -> No | None:
    """Refuse a guest who has another live promise in the same hours, without saying which.

    One phone may book for guests of different names, as a concierge's does.
    """
    if question.duplicate_allowed:
        return None
    name, others = question.ask.guest_name, promises_of_phone(question)
    if any(same_person(promise.name, name) for promise in others):
        return no("DUPLICATE", message("guest-booked-then"))
    return None


def promises_of_phone(question: Question) -> Iterator[Promise]:
    """Yield the live promises booked with the same phone that overlap the turn asked for."""
    ask = question.ask
    for promise in question.picture.promises:
        if (
            ask.guest_id is not None
            and promise.guest_id == ask.guest_id
            and promise.state in HERE_OR_COMING | {"requested"}
            and promise.starts < question.ends
            and ask.starts < promise.ends
        ):
            yield promise


def guest_limit(question: Question) -> No | None:
    """Refuse a guest who has as many bookings as the house allows one guest."""
    most = question.house.booking.bookings_per_guest
    if question.guest_bookings < most:
        return None
    return no("GUEST_LIMIT", message("guest-limit-reached", most=most))


def pacing(question: Question) -> No | None:
    """Refuse more covers starting in a quarter of an hour than the kitchen takes.

    A party that is itself larger than that is welcome alone in its quarter, unless nobody may
    start then: otherwise a house that seats it would refuse it on every evening.
    """
    if question.ask.channel in UNPACED:
        return None
    starting = covers_starting(question.picture, question.ask.starts, now=question.now)
    allowed = covers_allowed(question.picture, question.house, question.ask.starts)
    alone = starting == 0 and allowed > 0
    if alone or starting + question.ask.party_size <= allowed:
        return None
    at = question.clock(question.ask.starts)
    if not starting:
        return no("PACING_FULL", message("kitchen-takes-none", time=at))
    return no("PACING_FULL", message("kitchen-full", guests=starting, time=at))


def needs(question: Question) -> No | None:
    """Refuse needs that no table of the room meets, or more high chairs than are free.

    Tables named by a person are checked later, by `tables.refused_by_name`.
    """
    if (
        not question.ask.tables
        and not question.room.ranked(question.ask.party_size, question.ask.needs).flat
    ):
        return no("NEEDS_NOT_MET", _lacking(question.ask))
    return high_chairs_short(question)


def high_chairs_short(question: Question) -> No | None:
    """Refuse more high chairs than are free during the whole turn."""
    wanted, owned = question.ask.needs.high_chairs, question.house.venue.high_chairs
    if not wanted or high_chairs_used(question) + wanted <= owned:
        return None
    return no("NEEDS_NOT_MET", message("high-chairs-short", owned=owned))


def high_chairs_used(question: Question) -> int:
    """Return the most high chairs promised at one time during the ask's turn."""
    parties: list[Promise | SlotHold] = [
        *(each for each in question.picture.promises if each.state in HERE_OR_COMING),
        *holds_in_force(question.picture, question.now),
    ]
    taken = [
        (party.starts, party.ends, party.needs.high_chairs)
        for party in parties
        if party.needs.high_chairs
        and party.starts < question.ends
        and question.ask.starts < party.ends
    ]
    moments = [
        question.ask.starts,
        *(starts for starts, _, _ in taken if starts > question.ask.starts),
    ]
    return max(_at(taken, moment) for moment in moments)


def _at(taken: list[tuple[datetime, datetime, int]], moment: datetime) -> int:
    return sum(count for starts, ends, count in taken if starts <= moment < ends)


def _lacking(ask: Ask) -> Message:
    needs, wanted = ask.needs, list[Message]()
    if needs.area:
        wanted.append(message("wanted-area", area=needs.area))
    if needs.step_free:
        wanted.append(message("wanted-step-free"))
    if needs.quiet:
        wanted.append(message("wanted-quiet"))
    return message("no-table-with-needs", size=ask.party_size, needs=tuple(wanted))


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
    """Return the covers that may start in the quarter of `starts`, by the last pacing change.

    A change holds from its local time on, through an hour that comes a second time too.
    """
    period = picture.period
    written = written_period(house, period)
    reached = max(quarter(starts), period.opens)
    allowed, latest = written.pacing, None
    for change in written.pacing_changes:
        begins = instant_in(house, period, written, change.start)
        if begins <= reached and (latest is None or begins > latest):
            allowed, latest = change.covers, begins
    return allowed
