"""Latency of live decisions: a start valued, a request answered, a party at the door.

Timed one by one in this process after a warm-up night, at the highest load. Requests that refresh
the bid prices are not counted: in the service the jobs process does that.
"""

from time import perf_counter, thread_time

import numpy as np
from msgspec import Struct

from policies.forecast.risk_calibration import UNLEARNED
from policies.house.layout import NO_NEEDS
from policies.lab.compare import quantile
from policies.lab.live import DoorSimulation
from policies.lab.nights import NIGHT_BUCKETS, SyntheticNight, draw_night, true_forecast
from policies.lab.ours import REFRESH_EVERY, BookingDesk, ServicePolicy
from policies.lab.play import (
    AcceptedRequests,
    arrival_buckets,
    arriving_parties,
    expected_parties,
    not_cancelled,
)
from policies.lookahead.forecast_arrays import build_forecast_arrays
from policies.lookahead.room_arrays import RoomArrays, build_room_arrays
from policies.lookahead.seating_rollout import SCENARIOS, SeatingRollout
from policies.lookahead.state import DoorState, Payoffs, Queue
from policies.risk.ledger import LedgerParty
from policies.risk.told.features import ledger_features
from policies.risk.told.model import tell_risk
from policies.value.net_value import net_value
from scripts.benchmark.pieces import benchmark_room

LOAD = (300.0, 80.0)
"""The highest load: about 250 bookings when the doors open."""

WARM_UP_NIGHTS = 1
"""Nights played before timing starts."""


class Times(Struct, frozen=True, kw_only=True):
    """Milliseconds over `count` decisions; `own_p99`: of this thread's CPU time."""

    count: int
    p50: float
    p99: float
    own_p99: float


class Speed(Struct, frozen=True, kw_only=True):
    """`judged`: one start valued for one party, and its risks told.

    `answered`: a request, alternatives included. `looked_ahead`: one party at the door, from the
    state to the decision.
    """

    judged: Times
    answered: Times
    looked_ahead: Times


Lap = tuple[float, float]
"""Seconds of wall time and of this thread's CPU time."""


class Stopwatch:
    """The laps of all decisions, by kind."""

    def __init__(self) -> None:
        self.judged: list[Lap] = []
        self.answered: list[Lap] = []
        self.looked_ahead: list[Lap] = []

    def quantiles(self) -> Speed:
        """Return the quantiles."""
        return Speed(
            judged=quantiles_of(self.judged),
            answered=quantiles_of(self.answered),
            looked_ahead=quantiles_of(self.looked_ahead),
        )


def measure_speed(nights: int, first: int) -> Speed:
    """Return the latencies on `nights` nights from seed `first` on, after the warm-up."""
    watch = Stopwatch()
    for number in range(WARM_UP_NIGHTS + nights):
        if number == WARM_UP_NIGHTS:
            watch = Stopwatch()
        drawn = draw_night(true_forecast(*LOAD), first + number)
        time_door(watch, drawn, time_desk(watch, drawn))
    return watch.quantiles()


def read_clocks() -> Lap:
    """Return the readings of both clocks."""
    return perf_counter(), thread_time()


def lap_since(began: Lap) -> Lap:
    """Return the lap since `began`."""
    clock, own = read_clocks()
    return clock - began[0], own - began[1]


def quantiles_of(laps: list[Lap]) -> Times:
    """Return the quantiles in milliseconds."""
    clock, own = 1000.0 * np.array(laps, np.float64).reshape(-1, 2).T
    return Times(
        count=len(laps),
        p50=quantile(clock, 0.5),
        p99=quantile(clock, 0.99),
        own_p99=quantile(own, 0.99),
    )


def time_desk(watch: Stopwatch, drawn: SyntheticNight) -> AcceptedRequests:
    """Answer the night's requests, timed; return the bookings."""
    desk = BookingDesk(drawn, benchmark_room(), drawn.truth, ServicePolicy(), NIGHT_BUCKETS)
    for number in range(len(drawn.requests.size)):
        if number % REFRESH_EVERY:
            watch.judged.append(_time_judging(desk, drawn, number))
        began = read_clocks()
        desk.answer(number)
        if number % REFRESH_EVERY:
            watch.answered.append(lap_since(began))
    return desk.outcome().booked


def time_door(watch: Stopwatch, drawn: SyntheticNight, booked: AcceptedRequests) -> None:
    """Simulate the evening; in every bucket time the decision for one additional party."""
    payoffs, arrays = Payoffs(), build_room_arrays(benchmark_room())
    seed = np.uint64(drawn.seed) << np.uint64(32)
    forecast = build_forecast_arrays(drawn.truth, arrays, seed, SCENARIOS)
    arriving = arriving_parties(drawn, booked, arrays, payoffs)
    door = DoorSimulation(
        arrays,
        forecast,
        payoffs,
        arriving.crowd,
        seed + np.arange(len(arriving.crowd), dtype=np.uint64),
        expected_parties(drawn, booked, drawn.truth, seed),
        arrival_buckets(drawn, booked)[not_cancelled(drawn, booked)],
    )
    for bucket in range(NIGHT_BUCKETS):
        door.step(bucket)
        state = _with_walk_in(door.state(bucket), arrays, bucket)
        began = read_clocks()
        SeatingRollout(arrays, state, forecast, payoffs).choose(len(state.queue.key) - 1)
        watch.looked_ahead.append(lap_since(began))


def _time_judging(desk: BookingDesk, drawn: SyntheticNight, number: int) -> Lap:
    asks, believed = drawn.requests, drawn.truth
    party = LedgerParty(
        key=drawn.seed * 100_003 + number,
        size=int(asks.size[number]),
        start=int(asks.wish[number]),
        asked=float(asks.asked[number]),
        cancels=believed.cancels,
        no_show=believed.no_show_online,
    )
    began = read_clocks()
    found = net_value(desk.ledger, desk.prices, ServicePolicy().worth, party, party.start)
    fits = desk.ledger.layout.room.share_seating(party.size, NO_NEEDS)
    known = ledger_features(desk.ledger, party, party.start, found.marginal, fits=fits)
    tell_risk(known, UNLEARNED)
    return lap_since(began)


def _with_walk_in(state: DoorState, arrays: RoomArrays, bucket: int) -> DoorState:
    """Return the state with a walk-in at the end of the queue, its size varying by bucket."""
    size = bucket % len(arrays.kind_class) + 1
    queue = state.queue
    grown = Queue(
        key=np.append(queue.key, np.uint64((1 << 60) + bucket)),
        size=np.append(queue.size, size),
        kind=np.append(queue.kind, size - 1),
        since=np.append(queue.since, bucket),
        promised=np.append(queue.promised, np.False_),
        start=np.append(queue.start, bucket),
    )
    return DoorState(state.now, state.occupied, state.seated_parties, state.expected, grown)
