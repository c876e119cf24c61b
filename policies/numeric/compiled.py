"""Compiling a numeric kernel: one decorator, typed, with the cache that later starts read.

Kernels are plain functions of numbers and NumPy arrays. A change in a kernel that another file's
kernel calls is not seen by Numba's cache, so `scripts/` point NUMBA_CACHE_DIR at a folder named
after the sources (scripts/kernel_cache.py).
"""

from collections.abc import Callable
from typing import ParamSpec, TypeVar, cast

import numba
import numpy as np
from numpy.typing import NDArray

P = ParamSpec("P")
R = TypeVar("R")

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Small = NDArray[np.int16]
Flags = NDArray[np.bool_]
Keys = NDArray[np.uint64]


def compiled(kernel: Callable[P, R]) -> Callable[P, R]:
    """Return the kernel compiled at its first call for each kind of argument, without the GIL."""
    made = numba.njit(cache=True, nogil=True, error_model="numpy", boundscheck=False)(kernel)
    return cast("Callable[P, R]", made)


def inlined(kernel: Callable[P, R]) -> Callable[P, R]:
    """Return a kernel that becomes part of its callers: arrays it is passed are not counted."""
    made = numba.njit(forceinline=True, error_model="numpy", boundscheck=False)(kernel)
    return cast("Callable[P, R]", made)


def lean(kernel: Callable[P, R]) -> Callable[P, R]:
    """Return a kernel that counts no references: it may neither make arrays nor return any.

    For inner loops over tuples of arrays, where counting them costs more than the work.
    """
    njit: Callable[..., Callable[..., object]] = numba.njit  # its stubs leave `_nrt` out
    made = njit(cache=True, nogil=True, error_model="numpy", boundscheck=False, _nrt=False)
    return cast("Callable[P, R]", made(kernel))
