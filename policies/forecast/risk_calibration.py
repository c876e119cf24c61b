"""Calibration of told risks on the house's own evenings: online Platt scaling, then calibeating.

A model learned on synthetic nights says how likely an event is (policies/risk/told). Here its log
odds z become slope x z + shift, and both are learned evening by evening: a Newton step on the
logistic loss, with the curvature of all evenings so far as its metric (online Newton step; Gupta
and Ramdas, "Online Platt scaling with calibeating", ICML 2023). The scaled probability is then
drawn to what happened among promises told about as much before (calibeating: Foster and Hart
2023), by a prior of `BIN_EVENTS` events.

Few parties are walked, one in some hundreds, so of walked alone a house would learn for months. Who
is walked has waited: walked is own_wait, learned from all who wait, times the share of those who
wait that is walked, learned from them.

Promises of one evening share its fate, so an evening counts as fewer observations than it has.
"""

import math
from collections.abc import Sequence
from typing import Annotated, Literal

from msgspec import Meta, Struct
from msgspec.structs import replace

from policies.forecast.forecast import Share

RiskName = Literal["own_wait", "any_wait", "walked"]
"""`own_wait`: this party waits over the tolerance or is walked. `any_wait`: somebody promised does
while it is here. `walked`: this party is walked, or waits for so long that it counts as walked."""

WALKED_MINUTES = 30
"""A promised wait beyond which a party counts as walked, whether it left or not: so do those of the
nights the model was learned on, and the counts of who lacks a table."""

RISKS: tuple[RiskName, ...] = ("own_wait", "any_wait", "walked")

SLOPE_PRECISION = 100.0
SHIFT_PRECISION = 4.0
"""Precision of the prior, slope 1 and shift 0: another house is off by some .1 and .5 [A]."""

MEMORY = 0.98
"""What an evening's information keeps of its weight from one evening to the next [A]: some 50."""

BIN_EDGES = (0.01, 0.03, 0.06, 0.12, 0.25, 0.5, 0.75)
"""Bounds of the bins of calibeating, as probabilities."""

BIN_EVENTS = 30.0
"""Events expected in a bin at which its own frequency weighs as much as the scaled probability [A].

The ratio of happened to told is known to a fifth by then.
"""

EVENING_WEIGHT = {"own_wait": 60.0, "any_wait": 4.0}
"""Independent observations an evening counts as at most.

Waits come in clusters: their number a night varies about three times as much as if each promise
waited on its own, and whether anybody waits hardly changes between neighbouring starts [M].
"""

_EDGE = 1e-6
_STEPS = 4


class BinRecord(Struct, frozen=True):
    """A bin of calibeating: weight of its observations, those told, and those that happened."""

    weight: float = 0.0
    told: float = 0.0
    happened: float = 0.0


class OnlineScaling(Struct, frozen=True, kw_only=True):
    """Platt scaling of one risk and its information: precision of slope, of both, of shift."""

    slope: float = 1.0
    shift: float = 0.0
    information: tuple[float, float, float] = (0.0, 0.0, 0.0)
    bins: tuple[BinRecord, ...] = (BinRecord(),) * (len(BIN_EDGES) + 1)

    def calibrated(self, raw: float) -> float:
        """Return the probability told where the model says `raw`."""
        scaled = _logistic(self.slope * log_odds_of(raw) + self.shift)
        seen = self.bins[_bin(scaled)]
        return min(1.0, scaled * (BIN_EVENTS + seen.happened) / (BIN_EVENTS + seen.told))


class ToldRisk(Struct, frozen=True, kw_only=True):
    """The risks told with a promise, each if its party comes, and what the house learns from.

    `evenings`: of the house's own that they rest on, 0: synthetic nights alone. `raw`: the model's
    probabilities by `RISKS`, before the house's calibration, None where something else told them;
    `known`: its features by name.
    """

    own_wait: Share
    any_wait: Share
    walked: Share
    evenings: int = 0
    raw: Annotated[tuple[Share, ...], Meta(min_length=3, max_length=3)] | None = None
    known: dict[str, float] = {}


class RiskCalibration(Struct, frozen=True, kw_only=True):
    """What a house has learned about its told risks; `evenings` 0: synthetic nights alone.

    `walked_of_waits`: of the probability that a party that waits is walked.
    """

    evenings: int = 0
    own_wait: OnlineScaling = OnlineScaling()
    any_wait: OnlineScaling = OnlineScaling()
    walked_of_waits: OnlineScaling = OnlineScaling()

    def walked(self, own_wait: float, walked: float) -> float:
        """Return the probability told to be walked where the model says these two."""
        if walked <= 0.0:
            return 0.0
        share = self.walked_of_waits.calibrated(share_walked(own_wait, walked))
        return self.own_wait.calibrated(own_wait) * share


class PromiseOutcome(Struct, frozen=True, kw_only=True):
    """A promise whose party came: the model's three probabilities, and whether each happened."""

    own_wait: Share
    any_wait: Share
    walked: Share
    waited: bool
    any_waited: bool
    left: bool


