"""Simulation of a synthetic night's evening with the bookings a policy accepted."""

from typing import Literal

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from policies.forecast.forecast import Forecast
from policies.house.layout import Layout
from policies.lab.live import DoorSimulation, JudgedQuote, QuoteTrial
from policies.lab.nights import NIGHT_BUCKETS, SyntheticNight
from policies.lookahead.base_rule import (
    ARRIVES,
    DEFAULT_WINDOW,
    DUE,
    LEFT_UNSEATED,
    NOT_ARRIVED,
    SIZE,
    PromiseWindow,
    SimulationRun,
    add_due,
    simulate,
)
from policies.lookahead.board import new_board, reset_board
from policies.lookahead.forecast_arrays import build_forecast_arrays
from policies.lookahead.quotes import QuoteModel
from policies.lookahead.room_arrays import RoomArrays, build_room_arrays
from policies.lookahead.seating_rollout import SCENARIOS
from policies.lookahead.state import DEFAULT_PAYOFFS, ExpectedParties, Payoffs
from policies.numeric.compiled import Flags, Ints, Keys
from policies.numeric.draws import CANCEL, uniform

NEVER_ARRIVES = 1 << 30
"""The arrival bucket of a party that never comes."""

PATIENT_SHARE = 0.1

FIRST_WALK_IN_ID = 1 << 20
"""Keys of walk-ins are numbered from here, above all bookings'."""

DoorRule = Literal["base", "lookahead"]


class AcceptedRequests(Struct, frozen=True, eq=False):
    """The bookings when the doors open, in order of acceptance: [B] each.

    `number`: index into the night's requests. `start`: promised bucket.
    """

    number: Ints
    start: Ints


class NightOutcome(Struct, frozen=True, eq=False):
    """The outcome of an evening. Money in the lab's unit (see Payoffs: 50 a cover).

    `late_parties` were seated over the tolerance late and cost a gesture. `guests_at` [B] and
    `walk_ins_at` [M]: bucket each booking or walk-in was seated in, negative when it was not.
    `quotes`: of all walk-ins that had to wait; `model`: as learned from them.
    """

    revenue: float
    walked_parties: int
    walked_covers: int
    walked: float
    gestures: float
    late_parties: int
    promised_seated: int
    walk_ins_seated: int
    walk_ins_left: int
    guests_at: Ints
    walk_ins_at: Ints
    quotes: tuple[JudgedQuote, ...] = ()
    model: QuoteModel | None = None

    @property
    def net(self) -> float:
        """Revenue less the cost of walked parties and gestures."""
        return self.revenue - self.walked - self.gestures


class ArrivingParties(Struct, frozen=True, eq=False):
    """All parties that come, by arrival, in a bucket promised ones first.

    `crowd` [M, 8]: columns of `base_rule`. `booking`, `walk_in` [M]: index among the bookings or
    walk-ins, -1 for the other.
    """

    crowd: Ints
    booking: Ints
    walk_in: Ints


def play_night(
    night: SyntheticNight,
    booked: AcceptedRequests,
    layout: Layout,
    believed: Forecast,
    *,
    door: DoorRule = "base",
    model: QuoteModel | None = None,
    payoffs: Payoffs = DEFAULT_PAYOFFS,
    window: PromiseWindow = DEFAULT_WINDOW,
) -> NightOutcome:
    """Return the outcome of the evening with these bookings.

    The door knows which bookings were cancelled, not who will not show. With `model` the
    look-ahead quotes every walk-in that cannot be seated at once; a tenth of the walk-ins, drawn
    by the night's seed, never leave, so that quotes are evaluated without selection. `window`:
    when the base rule holds tables back for promises.
    """
    room = build_room_arrays(layout)
    arriving = arriving_parties(night, booked, room, payoffs)
    if door == "base":
        seated = seat_by_base_rule(room, arriving, due_parties(night, booked, room, window))
        return outcome_of(night, booked, arriving, seated, payoffs)
    live = simulate_door(night, booked, room, arriving, believed, model, payoffs)
    evening = outcome_of(night, booked, arriving, live.seated, payoffs)
    return replace(evening, quotes=tuple(live.quotes), model=live.model)


def not_cancelled(night: SyntheticNight, booked: AcceptedRequests) -> Flags:
    """Return which bookings are not cancelled when the doors open [B]."""
    return np.asarray(night.requests.cancels[booked.number] > 1.0)


def arrival_buckets(night: SyntheticNight, booked: AcceptedRequests) -> Ints:
    """Return the arrival bucket of each booking [B], NEVER_ARRIVES if none."""
    comes = not_cancelled(night, booked) & night.requests.shows[booked.number]
    arrives = np.maximum(0, booked.start + night.requests.late[booked.number])
    return np.where(comes, arrives, NEVER_ARRIVES)


def arriving_parties(
    night: SyntheticNight, booked: AcceptedRequests, room: RoomArrays, payoffs: Payoffs
) -> ArrivingParties:
    """Return all parties that come and that some table or join can seat."""
    at = arrival_buckets(night, booked)
    guests = np.flatnonzero(at < NEVER_ARRIVES)
    walkers = np.flatnonzero(night.walk_ins.size <= len(room.kind_class))
    crowd = np.concatenate([_guests(night, booked, at, guests, payoffs), _walkers(night, walkers)])
    unknown = np.full(len(crowd), -1, np.int64)
    booking, walk_in = unknown.copy(), unknown
    booking[: len(guests)] = guests
    walk_in[len(guests) :] = walkers
    order = np.argsort(crowd[:, ARRIVES], kind="stable")
    return ArrivingParties(crowd[order], booking[order], walk_in[order])


