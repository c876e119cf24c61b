"""A picture of the period as the look-ahead of the door sees it (policies/lookahead/state.py).

What the look-ahead has no word for: a guest promised a particular table is expected like any
other; a table held back from a later hour on is not kept free for it; a block that begins later
does not count yet; what a host says of how long a party still stays is not read.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from uuid import UUID

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from policies.book.answers import Ask
from policies.book.picture import Picture, Promise, WaitEntry, held_in_force, holds_in_force
from policies.forecast.forecast import Forecast
from policies.forecast.period_grid import EveningGrid, grid_of
from policies.house.layout import ANYWHERE, Layout
from policies.house.room import Needs
from policies.lookahead.forecast_arrays import Beliefs, beliefs_of
from policies.lookahead.room_arrays import DoorRoom, door_room
from policies.lookahead.seating_rollout import LENGTH, SCENARIOS
from policies.lookahead.state import BLOCKED, FREE, DoorState, Expected, Queue, Sittings
from policies.numeric.compiled import Ints
from policies.numeric.draws import key_of
from policies.plan.occupancy import closed_tables
from policies.risk.parties import no_show_of

_HORIZON = LENGTH + 3
"""Promises from so many buckets on cannot come within the look-ahead (15 minutes early)."""

_PAST = 24
"""Promises as old as that (two hours) are expected no more."""

_KEPT = 64
"""Rooms, and beliefs of periods, remembered: those of the last parties at a door."""

_Kinds = dict[tuple[int, Needs], int]


class Party(Struct, frozen=True):
    """A party promised a table, or at the door without: whose, of what size, from when."""

    subject: UUID
    size: int
    needs: Needs
    starts: datetime
    since: datetime
    no_show: float = 0.0


class AtDoor(Struct, frozen=True, eq=False):
    """A party at the door and the evening it meets.

    `position`: its place in the queue. `busy` [T]: buckets from now until a table out of use or
    held back is free again, 0 for the others. `promised`: the parties of the queue and of
    `state.expected`, in their order.
    """

    room: DoorRoom
    layout: Layout
    state: DoorState
    beliefs: Beliefs
    position: int
    busy: Ints
    promised: tuple[Party, ...]


class _Reading(Struct, frozen=True):
    picture: Picture
    layout: Layout
    grid: EveningGrid
    forecast: Forecast
    now: datetime

    @property
    def at(self) -> int:
        """The bucket of now; before the opening, that of the opening."""
        return max(self.grid.at(self.now), 0)


def at_door(
    picture: Picture,
    ask: Ask,
    layout: Layout,
    forecast: Forecast,
    *,
    free: frozenset[str],
    promise: UUID | None = None,
) -> AtDoor:
    """Return what a party that walks in at `ask.starts` meets, last in the queue.

    `free`: tables that could be given to it, so not kept back from it. Its luck is its size's:
    equal parties at the same door, equal answers. `promise`: the reservation, among those that
    have arrived, whose party asks; then it stands where it does.
    """
    now = ask.starts
    read = _Reading(picture, layout, grid_of(picture.period), forecast, now)
    here, waiting, expected = _arrived(read), _waiting(read), _expected(read)
    asking = Party(UUID(int=ask.party_size), ask.party_size, ask.needs, now, now)
    queue = [*here, *waiting, *(() if promise else (asking,))]
    subjects = [each.subject for each in queue]
    kinds = _kinds(layout, [*queue, *expected])
    state = DoorState(
        now=read.at,
        occupied=_occupied(read),
        sittings=_sittings(read),
        expected=_as_expected(read, expected, kinds),
        queue=_as_queue(read, queue, len(here), kinds),
    )
    more = tuple(kinds)[layout.largest :]
    return AtDoor(
        room=_room(layout, more),
        layout=layout,
        state=state,
        beliefs=_beliefs(forecast, layout, read.grid.base),
        position=subjects.index(promise or asking.subject),
        busy=_busy(read, free),
        promised=(*queue, *expected),
    )


@lru_cache(maxsize=_KEPT)
def _room(layout: Layout, more: tuple[tuple[int, Needs], ...] = ()) -> DoorRoom:
    return door_room(layout, more)


@lru_cache(maxsize=_KEPT)
def _beliefs(forecast: Forecast, layout: Layout, base: int) -> Beliefs:
    """The beliefs of the period that begins at bucket `base`; they change a few times a day."""
    return beliefs_of(forecast, _room(layout), np.uint64(base) << np.uint64(20), SCENARIOS)


def _arrived(read: _Reading) -> list[Party]:
    here = [
        _party(each, each.arrived_at or read.now)
        for each in read.picture.promises
        if each.state == "arrived"
    ]
    return sorted(_seatable(read.layout, here), key=lambda party: (party.since, party.subject))


def _waiting(read: _Reading) -> list[Party]:
    parties = [_waits(each) for each in read.picture.waiting]
    return sorted(_seatable(read.layout, parties), key=lambda each: (each.since, each.subject))


def _expected(read: _Reading) -> list[Party]:
    booked = [
        replace(_party(each, each.starts), no_show=no_show_of(read.forecast, each.channel))
        for each in read.picture.promises
        if each.state == "booked"
    ]
    held = [
        Party(
            each.slot_hold_id,
            each.party_size,
            each.needs,
            each.starts,
            each.starts,
            read.forecast.no_show_online,
        )
        for each in holds_in_force(read.picture, read.now)
    ]
    at = read.at
    return [
        party
        for party in _seatable(read.layout, [*booked, *held])
        if at - _PAST < read.grid.at(party.starts) < at + _HORIZON
    ]


def _party(promise: Promise, since: datetime) -> Party:
    return Party(promise.reservation_id, promise.party_size, promise.needs, promise.starts, since)


def _waits(entry: WaitEntry) -> Party:
    return Party(entry.wait_id, entry.party_size, entry.needs, entry.joined_at, entry.joined_at)


def _seatable(layout: Layout, parties: Sequence[Party]) -> Iterator[Party]:
    """Yield the parties for which the room has any table at all."""
    return (each for each in parties if len(layout.kind(each.size, each.needs)))


def _kinds(layout: Layout, parties: Sequence[Party]) -> _Kinds:
    """Return the number of each kind of party: the plain sizes, then sizes with needs."""
    kinds = {(size, ANYWHERE): size - 1 for size in range(1, layout.largest + 1)}
    for party in parties:
        kinds.setdefault(_kind(party), len(kinds))
    return kinds


def _kind(party: Party) -> tuple[int, Needs]:
    return party.size, replace(party.needs, high_chairs=0)


def _occupied(read: _Reading) -> Ints:
    occupied = np.full(len(read.layout.table_seats), FREE, np.int64)
    for number, seating in enumerate(read.picture.seatings):
        for name in seating.tables:
            if name in read.layout.room.index:
                occupied[read.layout.room.index[name]] = number
    for place, _ in _closed(read):
        occupied[place] = BLOCKED if occupied[place] == FREE else occupied[place]
    return occupied


def _sittings(read: _Reading) -> Sittings:
    sat = read.picture.seatings
    return Sittings(
        key=np.array([key_of(each.reservation_id or each.seating_id) for each in sat], np.uint64),
        size=np.array([min(each.party_size, read.layout.largest) for each in sat], np.int64),
        since=np.array([read.grid.at(each.seated_at) for each in sat], np.int64),
    )


def _as_expected(read: _Reading, parties: Sequence[Party], kinds: _Kinds) -> Expected:
    return Expected(
        key=np.array([key_of(each.subject) for each in parties], np.uint64),
        size=np.array([each.size for each in parties], np.int64),
        kind=np.array([kinds[_kind(each)] for each in parties], np.int64),
        start=np.array([read.grid.at(each.starts) for each in parties], np.int64),
        no_show=np.array([each.no_show for each in parties], np.float64),
    )


def _as_queue(read: _Reading, parties: Sequence[Party], promised: int, kinds: _Kinds) -> Queue:
    return Queue(
        key=np.array([key_of(each.subject) for each in parties], np.uint64),
        size=np.array([each.size for each in parties], np.int64),
        kind=np.array([kinds[_kind(each)] for each in parties], np.int64),
        since=np.array([read.grid.at(each.since) for each in parties], np.int64),
        promised=np.arange(len(parties)) < promised,
        start=np.array([read.grid.at(each.starts) for each in parties], np.int64),
    )


def _busy(read: _Reading, free: frozenset[str]) -> Ints:
    """Return for each table how long it is out of use or held back."""
    at = read.at
    busy = np.zeros(len(read.layout.table_seats), np.int64)
    for place, ends in _closed(read):
        busy[place] = max(busy[place], read.grid.end(ends) - at)
    for held in held_in_force(read.picture, read.now):
        if held.starts <= read.now and not free & set(held.tables):
            until = read.grid.end(min(held.ends, held.release_at)) - at
            for name in held.tables:
                busy[read.layout.room.index[name]] = max(until, 0)
    return busy


def _closed(read: _Reading) -> Iterator[tuple[int, datetime]]:
    """Yield the tables out of use in this bucket, and until when."""
    at = read.at
    for place, starts, ends in closed_tables(read.picture, read.layout.room, now=read.now):
        if read.grid.at(starts) <= at < read.grid.end(ends):
            yield place, ends
