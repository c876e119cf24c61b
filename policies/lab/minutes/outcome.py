"""What came of an evening in the minute world, and the records calibration learns from.

All minutes count from the opening at 17:00. A promise is kept late when its party waits more than
`LATE_AFTER` minutes from the later of its start and its arrival, and broken (the party walks) when
it is not seated within `WALKS_AFTER`. Money in the lab's unit: 50 a seated cover.
"""

import numpy as np
from msgspec import Struct

from policies.lookahead.quotes import SimulatedWait
from policies.numeric.compiled import Flags, Floats, Ints

LATE_AFTER = 10
"""Minutes of a promised wait beyond which the party has waited, and gets a gesture."""

WALKS_AFTER = 30
"""Minutes of a promised wait after which a party not seated walks."""

NEVER_HERE = -1
"""In place of the minute of an arrival or a seating that did not happen."""


class ToldRecord(Struct, frozen=True, kw_only=True):
    """An acceptance: the risks told, and what happened.

    `features`: what was known at the acceptance, by name. `own_wait_told`: probability told that
    this party waits over LATE_AFTER; `any_wait_told`: that somebody promised does while it is here;
    `walked_told`: that it is walked; all if it comes. `walked_expected`: that it comes and is
    walked. `left`: it was. `own_waited`, `any_waited`: whether it happened; a party that did not
    come did not wait.
    `booking`: index among the bookings of the outcome.
    """

    booking: int
    features: dict[str, float]
    own_wait_told: float
    any_wait_told: float
    walked_told: float
    walked_expected: float
    left: bool
    own_waited: bool
    any_waited: bool
    arrived: bool


class WaitRecord(Struct, frozen=True, kw_only=True):
    """A quote given to a walk-in that joined the queue, and what happened.

    `features`: what was known at the quote, by name. `likely`, `latest`: minutes quoted. `waited`:
    minutes until seated or gone. `sat`: seated. `never_leaves`: one of the tenth of the walk-ins
    that wait whatever happens, so that quotes are judged without selection. `simulated`: what the
    quote was made from.
    """

    walk_in: int
    features: dict[str, float]
    likely: int
    latest: int
    waited: int
    sat: bool
    never_leaves: bool
    simulated: SimulatedWait | None = None


class MinuteOutcome(Struct, frozen=True, eq=False, kw_only=True):
    """The outcome of an evening; arrays over B bookings and M walk-ins.

    `number` [B]: index of each booking among the night's requests. `size`, `start` [B]: covers and
    promised minute. `beyond` [B]: accepted beyond the room. `own_wait_told`, `any_wait_told` [B]:
    as told when accepting, nan where nothing was told. `arrived`, `seated` [B]: minutes,
    NEVER_HERE for none. `walked` [B]: came and left unseated. `walk_in_size`, `walk_in_arrives`,
    `walk_in_seated` [M]: likewise. `refused`: requests refused. `expected_walked`: walked parties
    told at the acceptances, summed.
    """

    revenue: float
    walked_cost: float
    gestures: float
    number: Ints
    size: Ints
    start: Ints
    beyond: Flags
    own_wait_told: Floats
    any_wait_told: Floats
    arrived: Ints
    seated: Ints
    walked: Flags
    walk_in_size: Ints
    walk_in_arrives: Ints
    walk_in_seated: Ints
    refused: int = 0
    expected_walked: float = 0.0
    told: tuple[ToldRecord, ...] = ()
    waits: tuple[WaitRecord, ...] = ()

    @property
    def net(self) -> float:
        """Revenue less the cost of walked parties and gestures."""
        return self.revenue - self.walked_cost - self.gestures

    @property
    def waited(self) -> Flags:
        """Which bookings waited over LATE_AFTER minutes, the walked ones too [B]."""
        due = np.maximum(self.start, self.arrived)
        late = (self.seated >= 0) & (self.seated - due > LATE_AFTER)
        return np.asarray(self.walked | late)
