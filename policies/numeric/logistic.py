"""Logistic regression for rare outcomes: a ridge on the weights, a prior on the base rate."""

import numpy as np
from msgspec import Struct

from policies.numeric.compiled import Flags, Floats

STEPS = 50
_NEAR = 1e-9
_HALVINGS = 30
_EDGE = 1e-12


def chances(scores: Floats) -> Floats:
    """Return the probability of each score, whatever its size."""
    return np.asarray(0.5 * (1.0 + np.tanh(0.5 * scores)), np.float64)


def score_of(chance: float) -> float:
    """Return the log odds of a probability; 0 and 1 are taken for nearly so."""
    kept = min(max(chance, _EDGE), 1.0 - _EDGE)
    return float(np.log(kept / (1.0 - kept)))


def fit(
    matrix: Floats,
    happened: Flags,
    *,
    ridge: float,
    prior_rate: float,
    prior_weight: float,
    towards: float = 0.0,
) -> tuple[float, Floats]:
    """Return the intercept and the weights [F] for features [N, F] with means of 0.

    Newton's method on the penalised likelihood (Cessie and van Houwelingen 1992): `ridge` times
    half the squares of weights less `towards`, and `prior_weight` average cases of which
    `prior_rate` happened, so that no data give the prior and no events no infinity.
    """
    columns = np.vstack([np.zeros(matrix.shape[1]), matrix])
    columns = np.hstack([np.ones((len(columns), 1)), columns])
    weights = np.ones(len(columns))
    weights[0] = prior_weight
    wanted = np.concatenate([[prior_rate], happened.astype(np.float64)])
    penalty = np.full(columns.shape[1], ridge)
    penalty[0] = 0.0
    case = _Case(columns, wanted, weights, penalty, towards)
    found = np.full(columns.shape[1], towards)
    found[0] = score_of(prior_rate)
    for _ in range(STEPS):
        moved = _downhill(case, found, _newton(case, found))
        if np.abs(moved - found).max() < _NEAR:
            break
        found = moved
    return float(found[0]), np.asarray(found[1:], np.float64)


def log_loss(predicted: Floats, happened: Flags) -> float:
    """Return the mean of minus the log of the probability given to what became of each case."""
    given = np.where(happened, predicted, 1.0 - predicted)
    return float(-np.log(np.maximum(given, _EDGE)).mean())


def ranking(predicted: Floats, happened: Flags) -> float:
    """Return the AUC: how often a case that happened was given more than one that did not.

    Ties count half (Mann and Whitney 1947); 0.5 where there is only one kind.
    """
    values, place = np.unique(predicted, return_inverse=True)
    yes = np.bincount(place[happened], minlength=len(values)).astype(np.float64)
    no = np.bincount(place[~happened], minlength=len(values)).astype(np.float64)
    if not yes.sum() or not no.sum():
        return 0.5
    below = np.cumsum(no) - no
    return float((yes * (below + 0.5 * no)).sum() / (yes.sum() * no.sum()))


class _Case(Struct, frozen=True, eq=False):
    """Rows [N, F], of which `wanted` [N] happened, each counted `weights` [N] times.

    `penalty` [F] pulls the weights `towards` a value.
    """

    columns: Floats
    wanted: Floats
    weights: Floats
    penalty: Floats
    towards: float


def _newton(case: _Case, found: Floats) -> Floats:
    """Return the step that would end at the minimum if the cost were quadratic."""
    given = chances(case.columns @ found)
    pull = case.penalty * (found - case.towards)
    slope = case.columns.T @ (case.weights * (case.wanted - given)) - pull
    curved = (case.weights * given * (1.0 - given))[:, None]
    bend = (case.columns * curved).T @ case.columns + np.diag(case.penalty)
    return np.asarray(np.linalg.solve(bend, slope), np.float64)


def _downhill(case: _Case, found: Floats, step: Floats) -> Floats:
    """Return the found weights moved by the step, halved until the cost does not rise."""
    before = _cost(case, found)
    for _ in range(_HALVINGS):
        moved = found + step
        if _cost(case, moved) <= before:
            return moved
        step = step / 2
    return found


def _cost(case: _Case, found: Floats) -> float:
    scores = case.columns @ found
    each = np.logaddexp(0.0, scores) - case.wanted * scores
    pull = case.penalty * (found - case.towards) ** 2
    return float(case.weights @ each + pull.sum() / 2)