class PastPromise(Struct, frozen=True, kw_only=True):
    """A promise of a closed period whose party came, minutes from the opening.

    `starts`: its start, or its arrival if later; `until`: when it left, or was to. `walked`: or
    seated after more than `WALKED_MINUTES`. `told`: None where no risk was told.
    """

    starts: float
    until: float
    waited: bool
    walked: bool
    told: ToldRisk | None = None


UNLEARNED = RiskCalibration()


def evening_outcomes(came: Sequence[PastPromise]) -> list[PromiseOutcome]:
    """Return what came of the promises with which a risk was told."""
    waits = [each.starts for each in came if each.waited]
    return [
        PromiseOutcome(
            own_wait=each.told.raw[0],
            any_wait=each.told.raw[1],
            walked=each.told.raw[2],
            waited=each.waited,
            any_waited=each.waited or any(each.starts <= at < each.until for at in waits),
            left=each.walked,
        )
        for each in came
        if each.told is not None and each.told.raw is not None
    ]


def learn_evening(known: RiskCalibration, came: Sequence[PromiseOutcome]) -> RiskCalibration:
    """Return the calibration after one more evening; `came`: its promises whose party came.

    Cancelled parties and no-shows are no outcomes: each risk is conditional on coming.
    """
    if not came:
        return known
    own = [(each.own_wait, each.waited) for each in came]
    anybody = [(each.any_wait, each.any_waited) for each in came]
    waits = [each for each in came if each.waited]
    walked = [(share_walked(each.own_wait, each.walked), each.left) for each in waits]
    return RiskCalibration(
        evenings=known.evenings + 1,
        own_wait=_learned(known.own_wait, own, EVENING_WEIGHT["own_wait"]),
        any_wait=_learned(known.any_wait, anybody, EVENING_WEIGHT["any_wait"]),
        walked_of_waits=_learned(known.walked_of_waits, walked, float(len(walked))),
    )


def share_walked(own_wait: float, walked: float) -> float:
    """Return the probability that a party that waits is walked, from the two probabilities."""
    return min(1.0, walked / own_wait) if own_wait > 0.0 else 0.0


def log_odds_of(chance: float) -> float:
    """Return the log odds of a probability, clipped to 1e-6 from 0 and 1."""
    kept = min(max(chance, _EDGE), 1.0 - _EDGE)
    return math.log(kept / (1.0 - kept))


def _logistic(score: float) -> float:
    return 0.5 * (1.0 + math.tanh(0.5 * score))


def _bin(chance: float) -> int:
    return sum(chance >= edge for edge in BIN_EDGES)


def _learned(
    known: OnlineScaling, seen: Sequence[tuple[float, bool]], most: float
) -> OnlineScaling:
    """Return the scaling after an evening's (raw probability, happened), worth `most` at most."""
    if not seen:
        return known
    weight = min(1.0, most / len(seen))
    faded = replace(
        known,
        information=tuple(MEMORY * each for each in known.information),
        bins=tuple(BinRecord(*(MEMORY * part for part in _parts(each))) for each in known.bins),
    )
    return _with_bins(_stepped(faded, seen, weight), known, seen, weight)


def _parts(record: BinRecord) -> tuple[float, float, float]:
    return record.weight, record.told, record.happened


def _stepped(
    known: OnlineScaling, seen: Sequence[tuple[float, bool]], weight: float
) -> OnlineScaling:
    """Newton's method from the known scaling on the evening's loss, held by what is known.

    The penalty is the information so far, and that of the prior, around the known values.
    """
    scores = [(log_odds_of(raw), float(happened)) for raw, happened in seen]
    a, b, c = known.information
    a, c = a + SLOPE_PRECISION, c + SHIFT_PRECISION
    slope, shift = known.slope, known.shift
    for _ in range(_STEPS):
        up, by = slope - known.slope, shift - known.shift
        g, h = -(a * up + b * by), -(b * up + c * by)
        aa, bb, cc = a, b, c
        for score, happened in scores:
            told = _logistic(slope * score + shift)
            g += weight * (happened - told) * score
            h += weight * (happened - told)
            curve = weight * told * (1.0 - told)
            aa, bb, cc = aa + curve * score * score, bb + curve * score, cc + curve
        size = aa * cc - bb * bb
        slope += (cc * g - bb * h) / size
        shift += (aa * h - bb * g) / size
    return replace(
        known,
        slope=slope,
        shift=shift,
        information=(aa - SLOPE_PRECISION, bb, cc - SHIFT_PRECISION),
    )


def _with_bins(
    after: OnlineScaling,
    before: OnlineScaling,
    seen: Sequence[tuple[float, bool]],
    weight: float,
) -> OnlineScaling:
    """Count the evening in the bins it was told from: the scaled probabilities before it."""
    bins = list(after.bins)
    for raw, happened in seen:
        scaled = _logistic(before.slope * log_odds_of(raw) + before.shift)
        place = _bin(scaled)
        old = bins[place]
        bins[place] = BinRecord(
            old.weight + weight, old.told + weight * scaled, old.happened + weight * happened
        )
    return replace(after, bins=tuple(bins))
