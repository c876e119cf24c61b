"""Takes a party from its tables: a seated one back to those who wait, a planned one elsewhere.

Neither leaves a promise without a place that it could have: the plan gives it what it has.
"""

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid5

from msgspec.structs import replace

from policies.book.changes import Changes, apply_changes
from policies.book.lifecycles import RESERVATION, SLIP_SECONDS, transition
from policies.book.picture import Block, Picture, Promise, Seating, with_fixed_tables
from policies.book.refusals import CommandRefused
from policies.floor.orders import Unplan, Unseat
from policies.floor.reservations import advance_promise
from policies.floor.seatings import advance_seating
from policies.floor.stand import Outcome, Stand
from policies.house.wording import party_message
from policies.plan.replanning import replan
from policies.words.message import message

STAYS_AT_LEAST = timedelta(minutes=15)
"""A late party keeps its tables at least so long from now."""


def unseat(stand: Stand, command: Unseat) -> Outcome:
    """Let a party that sits wait again, at these tables in the plan, or at others.

    Only who was promised a table has a place to go back to.
    """
    gone = advance_seating(stand, command.seating_id, command.version, "unseat")
    promise = _promise_of(stand, gone)
    waits = replace(
        promise,
        state=transition(RESERVATION, promise.state, "unseat", stand.by).to,
        tables=gone.tables,
        version=promise.version + 1,
    )
    changes = Changes(seatings=(replace(gone, cleared_at=stand.now),), promises=(waits,))
    return Outcome(changes=changes, subject=gone.seating_id, undo_seconds=SLIP_SECONDS)


def _promise_of(stand: Stand, gone: Seating) -> Promise:
    """Return the reservation that a seating is all of; raises CommandRefused."""
    if gone.reservation_id is None:
        raise CommandRefused("NOT_POSSIBLE_NOW", message("unseat-not-booked"), "/seating_id")
    others = (
        each
        for each in stand.picture.seatings
        if each.reservation_id == gone.reservation_id and each.seating_id != gone.seating_id
    )
    if next(others, None) is not None:
        raise CommandRefused("NOT_POSSIBLE_NOW", message("unseat-others-sit"), "/seating_id")
    return stand.promise(gone.reservation_id)


def unplan(stand: Stand, command: Unplan) -> Outcome:
    """Plan a party anywhere but at its tables; it keeps them where no others are to be had.

    Nobody loses a table for it who is not told.
    """
    promise, undo = advance_promise(stand, command, "move_table")
    if not promise.tables:
        raise CommandRefused("NOT_POSSIBLE_NOW", message("unplan-without-table"))
    free = replace(with_fixed_tables(promise, fixed=False), tables=(), pinned_by=None)
    barred = _without_its_tables(stand, promise)
    planned = replan(barred, Changes(promises=(free,)), stand.house, now=stand.now, by=stand.who)
    if _somebody_loses_a_table(stand.picture, planned):
        party = party_message(promise.name, promise.party_size)
        tables, count = promise.tables, len(promise.tables)
        said = message("unplan-no-other", party=party, tables=tables, count=count)
        raise CommandRefused("NOT_POSSIBLE_NOW", said)
    return Outcome(changes=planned, subject=promise.reservation_id, undo_seconds=undo)


def _somebody_loses_a_table(was: Picture, planned: Changes) -> bool:
    had = {each.reservation_id for each in was.promises if each.tables}
    after = apply_changes(was, planned).promises
    return any(each.reservation_id in had and not each.tables for each in after)


def _without_its_tables(stand: Stand, promise: Promise) -> Picture:
    """Return the picture with a party's tables shut for as long as it would have them."""
    blocks = tuple(_shut(stand, promise))
    return replace(stand.picture, blocks=(*stand.picture.blocks, *blocks))


def _shut(stand: Stand, promise: Promise) -> Iterator[Block]:
    for table in promise.tables:
        yield Block(
            block_id=uuid5(promise.reservation_id, table),
            table_id=table,
            starts=promise.starts,
            ends=max(promise.ends, stand.now + STAYS_AT_LEAST),
            reason="",
        )
