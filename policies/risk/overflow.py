"""The probability of overflow: parties who show against places, bucket by bucket.

Each booked party shows or does not, so how many of a size class show is Poisson-binomial. These
counts go through the cascade class by class (policies/risk/cascade.py), which serves a demand
exactly when it fits: the result is exact for one instant.
"""

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from msgspec import Struct

from policies.numeric.poisson_binomial import NEGLIGIBLE, poisson_binomial

_State = tuple[int, tuple[int, ...]]
"""Larger tables left over, and tables taken by joins from each class."""


class ClassDemand(Struct, frozen=True):
    """Parties of a class in one bucket: those here, and the show probabilities of the others."""

    here: int = 0
    shows: tuple[float, ...] = ()


class ClassCapacity(Struct, frozen=True):
    """The capacity of a class in one bucket: its tables, and the joins that seat such a party.

    A join takes `uses` tables of class `member` (an index from the smallest).
    """

    tables: int
    joins: int = 0
    member: int = 0
    uses: int = 2


@lru_cache(maxsize=4096)
def overflow_probability(
    demands: tuple[ClassDemand, ...], places: tuple[ClassCapacity, ...]
) -> float:
    """Return the probability that the parties who show do not all fit in this bucket.

    Both tuples hold one entry a class, from the smallest to the largest.
    """
    states: dict[_State, float] = {(0, (0,) * len(places)): 1.0}
    for number in reversed(range(len(places))):
        coming = poisson_binomial(demands[number].shows)
        served: dict[_State, float] = {}
        for state, weight in states.items():
            for count, chance in coming.items():
                after = _cascade(state, demands[number].here + count, places[number], number)
                if after is not None and weight * chance > NEGLIGIBLE:
                    served[after] = served.get(after, 0.0) + weight * chance
        states = served
    return min(1.0, max(0.0, 1.0 - sum(states.values())))


def _cascade(state: _State, parties: int, place: ClassCapacity, number: int) -> _State | None:
    """Return the state after a class is served, None when tables and joins do not suffice."""
    spare, owed = state
    balance = spare + place.tables - parties - owed[number]
    if balance >= 0:
        return balance, owed
    if -balance > place.joins:
        return None
    owing = list(owed)
    owing[place.member] += place.uses * -balance
    return 0, tuple(owing)


def wait_probability(risks: Sequence[float], buckets: int) -> float:
    """Return an upper estimate of the probability that somebody waits so many buckets or more.

    `risks`: the overflow probability of successive buckets. A shortage that lasts is at most as
    likely as in its least likely bucket; the worst run of buckets counts.
    """
    if buckets <= 1:
        return max(risks, default=0.0)
    lasting = [min(pair) for pair in pairwise(risks)]
    return wait_probability(lasting or list(risks), buckets - 1)
