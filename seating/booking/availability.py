"""Availability: the starts the engine would accept now, read without a lock."""

import asyncio
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from policies.book.answers import Answer, Ask, Yes
from policies.booking.changing import (
    Standing,
    asks_a_person,
    availability_of_change,
    is_new_demand,
    only_by_request,
)
from policies.booking.engine import availability
from policies.booking.turn_words import turn_said
from policies.house.calendar import Period, largest_party_online, needs_approval
from policies.house.channels import ONLINE, TAKES_ENQUIRIES, Channel
from policies.house.house import House, TurnTime
from policies.house.room import Needs, Preferences, room_of
from policies.house.rules import NoCode
from policies.words.catalogue import say
from policies.words.message import Message, message
from seating.book.asked import check_needs, check_preferences
from seating.book.guests import kept_guest, tags_for_access
from seating.book.in_force import HouseVersion, house_of
from seating.book.periods import read_unlocked
from seating.book.reservations import Booker, read_reservation, standing_of
from seating.booking.mending import guest_for_access
from seating.clock import Clock
from seating.db import Connection
from seating.forecast.period_values import prospect_of

ALTERNATIVE_DAYS = 3
"""Dates after the one asked for that are searched when it has nothing."""


class Search(Struct, frozen=True, kw_only=True):
    """A search: a party on a service date. `standing`: the promise that would be changed.

    `duration_minutes`: how long it would keep its table, from staff only; None: as the promise does
    or the house. `made_by`: the channel it came by; `tags`: its guest's. `guest_id`: for whom staff
    search.
    """

    service_date: date
    party_size: int
    channel: Channel
    needs: Needs = Needs()
    preferences: Preferences | None = None
    accepted_house_rules: int | None = None
    standing: Standing | None = None
    duration_minutes: int | None = None
    made_by: Channel | None = None
    tags: tuple[str, ...] = ()
    guest_id: UUID | None = None


class Slot(Struct, frozen=True, kw_only=True):
    """A start that would be accepted now; `duration_s`: the turn time in seconds.

    `areas`: where a table is free then; where others would have to move first, the one area found.
    `areas_by_request`: where one is that a person has to approve: it is asked for by its area.
    `suggestion`: another start that is worth more to the house; shown to staff only, as are
    `turn_time`, the one of the house file that makes the duration, and `turn_said`, in words.
    """

    start: datetime
    duration_s: int
    areas: tuple[str, ...]
    areas_by_request: tuple[str, ...] = ()
    requires_approval: bool = False
    suggestion: datetime | None = None
    turn_time: TurnTime | None = None
    turn_said: str = ""


class EnquiryHint(Struct, frozen=True, kw_only=True):
    """A party above what is sold without a person may send an enquiry.

    `party_max`: the largest party that is booked at once here. `detail`: what is said, in English.
    """

    party_max: int
    said: Message
    detail: str


class SearchResult(Struct, frozen=True, kw_only=True):
    """The slots of a date; if none, those of the next date that has any, and the binding rule.

    `searched_periods`: ids of the date's periods that were searched and had no slot. `enquiry`: the
    party is larger than what is sold at once, and a person will answer it.
    """

    slots: tuple[Slot, ...]
    alternatives: tuple[Slot, ...] = ()
    code: NoCode | None = None
    searched_periods: tuple[str, ...] = ()
    enquiry: EnquiryHint | None = None


async def search_availability(
    conn: Connection, venue_id: str, search: Search, clock: Clock
) -> SearchResult:
    """Return the slots for a party on a service date. Raises NotFound, Invalid."""
    in_force = (await house_of(conn, venue_id)).on(search.service_date)
    now = await clock.now(conn)
    check_needs(in_force.house, search.needs)
    check_preferences(in_force.house, search.preferences, pointer="/preferred_area")
    if not _within_window(in_force.house, search, now):
        return SearchResult(slots=(), code="OUTSIDE_BOOKING_WINDOW")
    if search.guest_id is not None:
        guest_id = await kept_guest(conn, venue_id, search.guest_id, pointer="/guest_id")
        search = replace(search, tags=await tags_for_access(conn, in_force.house, guest_id))
    enquiry = _enquiry_hint(in_force.house, search)
    if enquiry is not None:
        return SearchResult(slots=(), code="PARTY_SIZE_NOT_ALLOWED", enquiry=enquiry)
    slots = await _slots_on(conn, in_force, search, search.service_date, now)
    if slots:
        return SearchResult(slots=slots)
    code = await _why_not(conn, in_force, search, now)
    searched_periods = tuple(
        each.period_id for each in _periods_ahead(in_force, search.service_date, now)
    )
    for days in range(1, ALTERNATIVE_DAYS + 1):
        later = search.service_date + timedelta(days=days)
        alternatives = await _slots_on(conn, in_force, search, later, now)
        if alternatives:
            return SearchResult(
                slots=(), alternatives=alternatives, code=code, searched_periods=searched_periods
            )
    return SearchResult(slots=(), code=code, searched_periods=searched_periods)


