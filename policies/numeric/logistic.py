"""Logistic regression with a ridge penalty on the weights and a prior on the base rate."""

import numpy as np
from msgspec import Struct

from policies.numeric.compiled import Flags, Floats

STEPS = 50
_TOLERANCE = 1e-9
_HALVINGS = 30
_EDGE = 1e-12


def sigmoid(scores: Floats) -> Floats:
    """Return the logistic function of each score, without overflow."""
    return np.asarray(0.5 * (1.0 + np.tanh(0.5 * scores)), np.float64)


def log_odds(chance: float) -> float:
    """Return the log odds of a probability, clipped to 1e-12 from 0 and 1."""
    kept = min(max(chance, _EDGE), 1.0 - _EDGE)
    return float(np.log(kept / (1.0 - kept)))


def fit_logistic(
    matrix: Floats,
    happened: Flags,
    *,
    ridge: float,
    prior_rate: float,
    prior_weight: float,
    towards: float = 0.0,
) -> tuple[float, Floats]:
    """Return the intercept and the weights [F] for features [N, F] with means of 0.

    Newton's method on the penalised likelihood (le Cessie and van Houwelingen 1992): the penalty
    is ridge / 2 times the sum of (weight - `towards`)^2. One pseudo-observation at the mean, of
    weight `prior_weight` and outcome `prior_rate`, gives the prior without data and keeps the
    intercept finite without events.
    """
    columns = np.vstack([np.zeros(matrix.shape[1]), matrix])
    columns = np.hstack([np.ones((len(columns), 1)), columns])
    weights = np.ones(len(columns))
    weights[0] = prior_weight
    outcomes = np.concatenate([[prior_rate], happened.astype(np.float64)])
    penalty = np.full(columns.shape[1], ridge)
    penalty[0] = 0.0
    problem = _Problem(columns, outcomes, weights, penalty, towards)
    coefficients = np.full(columns.shape[1], towards)
    coefficients[0] = log_odds(prior_rate)
    for _ in range(STEPS):
        moved = _line_search(problem, coefficients, _newton_step(problem, coefficients))
        if np.abs(moved - coefficients).max() < _TOLERANCE:
            break
        coefficients = moved
    return float(coefficients[0]), np.asarray(coefficients[1:], np.float64)


def log_loss(predicted: Floats, happened: Flags) -> float:
    """Return the mean negative log-likelihood of the outcomes."""
    given = np.where(happened, predicted, 1.0 - predicted)
    return float(-np.log(np.maximum(given, _EDGE)).mean())


def area_under_curve(predicted: Floats, happened: Flags) -> float:
    """Return the area under the ROC curve: P(score of an event > score of a non-event).

    Ties count half (Mann and Whitney 1947); 0.5 where only one outcome occurs.
    """
    values, place = np.unique(predicted, return_inverse=True)
    yes = np.bincount(place[happened], minlength=len(values)).astype(np.float64)
    no = np.bincount(place[~happened], minlength=len(values)).astype(np.float64)
    if not yes.sum() or not no.sum():
        return 0.5
    below = np.cumsum(no) - no
    return float((yes * (below + 0.5 * no)).sum() / (yes.sum() * no.sum()))


class _Problem(Struct, frozen=True, eq=False):
    """Design matrix `columns` [N, F], `outcomes` [N] (0 or 1), observation `weights` [N].

    `penalty` [F]: ridge of each coefficient, which shrinks it `towards` a value.
    """

    columns: Floats
    outcomes: Floats
    weights: Floats
    penalty: Floats
    towards: float


def _newton_step(problem: _Problem, coefficients: Floats) -> Floats:
    """Return the Newton step: the Hessian's inverse times the gradient."""
    given = sigmoid(problem.columns @ coefficients)
    shrinkage = problem.penalty * (coefficients - problem.towards)
    gradient = problem.columns.T @ (problem.weights * (problem.outcomes - given)) - shrinkage
    curvature = (problem.weights * given * (1.0 - given))[:, None]
    hessian = (problem.columns * curvature).T @ problem.columns + np.diag(problem.penalty)
    return np.asarray(np.linalg.solve(hessian, gradient), np.float64)


def _line_search(problem: _Problem, coefficients: Floats, step: Floats) -> Floats:
    """Return the coefficients after the step, halved until the cost does not rise."""
    before = _cost(problem, coefficients)
    for _ in range(_HALVINGS):
        moved = coefficients + step
        if _cost(problem, moved) <= before:
            return moved
        step = step / 2
    return coefficients


def _cost(problem: _Problem, coefficients: Floats) -> float:
    scores = problem.columns @ coefficients
    each = np.logaddexp(0.0, scores) - problem.outcomes * scores
    shrinkage = problem.penalty * (coefficients - problem.towards) ** 2
    return float(problem.weights @ each + shrinkage.sum() / 2)
