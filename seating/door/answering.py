"""Answers an order with what it changed as the stand shows it, read once the order has committed.

So a period is not locked for longer than it takes to change it. A dry run is answered from what it
would change, laid over the picture as it is.
"""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from msgspec import Struct
from msgspec.structs import asdict, replace

from policies.book.changes import Changes, apply_changes, values_before
from policies.book.consequences import MovedParty, OrderWarning
from policies.book.deeds import Deed
from policies.book.picture import HeldTable, Picture, Promise, Seating, WaitEntry
from policies.book.rotation import rotation
from policies.door.pressure import pressure_of
from policies.house.calendar import Period
from policies.words.catalogue import say
from seating.book.in_force import HouseVersion, house_of
from seating.book.levers import LeverShown
from seating.book.periods import period_by_id, read_period, tonights_or_none
from seating.book.picture import read_promise
from seating.clock import Clock
from seating.db import Connection
from seating.door.given_up import GivenUpTable
from seating.door.journal import Recorded, in_words, recorded_action
from seating.door.order_answer import ChangeInWords, OrderAnswer, PromisedThen
from seating.door.showing import (
    StandScene,
    held_view,
    host_holds,
    is_shown,
    next_by_table,
    reservation_view,
    resets_shown,
    scene_of,
    seating_view,
    wait_view,
)
from seating.door.tonight import read_scene
from seating.errors import NotFound

ON_THE_VIEW = frozenset({"requested", "booked", "arrived", "seated", "no_show"})
"""States of the reservations that the view of a period holds."""

ON_THE_LIST = frozenset({"waiting", "notified"})


class Touched(Struct, frozen=True, kw_only=True):
    """What an order did, as the wing that carried it out knows it.

    `changes`: each thing in its state after it; `reservations`: ids of those that are to be read
    from the book. `deed`: what a dry run would do; of any other order the record tells.
    """

    action_id: UUID
    period_id: str | None = None
    period_version: int = 0
    period: Period | None = None
    changes: Changes = Changes()
    reservations: tuple[UUID, ...] = ()
    warnings: tuple[OrderWarning, ...] = ()
    moved: tuple[MovedParty, ...] = ()
    exposed: tuple[UUID, ...] = ()
    undo_until: datetime | None = None
    promised: tuple[PromisedThen, ...] = ()
    deed: Deed | None = None

    @property
    def dry_run(self) -> bool:
        """Whether nothing was changed."""
        return self.deed is not None


async def answer_to(
    conn: Connection, venue_id: str, touched: Touched, staff_id: str | None, clock: Clock
) -> OrderAnswer:
    """Return what an order changed, as the stand shows it now to the person who gave it."""
    in_force, now = await house_of(conn, venue_id), await clock.now(conn)
    recorded = None if touched.dry_run else await recorded_action(conn, venue_id, touched.action_id)
    deed = touched.deed or (recorded.deed if recorded else None)
    answer = OrderAnswer(
        action_id=touched.action_id,
        period_version=touched.period_version,
        changed=_in_words(deed, in_force, now),
        period_id=touched.period_id,
        period=touched.period,
        levers=_levers(touched.changes, recorded),
        warnings=touched.warnings,
        moved=touched.moved,
        exposed=touched.exposed,
        undo_until=touched.undo_until,
        promised=touched.promised,
        dry_run=touched.dry_run,
    )
    period = await _period(conn, in_force, touched.period_id, now)
    if period is None:
        return answer
    only = (*_ids(touched.changes), *touched.reservations)
    scene = await read_scene(conn, in_force, period, staff_id, now=now, only=only)
    touched = await _with_those_read(conn, venue_id, touched, scene)
    pressure = pressure_of(scene.picture, scene.house, now=now)
    if touched.dry_run:
        picture = apply_changes(scene.picture, touched.changes)
        touched = replace(touched, deed=_with_before(touched, scene.picture))
        answer = replace(answer, changed=_in_words(touched.deed, in_force, now))
        scene = scene_of(picture, scene.house, scene.beside, now)
    return replace(_with_things(answer, touched, scene), pressure=pressure)


