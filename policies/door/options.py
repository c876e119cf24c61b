"""Options for a walk-in: tables and joins free now, a held table, or a wait of two hours at most.

Bit `i` of the integers that stand for occupancy is the `i`-th 5-minute bucket of the plan's window.
"""

from bisect import bisect_left
from datetime import UTC, datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from policies.book.answers import Ask
from policies.book.changes import without_intentions
from policies.book.picture import Picture, held_in_force
from policies.book.question import Question
from policies.booking.party_rules import high_chairs_short
from policies.booking.tables import SHORT_TURN_BUCKETS, Tables, free_from
from policies.booking.time_rules import opening_hours
from policies.door.option import Option, OptionsByKind
from policies.door.words import free_now, held_back, wait_for
from policies.house.calendar import turn_time
from policies.house.grid import BUCKET_SECONDS, GRID, GRID_MINUTES, bucket_mask
from policies.house.house import House
from policies.house.room import Admitted, Needs, Room, TableSet, ranked_table_sets
from policies.plan.occupancy import occupancy, party_item
from policies.plan.placement import Assignment, admit, assign_tables, moves
from policies.plan.plan import Item, Plan

OPTIONS_AT_MOST = 6
LONGEST_WAIT = timedelta(minutes=120)
SHORTEN_BY_BUCKETS = 3
"""Step in which shorter turns are tried: 15 minutes."""

_Kind = tuple[bool, str, int]


class DoorRequest(Struct, frozen=True, kw_only=True):
    """A request to sit down, the plan of everybody else, and the party as an item of that plan.

    `admitted`: the tables open to it, where these are others than its channel's.
    """

    question: Question
    assignment: Assignment
    item: Item
    admitted: Admitted | None = None

    @property
    def plan(self) -> Plan:
        """The plan without this party."""
        return self.assignment.plan


def options_by_kind(tables: Tables, party_size: int, needs: Needs) -> OptionsByKind:
    """Return the options of every kind, also those that `walk_in_options` leaves out."""
    request = request_now(tables, party_size, needs)
    if request is None:
        return OptionsByKind()
    return OptionsByKind(
        now=tuple(_free_now(request)[0]),
        granted=_held_table_option(request.question),
        wait=wait_option(request),
    )


def walk_in_options(
    picture: Picture, house: House, party_size: int, needs: Needs, *, now: datetime
) -> tuple[Option, ...]:
    """Return at most six options for a walk-in, the best first; none when the house is closed.

    One per kind of table (area, seats, single or join); no promise loses its table to one of them.
    A held table and a wait are included when nothing is free now for the whole turn. In a house
    that decides by value tables follow that are free now and planned for others: what it costs
    these is for the look-ahead to weigh (`policies.lookahead.advice`), and the order tells whom.
    """
    request = request_now(Tables(picture, house, now), party_size, needs)
    if request is None:
        return ()
    now_free, beyond = _free_now(request)
    if any(option.full_turn for option in now_free):
        return (*now_free, *beyond)[:OPTIONS_AT_MOST]
    now_free += beyond
    fallbacks = [
        each for each in (_held_table_option(request.question), wait_option(request)) if each
    ]
    return (*now_free[: OPTIONS_AT_MOST - len(fallbacks)], *fallbacks)


def seats_now(tables: Tables, party_size: int, needs: Needs) -> tuple[Option, ...]:
    """Return those of `walk_in_options` at which the party sits now, held tables left out."""
    request = request_now(tables, party_size, needs)
    if request is None:
        return ()
    planned, beyond = _free_now(request)
    return (*planned, *beyond)[:OPTIONS_AT_MOST]


def request_now(tables: Tables, party_size: int, needs: Needs) -> DoorRequest | None:
    """Return the request to sit down now, None where hours, size or high chairs forbid it."""
    ask = Ask(party_size=party_size, starts=tables.now, channel="walk_in", needs=needs)
    question = Question(picture=tables.picture, ask=ask, house=tables.house, now=tables.now)
    if (
        not 1 <= party_size <= question.room.largest
        or opening_hours(question)
        or high_chairs_short(question)
    ):
        return None
    return door_request(question, tables.assignment)


def _free_now(request: DoorRequest) -> tuple[list[Option], list[Option]]:
    """Return the options at tables free now: those with room in the plan, then those without.

    The latter only where the house decides by value. At the set of a kind that is needed last;
    tables kept for somebody in these hours are left out (`_kept`).
    """
    planned, beyond = list[Option](), list[Option]()
    kept = _kept(request)
    for table_sets in free_by_kind(request):
        there = request_there(request, table_sets)
        option = best_option(there, table_sets)
        if option is not None:
            planned.append(option)
        elif request.question.picture.rules.decisions.by_value:
            beyond += _beyond_plan(there, table_sets, kept)
    return sorted(planned, key=lambda option: (not option.full_turn, bool(option.moved))), beyond


def _kept(request: DoorRequest) -> frozenset[str]:
    """Return the tables planned in its turn for held tables and others whom no value weighs.

    Those promised or given their very tables, called to them, or deciding while they are held.
    """
    return frozenset(
        name
        for each, table_set in zip(request.plan.items, request.plan.table_sets, strict=True)
        if (each.fixed or each.is_hold) and each.span & request.item.span
        for name in request.question.room.names(table_set)
    )


