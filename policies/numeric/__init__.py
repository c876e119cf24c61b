"""Mathematics without any restaurant term: compilation, draws, distributions, regression.

`compiled` is the one decorator for Numba kernels; `draws` makes common random numbers by hashing
(subject, scenario, purpose), so that a draw does not depend on the order of drawing; the rest is
the Poisson-binomial distribution, ridge-penalised logistic regression, and 95 % intervals
(Wilson's for shares, Student's for means).

Internal to policies: no front doors.
"""
