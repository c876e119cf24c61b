"""A Saturday to test on: small rooms, promises in them, and what a complete plan means."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from msgspec.structs import replace

from policies.book.answers import Answer, Ask, Yes
from policies.book.changes import Changes, apply_changes
from policies.book.picture import Block, Picture, Promise, Seating
from policies.booking.engine import decide
from policies.house.calendar import WEEK, Period, periods_on, turn_minutes
from policies.house.house import (
    Area,
    BookingLimits,
    Feature,
    House,
    Join,
    ServicePeriod,
    Table,
    TurnTime,
    Venue,
)
from policies.house.room import Needs, room_of
from policies.house.rules import Decisions, Rules
from policies.plan.replanning import replan

SATURDAY = date(2026, 11, 28)
YESTERDAY = datetime(2026, 11, 27, 12, tzinfo=UTC)

AS_PUBLISHED = Rules()
FIRST_COME = Rules(decisions=Decisions(by_value=False))
"""The plan alone decides, no prices and no look-ahead: for tests of that path."""


def at(clock: str) -> datetime:
    """Return the instant of that Saturday's wall clock in Berlin (UTC+1 in November)."""
    hours, minutes = clock.split(":")
    return datetime(2026, 11, 28, int(hours), int(minutes), tzinfo=UTC) - timedelta(hours=1)


def table(name: str, seats: int, area: str = "hall", *features: Feature, least: int = 1) -> Table:
    return Table(id=name, area=area, seats_max=seats, seats_min=least, features=frozenset(features))


def a_house(*tables: Table, joins: Iterable[tuple[tuple[str, ...], int]] = ()) -> House:
    return House(
        venue=Venue(id="house", name="House", zone="Europe/Berlin", currency="EUR", high_chairs=2),
        areas=(Area(id="hall", name="Hall"), Area(id="bar", name="Bar")),
        tables=tables,
        joins=tuple(Join(tables=names, seats_max=seats) for names, seats in joins),
        periods=(
            ServicePeriod(
                name="dinner",
                opens=time(17),
                last_seating=time(22),
                closes=time(0),
                days=frozenset(WEEK),
                pacing=200,
            ),
        ),
        turn_times=(TurnTime(party_max=4, minutes=90), TurnTime(party_max=100, minutes=120)),
        booking=BookingLimits(party_max_online=6),
    )


def dinner(house: House) -> Period:
    return periods_on(house, SATURDAY)[0]


def promise(
    number: int,
    size: int,
    starts: str,
    *tables: str,
    minutes: int = 90,
    needs: Needs | None = None,
    fixed: bool = False,
    exposed: bool = False,
) -> Promise:
    return Promise(
        period_id="2026-11-28.dinner",
        reservation_id=UUID(int=number),
        state="booked",
        party_size=size,
        starts=at(starts),
        ends=at(starts) + timedelta(minutes=minutes),
        tables=tables,
        needs=needs or Needs(),
        fixed=fixed,
        exposed=exposed,
    )


def seating(number: int, size: int, seated: str, until: str, *tables: str) -> Seating:
    return Seating(
        seating_id=UUID(int=number),
        period_id="2026-11-28.dinner",
        state="seated",
        party_size=size,
        tables=tables,
        seated_at=at(seated),
        expected_end=at(until),
        counted_at=at(seated),
    )


def block(name: str, starts: str, ends: str) -> Block:
    return Block(
        block_id=UUID(int=1), table_id=name, starts=at(starts), ends=at(ends), reason="broken leg"
    )


def picture(
    house: House,
    *promises: Promise,
    seatings: tuple[Seating, ...] = (),
    rules: Rules = AS_PUBLISHED,
) -> Picture:
    return Picture(period=dinner(house), promises=promises, seatings=seatings, rules=rules)


def ask(size: int, starts: str, *tables: str, needs: Needs | None = None) -> Ask:
    return Ask(
        party_size=size, starts=at(starts), channel="phone", needs=needs or Needs(), tables=tables
    )


def book(told: Picture, wish: Ask, house: House, number: int) -> tuple[Picture, Answer]:
    """Ask, and write a Yes into the picture as the service would."""
    answer = decide(told, wish, house, now=YESTERDAY, quick=True)
    if not isinstance(answer, Yes):
        return told, answer
    stayed = (
        replace(each, tables=answer.moved.get(each.reservation_id, each.tables))
        for each in told.promises
    )
    added = replace(
        promise(number, wish.party_size, "17:00", *answer.tables, needs=wish.needs),
        starts=answer.starts,
        ends=answer.ends,
    )
    return replace(told, promises=(*stayed, added)), answer


def resettled(
    told: Picture, house: House, *, now: datetime
) -> tuple[dict[UUID, tuple[str, ...]], set[UUID]]:
    """Settle the plan as the service does: who sits elsewhere now, and who is exposed."""
    after = apply_changes(told, replan(told, Changes(), house, now=now))
    pairs = list(zip(told.promises, after.promises, strict=True))
    moved = {one.reservation_id: one.tables for was, one in pairs if one.tables != was.tables}
    exposed = {one.reservation_id for one in after.promises if one.exposed}
    return {key: tables for key, tables in moved.items() if key not in exposed}, exposed


def assert_complete(told: Picture, house: House) -> None:
    """Every promise has tables that seat it and meet its needs, and none shares one in time."""
    room = room_of(house)
    for one in told.promises:
        seat = room.table_set(one.tables)
        assert seat, one
        assert seat in room.ranked(one.party_size, one.needs).every
        for other in told.promises:
            if one is not other and one.starts < other.ends and other.starts < one.ends:
                assert not set(one.tables) & set(other.tables), (one, other)


def possible(told: Picture, wish: Ask, house: House) -> bool:
    """Tell by trying everything whether all promises and the wish fit together."""
    room = room_of(house)
    ends = wish.starts + timedelta(minutes=turn_minutes(house, wish.party_size, told.period))
    parties = [
        (each.starts, each.ends, room.ranked(each.party_size, each.needs).flat)
        for each in told.promises
    ]
    parties.append((wish.starts, ends, room.ranked(wish.party_size, wish.needs).flat))
    return _fits(sorted(parties), [])


_Party = tuple[datetime, datetime, tuple[tuple[int, ...], ...]]
_Sat = tuple[datetime, datetime, tuple[int, ...]]


def _fits(parties: list[_Party], sat: list[_Sat]) -> bool:
    if not parties:
        return True
    open_to = [[seat for seat in each[2] if _free(seat, each, sat)] for each in parties]
    first = min(range(len(parties)), key=lambda number: len(open_to[number]))
    starts, ends, _ = parties[first]
    rest = parties[:first] + parties[first + 1 :]
    return any(_fits(rest, [*sat, (starts, ends, seat)]) for seat in open_to[first])


def _free(seat: tuple[int, ...], party: _Party, sat: list[_Sat]) -> bool:
    return not any(
        starts < party[1] and party[0] < ends and not set(seat).isdisjoint(taken)
        for starts, ends, taken in sat
    )
