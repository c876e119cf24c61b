"""The booking engine: answers availability, create and change by the same rules."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import islice
from typing import TypeVar
from uuid import UUID

from msgspec.structs import replace

from policies.book.answers import Answer, Ask, No, Yes
from policies.book.changes import without_intentions
from policies.book.picture import Picture, Promise
from policies.book.question import Question
from policies.booking.by_value import SEARCHES, ValuePolicy
from policies.booking.party_rules import (
    duplicate,
    guest_limit,
    house_rules,
    needs,
    pacing,
    party_size_limits,
    paused,
    promises_of_phone,
)
from policies.booking.same_guest import LIVE
from policies.booking.tables import Tables, refused_by_name
from policies.booking.time_rules import booking_window, opening_hours, stay_in_hours
from policies.house.calendar import slot_starts
from policies.house.channels import STAFF
from policies.house.house import House
from policies.house.rules import NoCode
from policies.house.wording import same_person
from policies.value.period_value import Prospect, prospect_for

ENQUIRY_RULES = (opening_hours, stay_in_hours, booking_window, house_rules)


BookingPolicy = Tables | ValuePolicy
T = TypeVar("T", bound=Answer)

ALTERNATIVES = 3
RULES = (
    opening_hours,
    stay_in_hours,
    booking_window,
    party_size_limits,
    paused,
    house_rules,
    duplicate,
    guest_limit,
    pacing,
    needs,
)
"""In the order they bind; the tables are asked last."""

SAME_AT_ANY_TIME: frozenset[NoCode] = frozenset(
    {"PARTY_SIZE_NOT_ALLOWED", "PAUSED", "HOUSE_RULES_NOT_ACCEPTED", "GUEST_LIMIT", "DUPLICATE"}
)
"""Codes without alternatives.

No other time would do, or (DUPLICATE) it would tell when the other booking is.
"""


def decide(  # noqa: PLR0913 - each is a word of the question
    picture: Picture,
    ask: Ask,
    house: House,
    *,
    now: datetime,
    without: UUID | None = None,
    slot_hold: UUID | None = None,
    guest_bookings: int = 0,
    quick: bool = False,
    prospect: Prospect | None = None,
) -> Answer:
    """Answer a request: tables with every physical promise kept, or the first rule that refuses.

    `without`: the reservation being changed; `slot_hold`: the hold being confirmed; both are
    left out of the picture first. `guest_bookings`: the guest's live bookings elsewhere in the
    book. A No carries starts of the period that would be a Yes, unless `quick`: the nearest, or
    by value the best. `prospect`: the period's ledger and prices, brought up to date here;
    without it a house that decides by value sells no more than the room has.
    """
    left = without_intentions(picture, without, slot_hold)
    question = Question(
        picture=left,
        ask=_in_utc(ask),
        house=house,
        now=now,
        guest_bookings=guest_bookings,
        duplicate_allowed=_was_allowed(picture, without, ask),
    )
    policy = _policy(left, house, now, prospect, _held(picture, without))
    answer = _answer(question, policy)
    if isinstance(answer, Yes):
        return answer if quick else _with_suggestion(question, answer, policy)
    if quick or answer.code in SAME_AT_ANY_TIME:
        return answer
    return replace(answer, alternatives=_alternatives(question, policy))


def availability(
    picture: Picture,
    ask: Ask,
    house: House,
    *,
    now: datetime,
    prospect: Prospect | None = None,
    why_not: bool = True,
    without: UUID | None = None,
) -> tuple[tuple[datetime, Answer], ...]:
    """Answer the request for every slot start of the period, as `decide` would.

    Without `why_not` only for those that would be a Yes, which is faster. A Yes says in which
    areas. `without`: the reservation that would be changed.
    """
    left = without_intentions(picture, without, None)
    policy = _policy(left, house, now, prospect, _held(picture, without))
    allowed = _was_allowed(picture, without, ask)
    question = Question(picture=left, ask=ask, house=house, now=now, duplicate_allowed=allowed)
    starts = [_at(question, each) for each in slot_starts(house, picture.period)]
    if not why_not:
        starts = [each for each in starts if _refusal(each) is None and policy.accepts(each)]
    answers = [_refusal(each) or _quickly(each, policy) for each in starts]
    open_to = [each for each, found in zip(starts, answers, strict=True) if isinstance(found, Yes)]
    return tuple(
        (each.ask.starts, _with_areas(each, _suggesting(each, found, policy, open_to), policy))
        for each, found in zip(starts, answers, strict=True)
    )


def place_of_promise(
    picture: Picture,
    ask: Ask,
    house: House,
    *,
    now: datetime,
    without: UUID,
    prospect: Prospect | None = None,
) -> Answer:
    """Answer for a party that is promised this start already and needs another place.

    Only the room is asked: its tables and high chairs. A No carries other starts that would be a
    Yes to the whole request, by every rule. `without`: the promise itself.
    """
    left = without_intentions(picture, without, None)
    allowed = _was_allowed(picture, without, ask)
    question = Question(
        picture=left, ask=_in_utc(ask), house=house, now=now, duplicate_allowed=allowed
    )
    tables = Tables(left, house, now)
    answer = needs(question) or refused_by_name(question) or tables.find(question)
    if isinstance(answer, Yes):
        return answer
    policy = _policy(left, house, now, prospect, _held(picture, without))
    return replace(answer or tables.refusal(question), alternatives=_alternatives(question, policy))


def same_guest_refusal(
    picture: Picture, ask: Ask, house: House, *, now: datetime, without: UUID
) -> No | None:
    """Refuse a guest's phone whose guest has another promise in these hours, as making one does."""
    left = without_intentions(picture, without, None)
    return duplicate(Question(picture=left, ask=_in_utc(ask), house=house, now=now))


