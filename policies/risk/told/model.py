"""The model of told risks: logistic in the columns of `features`, learned on synthetic nights."""

import math
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import msgspec
import numpy as np
from msgspec import Struct

from policies.forecast.risk_calibration import RISKS, RiskCalibration, RiskName, ToldRisk
from policies.numeric.compiled import Flags, Floats
from policies.numeric.logistic import fit_logistic
from policies.risk.told.features import PromiseFeatures, columns

COEFFICIENTS = Path(__file__).with_name("coefficients.json")
RIDGE = 10.0
"""Ridge penalty on standardised columns, as of the show-up model."""


class LogisticModel(Struct, frozen=True, kw_only=True):
    """One risk's intercept and weights by column; a column without a weight counts nothing."""

    intercept: float
    weights: Mapping[str, float]

    def chance(self, known: Mapping[str, float]) -> float:
        """Return the probability where the columns are `known`."""
        score = self.intercept
        for name, weight in self.weights.items():
            score += weight * known[name]
        return 0.5 * (1.0 + math.tanh(0.5 * score))


class Coefficients(Struct, frozen=True, kw_only=True):
    """The models, and the synthetic nights they were learned on: `scripts/bench told-prior`."""

    command: str
    first_seed: int
    nights: int
    promises: int
    models: Mapping[RiskName, LogisticModel]


def tell_risk(known: PromiseFeatures, learned: RiskCalibration) -> ToldRisk:
    """Return the risks told of a promise with these features, each if the party comes.

    The model was learned where few promises lack a table by the counts alone; where they do, that
    is a cause of waits of its own: 1 - (1 - model) (1 - lacks).
    """
    found, models = columns(known), coefficients().models
    own, anybody, walked = (models[name].chance(found) for name in RISKS)
    own, anybody = (_either(each, known.lacks) for each in (own, anybody))
    walked = _either(walked, known.lacks_long)
    waits = learned.own_wait.calibrated(own)
    return ToldRisk(
        own_wait=waits,
        any_wait=max(waits, learned.any_wait.calibrated(anybody)),
        walked=learned.walked(own, walked),
        evenings=learned.evenings,
        raw=(own, anybody, walked),
        known=known.figures(),
    )


def _either(one: float, other: float) -> float:
    return 1.0 - (1.0 - one) * (1.0 - other)


@cache
def coefficients() -> Coefficients:
    """Return the coefficients in the package."""
    return msgspec.json.decode(COEFFICIENTS.read_bytes(), type=Coefficients)


def fit_model(known: list[dict[str, float]], happened: Flags) -> LogisticModel:
    """Return the model fitted on promises [N] by their columns."""
    names = list(known[0])
    matrix = np.array([[each[name] for name in names] for each in known], np.float64)
    means, scales = matrix.mean(axis=0), matrix.std(axis=0)
    used = scales > 1e-9
    standard: Floats = (matrix[:, used] - means[used]) / scales[used]
    rate = (float(happened.sum()) + 0.5) / (len(happened) + 1.0)
    intercept, weights = fit_logistic(
        standard, happened, ridge=RIDGE, prior_rate=rate, prior_weight=1.0
    )
    weights = weights / scales[used]
    kept = [name for name, varies in zip(names, used, strict=True) if varies]
    return LogisticModel(
        intercept=round(float(intercept - weights @ means[used]), 6),
        weights={name: round(float(each), 6) for name, each in zip(kept, weights, strict=True)},
    )
