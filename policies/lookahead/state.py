"""The state at the door: parties seated, waiting and expected, and the payoffs of outcomes.

Tuples of arrays, as kernels take them. Times are buckets of 5 minutes from the opening; waits and
stays are judged by the minutes of `DoorMinutes`. `key`:
64 bits from which a party's random numbers are drawn, the same for every action, decision and
process (common random numbers). `kind`: kind of party, see RoomArrays.
"""

from typing import NamedTuple

import numpy as np
from msgspec import Struct

from policies.house.grid import GRID_MINUTES
from policies.numeric.compiled import Flags, Floats, Ints, Keys


class Payoffs(NamedTuple):
    """Payoffs of outcomes, money a cover (unit: a seated cover brings 50), and limits in buckets.

    A seated party brings `cover`; a promised party that waited longer than `tolerance` costs
    `gesture`; one not seated within `walk_limit` costs `walked`. In the look-ahead only: a walked
    party counts `walk_weight` times, and a promised party still waiting at the end is worth `hope`.
    """

    cover: float = 50.0
    gesture: float = 10.0
    walked: float = 100.0
    tolerance: int = 2
    walk_limit: int = 6
    walk_weight: float = 5.0
    hope: float = 30.0


DEFAULT_PAYOFFS = Payoffs()


FREE, BLOCKED = -1, -2
"""Values of `occupied` in place of a seated party: free, or out of use for the whole scenario."""


class SeatedParties(NamedTuple):
    """Parties at tables, [n] each; `since`: bucket in which they were seated."""

    key: Keys
    size: Ints
    since: Ints


class ExpectedParties(NamedTuple):
    """Promised parties not here yet, [E] each; `no_show`: the prior probability."""

    key: Keys
    size: Ints
    kind: Ints
    start: Ints
    no_show: Floats


class Queue(NamedTuple):
    """Waiting parties in the order of decision, [Q] each: promised ones first, each by arrival.

    `since`: arrival. `start`: promised start, for a walk-in its arrival.
    """

    key: Keys
    size: Ints
    kind: Ints
    since: Ints
    promised: Flags
    start: Ints


class DoorMinutes(NamedTuple):
    """The times of a state in minutes from the opening.

    `now`. `since` [n]: when each seated party sat down. `start` [E]: of each expected party.
    `due` [Q]: from when the wait of each party of the queue counts, the later of its promised start
    and its arrival.
    """

    now: int
    since: Ints
    start: Ints
    due: Ints


class DoorState(Struct, frozen=True, eq=False):
    """The state at bucket `now`; `occupied` [T]: index into `seated_parties`, FREE or BLOCKED.

    `minutes`: the same times to the minute; None where everything happens at the full bucket.
    """

    now: int
    occupied: Ints
    seated_parties: SeatedParties
    expected: ExpectedParties
    queue: Queue
    minutes: DoorMinutes | None = None

    def in_minutes(self) -> DoorMinutes:
        """Return the times in minutes."""
        if self.minutes is not None:
            return self.minutes
        queue = self.queue
        return DoorMinutes(
            now=self.now * GRID_MINUTES,
            since=self.seated_parties.since * GRID_MINUTES,
            start=self.expected.start * GRID_MINUTES,
            due=np.maximum(queue.since, queue.start) * GRID_MINUTES,
        )
