"""What is kept of one night in the minute world: small enough to keep by the thousand."""

import numpy as np
from msgspec import Struct

from policies.lab.minutes.outcome import MinuteOutcome
from policies.numeric.compiled import Flags, Ints

SIZE_BANDS = ((1, 2), (3, 4), (5, 8), (9, 99))
"""Covers, first and last, of the bands walked parties are counted by."""


class KeptQuote(Struct, frozen=True, array_like=True):
    """A quote to a walk-in that never leaves: minutes told and waited."""

    likely: int
    latest: int
    waited: int
    sat: bool


class KeptPromise(Struct, frozen=True, array_like=True):
    """An acceptance at which risks were told, by the model learned on synthetic nights.

    `own`, `any`, `walked`: told if the party comes; `expected`: that it comes and is walked.
    `comes`: it did; `waited`, `any_waited`, `left`: what happened.
    """

    own: float
    any: float
    walked: float
    expected: float
    comes: bool
    waited: bool
    any_waited: bool
    left: bool


class MinuteNight(Struct, frozen=True, kw_only=True):
    """The figures of one night. Money: 50 a cover.

    `booked`, `walked`: parties by SIZE_BANDS. `waited`: promised parties over ten minutes, walked
    ones too. `walked_told`: walked parties told at the acceptances, summed. `promises`: those at
    which risks were told. `quotes`: of walk-ins that never leave.
    """

    seed: int
    net: float
    booked: tuple[int, ...]
    walked: tuple[int, ...]
    waited: int
    refused: int = 0
    beyond: int = 0
    walked_told: float = 0.0
    promises: tuple[KeptPromise, ...] = ()
    quotes: tuple[KeptQuote, ...] = ()

    @property
    def walked_parties(self) -> int:
        """Walked parties of all sizes."""
        return sum(self.walked)


def minute_night(seed: int, evening: MinuteOutcome) -> MinuteNight:
    """Return what is kept of an evening."""
    return MinuteNight(
        seed=seed,
        net=float(evening.net),
        booked=by_band(evening.size, np.ones(len(evening.size), bool)),
        walked=by_band(evening.size, evening.walked),
        waited=int(evening.waited.sum()),
        refused=evening.refused,
        beyond=int(evening.beyond.sum()),
        walked_told=evening.expected_walked,
        promises=tuple(
            KeptPromise(
                each.own_wait_told,
                each.any_wait_told,
                each.walked_told,
                each.walked_expected,
                each.arrived,
                each.own_waited,
                each.any_waited,
                each.left,
            )
            for each in evening.told
        ),
        quotes=tuple(
            KeptQuote(each.likely, each.latest, each.waited, each.sat)
            for each in evening.waits
            if each.never_leaves
        ),
    )


def by_band(sizes: Ints, which: Flags) -> tuple[int, ...]:
    """Return how many of the marked parties are in each of SIZE_BANDS."""
    marked = sizes[which]
    return tuple(int(((marked >= least) & (marked <= most)).sum()) for least, most in SIZE_BANDS)
