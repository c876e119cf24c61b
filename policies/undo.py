"""Taking an order back: what it changed is put as it was, unless something came between."""

from collections.abc import Iterable
from operator import attrgetter
from typing import TypeVar

from msgspec.structs import replace

from policies.changes import KEYS, Changes, settled
from policies.orders import Impossible, Room
from policies.terms import Block, Period, Promise, Seating, WaitEntry

Versioned = TypeVar("Versioned", Promise, Seating, Block, WaitEntry)
ENDED = frozenset({"finished", "walked", "cancelled", "declined", "cleared", "left", "turned_away"})


def undone(room: Room, before: Changes, after: Changes) -> Changes:
    """Return the changes that put things back; the plan is settled anew.

    `before` and `after` are what the action recorded. Raises Impossible (CANNOT_UNDO) when
    anything it changed has changed again, or somebody else sits at the tables by now.
    """
    seatings = _back(room.picture.seatings, before.seatings, after.seatings, "seatings")
    unseated = _made(before.seatings, after.seatings, "seatings")
    for gone in unseated:
        _unchanged(room.picture.seatings, gone, "seatings")
    changes = Changes(
        period=_levers(room.picture.period, before.period) if after.period else None,
        promises=tuple(
            replace(promise, tables=promise.tables if promise.fixed else (), exposed=False)
            for promise in _back(room.picture.promises, before.promises, after.promises, "promises")
        ),
        seatings=seatings,
        blocks=(
            *_back(room.picture.blocks, before.blocks, after.blocks, "blocks"),
            *(
                replace(made, lifted_at=room.now, version=made.version + 1)
                for made in _made(before.blocks, after.blocks, "blocks")
            ),
        ),
        waiting=_back(room.picture.waiting, before.waiting, after.waiting, "waiting"),
        unseated=tuple(seating.seating_id for seating in unseated),
        forgotten=tuple(entry.wait_id for entry in _made(before.waiting, after.waiting, "waiting")),
    )
    _tables_free(room, seatings, unseated)
    return settled(room.picture, changes, room.house, now=room.now)


def _back(
    now: Iterable[Versioned],
    before: Iterable[Versioned],
    after: Iterable[Versioned],
    kind: str,
) -> tuple[Versioned, ...]:
    """Return the changed things as they were, each at a version of its own."""
    was = {_key(kind, thing): thing for thing in before}
    back = []
    for thing in after:
        old = was.get(_key(kind, thing))
        if old is None or old.version == thing.version:
            continue
        _unchanged(now, thing, kind)
        back.append(replace(old, version=thing.version + 1))
    return tuple(back)


def _made(
    before: Iterable[Versioned], after: Iterable[Versioned], kind: str
) -> tuple[Versioned, ...]:
    known = {_key(kind, thing) for thing in before}
    return tuple(thing for thing in after if _key(kind, thing) not in known)


def _unchanged(now: Iterable[Versioned], thing: Versioned, kind: str) -> None:
    key = _key(kind, thing)
    current = next((each for each in now if _key(kind, each) == key), None)
    over = current is None and getattr(thing, "state", "cleared") not in ENDED
    if over or (current is not None and current.version != thing.version):
        raise Impossible("CANNOT_UNDO", "something has happened since; look at what is true now")


def _tables_free(room: Room, seatings: tuple[Seating, ...], unseated: tuple[Seating, ...]) -> None:
    ours = {seating.seating_id for seating in (*seatings, *unseated)}
    wanted = {table for seating in seatings for table in seating.tables}
    for seating in room.picture.seatings:
        taken = wanted & set(seating.tables)
        if taken and seating.seating_id not in ours:
            raise Impossible(
                "CANNOT_UNDO", f"another party sits at {', '.join(sorted(taken))} by now"
            )


def _levers(now: Period, before: Period | None) -> Period:
    if before is None:
        return now
    return replace(
        now,
        online_paused=before.online_paused,
        seating_stopped=before.seating_stopped,
        last_orders_at=before.last_orders_at,
        closes_early_at=before.closes_early_at,
        areas_shut=before.areas_shut,
    )


def _key(kind: str, thing: object) -> object:
    return attrgetter(KEYS[kind])(thing)
