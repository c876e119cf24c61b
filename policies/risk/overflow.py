"""Promising beyond the room with the risk of it known: shows against places, bucket by bucket.

Every booked party comes or does not; how many of a size class come in a bucket is then a
Poisson-binomial number. With nested capacities (a party fits every table at least as large) a
demand is feasible exactly when the cascade serves it: classes from the largest down, each by its
own tables and the larger ones left over, the rest by joins, which owe their tables to the smaller
classes (SCIENCE.md, "What is exact and what is not": exact at one instant, Hall's condition).
"""

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from msgspec import Struct

from policies.numeric.poisson_binomial import NEGLIGIBLE, poisson_binomial

_State = tuple[int, tuple[int, ...]]
"""Larger tables left over, and tables owed to joins by class."""


class Crowd(Struct, frozen=True):
    """Parties of a class in one bucket: those here, and the show probabilities of the others."""

    here: int = 0
    shows: tuple[float, ...] = ()


class Places(Struct, frozen=True):
    """A class of the capacity in one bucket: its tables, and the joins that seat such a party.

    A join takes `uses` tables of class `member` (an index from the smallest).
    """

    tables: int
    joins: int = 0
    member: int = 0
    uses: int = 2


@lru_cache(maxsize=4096)
def overflow(crowds: tuple[Crowd, ...], places: tuple[Places, ...]) -> float:
    """Return the probability that the parties who come do not all fit in this bucket.

    Both go from the smallest class to the largest, one entry a class.
    """
    states: dict[_State, float] = {(0, (0,) * len(places)): 1.0}
    for number in reversed(range(len(places))):
        coming = poisson_binomial(crowds[number].shows)
        served: dict[_State, float] = {}
        for state, weight in states.items():
            for count, chance in coming.items():
                after = _cascade(state, crowds[number].here + count, places[number], number)
                if after is not None and weight * chance > NEGLIGIBLE:
                    served[after] = served.get(after, 0.0) + weight * chance
        states = served
    return min(1.0, max(0.0, 1.0 - sum(states.values())))


def _cascade(state: _State, parties: int, place: Places, number: int) -> _State | None:
    """Serve a class; None when neither tables nor joins are enough."""
    spare, owed = state
    balance = spare + place.tables - parties - owed[number]
    if balance >= 0:
        return balance, owed
    if -balance > place.joins:
        return None
    owing = list(owed)
    owing[place.member] += place.uses * -balance
    return 0, tuple(owing)


def waits_longer(risks: Sequence[float], buckets: int) -> float:
    """Return the probability that somebody waits more than so many buckets.

    `risks`: the overflow of successive buckets. A shortage that lasts is at most as likely as in
    its least likely bucket; the worst stretch counts.
    """
    if buckets <= 1:
        return max(risks, default=0.0)
    lasting = [min(pair) for pair in pairwise(risks)]
    return waits_longer(lasting or list(risks), buckets - 1)
