"""The parties that an order places at tables, and what is wrong with these tables for them."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import cached_property
from typing import Unpack
from uuid import UUID

from msgspec import Struct

from policies.admission.admission import rule_against
from policies.book.answers import Ask
from policies.book.changes import Changes, apply_changes, without_intentions
from policies.book.consequences import OrderWarning, WarnedAbout, WarningCode, warning
from policies.book.picture import (
    Picture,
    Promise,
    ReservationState,
    Seating,
    seating_end,
)
from policies.book.question import Question
from policies.booking.party_rules import high_chairs_used
from policies.house.channels import STAFF, UNPACED
from policies.house.house import AccessRule, House
from policies.house.room import Needs, Room, room_of
from policies.house.wording import clock, party_message, same_person
from policies.plan.occupancy import Closed, closed_by
from policies.words.message import Message, Param, message

LIVE: frozenset[ReservationState] = frozenset({"booked", "arrived"})
EXPECTED: frozenset[ReservationState] = LIVE | {"no_show"}

FAR_AHEAD = timedelta(minutes=60)
"""A party seated this long before its time may be another than the one booked."""

SAME_EVENING = timedelta(hours=2)
"""A walk-in with the name of somebody expected within this time may be that party."""

CHAIRS_EMPTY = 3
"""A table is much too large when it leaves this many chairs empty, and more than it fills."""


class Placement(Struct, frozen=True, kw_only=True):
    """A party that newly sits, or is newly planned, at `tables` from `starts` to `ends`.

    `was`: the same seating before the order. `own`: the tables that were planned for it. `kept`: it
    was planned there before and is no larger, so its chairs were asked about then.
    """

    name: str
    party_size: int
    needs: Needs
    tables: tuple[str, ...]
    starts: datetime
    ends: datetime
    own: tuple[str, ...] = ()
    kept: bool = False
    promise: Promise | None = None
    seating: Seating | None = None
    was: Seating | None = None
    wait_id: UUID | None = None

    def about(self) -> WarnedAbout:
        """Return the ids a warning about this party names."""
        return {
            "reservation_id": self.promise.reservation_id if self.promise else None,
            "seating_id": self.seating.seating_id if self.seating else None,
            "wait_id": self.wait_id,
        }


class Scene:
    """The picture before an order, its changes, and the parties they place; worked out once.

    `named`: the tables the order names; `by`: the id of who gives it.
    """

    def __init__(
        self,
        was: Picture,
        changes: Changes,
        house: House,
        now: datetime,
        named: tuple[str, ...],
        by: str = "",
    ) -> None:
        self.was, self.changes, self.house, self.now = was, changes, house, now
        self.named, self.by = named, by

    @cached_property
    def room(self) -> Room:
        """The room of the house."""
        return room_of(self.house)

    @cached_property
    def after(self) -> Picture:
        """The picture after the order."""
        return apply_changes(self.was, self.changes)

    @cached_property
    def promises(self) -> dict[UUID, Promise]:
        """The promises before the order, by id."""
        return {each.reservation_id: each for each in self.was.promises}

    @cached_property
    def placed(self) -> tuple[Placement, ...]:
        """The parties that the order seats, or plans tables for."""
        return (*_seated(self), *_planned(self))

    @cached_property
    def taken(self) -> frozenset[str]:
        """The tables at which the order places somebody."""
        return frozenset(table for each in self.placed for table in each.tables)

    def clock(self, instant: datetime) -> str:
        """Return the venue's local time, as 19:30."""
        return clock(self.house, instant)


def placement_warnings(scene: Scene) -> Iterator[OrderWarning]:
    """Yield what is wrong with the tables for each party the order places."""
    for placed in scene.placed:
        for check in CHECKS:
            yield from check(scene, placed)


def _seated(scene: Scene) -> Iterator[Placement]:
    before = {each.seating_id: each for each in scene.was.seatings}
    promises = {each.reservation_id: each for each in scene.after.promises}
    waiting = {each.wait_id: each for each in scene.was.waiting}
    for seating in scene.changes.seatings:
        was = before.get(seating.seating_id)
        if seating.cleared_at is not None or (was is not None and not _grew(was, seating)):
            continue
        promise = promises.get(seating.reservation_id) if seating.reservation_id else None
        entry = waiting.get(seating.wait_id) if seating.wait_id else None
        yield Placement(
            name=seating.name,
            party_size=seating.party_size,
            needs=promise.needs if promise else entry.needs if entry else Needs(),
            tables=seating.tables,
            starts=scene.now,
            ends=seating_end(seating, scene.now),
            own=_own_tables(scene, seating),
            promise=promise,
            seating=seating,
            was=was,
            wait_id=seating.wait_id,
        )


def _grew(was: Seating, now: Seating) -> bool:
    return set(was.tables) != set(now.tables) or now.party_size > was.party_size


def _own_tables(scene: Scene, seating: Seating) -> tuple[str, ...]:
    promise = scene.promises.get(seating.reservation_id) if seating.reservation_id else None
    if promise is not None:
        return promise.tables
    kept = (h.tables for h in scene.was.slot_holds if h.wait_id and h.wait_id == seating.wait_id)
    return next(kept, ())