def _beyond_plan(
    request: DoorRequest, table_sets: list[TableSet], kept: frozenset[str]
) -> list[Option]:
    names, start = request.question.room.names, request.item.start
    able = [each for each in table_sets if kept.isdisjoint(names(each))]
    if not able:
        return []
    last = max(able, key=lambda each: free_from(request.plan, each, start))
    return [option_at(request, last, request.question.ends)]


def _held_table_option(question: Question) -> Option | None:
    """Return an option at the smallest held table that gives the party its whole turn now."""
    held = sorted(
        held_in_force(question.picture, question.now),
        key=lambda each: (each.seats, each.release_at),
    )
    kinds = {(each.seats, each.needs.area, each.starts): each for each in reversed(held)}
    for each in sorted(kinds.values(), key=lambda each: (each.seats, each.held_id)):
        remaining = without_intentions(question.picture, None, None, each.held_id)
        request = door_request(
            question, assign_tables(occupancy(remaining, question.house, now=question.now))
        )
        for table_sets in free_by_kind(request):
            there = request_there(request, table_sets)
            option = without_moves(there, table_sets) or with_moves(there, table_sets)
            if option is not None and option.full_turn:
                sentence = held_back(option.tables, question.house)
                return replace(option, held_id=each.held_id, sentence=sentence)
    return None


def door_request(
    question: Question, assignment: Assignment, admitted: Admitted | None = None
) -> DoorRequest:
    """Return the question's party as a request against an assigned plan."""
    item = party_item(
        assignment.window,
        question.room,
        party_size=question.ask.party_size,
        needs=question.ask.needs,
        starts=question.ask.starts,
        ends=question.ends,
        admitted=admitted or question.admitted,
        preferences=question.ask.preferences,
    )
    return DoorRequest(question=question, assignment=assignment, item=item, admitted=admitted)


def request_there(request: DoorRequest, table_sets: list[TableSet]) -> DoorRequest:
    """Return the request with the turn time of the area these tables of one kind stand in."""
    question, ask = request.question, request.question.ask
    area = area_of(question.room, table_sets[0])
    turn = turn_time(question.house, ask.party_size, question.picture.period, area)
    if ask.minutes or turn is question.turn:
        return request
    there = replace(question, ask=replace(ask, minutes=turn.minutes))
    return door_request(there, request.assignment)


def free_by_kind(request: DoorRequest) -> list[list[TableSet]]:
    """Return the table sets where nobody sits now, by kind; kinds and sets best fit first."""
    kinds: dict[_Kind, list[TableSet]] = {}
    for table_set in request.item.choices.flat:
        if not any(request.plan.facts[place] >> request.item.start & 1 for place in table_set):
            kinds.setdefault(_kind_of(request.question.room, table_set), []).append(table_set)
    return list(kinds.values())


def _kind_of(room: Room, table_set: TableSet) -> _Kind:
    return len(table_set) > 1, area_of(room, table_set), room.capacity(table_set)


def area_of(room: Room, table_set: TableSet) -> str:
    """Return the area the first of these tables stands in."""
    return room.tables[table_set[0]].area


def best_option(request: DoorRequest, table_sets: list[TableSet]) -> Option | None:
    """Return an option at one of these table sets: unmoved, with moves, or for a shorter turn."""
    return (
        without_moves(request, table_sets)
        or with_moves(request, table_sets)
        or _short_turn(request, table_sets)
    )


def without_moves(request: DoorRequest, table_sets: list[TableSet]) -> Option | None:
    """Return the best fit of the sets free for the whole turn with nobody moved."""
    free = tuple(
        table_set for table_set in table_sets if request.plan.free(table_set, request.item.span)
    )
    if not free:
        return None
    fit = request.plan.best_fit(_only(request.item, free))
    return option_at(request, fit, request.question.ends, interchangeable=len(free) - 1)


def with_moves(request: DoorRequest, table_sets: list[TableSet]) -> Option | None:
    """Return a set that is free for the whole turn once other promises are moved."""
    plan = admit(request.assignment, _only(request.item, tuple(table_sets)))
    return (
        option_at(request, plan.table_sets[-1], request.question.ends, admitted=plan)
        if plan
        else None
    )


def _short_turn(request: DoorRequest, table_sets: list[TableSet]) -> Option | None:
    """Return the set that is free longest, `SHORT_TURN_BUCKETS` at least."""
    start = request.item.start
    table_set = max(table_sets, key=lambda each: free_from(request.plan, each, start))
    unmoved_for = free_from(request.plan, table_set, start)
    found = _longest_with_moves(request, table_set, unmoved_for)
    if found is not None:
        length, plan = found
        return option_at(request, table_set, _instant(request, start + length), admitted=plan)
    if unmoved_for < SHORT_TURN_BUCKETS:
        return None
    return option_at(request, table_set, _instant(request, start + unmoved_for))


