"""The house's written turn times against the stays it has seen.

A turn time holds the table from the start to the next party, reset included; a stay ends when the
table is cleared. Percentiles are order statistics, with the distribution-free 95 % interval of
their ranks (David and Nagaraja 2003, section 7.1).
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from math import ceil, exp, lgamma, log, log1p

from msgspec import Struct
from msgspec.structs import replace

from policies.forecast.stays import SIZE_WEIGHT
from policies.house.calendar import WEEK
from policies.house.house import Day, House, TurnTime
from policies.house.room import room_of
from policies.words.catalogue import say
from policies.words.message import CalendarDate, Message, Param, message

NEEDED_SEATINGS = round(SIZE_WEIGHT)
"""Seatings from which stays of a size are told: then they weigh as much as the curve assumed
before, and the four-fifths mark has both ends of its interval within what was seen."""

A_MONDAY = date(2024, 1, 1)

ONE_SIDE = 0.025
"""Probability left out at each end of an interval."""


class StayQuantile(Struct, frozen=True, kw_only=True):
    """Minutes within which a share of the stays was over, with a 95 % interval."""

    minutes: int
    low: int
    high: int


class TurnTimeEvidence(Struct, frozen=True, kw_only=True):
    """A written turn time for parties of `from_size` to `to_size`, against `seatings` stays.

    It holds in these `areas`, `days` and `periods` only, where it names any. `median`, `p80` and
    `longer` (stays longer than written) are None below `needed` seatings.
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
    areas: tuple[str, ...] = ()
    days: tuple[Day, ...] = ()
    periods: tuple[str, ...] = ()


class SeenStays(Struct, frozen=True, kw_only=True):
    """The minutes of stays at table: parties of one size, in periods of one name on one weekday.

    `area`: where they sat, None where that was at tables of several.
    """

    party_size: int
    period: str
    day: Day
    area: str | None
    minutes: tuple[int, ...]


def turn_time_evidence(house: House, stays: Iterable[SeenStays]) -> tuple[TurnTimeEvidence, ...]:
    """Return each written turn time beside the stays of the parties that it held for."""
    room, inside = room_of(house), dict[TurnTime, list[int]]()
    for each in stays:
        held = room.turn_time(each.party_size, each.period, each.day, each.area)
        inside.setdefault(held, []).extend(each.minutes)
    return tuple(
        _evidence(house, written, sorted(inside.get(written, ()))) for written in house.turn_times
    )


def _from_size(house: House, turn: TurnTime) -> int:
    """Return the smallest party that a turn time holds for, by the others under its conditions."""
    smaller = (
        each.party_max
        for each in house.turn_times
        if each.party_max < turn.party_max
        and (each.areas, each.days, each.periods) == (turn.areas, turn.days, turn.periods)
    )
    return max(smaller, default=0) + 1


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


def _evidence(house: House, turn: TurnTime, minutes: Sequence[int]) -> TurnTimeEvidence:
    enough = len(minutes) >= NEEDED_SEATINGS
    evidence = TurnTimeEvidence(
        from_size=_from_size(house, turn),
        to_size=turn.party_max,
        written_minutes=turn.minutes,
        seatings=len(minutes),
        needed=NEEDED_SEATINGS,
        enough=enough,
        median=quantile(minutes, 0.5) if enough else None,
        p80=quantile(minutes, 0.8) if enough else None,
        longer=len(minutes) - bisect_right(minutes, turn.minutes) if enough else None,
        sentence="",
        areas=tuple(area.id for area in house.areas if area.id in turn.areas),
        days=tuple(day for day in WEEK if day in turn.days),
        periods=tuple(sorted(turn.periods)),
    )
    said = _told(evidence, parties_said(house, turn))
    return replace(evidence, sentence=say(said, house.venue.locale))


def _told(found: TurnTimeEvidence, sizes: Message | str) -> Message:
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


def parties_said(house: House, turn: TurnTime, period: str | None = None) -> Message | str:
    """Return the sizes, and where and when the turn time holds: 2 (Terrace, Friday).

    `period`: the one meant, of a turn time that holds for all.
    """
    first, last = _from_size(house, turn), turn.party_max
    sizes = f"{first}–{last}" if last > first else str(last)
    days = (
        message("weekday", day=CalendarDate(A_MONDAY + number * timedelta(days=1), "weekday"))
        for number, day in enumerate(WEEK)
        if day in turn.days
    )
    areas = (area.name for area in house.areas if area.id in turn.areas)
    periods = sorted(turn.periods) if period is None else [period]
    only: tuple[Param, ...] = (*areas, *days, *periods)
    if not only:
        return sizes
    said = only[0]
    for more in only[1:]:
        said = message("turn-only", said=said, more=more)
    return message("stays-only", sizes=sizes, only=said)
