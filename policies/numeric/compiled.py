"""Decorators that compile numeric kernels with Numba, and the array types they take.

Kernels are plain functions of numbers and NumPy arrays, cached on disk. Numba's cache does not
notice a change in a kernel that is called from another file, so scripts/kernel_cache.py points
NUMBA_CACHE_DIR at a folder named after a hash of the sources.
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
SmallInts = NDArray[np.int16]
Flags = NDArray[np.bool_]
Keys = NDArray[np.uint64]


def compiled(kernel: Callable[P, R]) -> Callable[P, R]:
    """Return the kernel, compiled at the first call for each argument type; releases the GIL."""
    made = numba.njit(cache=True, nogil=True, error_model="numpy", boundscheck=False)(kernel)
    return cast("Callable[P, R]", made)


def inlined(kernel: Callable[P, R]) -> Callable[P, R]:
    """Return a kernel inlined into its callers, which saves counting references to its arrays."""
    made = numba.njit(forceinline=True, error_model="numpy", boundscheck=False)(kernel)
    return cast("Callable[P, R]", made)


def compiled_without_refcounts(kernel: Callable[P, R]) -> Callable[P, R]:
    """Return a kernel compiled without reference counts: it must not create or return arrays.

    For inner loops over tuples of arrays, where counting costs more than the work.
    """
    njit: Callable[..., Callable[..., object]] = numba.njit  # its stubs leave `_nrt` out
    made = njit(cache=True, nogil=True, error_model="numpy", boundscheck=False, _nrt=False)
    return cast("Callable[P, R]", made(kernel))
