"""What a figure of a forecast rests on: evenings seen, walk-ins among them, share of the prior.

A figure is the prior shrunk towards what was seen (`learning`, `demand`); it is as good as the
least known of its three factors: how many come, when they come, how many they are. Below
`NEEDED_EVENINGS` it is mostly the prior, and nothing is advised from it.
"""

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from policies.forecast.demand import PRIOR_NIGHTS, PRIOR_SLOT_NIGHTS
from policies.forecast.learning import NIGHTS, SIZE_WEIGHT
from policies.forecast.prior import slot_count
from policies.house.calendar import Period
from policies.house.grid import GRID_MINUTES
from policies.numeric.intervals import (
    MeanInterval,
    ShareInterval,
    student_interval,
    wilson_interval,
)

NEEDED_EVENINGS = round(PRIOR_SLOT_NIGHTS)
"""Advice is given from so many evenings on: then what was seen weighs as much as the prior in the
shares by time of the evening, the factor that is learned most slowly."""


class SeenWalkIn(Struct, frozen=True, kw_only=True):
    """A party that came without a booking, seated or not; `minute`: after the opening."""

    minute: int
    party_size: int


class SeenEvening(Struct, frozen=True, kw_only=True):
    """A period of the past that the forecast has learned from."""

    service_date: date
    walk_ins: tuple[SeenWalkIn, ...] = ()


class WalkInSpan(Struct, frozen=True):
    """Parties of `over` + 1 to `seats` guests, in buckets `first` <= b < `last` of the period."""

    over: int
    seats: int
    first: int
    last: int

    def counts(self, evening: SeenEvening) -> int:
        """Return how many walk-ins of an evening were of this kind."""
        return sum(
            self.over < each.party_size <= self.seats
            and self.first <= each.minute // GRID_MINUTES < self.last
            for each in evening.walk_ins
        )


class DemandEvidence(Struct, frozen=True, kw_only=True):
    """What an expected number of walk-ins rests on.

    `evenings` learned from, `comparable` of them on the same day of the week; advice needs
    `needed` evenings. `walk_ins`: such parties seen on them, `per_evening` with its 95 % interval.
    `prior_share`: how much of the figure is the prior and not the house's own.
    """

    evenings: int
    comparable: int
    needed: int
    enough: bool
    walk_ins: int
    per_evening: MeanInterval
    prior_share: float


def walk_in_evidence(
    seen: Sequence[SeenEvening], period: Period, span: WalkInSpan | None = None
) -> DemandEvidence:
    """Return the evidence for the walk-ins of a period, or for those of a span of it.

    `seen`: evenings of the period's name, the latest first.
    """
    span = span or WalkInSpan(0, 10**6, -(10**6), slot_count(period) * 10**3)
    evenings, same = latest(seen), same_weekday(seen, period)
    counts = [span.counts(each) for each in evenings]
    every = sum(len(each.walk_ins) for each in evenings)
    found = student_interval([float(each) for each in counts])
    return DemandEvidence(
        evenings=len(evenings),
        comparable=len(same),
        needed=NEEDED_EVENINGS,
        enough=len(evenings) >= NEEDED_EVENINGS,
        walk_ins=sum(counts),
        per_evening=_from_zero(found),
        prior_share=round(prior_share(len(evenings), len(same), every), 3),
    )


def used_evenings(seen: Sequence[SeenEvening], span: WalkInSpan, tables: int) -> ShareInterval:
    """Return on how many evenings so many tables of the span would all have been wanted."""
    evenings = latest(seen)
    return wilson_interval(sum(span.counts(each) >= tables for each in evenings), len(evenings))


def prior_share(evenings: int, comparable: int, walk_ins: int) -> float:
    """Return the weight of the prior in the least known factor of expected walk-ins, 0 to 1.

    Level and times are shrunk twice, to all evenings of the name and then to those of the weekday;
    the sizes of parties once, by all walk-ins seen.
    """
    level = _weight(PRIOR_NIGHTS, evenings) * _weight(PRIOR_NIGHTS, comparable)
    times = _weight(PRIOR_SLOT_NIGHTS, evenings) * _weight(PRIOR_SLOT_NIGHTS, comparable)
    return max(level, times, _weight(SIZE_WEIGHT, walk_ins))


def latest(seen: Sequence[SeenEvening]) -> Sequence[SeenEvening]:
    """Return the evenings that behaviour and common demand are learned from."""
    return seen[:NIGHTS]


def same_weekday(seen: Sequence[SeenEvening], period: Period) -> Sequence[SeenEvening]:
    """Return the evenings that a weekday's own demand is learned from."""
    day = period.service_date.isoweekday()
    return [each for each in seen if each.service_date.isoweekday() == day][:NIGHTS]


def _weight(prior: float, seen: int) -> float:
    return prior / (prior + seen)


def _from_zero(found: MeanInterval) -> MeanInterval:
    """Return the interval of a count, which is never below 0."""
    low = None if found.low is None else max(found.low, 0.0)
    return MeanInterval(of=found.of, mean=found.mean, low=low, high=found.high)
