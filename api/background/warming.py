"""Loading the decisions' kernels beside a starting application, without holding up its end."""

import asyncio
import gc
import threading
from collections.abc import Callable
from contextlib import suppress

from policies.warm import warm


def begin_warming(run: Callable[[], None] = warm) -> asyncio.Future[None]:
    """Return what is done when the kernels are loaded, or failed with what was raised.

    A daemon thread: compiling takes a minute at the very first start, and Ctrl-C must not.
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
            lay_aside()
        except Exception as raised:  # noqa: BLE001 - told by /readyz
            error = raised
        with suppress(RuntimeError):  # the loop has ended meanwhile
            loop.call_soon_threadsafe(settle, error)

    threading.Thread(target=work, name="warming", daemon=True).start()
    return done


def lay_aside() -> None:
    """Take what a process keeps for ever out of Python's collections of garbage, once.

    Kernels and modules are 180,000 objects: to look through them held every request up for 40 ms.
    """
    if gc.get_freeze_count() == 0:
        gc.collect()
        gc.freeze()
