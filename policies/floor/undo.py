"""Undo: restores what a command changed, unless something has changed since."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from operator import attrgetter
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from policies.book.changes import ID_FIELDS, Changes
from policies.book.levers import PulledLever, levers_of_row, moved_since, with_levers
from policies.book.picture import (
    Block,
    HeldTable,
    Picture,
    Promise,
    Seating,
    SlotHold,
    TableReset,
    WaitEntry,
    with_reset_over,
)
from policies.book.refusals import CommandRefused
from policies.floor.held_tables import as_released
from policies.floor.lateness.grace import no_show_at, no_show_grace
from policies.floor.levers import overlaps_block
from policies.floor.marks import sections
from policies.floor.stand import Stand
from policies.house.calendar import Period
from policies.plan.calls import end_call
from policies.plan.replanning import replan
from policies.words.message import message

Versioned = TypeVar("Versioned", Promise, Seating, Block, WaitEntry, HeldTable)

ENDED_STATES = frozenset({"finished", "walked", "cancelled", "declined"})


def undo_changes(stand: Stand, before: Changes, after: Changes) -> Changes:
    """Return the changes that restore the state before an action, and the plan settled after them.

    `before` and `after` are what the action recorded. Raises CommandRefused (CANNOT_UNDO) when
    anything it changed has changed again, or somebody else sits at the tables by now.
    """
    picture = stand.picture
    seatings = _restored(picture.seatings, before.seatings, after.seatings, "seatings")
    created_seatings = _created(picture.seatings, before.seatings, after.seatings, "seatings")
    lifted = _created(picture.blocks, before.blocks, after.blocks, "blocks")
    created_entries = _created(picture.waiting, before.waiting, after.waiting, "waiting")
    _check_not_of_the_row(before.period, after)
    levers = put_back(picture.levers, after.levers, stand.now)
    changes = Changes(
        period=_without(picture, levers, stand.now),
        levers=levers,
        promises=(
            *(
                _announced(stand, back)
                for back in _restored(picture.promises, before.promises, after.promises, "promises")
            ),
            *_replanned(picture.promises, before.promises, after.promises),
        ),
        seatings=seatings,
        blocks=(
            *_restored(picture.blocks, before.blocks, after.blocks, "blocks"),
            *(replace(made, lifted_at=stand.now, version=made.version + 1) for made in lifted),
        ),
        waiting=tuple(_restored_waiting(picture, before, after)),
        held=tuple(_restored_held(stand, before, after)),
        slot_holds=tuple(_restored_calls(stand, before, after)),
        resets=tuple(_restored_resets(stand, before, after)),
        sections=tuple(sections.put_back(picture.sections, before.sections, after.sections)),
        removed_seatings=tuple(seating.seating_id for seating in created_seatings),
        removed_wait_entries=tuple(entry.wait_id for entry in created_entries),
    )
    _check_tables(stand, changes)
    return replan(picture, changes, stand.house, now=stand.now, by=stand.who)


def _announced(stand: Stand, back: Promise) -> Promise:
    """Return a promise that is expected again, with a new grace if the one it had is over by now.

    Else the clock would make it a no-show at once, which nobody could see coming.
    """
    grace = no_show_grace(stand.picture, stand.house)
    if back.state != "booked" or stand.now < no_show_at(back, grace):
        return back
    return replace(back, late_at=stand.now)


def _restored(
    now: Iterable[Versioned],
    before: Iterable[Versioned],
    after: Iterable[Versioned],
    kind: str,
) -> tuple[Versioned, ...]:
    """Return the changed things with their old content, each one version on."""
    was = {_key(kind, thing): thing for thing in before}
    back = []
    for thing in after:
        old = was.get(_key(kind, thing))
        if old is None or old.version == thing.version:
            continue
        back.append(replace(old, version=_unchanged(now, thing, kind).version + 1))
    return tuple(back)


def _created(
    now: Iterable[Versioned],
    before: Iterable[Versioned],
    after: Iterable[Versioned],
    kind: str,
) -> tuple[Versioned, ...]:
    """Return the things the action created; raises CANNOT_UNDO if one has changed since."""
    known = {_key(kind, thing) for thing in before}
    made = tuple(thing for thing in after if _key(kind, thing) not in known)
    return tuple(_unchanged(now, thing, kind) for thing in made)


def _replanned(
    now: Iterable[Promise], before: Iterable[Promise], after: Iterable[Promise]
) -> Iterable[Promise]:
    """Return promises whose plan alone was changed, with their old tables."""
    moved = {thing.reservation_id: thing for thing in after}
    current = {promise.reservation_id: promise for promise in now}
    for old in before:
        promise = current.get(old.reservation_id)
        if promise and promise.version == old.version == moved[old.reservation_id].version:
            kept = replace(promise, fixed=old.fixed, lost_tables=old.lost_tables)
            back = replace(kept, pinned_by=old.pinned_by)
            yield replace(back, tables=old.tables, exposed=old.exposed)


def _unchanged(now: Iterable[Versioned], thing: Versioned, kind: str) -> Versioned:
    """Return the thing as it is now; raises CANNOT_UNDO if its content has changed since.

    A restoring undo in between changes the version only.
    """
    key = _key(kind, thing)
    current = next((each for each in now if _key(kind, each) == key), None)
    if current is None and _has_ended(thing):
        return thing
    if current is None or _content(current) != _content(thing):
        detail = message("happened-since")
        raise CommandRefused("CANNOT_UNDO", detail, now=current)
    return current


def _content(thing: Promise | Seating | Block | WaitEntry | HeldTable) -> Struct:
    """Return what is compared: without the version, and of a promise without its plan."""
    if isinstance(thing, Promise):
        plain = replace(thing, tables=(), fixed=False, exposed=False, late_at=None)
        plain = replace(plain, lost_tables=(), pinned_by=None)
        return replace(
            plain, duplicate_allowed=False, lateness_known=False, client_id=None, version=0
        )
    if isinstance(thing, Seating):
        return replace(thing, tables=tuple(sorted(thing.tables)), version=0)
    if isinstance(thing, WaitEntry):
        return replace(thing, coming_at=None, version=0)
    return replace(thing, version=0)


def _restored_waiting(picture: Picture, before: Changes, after: Changes) -> Iterable[WaitEntry]:
    """Yield the entries as they were; that a party said since that it comes is kept."""
    current = {each.wait_id: each for each in picture.waiting}
    done = {each.wait_id: each.coming_at for each in after.waiting}
    for old in _restored(picture.waiting, before.waiting, after.waiting, "waiting"):
        now = current.get(old.wait_id)
        said = now.coming_at if now and old.coming_at == done[old.wait_id] else old.coming_at
        yield replace(old, coming_at=said)


def _restored_held(stand: Stand, before: Changes, after: Changes) -> Iterable[HeldTable]:
    """Yield held tables that were granted or released as held again, created ones as released."""
    now = stand.picture.held
    for held in _restored(now, before.held, after.held, "held"):
        yield replace(held, tables=())
    for made in _created(now, before.held, after.held, "held"):
        yield as_released(made, stand.now, by=stand.who)


def _restored_calls(stand: Stand, before: Changes, after: Changes) -> Iterable[SlotHold]:
    """Yield calls the action made as given back; what it ended as kept again until it expires."""
    was = {hold.slot_hold_id: hold for hold in before.slot_holds}
    for hold in after.slot_holds:
        old = was.get(hold.slot_hold_id)
        if old is None and hold.wait_id is not None:
            yield from end_call(stand.picture, hold.wait_id, "given_back")
        elif old and old.wait_id and hold.state != old.state and old.expires_at > stand.now:
            yield old


def _restored_resets(stand: Stand, before: Changes, after: Changes) -> Iterable[TableReset]:
    """Yield the resets that the action ended as in force again, those it began as ended.

    Nobody may have sat down there since: a table where somebody sits is not made ready.
    """
    was = {each.reset_id: each for each in before.resets}
    begun = {each.table_id: each for each in stand.picture.resets if each.ended_at is None}
    ours = {each.seating_id for each in after.seatings}
    sat = {
        table: each
        for each in stand.picture.seatings
        for table in each.tables
        if each.seating_id not in ours
    }
    for reset in after.resets:
        old, now = was.get(reset.reset_id), begun.get(reset.table_id)
        if old is not None and (now is not None or reset.table_id in sat):
            now_there = now or sat[reset.table_id]
            raise CommandRefused("CANNOT_UNDO", message("happened-since"), now=now_there)
        if old is not None:
            yield replace(old, version=reset.version + 1)
        elif now is not None and now.reset_id == reset.reset_id:
            yield with_reset_over(now, stand.now)


def _has_ended(thing: Promise | Seating | Block | WaitEntry | HeldTable) -> bool:
    """Tell whether a picture leaves the thing out, so that only an undo can change it."""
    if isinstance(thing, Promise):
        return thing.state in ENDED_STATES
    if isinstance(thing, Seating):
        return thing.cleared_at is not None
    if isinstance(thing, Block):
        return thing.lifted_at is not None
    if isinstance(thing, HeldTable):
        return thing.ended_at is not None
    return thing.state not in {"waiting", "notified"}


def _check_tables(stand: Stand, changes: Changes) -> None:
    ours = {seating.seating_id for seating in changes.seatings} | set(changes.removed_seatings)
    wanted = {table for seating in changes.seatings for table in seating.tables}
    for seating in stand.picture.seatings:
        taken = wanted & set(seating.tables)
        if taken and seating.seating_id not in ours:
            detail = message("others-sit-there", tables=tuple(sorted(taken)), count=len(taken))
            raise CommandRefused("CANNOT_UNDO", detail, now=seating)
    for block in changes.blocks:
        if block.lifted_at is None and overlaps_block(stand, block):
            detail = message("table-blocked-anew", table=block.table_id)
            raise CommandRefused("CANNOT_UNDO", detail)


def put_back(
    levers: Sequence[PulledLever], pulled: Iterable[PulledLever], now: datetime
) -> tuple[PulledLever, ...]:
    """Return the levers an action pulled as taken back.

    `levers`: all that may have been pulled since. Raises CommandRefused (CANNOT_UNDO).
    """
    known = {lever.lever_id: lever for lever in levers}
    found = [known.get(lever.lever_id) for lever in pulled]
    if any(lever is None or moved_since(lever, levers, now) for lever in found):
        raise CommandRefused("CANNOT_UNDO", message("lever-moved-since"))
    return tuple(
        replace(lever, lifted_at=now, version=lever.version + 1) for lever in found if lever
    )


def _check_not_of_the_row(before: Period | None, after: Changes) -> None:
    """Refuse an action whose levers were kept in the period's row: before levers had rows."""
    if before is not None and after.period is not None and not after.levers:
        was, then = (set(levers_of_row(period)) for period in (before, after.period))
        if was != then:
            raise CommandRefused("CANNOT_UNDO", message("lever-of-before-the-update"))


def _without(picture: Picture, lifted: Sequence[PulledLever], now: datetime) -> Period | None:
    """Return the period as its other levers set it; None where none is taken back."""
    if not lifted:
        return None
    gone = {lever.lever_id for lever in lifted}
    left = tuple(lever for lever in picture.levers if lever.lever_id not in gone)
    return with_levers(picture.period, left, now)


def _key(kind: str, thing: object) -> object:
    return attrgetter(ID_FIELDS[kind])(thing)
