"""Figures of a row from its nights, paired with those of the best flat rule on the same nights."""

import math
from collections.abc import Sequence
from typing import Literal

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from policies.forecast.risk_calibration import (
    UNLEARNED,
    PromiseOutcome,
    RiskCalibration,
    learn_evening,
)
from policies.lab.compare import PairedGain, mean_or_nan, paired_gain
from policies.numeric.compiled import Floats
from scripts.benchmark.minutes.calibration import Calibration, calibration_of, pinball
from scripts.benchmark.minutes.night import SIZE_BANDS, KeptPromise, KeptQuote, MinuteNight

LATEST_LEVEL = 0.8
"""The quantile of the wait that is told as "at the latest"."""

QUOTE_BINS = 5
"""Bins of equal count by the likely wait, in which kept quotes are counted."""

Nights = Sequence[MinuteNight]


class MeanError(Struct, frozen=True):
    """A mean a night and its standard error."""

    mean: float
    error: float


class QuoteFigures(Struct, frozen=True, kw_only=True):
    """Quotes judged: kept "at the latest" by bin of the likely wait, and the pinball loss."""

    count: int
    kept: float
    kept_by_bin: tuple[float, ...]
    pinball: float


class MinuteFigures(Struct, frozen=True, kw_only=True):
    """A row on its nights; `load` and `stress` say which. Paired figures are None without a pair.

    `walked_against_flat`: walked parties less flat's. `booked_by_size`, `walked_by_size`: sums by
    SIZE_BANDS. `waited_times_flat`: parties over ten minutes over those of flat. `walked_told`:
    a night. `own`, `any`: None where nothing was told. What was told is as a house tells it that
    learns from night to night; `first_told`, `first_own`, `first_any`: by the model it starts from.
    """

    row: str
    title: str
    load: int
    stress: str
    rule: str
    nights: int
    net: float
    over_flat: PairedGain | None
    over_flat_door: PairedGain | None
    over_lookahead: PairedGain | None
    walked: MeanError
    walked_against_flat: MeanError | None
    booked_by_size: tuple[int, ...]
    walked_by_size: tuple[int, ...]
    waited: float
    waited_times_flat: float
    walked_told: float
    beyond: float
    refused: float
    own: Calibration | None
    any: Calibration | None
    first_told: float
    first_own: Calibration | None
    first_any: Calibration | None
    quotes: QuoteFigures | None

    @property
    def told_over_walked(self) -> float:
        """Walked parties told over happened, nan where none walked."""
        return self.walked_told / self.walked.mean if self.walked.mean else math.nan

    def walked_share(self, band: int) -> float:
        """The share of the booked parties of a band that walked."""
        booked = self.booked_by_size[band]
        return self.walked_by_size[band] / booked if booked else math.nan


def mean_error(values: Floats) -> MeanError:
    """Return mean and standard error; the error is nan below two nights."""
    error = float(values.std(ddof=1)) / math.sqrt(len(values)) if len(values) > 1 else math.nan
    return MeanError(mean_or_nan(values), error)


def paired(ours: Nights, theirs: Nights) -> tuple[list[MinuteNight], list[MinuteNight]]:
    """Return the nights of the seeds that both played, in the same order."""
    others = {night.seed: night for night in theirs}
    both = [(night, others[night.seed]) for night in ours if night.seed in others]
    return [night for night, _ in both], [night for _, night in both]


def gain(ours: Nights, theirs: Nights) -> PairedGain | None:
    """Return the paired gain in net, None below two common nights."""
    mine, other = paired(ours, theirs)
    return paired_gain(_nets(mine), _nets(other)) if len(mine) > 1 else None


def walked_against(ours: Nights, theirs: Nights) -> MeanError | None:
    """Return walked parties a night less those of the other row, None below two common nights."""
    mine, other = paired(ours, theirs)
    return mean_error(_walked(mine) - _walked(other)) if len(mine) > 1 else None


def waited_times(ours: Nights, theirs: Nights) -> float:
    """Return parties over ten minutes over the other row's on common nights."""
    mine, other = paired(ours, theirs)
    whole = sum(night.waited for night in other)
    return sum(night.waited for night in mine) / whole if whole else math.nan


