"""What is closed when a request ends, however it ends.

Litestar leaves the generator of a stream to the garbage collector where sending failed.
"""

from collections.abc import Awaitable, Callable
from typing import Any, Final

from litestar.types import Scope

KEY: Final = "endings"
Ending = Callable[[], Awaitable[Any]]


def at_end(scope: Scope, ending: Ending) -> None:
    """Have `ending` awaited when the request of this scope ends."""
    _of(scope).append(ending)


async def end(scope: Scope) -> None:
    """Await the endings of a request, the last one first."""
    if KEY in scope:
        for ending in reversed(_of(scope)):
            await ending()


def _of(scope: Any) -> list[Ending]:  # noqa: ANN401 - a scope holds what one puts there
    found: list[Ending] = scope.setdefault(KEY, [])
    return found
