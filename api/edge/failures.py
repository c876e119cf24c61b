"""What the log says of failures: one short line a request, and each traceback once a minute.

Whoever finds a fault of ours could else fill the disk with it, and write what they like: a message
of an exception may hold what a caller sent.
"""

import logging
from collections.abc import Callable
from time import monotonic
from traceback import StackSummary, extract_tb, format_list
from typing import Final

log = logging.getLogger("maitred")

AGAIN_SECONDS: Final = 60.0
PLACES_KEPT: Final = 256
LINE_LENGTH: Final = 300
FRAMES_TOLD: Final = 12
LONGEST_CHAIN: Final = 4


def one_line(text: object, length: int = LINE_LENGTH) -> str:
    """Return a text as one line of at most so many characters, without control characters."""
    start = str(text)[: length + 1]
    plain = "".join(letter if letter.isprintable() else "?" for letter in start)
    return plain if len(plain) <= length else f"{plain[: length - 3]}..."


class FailureLog:
    """Logs failures; `clock`: seconds that only grow."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._told: dict[tuple[str, str, int], float] = {}

    def note(self, what: str, error: BaseException) -> None:
        """Say that `what` failed; with the traceback unless this place had it within a minute."""
        said = one_line(f"{what} failed: {type(error).__name__}: {error}")
        if self._is_news(_place_of(error)):
            log.error("%s\n%s", said, _traceback_of(error))
        else:
            log.error("%s", said)

    def _is_news(self, place: tuple[str, str, int]) -> bool:
        now = self._clock()
        if now - self._told.get(place, -AGAIN_SECONDS) < AGAIN_SECONDS:
            return False
        self._told.pop(place, None)
        if len(self._told) >= PLACES_KEPT:
            self._told.pop(next(iter(self._told)))
        self._told[place] = now
        return True


FAILURES: Final = FailureLog()


def _frames_of(error: BaseException) -> StackSummary:
    """The innermost frames of an exception, without the values of their variables."""
    return StackSummary.from_list(extract_tb(error.__traceback__)[-FRAMES_TOLD:])


def _place_of(error: BaseException) -> tuple[str, str, int]:
    frames = _frames_of(error)
    if not frames:
        return type(error).__name__, "", 0
    return type(error).__name__, frames[-1].filename, frames[-1].lineno or 0


def _traceback_of(error: BaseException) -> str:
    """The last frames of an exception and of those that it came from, their messages cut."""
    told: list[str] = []
    at: BaseException | None = error
    while at is not None and len(told) < LONGEST_CHAIN:
        frames = "".join(format_list(_frames_of(at)))
        told.append(f"{frames}{one_line(f'{type(at).__name__}: {at}')}")
        at = at.__cause__ or at.__context__
    return "\n-- which came from:\n".join(told)