async def searches_for_change(
    conn: Connection,
    venue_id: str,
    searches: Sequence[Search],
    reservation_id: UUID | None,
    booker: Booker,
) -> Sequence[Search]:
    """Return the searches as for changing a reservation, whose needs stay. Raises NotFound.

    The searches themselves where there is none to change.
    """
    if reservation_id is None:
        return searches
    found = await read_reservation(conn, venue_id, reservation_id, booker)
    standing = standing_of(found, booker)
    house = (await house_of(conn, venue_id)).house
    whose = guest_for_access(found, booker.channel, found.guest_id)
    tags = await tags_for_access(conn, house, whose)
    return [
        replace(
            each,
            standing=standing,
            needs=found.needs,
            preferences=found.preferences,
            made_by=found.channel,
            tags=tags,
        )
        for each in searches
    ]


async def _slots_on(
    conn: Connection, in_force: HouseVersion, search: Search, day: date, now: datetime
) -> tuple[Slot, ...]:
    in_force = in_force.on(day)
    house, slots = in_force.house, list[Slot]()
    for period in _periods_ahead(in_force, day, now):
        for starts, answer in await _answers_in(conn, in_force, search, period, now, why_not=False):
            assert isinstance(answer, Yes)  # noqa: S101 - for the type checker
            approval = _requires_approval(house, search, period, starts)
            slots.append(_slot(house, search, answer, requires_approval=approval))
    return tuple(slots)


def _requires_approval(house: House, search: Search, period: Period, starts: datetime) -> bool:
    standing, ask = search.standing, replace(_ask(search, period, house), starts=starts)
    if standing is None:
        by_request = search.channel in ONLINE and only_by_request(house, period, ask)
        return needs_approval(house, period) or by_request
    new = is_new_demand(standing, ask, house, period)
    return new and asks_a_person(house, period, standing.by, ask)


async def _why_not(
    conn: Connection, in_force: HouseVersion, search: Search, now: datetime
) -> NoCode:
    """Return the rule that refused most starts of the date's last period."""
    code: NoCode = "CLOSED"
    for period in _periods_ahead(in_force, search.service_date, now):
        answers = await _answers_in(conn, in_force, search, period, now, why_not=True)
        bound = Counter(answer.code for _, answer in answers if not isinstance(answer, Yes))
        code = bound.most_common(1)[0][0] if bound else code
    return code


def _periods_ahead(in_force: HouseVersion, day: date, now: datetime) -> Iterator[Period]:
    for period in in_force.periods_on(day):
        if period.closes > now:
            yield period


async def _answers_in(
    conn: Connection,
    in_force: HouseVersion,
    search: Search,
    period: Period,
    now: datetime,
    *,
    why_not: bool,
) -> tuple[tuple[datetime, Answer], ...]:
    """Ask the engine; with a prospect each start is tried on the scenario ledger, in a thread."""
    house = in_force.house
    picture = await read_unlocked(conn, house.venue.id, in_force, period, now=now)
    ask = _ask(search, period, house)
    answers = (
        partial(availability, picture, ask, house)
        if search.standing is None
        else partial(availability_of_change, picture, search.standing, ask, house)
    )
    async with prospect_of(picture, house, now=now) as prospect:
        if prospect is None:
            return answers(now=now, why_not=why_not)
        return await asyncio.to_thread(answers, now=now, prospect=prospect, why_not=why_not)


def _slot(house: House, search: Search, answer: Yes, *, requires_approval: bool) -> Slot:
    duration_s = int((answer.ends - answer.starts).total_seconds())
    for_staff = search.channel not in ONLINE
    said = turn_said(house, duration_s // 60, answer.turn, search.service_date) if for_staff else ""
    return Slot(
        start=answer.starts,
        duration_s=duration_s,
        areas=answer.areas or _areas(house, search, answer),
        areas_by_request=answer.areas_by_request,
        requires_approval=requires_approval,
        suggestion=answer.suggestion,
        turn_time=answer.turn if for_staff else None,
        turn_said=said,
    )


def _areas(house: House, search: Search, answer: Yes) -> tuple[str, ...]:
    """The area of the table ranked first for a party that the engine was not asked for.

    None for a group above every join, whose enquiry a person answers.
    """
    room = room_of(house)
    ranked = () if answer.tables else room.ranked(search.party_size, search.needs).flat
    return tuple(room.areas[seat[0]] for seat in ranked[:1])


def _ask(search: Search, period: Period, house: House) -> Ask:
    rules, standing = house.house_rules, search.standing
    kept = standing.duration_minutes if standing else None
    return Ask(
        party_size=search.party_size,
        starts=period.opens,
        channel=search.channel,
        needs=search.needs,
        preferences=search.preferences,
        made_by=search.made_by,
        tags=search.tags,
        guest_id=standing.guest_id if standing else None,
        client_id=standing.client_id if standing else None,
        accepted_house_rules=rules.version if rules else None,
        minutes=search.duration_minutes or kept,
    )


def _enquiry_hint(house: House, search: Search) -> EnquiryHint | None:
    """Return where a party goes that is larger than what is sold at once over this channel."""
    online = search.channel in ONLINE
    most = largest_party_online(house) if online else room_of(house).largest
    waits = search.standing is not None and search.standing.state == "requested"
    if search.party_size <= most or search.channel not in TAKES_ENQUIRIES or waits:
        return None
    key = "larger-groups-ask" if online else "larger-groups-ask-staff"
    said = message(key, most=most)
    return EnquiryHint(party_max=most, said=said, detail=say(said))


def _within_window(house: House, search: Search, now: datetime) -> bool:
    ahead = (search.service_date - now.date()).days
    return -1 <= ahead <= house.booking.window_days + 1