def _guests(
    night: SyntheticNight, booked: AcceptedRequests, at: Ints, which: Ints, payoffs: Payoffs
) -> Ints:
    number = booked.number[which]
    size = night.requests.size[number]
    due = np.maximum(at[which], booked.start[which])
    stay = night.requests.stay[number]
    ones = np.ones(len(which), np.int64)
    leaves = due + payoffs.walk_limit
    on_time = due + payoffs.tolerance
    return np.stack([at[which], size - 1, size, due, leaves, stay, ones, on_time], axis=1)


def _walkers(night: SyntheticNight, which: Ints) -> Ints:
    guests = night.walk_ins
    arrives, size = guests.arrives[which], guests.size[which]
    leaves = arrives + guests.patience[which]
    promised = np.zeros(len(which), np.int64)
    columns = [arrives, size - 1, size, arrives, leaves, guests.stay[which], promised, arrives]
    return np.stack(columns, axis=1)


def due_parties(
    night: SyntheticNight, booked: AcceptedRequests, room: RoomArrays, window: PromiseWindow
) -> Ints:
    """Return `due` [NIGHT_BUCKETS, K]: promised parties the base rule holds tables back for."""
    due = np.zeros((NIGHT_BUCKETS, len(room.tables)), np.int64)
    at = arrival_buckets(night, booked)
    sizes = night.requests.size[booked.number]
    for place in np.flatnonzero(not_cancelled(night, booked)).tolist():
        size = int(room.kind_class[sizes[place] - 1])
        add_due(due, 0, int(booked.start[place]), int(at[place]), size, window, room.scarce)
    return due


def seat_by_base_rule(room: RoomArrays, arriving: ArrivingParties, due: Ints) -> Ints:
    """Return the bucket each party [M] is seated in under the base rule."""
    parties = len(arriving.crowd)
    board = new_board(room, NIGHT_BUCKETS, parties)
    reset_board(room, board, np.zeros(len(room.table_class), np.int64))
    seated = np.full(parties, NOT_ARRIVED, np.int64)
    run = SimulationRun(arriving.crowd, due, seated, np.full(parties, -1, np.int64))
    simulate(room, board, run, 0, -1)
    return seated


def simulate_door(
    night: SyntheticNight,
    booked: AcceptedRequests,
    room: RoomArrays,
    arriving: ArrivingParties,
    believed: Forecast,
    model: QuoteModel | None,
    payoffs: Payoffs,
) -> DoorSimulation:
    """Simulate the night with the look-ahead at the door; return the simulation at its end."""
    seed = np.uint64(night.seed) << np.uint64(32)
    ids = np.where(arriving.booking >= 0, arriving.booking, FIRST_WALK_IN_ID + arriving.walk_in)
    keys = seed + ids.astype(np.uint64)
    door = DoorSimulation(
        room,
        build_forecast_arrays(believed, room, seed, SCENARIOS),
        payoffs,
        arriving.crowd,
        keys,
        expected_parties(night, booked, believed, seed),
        arrival_buckets(night, booked)[not_cancelled(night, booked)],
        None if model is None else QuoteTrial(model, draw_patient(keys, arriving.walk_in)),
    )
    for now in range(NIGHT_BUCKETS):
        door.step(now)
    return door


def draw_patient(keys: Keys, walk_in: Ints) -> Flags:
    """Return which parties [M] are in the tenth of the walk-ins that never leave."""
    drawn = np.array([uniform(key, 0, CANCEL) < PATIENT_SHARE for key in keys], bool)
    return np.asarray(drawn & (walk_in >= 0))


def expected_parties(
    night: SyntheticNight, booked: AcceptedRequests, believed: Forecast, seed: np.uint64
) -> ExpectedParties:
    """Return the bookings not cancelled as the door expects them."""
    live = np.flatnonzero(not_cancelled(night, booked))
    number = booked.number[live]
    size = night.requests.size[number]
    no_show = np.where(
        night.requests.phone[number], believed.no_show_phone, believed.no_show_online
    )
    return ExpectedParties(
        seed + live.astype(np.uint64), size, size - 1, booked.start[live], no_show
    )


def outcome_of(
    night: SyntheticNight,
    booked: AcceptedRequests,
    arriving: ArrivingParties,
    seated: Ints,
    payoffs: Payoffs,
) -> NightOutcome:
    """Return the outcome of the evening with these seatings."""
    promised, here = arriving.booking >= 0, seated >= 0
    size = arriving.crowd[:, SIZE]
    late = promised & here & (seated - arriving.crowd[:, DUE] > payoffs.tolerance)
    walked = promised & (seated == LEFT_UNSEATED)
    guests_at = np.full(len(booked.number), NOT_ARRIVED, np.int64)
    walk_ins_at = np.full(len(night.walk_ins.size), NOT_ARRIVED, np.int64)
    guests_at[arriving.booking[promised]] = seated[promised]
    walk_ins_at[arriving.walk_in[~promised]] = seated[~promised]
    walked_covers = int(size[walked].sum())
    return NightOutcome(
        revenue=payoffs.cover * float(size[here].sum()),
        walked_parties=int(walked.sum()),
        walked_covers=walked_covers,
        walked=payoffs.walked * walked_covers,
        gestures=payoffs.gesture * float(size[late].sum()),
        late_parties=int(late.sum()),
        promised_seated=int((promised & here).sum()),
        walk_ins_seated=int((~promised & here).sum()),
        walk_ins_left=int((walk_ins_at < 0).sum()),
        guests_at=guests_at,
        walk_ins_at=walk_ins_at,
    )
