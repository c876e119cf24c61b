"""Compiles or loads the Numba kernels in a thread while the application starts."""

import asyncio
import gc
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import cache

from policies.warm import warm


def begin_warming(run: Callable[[], None] = warm) -> asyncio.Future[None]:
    """Start loading; the future ends when the kernels are loaded, or with what was raised.

    A daemon thread: compiling takes a minute at the first start and must not delay Ctrl-C.
    """
    loop = asyncio.get_running_loop()
    done: asyncio.Future[None] = loop.create_future()

    def settle(error: Exception | None) -> None:
        if not done.done():
            done.set_exception(error) if error else done.set_result(None)

    def work() -> None:
        error = None
        try:
            run()
            freeze_garbage_collection()
        except Exception as raised:  # noqa: BLE001 - reported by /readyz
            error = raised
        with suppress(RuntimeError):  # the loop has ended meanwhile
            loop.call_soon_threadsafe(settle, error)

    threading.Thread(target=work, name="warming", daemon=True).start()
    return done


@cache
def freeze_garbage_collection() -> None:
    """Freeze the garbage collector's permanent generation, once in a process.

    Kernels and modules are 180,000 objects: a full collection of them paused requests for 40 ms.
    To ask the collector whether it is frozen would take it as long: it counts them one by one.
    """
    gc.collect()
    gc.freeze()
