"""What the host can offer a party at the door: tables and joins now, or an honest wait."""

from bisect import bisect_left
from datetime import UTC, datetime, timedelta
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from policies.book.answers import Ask
from policies.book.changes import leave_out
from policies.book.picture import Picture, held_in_force
from policies.book.question import Question
from policies.booking.party_rules import high_chairs_short
from policies.booking.tables import SHORT_TURN_BUCKETS, Tables, free_from
from policies.booking.time_rules import closed
from policies.door.option import Option, Ways
from policies.house.grid import BUCKET_SECONDS, GRID, GRID_MINUTES, span
from policies.house.house import House
from policies.house.room import Needs, Room, Seat, choices_of
from policies.house.wording import clock, guests
from policies.plan.occupancy import occupancy, party_item
from policies.plan.placement import Settled, admit, moves, settle
from policies.plan.plan import Item, Plan

OPTIONS_AT_MOST = 6
LONGEST_WAIT = timedelta(minutes=120)
SHORTEN_BY = 3

_Kind = tuple[bool, str, int]


class Door(Struct, frozen=True, kw_only=True):
    """A party at the door, and the settled plan it meets."""

    case: Question
    settled: Settled
    item: Item

    @property
    def plan(self) -> Plan:
        """The plan before this party."""
        return self.settled.plan


def ways(tables: Tables, party_size: int, needs: Needs) -> Ways:
    """Return what `options` chooses from, each kind whether or not a better one is there."""
    door = _met(tables, party_size, needs)
    if door is None:
        return Ways()
    return Ways(now=tuple(_free_now(door)), granted=_granted(door.case), wait=a_wait(door))


def options(
    picture: Picture, house: House, party_size: int, needs: Needs, *, now: datetime
) -> tuple[Option, ...]:
    """Return at most six options for a walk-in, the best first; none when the house is closed.

    One per kind of table (area, seats, single or join); every promise that can be kept is kept.
    A wait is quoted when nothing is free now for the whole turn.
    """
    door = _met(Tables(picture, house, now), party_size, needs)
    if door is None:
        return ()
    now_free = _free_now(door)
    if any(option.full_turn for option in now_free):
        return tuple(now_free[:OPTIONS_AT_MOST])
    beyond = [each for each in (_granted(door.case), a_wait(door)) if each]
    return (*now_free[: OPTIONS_AT_MOST - len(beyond)], *beyond)


def _met(tables: Tables, party_size: int, needs: Needs) -> Door | None:
    """The party before the settled plan; None when nothing could be offered whatever is free."""
    ask = Ask(party_size=party_size, starts=tables.now, channel="walk_in", needs=needs)
    case = Question(picture=tables.picture, ask=ask, house=tables.house, now=tables.now)
    if not 1 <= party_size <= case.room.largest or closed(case) or high_chairs_short(case):
        return None
    return door_of(case, tables.settled)


def _free_now(door: Door) -> list[Option]:
    found = [option for seats in free_kinds(door) if (option := best_at(door, seats))]
    return sorted(found, key=lambda option: (not option.full_turn, bool(option.moved)))


def _granted(case: Question) -> Option | None:
    """The smallest held table that would give the party a whole turn now, if a host grants it."""
    held = sorted(
        held_in_force(case.picture, case.now), key=lambda each: (each.seats, each.release_at)
    )
    kinds = {(each.seats, each.needs.area, each.starts): each for each in reversed(held)}
    for each in sorted(kinds.values(), key=lambda each: (each.seats, each.held_id)):
        left = leave_out(case.picture, None, None, each.held_id)
        door = door_of(case, settle(occupancy(left, case.house, now=case.now)))
        for seats in free_kinds(door):
            option = standing(door, seats) or moving(door, seats)
            if option is not None and option.full_turn:
                told = f"I can give you one of the tables we keep: {', '.join(option.tables)}."
                return replace(option, held_id=each.held_id, sentence=told)
    return None


def door_of(case: Question, settled: Settled) -> Door:
    """Return the case's party before a settled plan."""
    item = party_item(
        settled.window,
        case.room,
        party_size=case.ask.party_size,
        needs=case.ask.needs,
        starts=case.ask.starts,
        ends=case.ends,
    )
    return Door(case=case, settled=settled, item=item)


def free_kinds(door: Door) -> list[list[Seat]]:
    """Return the configurations free of facts now, by kind, kinds and tables best first."""
    kinds: dict[_Kind, list[Seat]] = {}
    for seat in door.item.choices.flat:
        if not any(door.plan.facts[place] >> door.item.start & 1 for place in seat):
            kinds.setdefault(_kind(door.case.room, seat), []).append(seat)
    return list(kinds.values())


def _kind(room: Room, seat: Seat) -> _Kind:
    return len(seat) > 1, area_of(room, seat), room.capacity(seat)


def area_of(room: Room, seat: Seat) -> str:
    """Return the area the first of these tables stands in."""
    return room.tables[seat[0]].area


def best_at(door: Door, seats: list[Seat]) -> Option | None:
    """Offer one of these tables: as it stands, by moving others, or for a shorter turn."""
    return standing(door, seats) or moving(door, seats) or _shorter(door, seats)


def standing(door: Door, seats: list[Seat]) -> Option | None:
    """Offer the tightest of the tables free for the whole turn with nobody moved."""
    free = tuple(seat for seat in seats if door.plan.free(seat, door.item.span))
    if not free:
        return None
    fit = door.plan.best_fit(_only(door.item, free))
    return option_at(door, fit, door.case.ends, alike=len(free) - 1)


