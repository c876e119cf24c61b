"""The booking rules about the party: its size, its channel, its other bookings, its needs."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from msgspec.structs import replace

from policies.admission.admission import areas_open_to, rule_against
from policies.book.answers import Ask, No
from policies.book.pace import QUARTER, LimitReached, areas_reached, limits_reached, quarter
from policies.book.picture import Picture, Promise, ReservationState, SlotHold, holds_in_force
from policies.book.question import Question, no
from policies.house.calendar import instant_in, written_period
from policies.house.channels import READS_HOUSE_RULES, STAFF, UNPACED, PacedChannel
from policies.house.house import House, PacingLimit
from policies.house.wording import same_person
from policies.words.message import Message, message

PACE_BY: Final[dict[PacedChannel, str]] = {
    "online": "pace-by-online",
    "partner": "pace-by-partner",
    "google": "pace-by-google",
    "guest": "pace-by-guest",
    "phone": "pace-by-phone",
    "desk": "pace-by-desk",
}
"""What the channels of a limit are called, in the order in which they are said."""

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
        if question.online:
            return no("PARTY_SIZE_NOT_ALLOWED", message("party-too-large", most=most))
        detail = message("party-larger-than-tables", size=asked, most=most)
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

    One phone may book for guests of different names, as a concierge's does. A booking site is told
    of its own promises only: anybody can give it any number, and it must not learn from the answer
    who comes by way of others (policies/booking/same_guest.py marks those for the host).
    """
    if question.duplicate_allowed or question.ask.guest_id is None:
        return None
    name, others = question.ask.guest_name, promises_known(question)
    if any(same_person(promise.name, name) for promise in others):
        return no("DUPLICATE", message("guest-booked-then"))
    return None


def promises_known(question: Question) -> Iterator[Promise]:
    """Yield those of `promises_of_phone` that whoever asks may know of.

    A person of the house all; a site, and the guest by the link of a booking, those of that site.
    """
    ask, everything = question.ask, question.ask.channel in STAFF
    for promise in promises_of_phone(question):
        if everything or promise.client_id == ask.client_id:
            yield promise


def promises_of_phone(question: Question) -> Iterator[Promise]:
    """Yield the live promises booked with the same phone that overlap the turn asked for."""
    ask = question.ask
    if ask.guest_id is None:
        return
    for promise in question.picture.promises:
        if (
            promise.guest_id == ask.guest_id
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
        return pace_of_share(question)
    at = question.clock(question.ask.starts)
    if not starting:
        return no("PACING_FULL", message("kitchen-takes-none", time=at))
    return no("PACING_FULL", message("kitchen-full", guests=starting, time=at))


def pace_of_share(question: Question) -> No | None:
    """Refuse a party that would pass a limit of its channel, or of every area open to it."""
    reached = limits_passed(question)
    whole = [each for each in reached if not each.limit.areas]
    closed = areas_reached(reached)
    room, ask = question.room, question.ask
    if whole or not closed:
        return paced_out(question, whole[0]) if whole else None
    if ask.tables:
        named = room.table_set(ask.tables) or ()
        there = closed & {room.tables[place].area for place in named}
    else:
        choices = room.ranked(ask.party_size, ask.needs, question.admitted)
        open_to = room.without(choices, room.places_in(closed))
        there = closed if choices.flat and not open_to.flat else frozenset()
    bound = [each for each in reached if each.limit.areas & there]
    return paced_out(question, bound[0]) if bound else None


def limits_passed(question: Question) -> tuple[LimitReached, ...]:
    """Return the limits of channels and areas that the party would pass."""
    ask = question.ask
    if not question.room.shares_pace:
        return ()
    asked = (ask.channel, ask.starts, ask.party_size)
    return limits_reached(question.picture, question.house, *asked, now=question.now)


def paced_out(question: Question, reached: LimitReached) -> No:
    """Refuse a party by a limit of the pace, which is named."""
    limit, at = reached.limit, question.clock(question.ask.starts)
    share = share_said(limit, question.house)
    in_parties = limit.parties is not None and reached.parties >= limit.parties
    most = limit.parties if in_parties else limit.covers
    said = message(
        "pace-used-up-by-parties" if in_parties else "pace-used-up-by-guests",
        share=share,
        at=at,
        most=most or 0,
        starting=reached.parties if in_parties else reached.covers,
    )
    return no("PACING_FULL", said)


def share_said(limit: PacingLimit, house: House) -> Message:
    """Return for whom and where a limit holds: booking sites, terrace."""
    named = [message(key) for channel, key in PACE_BY.items() if channel in limit.channels]
    areas = [area.name for area in house.areas if area.id in limit.areas]
    parts: list[Message | str] = [*named, *areas]
    said = message("pace-of-house") if not parts else message("pace-share", share=parts[0])
    for more in parts[1:]:
        said = message("pace-share-and", share=said, more=more)
    return said


def needs(question: Question) -> No | None:
    """Refuse needs that no table of the room meets, or more high chairs than are free.

    Tables named by a person are checked later, by `tables.refused_by_name`.
    """
    room, size, wanted = question.room, question.ask.party_size, question.ask.needs
    if not question.ask.tables and not room.ranked(size, wanted, question.admitted).flat:
        if room.ranked(size, wanted).flat:
            return _kept_for_others(question)
        return no("NEEDS_NOT_MET", _lacking(question.ask))
    return high_chairs_short(question)


def _kept_for_others(question: Question) -> No:
    """Refuse a party that no table is open to which it needs; told is where one would be."""
    ask, room = question.ask, question.room
    anywhere = replace(ask.needs, area=None)
    open_to = areas_open_to(room, ask.party_size, anywhere, question.admitted)
    said = _said_online(question, open_to) if question.online else _said_to_staff(question)
    return replace(no("AREA_NOT_BOOKABLE", said), areas=open_to)


def _said_online(question: Question, open_to: tuple[str, ...]) -> Message:
    areas = {area.id: area.name for area in question.house.areas}
    asked = areas.get(question.ask.needs.area or "")
    if asked is None:
        return message("no-place-open-to-party")
    if not open_to:
        return message("area-not-bookable", area=asked)
    names = tuple(areas[area] for area in open_to)
    return message("area-not-bookable-but", area=asked, areas=names)


def _said_to_staff(question: Question) -> Message:
    ask, room, period_id = question.ask, question.room, question.picture.period.period_id
    seat = room.ranked(ask.party_size, ask.needs).flat[0]
    rule = rule_against(room, seat, question.channel, ask.tags, period_id)
    return message("place-kept-by-rule", rule=rule.name if rule else "")


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

    The evening's lever (`Period.pacing_covers`) only lowers it; at 0 nobody starts.
    """
    allowed, lowered = covers_usual(picture, house, starts), covers_of_lever(picture, starts)
    return allowed if lowered is None else min(allowed, lowered)


def covers_usual(picture: Picture, house: House, starts: datetime) -> int:
    """Return the covers that may start in that quarter as the house has it, without a lever.

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


def covers_of_lever(picture: Picture, starts: datetime) -> int | None:
    """Return the covers that the evening's lever lets start then, None where none is pulled."""
    period = picture.period
    if _is_back(period.pacing_covers_until, starts):
        return period.pacing_covers_then
    return period.pacing_covers


def _is_back(lever: datetime | None, starts: datetime) -> bool:
    return lever is not None and starts >= lever
