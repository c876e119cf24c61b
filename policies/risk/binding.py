"""The binding constraint of a request: the bucket and size class with the least slack."""

from typing import NamedTuple

import numpy as np

from policies.house.grid import GRID_MINUTES
from policies.house.layout import WHOLE_ROOM
from policies.numeric.compiled import Floats, Ints
from policies.numeric.poisson_binomial import overload_contribution, overload_probability
from policies.risk.cascade import Capacity
from policies.risk.ledger import Ledger, LedgerParty
from policies.risk.shortage import others_short

DRIVERS = 5
"""At most so many bookings are named as driving a risk."""


class BindingConstraint(NamedTuple):
    """The bucket and class that bind; `chance` of overload and parties `expected` with this one.

    `places`: for parties of the class or larger. `drivers`: keys of parties and by how much
    each raises the chance, the largest first. `others`: how many others lack a table where more
    come than fit (`policies.risk.shortage`).
    """

    bucket: int
    rank: int
    chance: float
    expected: float
    places: int
    drivers: tuple[tuple[int, float], ...]
    others: float


def binding_constraint(
    ledger: Ledger, survival: Floats, party: LedgerParty, shows: float
) -> BindingConstraint:
    """Return the bucket and class with the least slack during the party's stay.

    `shows`: its probability to come. `survival` [P, D]: the probability to be at the table
    still after d buckets, by size from 1.
    """
    groups = {WHOLE_ROOM, party.group}
    found = [_binding(ledger, survival, party, shows, group) for group in sorted(groups)]
    return min(found, key=lambda each: each.places - each.expected)


def _binding(
    ledger: Ledger, survival: Floats, party: LedgerParty, shows: float, group: int
) -> BindingConstraint:
    stay = ledger.mean_stay(party.size)
    first = min(party.start, len(ledger.boards[group].capacity.tables) - 1)
    buckets = np.arange(first, min(first + stay, len(ledger.boards[group].capacity.tables)))
    others = [each for each in ledger.parties.values() if group in {WHOLE_ROOM, each.group}]
    everybody = [*others, party]
    here = _here(ledger, survival, everybody, buckets, shows)
    ranks = np.array([ledger.layout.class_of(each.size) for each in everybody])
    most = int(ranks[-1])
    needing = ranks[None, :] >= np.arange(most + 1)[:, None]
    expected = needing @ here
    places = places_for(ledger.boards[group].capacity, buckets)[: most + 1]
    slack = places - expected
    rank, at = np.unravel_index(int(np.argmin(slack)), slack.shape)
    chances = np.where(needing[rank], here[:, at], 0.0)
    return BindingConstraint(
        int(buckets[at]),
        int(rank),
        overload_probability(chances[needing[rank]], int(places[rank, at])),
        float(expected[rank, at]),
        int(places[rank, at]),
        _drivers(others, chances, int(places[rank, at])),
        others_short(chances[:-1][needing[rank][:-1]].tolist(), int(places[rank, at])),
    )


def places_for(capacity: Capacity, buckets: Ints) -> Ints:
    """Return [K, buckets]: places for parties of each class or larger, joins included."""
    tables = capacity.tables[buckets].T
    places = np.cumsum(tables[::-1], axis=0)[::-1].copy()
    for kind, (member, reach) in enumerate(zip(capacity.member, capacity.reach, strict=True)):
        places[member + 1 : reach + 1] += capacity.joins[buckets, kind]
    return places


def _here(
    ledger: Ledger, survival: Floats, everybody: list[LedgerParty], buckets: Ints, shows: float
) -> Floats:
    """Return [N, buckets]: each party's probability to be at a table; the last is the new one."""
    chances = np.array([_comes(ledger, each) for each in everybody])
    chances[-1] = shows
    start = np.array([max(each.start, each.not_before) for each in everybody])
    size = np.array([min(each.size, len(survival)) for each in everybody]) - 1
    sat = np.array([round((each.sat_for or 0.0) / GRID_MINUTES) for each in everybody])
    ahead = buckets[None, :] - start[:, None]
    padded = np.hstack([survival, np.zeros((len(survival), 1))])
    last = survival.shape[1]
    stays = padded[size[:, None], np.minimum(np.maximum(ahead + sat[:, None], 0), last)]
    stays = stays / np.maximum(padded[size, np.minimum(sat, last - 1)], 1e-9)[:, None]
    until = np.array([-1 if each.until is None else each.until for each in everybody])
    stays = np.where(until[:, None] >= 0, buckets[None, :] < until[:, None], stays)
    here: Floats = np.where(ahead >= 0, chances[:, None] * np.minimum(stays, 1.0), 0.0)
    return here


def _comes(ledger: Ledger, party: LedgerParty) -> float:
    if party.arrived or party.until is not None:
        return 1.0
    return (1.0 - ledger.cancels(party)) * (1.0 - party.no_show)


def _drivers(
    others: list[LedgerParty], chances: Floats, places: int
) -> tuple[tuple[int, float], ...]:
    """Return the bookings that raise the chance of overload most, ties by key."""
    booked = [
        (float(chances[number]), each.key, number)
        for number, each in enumerate(others)
        if chances[number] > 0.0 and each.until is None and each.sat_for is None
    ]
    booked.sort(key=lambda each: (-each[0], each[1]))
    weighed = [
        (key, overload_contribution(chances, number, places)) for _, key, number in booked[:DRIVERS]
    ]
    return tuple(pair for pair in weighed if pair[1] > 0.0)
