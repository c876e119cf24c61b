"""May this party come: the one engine that answers availability, create and change."""

from datetime import UTC, datetime
from uuid import UUID

from msgspec.structs import replace

from policies.calendar import slot_starts
from policies.case import Case
from policies.hours import closed, outside_window
from policies.house import House
from policies.party import duplicate, guest_limit, house_rules, needs, pacing, party_size, paused
from policies.tables import Tables
from policies.terms import Answer, Ask, No, NoCode, Picture, Yes

ALTERNATIVES = 3
SEARCHES = 2
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


def decide(
    picture: Picture,
    ask: Ask,
    house: House,
    *,
    now: datetime,
    without: UUID | None = None,
    slot_hold: UUID | None = None,
    guest_bookings: int = 0,
    quick: bool = False,
) -> Answer:
    """Answer an ask: tables for it with every physical promise kept, or the rule that binds.

    `without`: the reservation being changed; `slot_hold`: the hold being confirmed; both are left
    out of the picture first. `guest_bookings`: the guest's live bookings elsewhere in the book.
    A No carries the nearest starts of the period that would be a Yes, unless `quick`.
    """
    left = leave_out(picture, without, slot_hold)
    case = Case(
        picture=left,
        ask=_in_utc(ask),
        house=house,
        now=now,
        guest_bookings=guest_bookings,
        duplicate_allowed=_was_allowed(picture, without),
    )
    tables = Tables(left, house, now)
    answer = _answer(case, tables)
    if isinstance(answer, Yes) or quick or answer.code in SAME_AT_ANY_TIME:
        return answer
    return replace(answer, alternatives=_alternatives(case, tables))


def availability(
    picture: Picture, ask: Ask, house: House, *, now: datetime
) -> tuple[tuple[datetime, Answer], ...]:
    """Answer the ask for every slot start of the period, as `decide` would."""
    tables = Tables(picture, house, now)
    case = Case(picture=picture, ask=ask, house=house, now=now)
    return tuple(
        (starts, _answer(_at(case, starts), tables))
        for starts in slot_starts(house, picture.period)
    )


def leave_out(
    picture: Picture, without: UUID | None, slot_hold: UUID | None, held: UUID | None = None
) -> Picture:
    """Return the picture without one reservation, one slot hold and one held table."""
    if without is None and slot_hold is None and held is None:
        return picture
    return replace(
        picture,
        held=tuple(each for each in picture.held if each.held_id != held),
        promises=tuple(each for each in picture.promises if each.reservation_id != without),
        slot_holds=tuple(each for each in picture.slot_holds if each.slot_hold_id != slot_hold),
    )


def _answer(case: Case, tables: Tables) -> Answer:
    return _refusal(case) or tables.answer(case)


def _refusal(case: Case) -> No | None:
    for rule in RULES:
        refusal = rule(case)
        if refusal is not None:
            return refusal
    return None


def _alternatives(case: Case, tables: Tables) -> tuple[datetime, ...]:
    """Return the nearest starts that would be a Yes, ties the earlier first, by the same engine.

    After `SEARCHES` starts at which others would have to move, only starts with a free table
    count: in a house full all evening every search fails, and each takes milliseconds.
    """
    found: list[datetime] = []
    searches = SEARCHES
    for starts in _nearest(slot_starts(case.house, case.picture.period), case.ask.starts):
        there = _at(case, starts)
        outlook = "hopeless" if _refusal(there) else tables.outlook(there)
        searches -= outlook == "crowded"
        if outlook == "free" or (outlook == "crowded" and searches >= 0 and tables.find(there)):
            found.append(starts)
        if len(found) == ALTERNATIVES:
            break
    return tuple(found)


def _nearest(starts: tuple[datetime, ...], wish: datetime) -> list[datetime]:
    others = [each for each in starts if each != wish]
    return sorted(others, key=lambda each: (abs(each - wish), each))


def _at(case: Case, starts: datetime) -> Case:
    return replace(case, ask=replace(case.ask, starts=starts))


def _in_utc(ask: Ask) -> Ask:
    """Datetimes of one zone are compared by their wall clocks, so every instant is put in UTC."""
    return replace(ask, starts=ask.starts.astimezone(UTC))


def _was_allowed(picture: Picture, without: UUID | None) -> bool:
    return any(
        each.duplicate_allowed for each in picture.promises if each.reservation_id == without
    )
