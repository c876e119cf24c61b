"""How long a live decision takes: a reservation judged and answered, a party at the door.

Timed one by one in this process while nothing else is played, after a night to warm up, at the
fullest load. Prices are refreshed by the jobs process, so requests that would refresh them are not
counted.
"""

from time import perf_counter, thread_time

import numpy as np
from msgspec import Struct

from policies.lab.compare import quantile
from policies.lab.live import LiveDoor
from policies.lab.nights import LENGTH, Night, forecast_for, night
from policies.lab.ours import REFRESH, Desk, Ours
from policies.lab.play import Booked, alive, arrivals, who_comes, who_is_expected
from policies.lookahead.forecast_arrays import beliefs_of
from policies.lookahead.room_arrays import DoorRoom, door_room
from policies.lookahead.seating_rollout import SCENARIOS, Door
from policies.lookahead.state import DoorState, Queue, Stakes
from policies.risk.ledger import Party
from policies.value.net_value import judge
from scripts.benchmark.pieces import room

LOAD = (300.0, 80.0)
"""The fullest load: about 250 reservations asked for by the time the doors open."""

WARM = 1
"""Nights played before any is timed."""


class Times(Struct, frozen=True, kw_only=True):
    """Milliseconds; `count` decisions were timed.

    `own_p99`: of the processor's time, without what other programs took meanwhile.
    """

    count: int
    p50: float
    p99: float
    own_p99: float


class Speed(Struct, frozen=True, kw_only=True):
    """`judged`: one start for one party. `answered`: a whole request, alternatives included.

    `looked_ahead`: one party at the door, from what the door knows to what is done with it.
    """

    judged: Times
    answered: Times
    looked_ahead: Times


Lap = tuple[float, float]
"""Seconds by the clock and of the processor's own time."""


class Stopwatch:
    """The laps of every decision, by what was decided."""

    def __init__(self) -> None:
        self.judged: list[Lap] = []
        self.answered: list[Lap] = []
        self.looked_ahead: list[Lap] = []

    def told(self) -> Speed:
        """Return the quantiles."""
        return Speed(
            judged=times(self.judged),
            answered=times(self.answered),
            looked_ahead=times(self.looked_ahead),
        )


def speed(nights: int, first: int) -> Speed:
    """Return how long decisions take on nights from seed `first` on."""
    watch = Stopwatch()
    for number in range(WARM + nights):
        if number == WARM:
            watch = Stopwatch()
        drawn = night(forecast_for(*LOAD), first + number)
        time_the_door(watch, drawn, time_the_desk(watch, drawn))
    return watch.told()


def now() -> Lap:
    """Return where both clocks stand."""
    return perf_counter(), thread_time()


def since(began: Lap) -> Lap:
    """Return the lap from `began` on."""
    clock, own = now()
    return clock - began[0], own - began[1]


def times(laps: list[Lap]) -> Times:
    """Return the quantiles in milliseconds."""
    clock, own = 1000.0 * np.array(laps, np.float64).reshape(-1, 2).T
    return Times(
        count=len(laps),
        p50=quantile(clock, 0.5),
        p99=quantile(clock, 0.99),
        own_p99=quantile(own, 0.99),
    )


def time_the_desk(watch: Stopwatch, drawn: Night) -> Booked:
    """Answer the night's requests, timed; returns the book."""
    desk = Desk(drawn, room(), drawn.truth, Ours(), LENGTH)
    for number in range(len(drawn.requests.size)):
        if number % REFRESH:
            watch.judged.append(_judging(desk, drawn, number))
        began = now()
        desk.answer(number)
        if number % REFRESH:
            watch.answered.append(since(began))
    return desk.taken().booked


def time_the_door(watch: Stopwatch, drawn: Night, booked: Booked) -> None:
    """Let the evening run; in every bucket one more party asks, and its decision is timed."""
    stakes, there = Stakes(), door_room(room())
    seed = np.uint64(drawn.seed) << np.uint64(32)
    beliefs = beliefs_of(drawn.truth, there, seed, SCENARIOS)
    comers = who_comes(drawn, booked, there, stakes)
    door = LiveDoor(
        there,
        beliefs,
        stakes,
        comers.crowd,
        seed + np.arange(len(comers.crowd), dtype=np.uint64),
        who_is_expected(drawn, booked, drawn.truth, seed),
        arrivals(drawn, booked)[alive(drawn, booked)],
    )
    for bucket in range(LENGTH):
        door.step(bucket)
        state = _asked(door.state(bucket), there, bucket)
        began = now()
        Door(there, state, beliefs, stakes).choose(len(state.queue.key) - 1)
        watch.looked_ahead.append(since(began))


def _judging(desk: Desk, drawn: Night, number: int) -> Lap:
    asks, believed = drawn.requests, drawn.truth
    party = Party(
        key=drawn.seed * 100_003 + number,
        size=int(asks.size[number]),
        start=int(asks.wish[number]),
        asked=float(asks.asked[number]),
        cancels=believed.cancels,
        no_show=believed.no_show_online,
    )
    began = now()
    judge(desk.ledger, desk.prices, Ours().worth, party, party.start)
    return since(began)


def _asked(state: DoorState, there: DoorRoom, bucket: int) -> DoorState:
    """Return the state with one more walk-in at the end of the queue, of another size each time."""
    size = bucket % len(there.kind_class) + 1
    queue = state.queue
    grown = Queue(
        key=np.append(queue.key, np.uint64((1 << 60) + bucket)),
        size=np.append(queue.size, size),
        kind=np.append(queue.kind, size - 1),
        since=np.append(queue.since, bucket),
        promised=np.append(queue.promised, np.False_),
        start=np.append(queue.start, bucket),
    )
    return DoorState(state.now, state.occupied, state.sittings, state.expected, grown)