def _planned(scene: Scene) -> Iterator[Placement]:
    for promise in scene.changes.promises:
        was = scene.promises.get(promise.reservation_id)
        replanned = was is not None and was.version == promise.version
        if promise.state not in LIVE or not promise.tables or replanned:
            continue
        kept = was is not None and _keeps(was, promise)
        if was is not None and kept and _same_stay(was, promise):
            continue
        yield Placement(
            name=promise.name,
            party_size=promise.party_size,
            needs=promise.needs,
            tables=promise.tables,
            starts=promise.starts,
            ends=promise.ends,
            kept=kept,
            promise=promise,
        )


def _keeps(was: Promise, now: Promise) -> bool:
    """Tell whether a promise of no more guests keeps the tables it had."""
    no_larger = now.party_size <= was.party_size and was.state in LIVE
    return no_larger and set(was.tables) == set(now.tables)


def _same_stay(was: Promise, now: Promise) -> bool:
    """Tell whether the promise asks for no more of its tables than before."""
    return (was.starts, was.ends, was.needs) == (now.starts, now.ends, now.needs)


def _seats(scene: Scene, placed: Placement) -> Iterator[OrderWarning]:
    seat = scene.room.table_set(placed.tables)
    if not seat or placed.kept:
        return
    seats, size = scene.room.capacity(seat), placed.party_size
    chairs = sum(scene.room.seats[place] > 1 for place in seat)
    of_tables: dict[str, Param] = {"tables": placed.tables, "count": len(placed.tables)}
    params = of_tables | {"seats": seats, "size": size}
    if size > seats + chairs:
        said = message("warning-too-few-seats", **params)
        yield warning("TOO_FEW_SEATS", said, tables=placed.tables, **placed.about())
    elif size > seats:
        said = message("warning-extra-chair", **params)
        yield warning("EXTRA_CHAIR", said, tables=placed.tables, **placed.about())
    elif seats - size >= CHAIRS_EMPTY and seats > 2 * size and _chosen(scene, placed):
        said = message("warning-table-too-large", **params)
        yield warning("TABLE_TOO_LARGE", said, tables=placed.tables, **placed.about())


def _chosen(scene: Scene, placed: Placement) -> bool:
    """Tell whether a person chose these tables, not the plan."""
    return set(scene.named) == set(placed.tables) != set(placed.own)


def _join(scene: Scene, placed: Placement) -> Iterator[OrderWarning]:
    seat = scene.room.table_set(placed.tables)
    if not seat or len(seat) == 1 or scene.room.is_join(seat) or placed.kept:
        return
    if placed.was is not None and set(placed.was.tables) == set(placed.tables):
        return
    said = message("warning-tables-not-a-join", tables=placed.tables)
    yield warning("TABLES_NOT_A_JOIN", said, tables=placed.tables, **placed.about())


def _needs(scene: Scene, placed: Placement) -> Iterator[OrderWarning]:
    party = party_message(placed.name, placed.party_size)
    wanted = placed.needs
    tables = [table for table in scene.house.tables if table.id in placed.tables]
    other = tuple(t.id for t in tables if wanted.area is not None and t.area != wanted.area)
    if other and wanted.area is not None:
        yield other_area(scene.house, party, wanted.area, other, **placed.about())
    steps = tuple(t.id for t in tables if wanted.step_free and "step_free" not in t.features)
    if steps:
        said = message("warning-not-step-free", party=party, tables=steps, count=len(steps))
        yield warning("NOT_STEP_FREE", said, tables=steps, **placed.about())
    loud = tuple(t.id for t in tables if wanted.quiet and "quiet" not in t.features)
    if loud:
        said = message("warning-not-quiet", party=party, tables=loud, count=len(loud))
        yield warning("NOT_QUIET", said, tables=loud, **placed.about())


def other_area(
    house: House, party: Message, area: str, tables: tuple[str, ...], **about: Unpack[WarnedAbout]
) -> OrderWarning:
    """Return the warning that tables are in another area than the party needs."""
    name = next((each.name for each in house.areas if each.id == area), area)
    said = message("warning-other-area", party=party, area=name, tables=tables, count=len(tables))
    return warning("OTHER_AREA", said, tables=tables, **about)


def _kept_for_others(scene: Scene, placed: Placement) -> Iterator[OrderWarning]:
    """Tell of tables that an access rule keeps from a party newly seated there.

    Not of those it has, or was promised. To plan such tables takes a reason, asked for before.
    """
    if placed.seating is None or not scene.house.access:
        return
    its = {*placed.own, *(placed.was.tables if placed.was else ())}
    kept: dict[str, list[str]] = {}
    for table in placed.tables:
        rule = None if table in its else _rule_against(scene, placed, table)
        if rule is not None:
            kept.setdefault(rule.name, []).append(table)
    for name, found in kept.items():
        tables = tuple(found)
        said = message("warning-kept-for-others", tables=tables, count=len(tables), rule=name)
        yield warning("KEPT_FOR_OTHERS", said, tables=tables, **placed.about())