def learning(nights: Nights) -> list[MinuteNight]:
    """Return the nights with what a house would have told that learned from those before.

    In the order of their seeds. What was decided stays: only a request whose told own_wait crosses
    the ceiling would have been decided otherwise.
    """
    learned, found = UNLEARNED, []
    for night in sorted(nights, key=lambda each: each.seed):
        promises = tuple(_as_told(learned, each) for each in night.promises)
        first = math.fsum(each.expected for each in night.promises)
        told = math.fsum(each.expected for each in promises)
        walked_told = night.walked_told - first + told
        found.append(replace(night, promises=promises, walked_told=walked_told))
        came = [_outcome(each) for each in night.promises if each.comes]
        learned = learn_evening(learned, came)
    return found


def calibration(nights: Nights, risk: Literal["own", "any"]) -> Calibration | None:
    """Return how true a told risk is of the parties that came, None where nothing was told."""
    came = [each for night in nights for each in night.promises if each.comes]
    told = [each.own if risk == "own" else each.any for each in came]
    happened = [each.waited if risk == "own" else each.any_waited for each in came]
    return calibration_of(np.array(told), np.array(happened, bool)) if came else None


def _as_told(learned: RiskCalibration, promise: KeptPromise) -> KeptPromise:
    walked = learned.walked(promise.own, promise.walked)
    return replace(
        promise,
        own=learned.own_wait.calibrated(promise.own),
        any=learned.any_wait.calibrated(promise.any),
        walked=walked,
        expected=promise.expected * walked / promise.walked if promise.walked > 0.0 else 0.0,
    )


def _outcome(promise: KeptPromise) -> PromiseOutcome:
    return PromiseOutcome(
        own_wait=promise.own,
        any_wait=promise.any,
        walked=promise.walked,
        waited=promise.waited,
        any_waited=promise.any_waited,
        left=promise.left,
    )


def quote_figures(nights: Nights) -> QuoteFigures | None:
    """Return how quotes were kept, None where none was given."""
    quotes = [each for night in nights for each in night.quotes]
    if not quotes:
        return None
    waited = np.array([each.waited for each in quotes], np.float64)
    latest = np.array([each.latest for each in quotes], np.float64)
    order = np.argsort([each.likely for each in quotes], kind="stable")
    bins = [part for part in np.array_split(order, QUOTE_BINS) if len(part)]
    return QuoteFigures(
        count=len(quotes),
        kept=_kept(quotes),
        kept_by_bin=tuple(_kept([quotes[place] for place in part]) for part in bins),
        pinball=pinball(latest, waited, LATEST_LEVEL),
    )


def sizes_summed(nights: Nights, *, walked: bool) -> tuple[int, ...]:
    """Return booked or walked parties of all nights by SIZE_BANDS."""
    told = [night.walked if walked else night.booked for night in nights]
    return tuple(sum(each[band] for each in told) for band in range(len(SIZE_BANDS)))


def _kept(quotes: list[KeptQuote]) -> float:
    return sum(each.sat and each.waited <= each.latest for each in quotes) / len(quotes)


def _nets(nights: Nights) -> Floats:
    return np.array([night.net for night in nights], np.float64)


def _walked(nights: Nights) -> Floats:
    return np.array([night.walked_parties for night in nights], np.float64)


def figures_of(
    row: tuple[str, str, int, str, str], nights: Nights, beside: dict[str, Nights]
) -> MinuteFigures:
    """Return a row's figures; `row`: name, title, load, stress, rule; `beside`: rows to compare."""
    name, title, load, stress, rule = row
    flat, told = beside.get("flat", ()), learning(nights)
    return MinuteFigures(
        row=name,
        title=title,
        load=load,
        stress=stress,
        rule=rule,
        nights=len(nights),
        net=mean_or_nan(_nets(nights)),
        over_flat=gain(nights, flat),
        over_flat_door=gain(nights, beside.get("flat-door", ())),
        over_lookahead=gain(nights, beside.get("lookahead", ())),
        walked=mean_error(_walked(nights)),
        walked_against_flat=walked_against(nights, flat),
        booked_by_size=sizes_summed(nights, walked=False),
        walked_by_size=sizes_summed(nights, walked=True),
        waited=mean_or_nan(np.array([night.waited for night in nights])),
        waited_times_flat=waited_times(nights, flat),
        walked_told=mean_or_nan(np.array([night.walked_told for night in told])),
        beyond=mean_or_nan(np.array([night.beyond for night in nights])),
        refused=mean_or_nan(np.array([night.refused for night in nights])),
        own=calibration(told, "own"),
        any=calibration(told, "any"),
        first_told=mean_or_nan(np.array([night.walked_told for night in nights])),
        first_own=calibration(nights, "own"),
        first_any=calibration(nights, "any"),
        quotes=quote_figures(nights),
    )
