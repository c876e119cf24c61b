"""Linear quantile regression: fitted to weighted records, and moved by one record at a time."""

import numpy as np

from policies.numeric.compiled import Floats

STEPS = 400
_SMALLEST = 1e-3
_TOLERANCE = 1e-7


def pinball_loss(predicted: Floats, happened: Floats, level: float) -> Floats:
    """Return the loss of predicting the quantile of a level, each: its minimum is the quantile.

    level x (happened - predicted) where that is positive, else (1 - level) x (predicted -
    happened) (Koenker and Bassett 1978).
    """
    short = happened - predicted
    return np.asarray(np.maximum(level * short, (level - 1.0) * short), np.float64)


def fit_quantile(
    matrix: Floats, happened: Floats, weights: Floats, *, level: float, ridge: float
) -> Floats:
    """Return the coefficients [F] whose matrix [N, F] predicts the quantile of the level.

    Minimises the weighted pinball loss plus ridge / 2 times the squares of the coefficients, by
    majorising it with parabolas (Hunter and Lange 2000).
    """
    penalty = ridge * np.eye(matrix.shape[1])
    coefficients = np.linalg.solve(
        (matrix * weights[:, None]).T @ matrix + penalty, matrix.T @ (weights * happened)
    )
    for _ in range(STEPS):
        short = np.abs(happened - matrix @ coefficients)
        curve = weights / (2.0 * (_SMALLEST + short))
        pull = curve * happened + weights * (level - 0.5)
        moved = np.linalg.solve((matrix * curve[:, None]).T @ matrix + penalty, matrix.T @ pull)
        if np.abs(moved - coefficients).max() < _TOLERANCE:
            return np.asarray(moved, np.float64)
        coefficients = moved
    return np.asarray(coefficients, np.float64)