def acceptable_asks(
    picture: Picture,
    asks: Iterable[Ask],
    house: House,
    *,
    now: datetime,
    prospect: Prospect | None = None,
) -> frozenset[Ask]:
    """Return the asks about the period that `decide` would answer with a Yes."""
    policy = _policy(picture, house, now, prospect, None)
    cases = {ask: Question(picture=picture, ask=_in_utc(ask), house=house, now=now) for ask in asks}
    return frozenset(
        ask
        for ask, question in cases.items()
        if _refusal(question) is None and policy.accepts(question)
    )


def soonest(tables: Tables, ask: Ask, *, prospect: Prospect | None = None) -> tuple[Yes, ...]:
    """Return the first start with a table from the ask's on, after the first overbooked before it.

    As `decide` would answer them; each is left out where there is none. At most `SEARCHES`
    starts at which others would have to move are looked into, and as many beyond the room.
    """
    picture, house, now = tables.picture, tables.house, tables.now
    policy = _policy_on(tables, prospect, None)
    question = Question(picture=picture, ask=_in_utc(ask), house=house, now=now)
    searches, tries = SEARCHES, SEARCHES
    beyond: tuple[Yes, ...] = ()
    for starts in slot_starts(house, picture.period):
        there = _at(question, starts)
        if starts < question.ask.starts or _refusal(there) is not None:
            continue
        fit = tables.fit(there)
        searches -= fit == "by_moving"
        tries -= fit != "free" and not beyond
        if fit == "free" or (fit == "by_moving" and searches >= 0) or tries >= 0:
            answer = policy.answer(there) if policy.accepts(there) else None
            if isinstance(answer, Yes) and answer.kind == "physical":
                return (*beyond, answer)
            if isinstance(answer, Yes) and not beyond:
                beyond = (answer,)
    return beyond


def _policy(
    picture: Picture, house: House, now: datetime, prospect: Prospect | None, held: Promise | None
) -> BookingPolicy:
    return _policy_on(Tables(picture, house, now), prospect, held)


def _policy_on(tables: Tables, prospect: Prospect | None, held: Promise | None) -> BookingPolicy:
    """Return who answers on these tables: the room alone, or the room by value."""
    picture, now = tables.picture, tables.now
    if not picture.rules.decisions.by_value:
        return tables
    prospect = prospect and prospect_for(picture, tables.house, now=now, prospect=prospect)
    if prospect is not None:
        prospect.follow(picture, now=now)
    return ValuePolicy(tables, prospect, held)


def _answer(question: Question, policy: BookingPolicy) -> Answer:
    return _refusal(question) or policy.answer(question)


def _quickly(question: Question, policy: BookingPolicy) -> Answer:
    return (
        policy.answer(question, explained=False)
        if isinstance(policy, ValuePolicy)
        else policy.answer(question)
    )


def _held(picture: Picture, without: UUID | None) -> Promise | None:
    ours = (each for each in picture.promises if each.reservation_id == without)
    return next(ours, None)


def _with_suggestion(question: Question, answer: Yes, policy: BookingPolicy) -> Yes:
    if question.picture.rules.decisions.suggest_above is None:
        return answer
    return _suggesting(question, answer, policy, list(_open_starts(question)))


def _suggesting(
    question: Question, answer: T, policy: BookingPolicy, starts: Sequence[Question]
) -> T:
    if isinstance(answer, Yes) and isinstance(policy, ValuePolicy):
        return replace(answer, suggestion=policy.suggestion(question, starts))
    return answer