def moving(door: Door, seats: list[Seat]) -> Option | None:
    """Offer a table free for the whole turn once promises that can go elsewhere do."""
    plan = admit(door.settled, _only(door.item, tuple(seats)))
    return option_at(door, plan.seats[-1], door.case.ends, moved=moves(plan)) if plan else None


def _shorter(door: Door, seats: list[Seat]) -> Option | None:
    """Offer the table that can be had longest, for half an hour at least."""
    start = door.item.start
    seat = max(seats, key=lambda each: free_from(door.plan, each, start))
    standing = free_from(door.plan, seat, start)
    found = _longest(door, seat, standing)
    if found is not None:
        length, plan = found
        return option_at(door, seat, _instant(door, start + length), moved=moves(plan))
    if standing < SHORT_TURN_BUCKETS:
        return None
    return option_at(door, seat, _instant(door, start + standing))


def _longest(door: Door, seat: Seat, standing: int) -> tuple[int, Plan] | None:
    """Return how long the table can be had if others move, with the plan; None: no longer so.

    A shorter stay fits wherever a longer one does, so the middle is tried first.
    """
    item, plans = door.item, dict[int, Plan]()

    def too_long(length: int) -> bool:
        plan = admit(door.settled, _only(_until(item, item.start + length), (seat,)))
        if plan:
            plans[length] = plan
        return plan is None

    least = max(standing, SHORT_TURN_BUCKETS - 1)
    lengths = range(item.end - item.start - SHORTEN_BY, least, -SHORTEN_BY)[::-1]
    place = bisect_left(lengths, True, key=too_long)  # noqa: FBT003 - the value looked for
    return (lengths[place - 1], plans[lengths[place - 1]]) if place else None


def a_wait(door: Door) -> Option | None:
    """Offer the earliest time in two hours at which a table is free for the whole turn."""
    found = earliest(door)
    return None if found is None else _waiting(door, *found)


def earliest(door: Door) -> tuple[Plan, datetime] | None:
    """Return the plan with the party placed later within two hours, as early as can be, and when.

    For its whole turn, while the house still seats guests; None where there is no such time.
    """
    for start in _releases(door):
        ready_at = _instant(door, start)
        later = replace(door.case, ask=replace(door.case.ask, starts=ready_at))
        if closed(later) or high_chairs_short(later):
            continue
        plan = admit(door.settled, door_of(later, door.settled).item)
        if plan:
            return plan, ready_at
    return None


def _releases(door: Door) -> list[int]:
    """Return the buckets in the next two hours at which a table of some use becomes free."""
    first, last = door.item.start + 1, door.item.start + LONGEST_WAIT // GRID
    found: dict[int, None] = {}
    for place, taken in enumerate(door.plan.taken):
        if door.item.domain >> place & 1:
            ends = [bit for bit in range(first, last + 1) if _ends(taken, bit)]
            found.update(dict.fromkeys(ends))
    found.update((item.end, None) for item in door.plan.items if first <= item.end <= last)
    return sorted(found)


def _ends(taken: int, bit: int) -> bool:
    return bool(taken >> (bit - 1) & 1) and not taken >> bit & 1


def _waiting(door: Door, plan: Plan, ready_at: datetime) -> Option:
    seat = plan.seats[-1]
    minutes = -(-(ready_at - door.case.now) // GRID) * GRID_MINUTES
    ends = ready_at + timedelta(minutes=door.case.minutes)
    return replace(
        option_at(door, seat, ends, moved=moves(plan)),
        kind="wait",
        full_turn=True,
        ready_at=ready_at,
        wait_minutes=minutes,
        sentence=f"About {minutes} minutes' wait for {_named(door, seat)}.",
    )


def option_at(
    door: Door,
    seat: Seat,
    until: datetime,
    *,
    alike: int = 0,
    moved: dict[UUID, tuple[str, ...]] | None = None,
) -> Option:
    """Return these tables as an option until then."""
    return Option(
        kind="join" if len(seat) > 1 else "table",
        tables=door.case.room.names(seat),
        area=area_of(door.case.room, seat),
        seats=door.case.room.capacity(seat),
        free_until=until,
        full_turn=until >= door.case.ends,
        moved=moved or {},
        alike=alike,
        sentence=_sentence(door, seat, until),
    )


def _sentence(door: Door, seat: Seat, until: datetime) -> str:
    named = _named(door, seat)
    told = f"{named[0].upper()}{named[1:]} for {guests(door.case.ask.party_size)}"
    if until >= door.case.ends:
        return f"{told}, free now for the whole turn."
    return f"{told}, free now until {clock(door.case.house, until)}."


def _named(door: Door, seat: Seat) -> str:
    names = " + ".join(door.case.room.names(seat))
    return f"table {names}" if len(seat) == 1 else f"tables {names} joined"


def _only(item: Item, seats: tuple[Seat, ...]) -> Item:
    choices = choices_of((seats,))
    return replace(item, choices=choices, domain=choices.domain, least=1)


def _until(item: Item, end: int) -> Item:
    return replace(item, end=end, span=span(item.start, end))


def _instant(door: Door, bucket: int) -> datetime:
    return datetime.fromtimestamp((door.settled.window.base + bucket) * BUCKET_SECONDS, UTC)