def _rule_against(scene: Scene, placed: Placement, table: str) -> AccessRule | None:
    """Return the rule that keeps a table from the party, None where it may have it by any way.

    A party that is here may have what a walk-in may; one with a promise also what it could book,
    and what staff could book for it. So the door offers it.
    """
    place, period_id = scene.room.table_set((table,)), scene.was.period.period_id
    if place is None:
        return None
    promise = placed.promise
    ways = {promise.channel, *STAFF} if promise else UNPACED
    tags = promise.tags if promise else ()
    rules = [rule_against(scene.room, place, each, tags, period_id) for each in ways]
    return None if None in rules else rules[0]


def _high_chairs(scene: Scene, placed: Placement) -> Iterator[OrderWarning]:
    wanted = placed.needs.high_chairs
    if not wanted:
        return
    own = placed.promise.reservation_id if placed.promise else None
    left = without_intentions(scene.after, own, None)
    ask = Ask(party_size=placed.party_size, starts=placed.starts, channel="desk")
    used = high_chairs_used(Question(picture=left, ask=ask, house=scene.house, now=scene.now))
    free = max(0, scene.house.venue.high_chairs - used)
    if wanted > free:
        party = party_message(placed.name, placed.party_size)
        said = message("warning-high-chairs-short", party=party, wanted=wanted, free=free)
        yield warning("HIGH_CHAIRS_SHORT", said, **placed.about())


def _closed(scene: Scene, placed: Placement) -> Iterator[OrderWarning]:
    """Tell of tables out of use: by name once for each reason, and what begins during the stay."""
    shut: dict[Closed, list[str]] = {}
    for why, (place, starts, ends) in closed_by(scene.was, scene.room, now=scene.now):
        table = scene.room.tables[place].id
        if table not in placed.tables or not starts < placed.ends or not placed.starts < ends:
            continue
        if starts <= placed.starts:
            shut.setdefault(why, []).append(table)
        else:
            at = scene.clock(starts)
            said = message("warning-closes-during-stay", table=table, at=at)
            yield warning("CLOSES_DURING_STAY", said, tables=(table,), **placed.about())
    for why, found in shut.items():
        code, key = OUT_OF_USE[why]
        tables = tuple(found)
        said = message(key, tables=tables, count=len(tables))
        yield warning(code, said, tables=tables, **placed.about())


def _too_early(scene: Scene, placed: Placement) -> Iterator[OrderWarning]:
    promise = placed.promise
    if placed.seating is None or placed.was is not None or promise is None:
        return
    if promise.starts - scene.now > FAR_AHEAD:
        yield not_due(scene, promise)


def not_due(scene: Scene, promise: Promise) -> OrderWarning:
    """Return the warning that a party is expected later only."""
    party, at = party_message(promise.name, promise.party_size), scene.clock(promise.starts)
    said = message("warning-not-due-yet", party=party, at=at)
    return warning("NOT_DUE_YET", said, reservation_id=promise.reservation_id)


def _namesake(scene: Scene, placed: Placement) -> Iterator[OrderWarning]:
    """Tell of a reservation under the name of a party that is seated as a walk-in."""
    if placed.seating is None or placed.was is not None or placed.promise or not placed.name:
        return
    for promise in scene.was.promises:
        near = abs(promise.starts - scene.now) <= SAME_EVENING
        expected = promise.state in EXPECTED and near and bool(promise.name)
        if expected and same_person(promise.name, placed.name):
            said = message(
                "warning-booked-under-this-name",
                party=party_message(promise.name, promise.party_size),
                at=scene.clock(promise.starts),
            )
            key = promise.reservation_id
            yield warning("BOOKED_UNDER_THIS_NAME", said, reservation_id=key)


def _stopped(scene: Scene, placed: Placement) -> Iterator[OrderWarning]:
    """Tell that a lever stops what a newly seated party is seated for."""
    if placed.seating is None or placed.was is not None:
        return
    period, now = scene.was.period, scene.now
    if period.seating_stopped:
        back = period.seating_stopped_until
        said = (
            message("warning-seating-stopped")
            if back is None
            else message("warning-seating-stopped-until", at=scene.clock(back))
        )
    elif period.last_orders_at is not None and period.last_orders_at <= now:
        said = message("warning-last-orders-were", at=scene.clock(period.last_orders_at))
    elif period.closes_early_at is not None and period.closes_early_at < placed.ends:
        said = message("warning-closes-early", at=scene.clock(period.closes_early_at))
    else:
        return
    yield warning("SEATING_STOPPED", said, **placed.about())


OUT_OF_USE: dict[Closed, tuple[WarningCode, str]] = {
    "blocked": ("TABLE_BLOCKED", "warning-table-blocked"),
    "shut": ("AREA_SHUT", "warning-area-shut"),
    "private": ("PRIVATE_EVENT", "warning-private-event"),
}

CHECKS: tuple[Callable[[Scene, Placement], Iterator[OrderWarning]], ...] = (
    _seats,
    _join,
    _needs,
    _kept_for_others,
    _high_chairs,
    _closed,
    _too_early,
    _namesake,
    _stopped,
)
"""What is looked at for each party at its tables."""