def _with_areas(question: Question, answer: Answer, policy: BookingPolicy) -> Answer:
    if not isinstance(answer, Yes):
        return answer
    tables = policy.tables if isinstance(policy, ValuePolicy) else policy
    told = tables.with_areas(question, answer)
    if answer.tables or question.ask.needs.area is not None or len(question.house.areas) == 1:
        return told
    areas = tuple(islice(_accepted_in(question, told.areas, policy), 1))
    return replace(
        told, areas=areas, areas_by_request=areas if question.by_request else told.areas_by_request
    )


def _accepted_in(question: Question, areas: Iterable[str], policy: BookingPolicy) -> Iterator[str]:
    """Yield the areas that a party beyond the room might ask for: each has a risk of its own."""
    ask = question.ask
    for area in areas:
        there = replace(question, ask=replace(ask, needs=replace(ask.needs, area=area)))
        if _refusal(there) is None and policy.accepts(there):
            yield area


def _refusal(question: Question) -> No | None:
    for rule in RULES:
        refusal = rule(question)
        if refusal is not None:
            return refusal
    return None


def _alternatives(question: Question, policy: BookingPolicy) -> tuple[datetime, ...]:
    """Return other starts that would be a Yes, by the same engine.

    None where a person named tables that will not do for the party at any time.
    """
    if refused_by_name(question):
        return ()
    starts = _open_starts(question)
    if isinstance(policy, ValuePolicy):
        return policy.alternatives(question, list(starts), ALTERNATIVES)
    return _nearest_free(starts, policy)


def _open_starts(question: Question) -> Iterator[Question]:
    """Yield the question at every other start that no rule refuses, the nearest first.

    None for tables named by a person that would not do at any time.
    """
    if refused_by_name(question):
        return
    for starts in _nearest(
        slot_starts(question.house, question.picture.period), question.ask.starts
    ):
        there = _at(question, starts)
        if _refusal(there) is None:
            yield there


def _nearest_free(starts: Iterable[Question], tables: Tables) -> tuple[datetime, ...]:
    """Return the nearest starts with a table, ties the earlier first.

    After `SEARCHES` starts at which others would have to move, only starts with a free table
    count: in a house full all evening every search fails, and each takes milliseconds.
    """
    found: list[datetime] = []
    searches = SEARCHES
    for there in starts:
        fit = tables.fit(there)
        searches -= fit == "by_moving"
        if fit == "free" or (fit == "by_moving" and searches >= 0 and tables.find(there)):
            found.append(there.ask.starts)
        if len(found) == ALTERNATIVES:
            break
    return tuple(found)


def _nearest(starts: tuple[datetime, ...], wish: datetime) -> list[datetime]:
    others = [each for each in starts if each != wish]
    return sorted(others, key=lambda each: (abs(each - wish), each))


def _at(question: Question, starts: datetime) -> Question:
    return replace(question, ask=replace(question.ask, starts=starts))


def _in_utc(ask: Ask) -> Ask:
    """Put the start in UTC: Python compares datetimes of one zone by their wall clocks."""
    return replace(ask, starts=ask.starts.astimezone(UTC))


def _was_allowed(picture: Picture, without: UUID | None, ask: Ask) -> bool:
    """Tell whether the promise being changed may overlap others of its guest.

    To a booking site only what it made tells: that staff let it overlap another of the site's own,
    never that it is marked beside a promise by another way.
    """
    standing = _held(picture, without)
    if standing is None or not standing.duplicate_allowed:
        return False
    if ask.channel in STAFF:
        return True
    return any(
        other.reservation_id != standing.reservation_id
        and other.guest_id == standing.guest_id
        and other.client_id == ask.client_id
        and other.state in LIVE
        and other.starts < standing.ends
        and standing.starts < other.ends
        and same_person(other.name, standing.name)
        for other in picture.promises
    )


def shares_phone(picture: Picture, ask: Ask, house: House, *, without: UUID | None = None) -> bool:
    """Tell whether the guest's phone has another live promise in the hours of the request.

    Accepted all the same (another name, or staff's word), the promise is marked
    `duplicate_allowed`. `without`: the reservation being changed.
    """
    left = without_intentions(picture, without, None)
    question = Question(picture=left, ask=_in_utc(ask), house=house, now=ask.starts)
    return any(promises_of_phone(question))


def enquiry_refusal(picture: Picture, ask: Ask, house: House, *, now: datetime) -> No | None:
    """Return the rule that refuses even an enquiry: never the party's size or a full room."""
    question = Question(picture=picture, ask=ask, house=house, now=now)
    refusals = (rule(question) for rule in ENQUIRY_RULES)
    return next((refusal for refusal in refusals if refusal is not None), None)
