"""Where one more party would be felt most: the bucket and the class with the least room left."""

from typing import NamedTuple

import numpy as np

from policies.house.grid import GRID_MINUTES
from policies.house.layout import WHOLE_ROOM
from policies.numeric.compiled import Floats, Ints
from policies.numeric.poisson_binomial import overload, weight_of
from policies.risk.cascade import Capacity
from policies.risk.ledger import Ledger, Party

DRIVERS = 5
"""Bookings named as driving a risk, at most."""


class Binding(NamedTuple):
    """The bucket and class that bind; `chance`, `expected` with the asking party, `places`.

    `drivers`: keys of parties and by how much they raise the chance, the most first.
    """

    bucket: int
    rank: int
    chance: float
    expected: float
    places: int
    drivers: tuple[tuple[int, float], ...]


def binding_of(ledger: Ledger, survival: Floats, party: Party, shows: float) -> Binding:
    """Return where the party would be felt most while it stays, if it comes with chance `shows`.

    `survival` [P, D]: chance to be at the table still after d buckets, by size from 1.
    """
    groups = {WHOLE_ROOM, party.group}
    found = [_binding(ledger, survival, party, shows, group) for group in sorted(groups)]
    return min(found, key=lambda each: each.places - each.expected)


def _binding(ledger: Ledger, survival: Floats, party: Party, shows: float, group: int) -> Binding:
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
    return Binding(
        int(buckets[at]),
        int(rank),
        overload(chances[needing[rank]], int(places[rank, at])),
        float(expected[rank, at]),
        int(places[rank, at]),
        _drivers(others, chances, int(places[rank, at])),
    )


def places_for(capacity: Capacity, buckets: Ints) -> Ints:
    """Return [K, buckets]: places for parties of each class or a larger one, joins included."""
    tables = capacity.tables[buckets].T
    places = np.cumsum(tables[::-1], axis=0)[::-1].copy()
    for kind, (member, reach) in enumerate(zip(capacity.member, capacity.reach, strict=True)):
        places[member + 1 : reach + 1] += capacity.joins[buckets, kind]
    return places


def _here(
    ledger: Ledger, survival: Floats, everybody: list[Party], buckets: Ints, shows: float
) -> Floats:
    """Return [N, buckets]: each party's chance to be at a table; the last is the asking one."""
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


def _comes(ledger: Ledger, party: Party) -> float:
    if party.arrived or party.until is not None:
        return 1.0
    return (1.0 - ledger.cancels(party)) * (1.0 - party.no_show)


def _drivers(others: list[Party], chances: Floats, places: int) -> tuple[tuple[int, float], ...]:
    """Return the bookings that raise the chance most, ties by key."""
    booked = [
        (float(chances[number]), each.key, number)
        for number, each in enumerate(others)
        if chances[number] > 0.0 and each.until is None and each.sat_for is None
    ]
    booked.sort(key=lambda each: (-each[0], each[1]))
    weighed = [(key, weight_of(chances, number, places)) for _, key, number in booked[:DRIVERS]]
    return tuple(pair for pair in weighed if pair[1] > 0.0)
