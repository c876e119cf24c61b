"""What new rules do to a period that is open already: what changes, and what a manager is told.

Promises stay promises: what the new rules would not have allowed is told, never taken back.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from policies.book.answers import Ask
from policies.book.changes import Changes, apply_changes
from policies.book.picture import HeldTable, Picture, Promise, Risk, SlotHold, holds_in_force
from policies.book.question import Question
from policies.floor.due import changes_due
from policies.floor.held_tables import reconcile_held_tables
from policies.house.house import House
from policies.house.rules import CAPACITY_RULES, Overbooking, Rules
from policies.risk.overbooking_rule import (
    ExpectedOccupancy,
    ExpectedParty,
    expected_occupancy,
    overbooking_risk,
)

PLANNED = frozenset({"booked", "arrived"})


class ToldPromise(Struct, frozen=True, kw_only=True):
    """A promise as a manager is told of it: who, how many, when."""

    reservation_id: UUID
    name: str
    party_size: int
    starts: datetime


class BeyondCaps(Struct, frozen=True, kw_only=True):
    """Promises and open slot holds beyond the room, where they exceed the new caps.

    `promises`: the latest made, beyond the caps. They stay promises; no more are made.
    """

    parties: int
    covers: int
    cap_parties: int
    cap_covers: int
    promises: tuple[ToldPromise, ...]


class WindowChange(Struct, frozen=True, kw_only=True):
    """What becomes of a window's held tables, counted.

    `without_place`: would be held, but every table is promised. `lost`: given back because a
    promise needs the place. `rescheduled`: stay held and are given back at another time.
    """

    window: str
    made: int = 0
    given_back: int = 0
    rescheduled: int = 0
    without_place: int = 0
    lost: int = 0


class RiskChange(Struct, frozen=True, kw_only=True):
    """An overbooked promise whose risk the new rules tell differently.

    `told`: as stated when it was made. `before`, `after`: the risk by the rules before and after
    on today's book, None where the house decides by value. `ceiling`, `tolerance_minutes`: the new
    ones.
    """

    promise: ToldPromise
    told: Risk | None
    before: float | None
    after: float | None
    ceiling: float
    tolerance_minutes: int


class CapacityChange(Struct, frozen=True, kw_only=True):
    """What new capacity rules change in a period, and what they cannot change.

    `rules`: names of the rules that differ. `seated_now`: promises beyond the room that have a
    table now. `no_shows`: late parties whose table the new grace frees at once.
    """

    rules: tuple[str, ...] = ()
    beyond_caps: BeyondCaps | None = None
    windows: tuple[WindowChange, ...] = ()
    risks: tuple[RiskChange, ...] = ()
    placed: tuple[ToldPromise, ...] = ()
    no_shows: tuple[ToldPromise, ...] = ()


class NewRules(Struct, frozen=True, kw_only=True):
    """The changes to write under the new rules, and what is told of them."""

    changes: Changes
    told: CapacityChange


def apply_new_rules(
    picture: Picture, rules: Rules, house: House, *, now: datetime, by: str, action: UUID
) -> NewRules:
    """Return what bringing the period to `rules` changes; the picture has what is due applied.

    `picture.rules` are those before; `action` gives the ids of new held tables. A preview and the
    publication both ask this.
    """
    under = replace(picture, rules=rules)
    changes = reconcile_held_tables(under, picture.rules, house, now=now, by=by, action=action)
    after = apply_changes(under, changes)
    due = changes_due(after, house, now=now)
    told = CapacityChange(
        rules=tuple(
            name for name in CAPACITY_RULES if getattr(picture.rules, name) != getattr(rules, name)
        ),
        beyond_caps=_beyond_caps(after, now),
        windows=tuple(_windows(picture, changes)),
        risks=tuple(_risks(picture, rules, house, now)),
        placed=tuple(map(_told, _placed(picture, changes))),
        no_shows=tuple(_told(each) for each in due.promises if each.state == "no_show"),
    )
    return NewRules(changes=changes, told=told)


def _told(promise: Promise) -> ToldPromise:
    return ToldPromise(
        reservation_id=promise.reservation_id,
        name=promise.name,
        party_size=promise.party_size,
        starts=promise.starts,
    )


def _overbooked(picture: Picture) -> list[Promise]:
    """Return the period's promises beyond the room, the earliest made first."""
    found = [
        promise
        for promise in picture.promises
        if promise.kind == "overbooked"
        and not promise.overruled
        and promise.state in PLANNED
        and promise.period_id == picture.period.period_id
    ]
    return sorted(found, key=lambda each: (each.made_at or each.starts, each.reservation_id))


