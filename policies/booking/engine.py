"""May this party come: the one engine that answers availability, create and change."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import TypeVar
from uuid import UUID

from msgspec.structs import replace

from policies.book.answers import Answer, Ask, No, Yes
from policies.book.changes import leave_out
from policies.book.picture import Picture, Promise
from policies.book.question import Question
from policies.booking.by_value import SEARCHES, ByValue
from policies.booking.party_rules import (
    duplicate,
    guest_limit,
    house_rules,
    needs,
    pacing,
    party_size,
    paused,
)
from policies.booking.tables import Tables
from policies.booking.time_rules import closed, outside_window
from policies.house.calendar import slot_starts
from policies.house.house import House
from policies.house.rules import NoCode
from policies.value.period_value import Prospect, prospect_for

ENQUIRY_RULES = (closed, outside_window, house_rules)


Clerk = Tables | ByValue
T = TypeVar("T", bound=Answer)

ALTERNATIVES = 3
RULES = (
    closed,
    outside_window,
    party_size,
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
"""No other time is offered: none would do, or (DUPLICATE) it would tell where the other lies."""


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
    known: Prospect | None = None,
) -> Answer:
    """Answer an ask: tables for it with every physical promise kept, or the rule that binds.

    `without`: the reservation being changed; `slot_hold`: the hold being confirmed; both are left
    out of the picture first. `guest_bookings`: the guest's live bookings elsewhere in the book.
    A No carries starts of the period that would be a Yes, unless `quick`: the nearest, or by value
    the best. `known`: the period's prospect, brought up to date here; without it no more is sold
    by value than the room has.
    """
    left = leave_out(picture, without, slot_hold)
    case = Question(
        picture=left,
        ask=_in_utc(ask),
        house=house,
        now=now,
        guest_bookings=guest_bookings,
        duplicate_allowed=_was_allowed(picture, without),
    )
    clerk = _clerk(left, house, now, known, _held(picture, without))
    answer = _answer(case, clerk)
    if isinstance(answer, Yes):
        return answer if quick else _with_suggestion(case, answer, clerk)
    if quick or answer.code in SAME_AT_ANY_TIME:
        return answer
    return replace(answer, alternatives=_alternatives(case, clerk))


def availability(
    picture: Picture,
    ask: Ask,
    house: House,
    *,
    now: datetime,
    known: Prospect | None = None,
    why_not: bool = True,
) -> tuple[tuple[datetime, Answer], ...]:
    """Answer the ask for every slot start of the period, as `decide` would.

    Without `why_not` only for those that would be a Yes, which is faster.
    """
    clerk = _clerk(picture, house, now, known, None)
    case = Question(picture=picture, ask=ask, house=house, now=now)
    starts = [_at(case, each) for each in slot_starts(house, picture.period)]
    if not why_not:
        starts = [each for each in starts if _refusal(each) is None and clerk.takes(each)]
    answers = [_refusal(each) or _quickly(each, clerk) for each in starts]
    open_to = [each for each, found in zip(starts, answers, strict=True) if isinstance(found, Yes)]
    return tuple(
        (each.ask.starts, _suggesting(each, found, clerk, open_to))
        for each, found in zip(starts, answers, strict=True)
    )


def takes(
    picture: Picture,
    asks: Iterable[Ask],
    house: House,
    *,
    now: datetime,
    known: Prospect | None = None,
) -> frozenset[Ask]:
    """Return the asks about the period that `decide` would answer with a Yes."""
    clerk = _clerk(picture, house, now, known, None)
    cases = {ask: Question(picture=picture, ask=_in_utc(ask), house=house, now=now) for ask in asks}
    return frozenset(
        ask for ask, case in cases.items() if _refusal(case) is None and clerk.takes(case)
    )


def soonest(tables: Tables, ask: Ask, *, known: Prospect | None = None) -> tuple[Yes, ...]:
    """Return the first start from the ask's on with a table, after the first before it beyond.

    As `decide` would answer them; each is left out where there is none. Of the starts at which
    others would have to move `SEARCHES` are looked into, and as many beyond the room.
    """
    picture, house, now = tables.picture, tables.house, tables.now
    clerk = _clerk_at(tables, known, None)
    case = Question(picture=picture, ask=_in_utc(ask), house=house, now=now)
    searches, tries = SEARCHES, SEARCHES
    beyond: tuple[Yes, ...] = ()
    for starts in slot_starts(house, picture.period):
        there = _at(case, starts)
        if starts < case.ask.starts or _refusal(there) is not None:
            continue
        outlook = tables.outlook(there)
        searches -= outlook == "crowded"
        tries -= outlook != "free" and not beyond
        if outlook == "free" or (outlook == "crowded" and searches >= 0) or tries >= 0:
            answer = clerk.answer(there) if clerk.takes(there) else None
            if isinstance(answer, Yes) and answer.kind == "physical":
                return (*beyond, answer)
            if isinstance(answer, Yes) and not beyond:
                beyond = (answer,)
    return beyond


def _clerk(
    picture: Picture, house: House, now: datetime, known: Prospect | None, held: Promise | None
) -> Clerk:
    return _clerk_at(Tables(picture, house, now), known, held)


def _clerk_at(tables: Tables, known: Prospect | None, held: Promise | None) -> Clerk:
    """Return who answers for the tables: by what the room has, or by value."""
    picture, now = tables.picture, tables.now
    if not picture.rules.decisions.by_value:
        return tables
    prospect = known and prospect_for(picture, tables.house, now=now, known=known)
    if prospect is not None:
        prospect.follow(picture, now=now)
    return ByValue(tables, prospect, held)


def _answer(case: Question, clerk: Clerk) -> Answer:
    return _refusal(case) or clerk.answer(case)


def _quickly(case: Question, clerk: Clerk) -> Answer:
    return clerk.answer(case, explained=False) if isinstance(clerk, ByValue) else clerk.answer(case)


def _held(picture: Picture, without: UUID | None) -> Promise | None:
    ours = (each for each in picture.promises if each.reservation_id == without)
    return next(ours, None)


def _with_suggestion(case: Question, answer: Yes, clerk: Clerk) -> Yes:
    if case.picture.rules.decisions.suggest_above is None:
        return answer
    return _suggesting(case, answer, clerk, list(_open_starts(case)))


def _suggesting(case: Question, answer: T, clerk: Clerk, starts: Sequence[Question]) -> T:
    if isinstance(answer, Yes) and isinstance(clerk, ByValue):
        return replace(answer, suggestion=clerk.suggestion(case, starts))
    return answer


def _refusal(case: Question) -> No | None:
    for rule in RULES:
        refusal = rule(case)
        if refusal is not None:
            return refusal
    return None


def _alternatives(case: Question, clerk: Clerk) -> tuple[datetime, ...]:
    """Return other starts that would be a Yes, by the same engine."""
    starts = _open_starts(case)
    if isinstance(clerk, ByValue):
        return clerk.alternatives(case, list(starts), ALTERNATIVES)
    return _nearest_free(starts, clerk)


def _open_starts(case: Question) -> Iterator[Question]:
    """Yield the case at every other start that no rule refuses, the nearest first."""
    for starts in _nearest(slot_starts(case.house, case.picture.period), case.ask.starts):
        there = _at(case, starts)
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
        outlook = tables.outlook(there)
        searches -= outlook == "crowded"
        if outlook == "free" or (outlook == "crowded" and searches >= 0 and tables.find(there)):
            found.append(there.ask.starts)
        if len(found) == ALTERNATIVES:
            break
    return tuple(found)


def _nearest(starts: tuple[datetime, ...], wish: datetime) -> list[datetime]:
    others = [each for each in starts if each != wish]
    return sorted(others, key=lambda each: (abs(each - wish), each))


def _at(case: Question, starts: datetime) -> Question:
    return replace(case, ask=replace(case.ask, starts=starts))


def _in_utc(ask: Ask) -> Ask:
    """Datetimes of one zone are compared by their wall clocks, so every instant is put in UTC."""
    return replace(ask, starts=ask.starts.astimezone(UTC))


def _was_allowed(picture: Picture, without: UUID | None) -> bool:
    return any(
        each.duplicate_allowed for each in picture.promises if each.reservation_id == without
    )


def enquire(picture: Picture, ask: Ask, house: House, *, now: datetime) -> No | None:
    """Return the rule that stands against even asking; never the party's size or a full room."""
    case = Question(picture=picture, ask=ask, house=house, now=now)
    refusals = (rule(case) for rule in ENQUIRY_RULES)
    return next((refusal for refusal in refusals if refusal is not None), None)