def _longest_with_moves(
    request: DoorRequest, table_set: TableSet, unmoved_for: int
) -> tuple[int, Plan] | None:
    """Return the longest turn in buckets, longer than `standing`, with moves; and its plan.

    A shorter turn fits wherever a longer one does, so the length is found by bisection.
    """
    item, plans = request.item, dict[int, Plan]()

    def too_long(length: int) -> bool:
        plan = admit(request.assignment, _only(_until(item, item.start + length), (table_set,)))
        if plan:
            plans[length] = plan
        return plan is None

    least = max(unmoved_for, SHORT_TURN_BUCKETS - 1)
    lengths = range(item.end - item.start - SHORTEN_BY_BUCKETS, least, -SHORTEN_BY_BUCKETS)[::-1]
    place = bisect_left(lengths, True, key=too_long)  # noqa: FBT003 - the value looked for
    return (lengths[place - 1], plans[lengths[place - 1]]) if place else None


def wait_option(request: DoorRequest) -> Option | None:
    """Return the earliest time within two hours at which a table is free for the whole turn."""
    found = earliest_wait(request)
    return None if found is None else _wait_option_at(request, *found)


def earliest_wait(request: DoorRequest) -> tuple[Plan, datetime] | None:
    """Return the plan with the party at its earliest start within two hours, and that start.

    Only for its whole turn and before the last seating; None where there is no such start.
    """
    for start in _release_buckets(request):
        ready_at = _instant(request, start)
        later = replace(request.question, ask=replace(request.question.ask, starts=ready_at))
        if opening_hours(later) or high_chairs_short(later):
            continue
        plan = admit(
            request.assignment, door_request(later, request.assignment, request.admitted).item
        )
        if plan:
            return plan, ready_at
    return None


def _release_buckets(request: DoorRequest) -> list[int]:
    """Return the buckets of the next two hours at which a suitable table becomes free."""
    first, last = request.item.start + 1, request.item.start + LONGEST_WAIT // GRID
    found: dict[int, None] = {}
    for place, taken in enumerate(request.plan.taken):
        if request.item.domain >> place & 1:
            ends = [bit for bit in range(first, last + 1) if _ends(taken, bit)]
            found.update(dict.fromkeys(ends))
    found.update((item.end, None) for item in request.plan.items if first <= item.end <= last)
    return sorted(found)


def _ends(taken: int, bit: int) -> bool:
    return bool(taken >> (bit - 1) & 1) and not taken >> bit & 1


def _wait_option_at(request: DoorRequest, plan: Plan, ready_at: datetime) -> Option:
    table_set = plan.table_sets[-1]
    minutes = -(-(ready_at - request.question.now) // GRID) * GRID_MINUTES
    ends = ready_at + timedelta(minutes=request.question.minutes)
    return replace(
        option_at(request, table_set, ends, admitted=plan),
        kind="wait",
        full_turn=True,
        ready_at=ready_at,
        wait_minutes=minutes,
        wait_likely=minutes,
        sentence=wait_for(request.question.room.names(table_set), minutes, request.question.house),
    )


def option_at(
    request: DoorRequest,
    table_set: TableSet,
    until: datetime,
    *,
    interchangeable: int = 0,
    admitted: Plan | None = None,
) -> Option:
    """Return the table set as an option that ends at `until`.

    `admitted`: the plan with the party as its last item, where others move for it.
    """
    plan = admitted or request.plan
    start = plan.items[-1].start if admitted else request.item.start
    return Option(
        kind="join" if len(table_set) > 1 else "table",
        tables=request.question.room.names(table_set),
        area=area_of(request.question.room, table_set),
        seats=request.question.room.capacity(table_set),
        turn_ends=until,
        free_until=_needed_next(request, plan, table_set, start),
        full_turn=until >= request.question.ends,
        moved=moves(admitted) if admitted else {},
        interchangeable=interchangeable,
        sentence=_sentence(request, table_set, until),
    )


def _needed_next(
    request: DoorRequest, plan: Plan, table_set: TableSet, start: int
) -> datetime | None:
    """Return when one of the tables is needed by somebody else, None if not tonight."""
    needed = 0
    for place in table_set:
        needed |= plan.facts[place]
        for number in plan.on[place]:
            if plan.items[number].key is not None:
                needed |= plan.items[number].span
    needed >>= start
    closes = request.assignment.window.at(request.question.picture.period.closes)
    first = start + (needed & -needed).bit_length() - 1
    return _instant(request, first) if needed and first < closes else None


def _sentence(request: DoorRequest, table_set: TableSet, until: datetime) -> str:
    question, whole = request.question, until >= request.question.ends
    named = question.room.names(table_set)
    return free_now(named, question.ask.party_size, question.house, None if whole else until)


def _only(item: Item, table_sets: tuple[TableSet, ...]) -> Item:
    choices = ranked_table_sets((table_sets,))
    return replace(item, choices=choices, domain=choices.domain, least=1)


def _until(item: Item, end: int) -> Item:
    return replace(item, end=end, span=bucket_mask(item.start, end))


def _instant(request: DoorRequest, bucket: int) -> datetime:
    return datetime.fromtimestamp((request.assignment.window.base + bucket) * BUCKET_SECONDS, UTC)