def _beyond_caps(picture: Picture, now: datetime) -> BeyondCaps | None:
    rules, promises = picture.rules.overbooking, _overbooked(picture)
    caps = (rules.cap_parties, rules.cap_covers) if rules.enabled else (0, 0)
    asked = [
        hold
        for hold in holds_in_force(picture, now)
        if hold.kind == "overbooked" and hold.period_id == picture.period.period_id
    ]
    parties, covers = _count((*promises, *asked))
    if parties <= caps[0] and covers <= caps[1]:
        return None
    return BeyondCaps(
        parties=parties,
        covers=covers,
        cap_parties=caps[0],
        cap_covers=caps[1],
        promises=tuple(_told(each) for each in _past(promises, *caps)),
    )


def _count(parties: Iterable[Promise | SlotHold]) -> tuple[int, int]:
    sizes = [each.party_size for each in parties]
    return len(sizes), sum(sizes)


def _past(promises: list[Promise], parties: int, covers: int) -> list[Promise]:
    """Return the promises that no longer fit the caps when counted in the order they were made."""
    past: list[Promise] = []
    for promise in promises:
        parties, covers = parties - 1, covers - promise.party_size
        if parties < 0 or covers < 0:
            past.append(promise)
    return past


def _windows(picture: Picture, changes: Changes) -> Iterator[WindowChange]:
    before = {table.held_id: table for table in picture.held}
    ours = [each for each in changes.held if each.period_id == picture.period.period_id]
    for window in sorted({table.window for table in ours}):
        kinds = [_kind(before.get(each.held_id), each) for each in ours if each.window == window]
        change = WindowChange(
            window=window, **{kind: kinds.count(kind) for kind in kinds if kind is not None}
        )
        if any(kinds):
            yield change


def _kind(before: HeldTable | None, after: HeldTable) -> str | None:
    """Return the field of `WindowChange` that counts the change of one held table."""
    if before is None:
        return "made" if after.state == "held" else "without_place"
    if after.state == "released":
        return "given_back"
    if after.state == "cancelled":
        return "lost"
    return "rescheduled" if after.release_at != before.release_at else None


def _placed(picture: Picture, changes: Changes) -> list[Promise]:
    beyond = {each.reservation_id for each in picture.promises if each.kind == "overbooked"}
    return [
        promise
        for promise in changes.promises
        if promise.kind == "physical" and promise.reservation_id in beyond
    ]


def _risks(picture: Picture, rules: Rules, house: House, now: datetime) -> Iterator[RiskChange]:
    old, new = picture.rules, rules
    if (old.overbooking, old.decisions.by_value) == (new.overbooking, new.decisions.by_value):
        return
    by_value = old.decisions.by_value or new.decisions.by_value
    before, after = (
        {} if by_value else _risks_by(picture, each.overbooking, house, now) for each in (old, new)
    )
    limits = new.overbooking.ceiling, new.overbooking.tolerance_minutes
    for promise in _overbooked(picture):
        key, told = promise.reservation_id, promise.risk
        limits_told = told and (told.ceiling, told.tolerance_minutes)
        if before.get(key) != after.get(key) or limits_told != limits:
            yield RiskChange(
                promise=_told(promise),
                told=told,
                before=before.get(key),
                after=after.get(key),
                ceiling=limits[0],
                tolerance_minutes=limits[1],
            )


def _risks_by(
    picture: Picture, rules: Overbooking, house: House, now: datetime
) -> dict[UUID, float]:
    """Return the risk of each promise beyond the room beside all others, by these limits."""
    under = replace(picture, rules=replace(picture.rules, overbooking=rules))
    occupied = expected_occupancy(under, house, now=now)
    places = [each.reservation_id for each in picture.promises if each.state in PLANNED]
    risks = {}
    for promise in _overbooked(picture):
        number = places.index(promise.reservation_id)
        beside = _without(occupied, occupied.expected[number])
        ask = Ask(
            party_size=promise.party_size,
            starts=promise.starts,
            channel=promise.channel or "desk",
            needs=promise.needs,
            tags=promise.tags,
        )
        question = Question(picture=under, ask=ask, house=house, now=now)
        risk = overbooking_risk(beside, question)
        risks[promise.reservation_id] = round(risk.probability, 4)
    return risks


def _without(occupied: ExpectedOccupancy, party: ExpectedParty) -> ExpectedOccupancy:
    return replace(
        occupied,
        expected=tuple(each for each in occupied.expected if each is not party),
        promised=tuple(each for each in occupied.promised if each is not party),
    )