def _with_things(answer: OrderAnswer, touched: Touched, scene: StandScene) -> OrderAnswer:
    changes, now = touched.changes, scene.now
    return replace(
        answer,
        period_id=scene.picture.period.period_id,
        period_version=answer.period_version or scene.picture.period.version,
        shown_version=scene.picture.period.version,
        reservations=tuple(reservation_view(each, scene) for each in changes.promises),
        seatings=tuple(seating_view(each, scene) for each in changes.seatings),
        waiting=tuple(wait_view(each, scene) for each in changes.waiting),
        held=tuple(held_view(e, scene.house) for e in changes.held if e.state == "held"),
        blocks=changes.blocks,
        removed_reservations=tuple(
            each.reservation_id for each in changes.promises if each.state not in ON_THE_VIEW
        ),
        removed_seatings=(
            *changes.removed_seatings,
            *(each.seating_id for each in changes.seatings if each.cleared_at is not None),
        ),
        removed_wait_entries=(
            *changes.removed_wait_entries,
            *(each.wait_id for each in changes.waiting if each.state not in ON_THE_LIST),
        ),
        removed_held=tuple(each.held_id for each in changes.held if each.state != "held"),
        removed_blocks=tuple(e.block_id for e in changes.blocks if not is_shown(e, now)),
        held_lost=tuple(_lost(touched, scene)),
        host_holds=host_holds(scene),
        resets=resets_shown(scene),
        next_by_table=next_by_table(scene.picture.promises),
        counts=scene.beside.counts,
        servers=rotation(scene.picture, now),
    )


async def _period(
    conn: Connection, in_force: HouseVersion, period_id: str | None, now: datetime
) -> Period | None:
    """Return the period an order was about, else tonight's: what surrounds it is shown of that."""
    if period_id is None:
        return await tonights_or_none(conn, in_force, now)
    try:
        return period_by_id(in_force, period_id, now)
    except NotFound:
        return await read_period(conn, in_force.house.venue.id, period_id)


async def _with_those_read(
    conn: Connection, venue_id: str, touched: Touched, scene: StandScene
) -> Touched:
    """Return what was touched with the reservations that had to be read; ended ones from rows."""
    known = {each.reservation_id: each for each in scene.picture.promises}
    read = [
        known.get(each) or await read_promise(conn, venue_id, each) for each in touched.reservations
    ]
    promises = (*touched.changes.promises, *read)
    return replace(touched, changes=replace(touched.changes, promises=promises))


def _with_before(touched: Touched, picture: Picture) -> Deed | None:
    deed, changes = touched.deed, touched.changes
    return deed and replace(deed, before=values_before(picture, changes), after=changes)


def _in_words(deed: Deed | None, in_force: HouseVersion, now: datetime) -> ChangeInWords:
    if deed is None:
        return ChangeInWords()
    return ChangeInWords(**in_words(deed, in_force.at(now).house))


def _levers(changes: Changes, recorded: Recorded | None) -> tuple[LeverShown, ...]:
    by, why = (recorded.staff_id, recorded.reason) if recorded else (None, None)
    return tuple(LeverShown(**asdict(e), pulled_by=by, reason=why) for e in changes.levers)


def _lost(touched: Touched, scene: StandScene) -> Iterator[GivenUpTable]:
    """Yield the held tables that gave way, as the view lists them; a dry run's are in no row."""
    lost = {each.held_id: each for each in touched.changes.held if each.state == "cancelled"}
    told = {each.held_id for each in touched.warnings if each.code == "HELD_TABLE_GIVEN_UP"}
    if touched.dry_run:
        yield from (_giving_way(each, scene) for each in lost.values())
    else:
        named = lost.keys() | told
        yield from (each for each in scene.beside.given_up if each.held_id in named)


def _giving_way(held: HeldTable, scene: StandScene) -> GivenUpTable:
    to, period = held.ended_for, scene.picture.period
    party = next((each for key, each in _parties(scene.picture) if to and key == to.id), None)
    return GivenUpTable(
        held_id=held.held_id,
        service_date=period.service_date,
        period_id=held.period_id,
        window=held.window,
        seats=held.seats,
        starts=held.starts,
        ends=held.ends,
        ended_at=held.ended_at or scene.now,
        ended_by=held.ended_by,
        ended_by_name=None,
        gave_way_to=to.kind if to else None,
        gave_way_to_id=to.id if to else None,
        party=party.name if party else "",
        party_size=party.party_size if party else None,
        message=held.ended_why,
        said=say(held.ended_why, scene.house.venue.locale) if held.ended_why else None,
    )


def _parties(picture: Picture) -> Iterator[tuple[UUID, Promise | Seating | WaitEntry]]:
    yield from ((each.reservation_id, each) for each in picture.promises)
    yield from ((each.seating_id, each) for each in picture.seatings)
    yield from ((each.wait_id, each) for each in picture.waiting)


def _ids(changes: Changes) -> Iterator[UUID]:
    yield from (each.reservation_id for each in changes.promises)
    yield from (each.seating_id for each in changes.seatings)
