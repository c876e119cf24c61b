"""Reading a picture of the period into the arrays of the look-ahead (`state`).

Not modelled: a promise of a particular table (expected like any other), held tables and blocks
that start later, and a host's own estimate of how long a seated party still stays.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from uuid import UUID

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from policies.admission.admission import admitted_to, with_own
from policies.book.answers import Ask
from policies.book.picture import (
    Picture,
    Promise,
    Seating,
    WaitEntry,
    expected_at,
    held_in_force,
    holds_in_force,
    resets_in_force,
    seating_end,
)
from policies.forecast.forecast import Forecast
from policies.forecast.period_grid import PeriodGrid, grid_of
from policies.house.channels import Channel
from policies.house.layout import Layout
from policies.house.room import EVERYWHERE, Admitted, Needs
from policies.lookahead.forecast_arrays import ForecastArrays, build_forecast_arrays
from policies.lookahead.room_arrays import (
    PartyKind,
    RoomArrays,
    build_room_arrays,
    plain_kinds,
)
from policies.lookahead.seating_rollout import HORIZON, SCENARIOS
from policies.lookahead.state import (
    BLOCKED,
    FREE,
    DoorMinutes,
    DoorState,
    ExpectedParties,
    Queue,
    SeatedParties,
)
from policies.numeric.compiled import Ints
from policies.numeric.draws import draw_key
from policies.plan.calls import kept_calls
from policies.plan.occupancy import closed_tables
from policies.risk.parties import no_show_of

_HORIZON = HORIZON + 3
"""Promises that start so many buckets ahead cannot arrive within it, even 15 minutes early."""

_OVERDUE = 24
"""Buckets (two hours) after its start from which a promise is expected no more."""

_CACHE_SIZE = 64
"""Rooms and periods whose arrays are cached."""

_Kinds = dict[PartyKind, int]


class DoorParty(Struct, frozen=True):
    """A promised, waiting or asking party; `since`: when it arrived (if not here, as `starts`).

    `admitted`: the tables open to it.
    """

    subject: UUID
    size: int
    needs: Needs
    starts: datetime
    since: datetime
    no_show: float = 0.0
    admitted: Admitted = EVERYWHERE


class DoorSituation(Struct, frozen=True, eq=False):
    """A party at the door, and the state of room and queue.

    `position`: its index in the queue. `busy` [T]: buckets from now until a table out of use or
    held back is free again, 0 for the others. `promised`: the parties of the queue, then those of
    `state.expected`, in their order.
    """

    room: RoomArrays
    layout: Layout
    state: DoorState
    forecast: ForecastArrays
    position: int
    busy: Ints
    promised: tuple[DoorParty, ...]


class _Reading(Struct, frozen=True):
    picture: Picture
    layout: Layout
    grid: PeriodGrid
    forecast: Forecast
    now: datetime

    @property
    def at(self) -> int:
        """The bucket of `now`; before the opening, bucket 0."""
        return max(self.grid.at(self.now), 0)

    def minute(self, instant: datetime) -> int:
        """The minute of an instant from the opening, as `at` its bucket."""
        return int((instant - self.grid.instant(0)).total_seconds() // 60)


def door_situation(
    picture: Picture,
    ask: Ask,
    layout: Layout,
    forecast: Forecast,
    *,
    free: frozenset[str] = frozenset(),
    promise: UUID | None = None,
    now: datetime | None = None,
    scenarios: int = SCENARIOS,
) -> DoorSituation:
    """Return the situation of a party that asks at `ask.starts`, last in the queue.

    `free`: tables it may be offered; a held table among them is not held back from it. Its draws
    are keyed by its size, so equal parties get equal answers. `promise`: its reservation or entry
    on the list, if it has one, which must wait already; it then keeps its place in the queue.
    With `now` it would be promised `ask.starts`: the last of the expected and sure to come, while
    nobody asks (`position` -1).
    """
    read = _Reading(picture, layout, grid_of(picture.period), forecast, now or ask.starts)
    here, waiting, expected = _arrived(read), _waiting(read), _expected(read)
    queue, asking, subjects = [*here, *waiting], _asking(read, ask), list[UUID]()
    if now is not None:
        expected = [*expected, asking]
    else:
        queue += [] if promise else [asking]
        subjects = [each.subject for each in queue]
    walk_ins = _open_to(read, "walk_in")
    kinds = _kinds(layout, [*queue, *expected], walk_ins)
    state = DoorState(
        now=read.at,
        occupied=_occupied(read),
        seated_parties=_seated_arrays(read),
        expected=_expected_arrays(read, expected, kinds),
        queue=_queue_arrays(read, queue, len(here), kinds),
        minutes=_minutes(read, queue, expected),
    )
    more = tuple(kinds)[layout.largest :]
    return DoorSituation(
        room=_room(layout, more, walk_ins),
        layout=layout,
        state=state,
        # Who misses a booking is known of each party; learned by channel, it could not be a key.
        forecast=_forecast_arrays(
            replace(forecast, missed=None), layout, read.grid.base, scenarios
        ),
        position=subjects.index(promise or asking.subject) if subjects else -1,
        busy=_busy(read, free),
        promised=(*queue, *expected),
    )


def _asking(read: _Reading, ask: Ask) -> DoorParty:
    open_to_it = _open_to(read, ask.channel, ask.tags)
    able = len(read.layout.configs_for(ask.party_size, ask.needs, open_to_it))
    return DoorParty(
        UUID(int=ask.party_size),
        ask.party_size,
        ask.needs,
        ask.starts,
        ask.starts,
        admitted=open_to_it if able else EVERYWHERE,
    )


@lru_cache(maxsize=_CACHE_SIZE)
def _room(
    layout: Layout, more: tuple[PartyKind, ...] = (), walk_ins: Admitted = EVERYWHERE
) -> RoomArrays:
    return build_room_arrays(layout, more, walk_ins)


@lru_cache(maxsize=_CACHE_SIZE)
def _forecast_arrays(
    forecast: Forecast, layout: Layout, base: int, scenarios: int
) -> ForecastArrays:
    """The arrays of the period that begins at bucket `base`; forecasts change a few times a day."""
    return build_forecast_arrays(
        forecast, _room(layout), np.uint64(base) << np.uint64(20), scenarios
    )


def _arrived(read: _Reading) -> list[DoorParty]:
    here = [
        _promised_party(read, each, each.arrived_at or read.now)
        for each in read.picture.promises
        if each.state == "arrived"
    ]
    return sorted(_seatable(read.layout, here), key=lambda party: (party.since, party.subject))


def _waiting(read: _Reading) -> list[DoorParty]:
    """Return the queue but for called parties: they are expected, by the table kept for them."""
    kept = kept_calls(read.picture, read.now)
    parties = [
        _waiting_party(read, each) for each in read.picture.waiting if each.wait_id not in kept
    ]
    return sorted(_seatable(read.layout, parties), key=lambda each: (each.since, each.subject))


def _expected(read: _Reading) -> list[DoorParty]:
    """Return who may still come.

    No-shows too: more than half of those who are not here after the grace come later. No table is
    held for them (`PromiseWindow.grace`), and the later it is the fewer of them are drawn.
    """
    booked = [
        replace(
            _promised_party(read, each, expected_at(each)),
            no_show=no_show_of(read.forecast, each, read.grid),
        )
        for each in read.picture.promises
        if each.state in {"booked", "no_show"}
    ]
    held = [
        DoorParty(
            each.slot_hold_id,
            each.party_size,
            each.needs,
            each.starts,
            each.starts,
            read.forecast.no_show_online,
            _open_to(read, "partner" if each.client_id else "walk_in"),
        )
        for each in holds_in_force(read.picture, read.now)
    ]
    at = read.at
    return [
        party
        for party in _seatable(read.layout, [*booked, *held])
        if at - _OVERDUE < read.grid.at(party.starts) < at + _HORIZON
    ]


def _promised_party(read: _Reading, promise: Promise, since: datetime) -> DoorParty:
    return DoorParty(
        promise.reservation_id,
        promise.party_size,
        promise.needs,
        expected_at(promise),
        since,
        admitted=_seating_it(read, promise),
    )


def _waiting_party(read: _Reading, entry: WaitEntry) -> DoorParty:
    return DoorParty(
        entry.wait_id,
        entry.party_size,
        entry.needs,
        entry.joined_at,
        entry.joined_at,
        admitted=_open_to(read, "waitlist"),
    )


def _open_to(read: _Reading, channel: Channel, tags: tuple[str, ...] = ()) -> Admitted:
    return admitted_to(read.layout.room, channel, tags, read.picture.period.period_id)


def _seating_it(read: _Reading, promise: Promise) -> Admitted:
    """Return the tables open to a promised party, with those that are planned for it."""
    room = read.layout.room
    admitted = _open_to(read, promise.channel or "desk", promise.tags)
    admitted = with_own(admitted, room.table_set(promise.tables) or ())
    able = room.ranked(promise.party_size, promise.needs, admitted).flat
    return admitted if able else EVERYWHERE


def _seatable(layout: Layout, parties: Sequence[DoorParty]) -> Iterator[DoorParty]:
    """Yield the parties that some table or join open to them can seat."""
    return (each for each in parties if len(layout.configs_for(*_kind(each))))


def _kinds(layout: Layout, parties: Sequence[DoorParty], walk_ins: Admitted) -> _Kinds:
    """Return the number of each kind of party: sizes without needs, then sizes with needs."""
    kinds = {kind: kind[0] - 1 for kind in plain_kinds(layout, walk_ins)}
    for party in parties:
        kinds.setdefault(_kind(party), len(kinds))
    return kinds


def _kind(party: DoorParty) -> PartyKind:
    return party.size, replace(party.needs, high_chairs=0), party.admitted


def _occupied(read: _Reading) -> Ints:
    occupied = np.full(len(read.layout.table_seats), FREE, np.int64)
    for number, seating in enumerate(_staying(read)):
        for name in seating.tables:
            if name in read.layout.room.index:
                occupied[read.layout.room.index[name]] = number
    for place, _ in (*_closed(read), *_soon_free(read)):
        occupied[place] = BLOCKED if occupied[place] == FREE else occupied[place]
    return occupied


def _seated_arrays(read: _Reading) -> SeatedParties:
    sat = _staying(read)
    return SeatedParties(
        key=np.array([draw_key(each.reservation_id or each.seating_id) for each in sat], np.uint64),
        size=np.array([min(each.party_size, read.layout.largest) for each in sat], np.int64),
        since=np.array([read.grid.at(each.seated_at) for each in sat], np.int64),
    )


def _expected_arrays(
    read: _Reading, parties: Sequence[DoorParty], kinds: _Kinds
) -> ExpectedParties:
    return ExpectedParties(
        key=np.array([draw_key(each.subject) for each in parties], np.uint64),
        size=np.array([each.size for each in parties], np.int64),
        kind=np.array([kinds[_kind(each)] for each in parties], np.int64),
        start=np.array([read.grid.at(each.starts) for each in parties], np.int64),
        no_show=np.array([each.no_show for each in parties], np.float64),
    )


def _queue_arrays(
    read: _Reading, parties: Sequence[DoorParty], promised: int, kinds: _Kinds
) -> Queue:
    return Queue(
        key=np.array([draw_key(each.subject) for each in parties], np.uint64),
        size=np.array([each.size for each in parties], np.int64),
        kind=np.array([kinds[_kind(each)] for each in parties], np.int64),
        since=np.array([read.grid.at(each.since) for each in parties], np.int64),
        promised=np.arange(len(parties)) < promised,
        start=np.array([read.grid.at(each.starts) for each in parties], np.int64),
    )


def _minutes(
    read: _Reading, queue: Sequence[DoorParty], expected: Sequence[DoorParty]
) -> DoorMinutes:
    now = max(read.minute(read.now), 0)
    sat = [min(read.minute(each.seated_at), now) for each in _staying(read)]
    return DoorMinutes(
        now=now,
        since=np.array(sat, np.int64),
        start=np.array([read.minute(each.starts) for each in expected], np.int64),
        due=np.array([read.minute(max(each.since, each.starts)) for each in queue], np.int64),
    )


def _busy(read: _Reading, free: frozenset[str]) -> Ints:
    """Return for each table [T] the buckets for which it is out of use or held back."""
    at = read.at
    busy = np.zeros(len(read.layout.table_seats), np.int64)
    for place, ends in (*_closed(read), *_soon_free(read)):
        busy[place] = max(busy[place], read.grid.end(ends) - at)
    for held in held_in_force(read.picture, read.now):
        if held.starts <= read.now and not free & set(held.tables):
            until = read.grid.end(min(held.ends, held.release_at)) - at
            for name in held.tables:
                if name in read.layout.room.index:
                    busy[read.layout.room.index[name]] = max(until, 0)
    return busy


def _staying(read: _Reading) -> tuple[Seating, ...]:
    """Return the parties whose end is drawn; who has paid goes at a time that is known."""
    return tuple(each for each in read.picture.seatings if each.state != "paid")


def _soon_free(read: _Reading) -> Iterator[tuple[int, datetime]]:
    """Yield the place of each table whose party has paid or has gone, and when it is free."""
    ends = [
        (name, seating_end(each, read.now))
        for each in read.picture.seatings
        if each.state == "paid"
        for name in each.tables
    ]
    ends += [(each.table_id, each.ready_at) for each in resets_in_force(read.picture, read.now)]
    index = read.layout.room.index
    return ((index[name], until) for name, until in ends if name in index)


def _closed(read: _Reading) -> Iterator[tuple[int, datetime]]:
    """Yield the place of each table out of use in the bucket of now, and until when."""
    at = read.at
    for place, starts, ends in closed_tables(read.picture, read.layout.room, now=read.now):
        if read.grid.at(starts) <= at < read.grid.end(ends):
            yield place, ends
