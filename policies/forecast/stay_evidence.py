"""The house's written turn times against the stays it has seen.

A turn time holds the table from the start to the next party, reset included; a stay ends when the
table is cleared. Percentiles are order statistics, with the distribution-free 95 % interval of
their ranks (David and Nagaraja 2003, section 7.1).
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from math import ceil, exp, lgamma, log, log1p

from msgspec import Struct
from msgspec.structs import replace

from policies.forecast.stays import SIZE_WEIGHT
from policies.house.house import House
from policies.words.catalogue import say
from policies.words.message import Message, message

NEEDED_SEATINGS = round(SIZE_WEIGHT)
"""Seatings from which stays of a size are told: then they weigh as much as the curve assumed
before, and the four-fifths mark has both ends of its interval within what was seen."""

ONE_SIDE = 0.025
"""Probability left out at each end of an interval."""


class StayQuantile(Struct, frozen=True, kw_only=True):
    """Minutes within which a share of the stays was over, with a 95 % interval."""

    minutes: int
    low: int
    high: int


class TurnTimeEvidence(Struct, frozen=True, kw_only=True):
    """A written turn time for parties of `from_size` to `to_size`, against `seatings` stays.

    `median`, `p80` and `longer` (stays longer than written) are None below `needed` seatings.
    """

    from_size: int
    to_size: int
    written_minutes: int
    seatings: int
    needed: int
    enough: bool
    median: StayQuantile | None
    p80: StayQuantile | None
    longer: int | None
    sentence: str


def turn_time_evidence(
    house: House, stays: Mapping[int, Sequence[int]]
) -> tuple[TurnTimeEvidence, ...]:
    """Return each written turn time beside the stays seen, `stays`: minutes by party size.

    Parties larger than every turn time belong to the last.
    """
    found, below = [], 0
    for number, written in enumerate(house.turn_times):
        last = number == len(house.turn_times) - 1
        inside = [
            minutes
            for size, each in stays.items()
            if size > below and (last or size <= written.party_max)
            for minutes in each
        ]
        sizes = (below + 1, written.party_max)
        found.append(_evidence(house, sizes, written.minutes, sorted(inside)))
        below = written.party_max
    return tuple(found)


def quantile(ordered: Sequence[int], share: float) -> StayQuantile:
    """Return a percentile of sorted minutes with the interval of its rank; needs one value.

    The k-th smallest is below the percentile with the probability that a binomial number of n is
    at least k.
    """
    n = len(ordered)
    at, low, high, below = ceil(share * n - 1e-9) - 1, 0, n - 1, 0.0
    for rank in range(n):
        below += _binomial(n, rank, share)
        if below <= ONE_SIDE:
            low = rank
        if below >= 1.0 - ONE_SIDE:
            high = rank
            break
    return StayQuantile(minutes=ordered[at], low=ordered[min(low, at)], high=ordered[max(high, at)])


def _binomial(n: int, k: int, share: float) -> float:
    ways = lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)
    return exp(ways + k * log(share) + (n - k) * log1p(-share))


def _evidence(
    house: House, sizes: tuple[int, int], written: int, minutes: Sequence[int]
) -> TurnTimeEvidence:
    enough = len(minutes) >= NEEDED_SEATINGS
    evidence = TurnTimeEvidence(
        from_size=sizes[0],
        to_size=sizes[1],
        written_minutes=written,
        seatings=len(minutes),
        needed=NEEDED_SEATINGS,
        enough=enough,
        median=quantile(minutes, 0.5) if enough else None,
        p80=quantile(minutes, 0.8) if enough else None,
        longer=len(minutes) - bisect_right(minutes, written) if enough else None,
        sentence="",
    )
    return replace(evidence, sentence=say(_told(evidence), house.venue.locale))


def _told(found: TurnTimeEvidence) -> Message:
    between = found.to_size > found.from_size
    sizes = f"{found.from_size}–{found.to_size}" if between else str(found.to_size)
    seatings, median, most = found.seatings, found.median, found.p80
    if median is None or most is None:
        return message("stays-too-early", sizes=sizes, seatings=seatings, needed=found.needed)
    return message(
        "stays-seen",
        sizes=sizes,
        written=found.written_minutes,
        seatings=seatings,
        median=median.minutes,
        most=most.minutes,
        low=most.low,
        high=most.high,
        longer=found.longer or 0,
    )
