"""How long to wait after wrong PINs: pauses that grow, then a lock that ends by itself."""

from datetime import datetime, timedelta
from typing import Final

from msgspec import Struct


class Schedule(Struct, frozen=True, kw_only=True):
    """Waits after wrong PINs. Each `series` of them ends with a lock, longer every time.

    `pauses`: after the last wrong ones of a series before its lock. `locks`: of the first series,
    the second and so on; the last for all that follow. `forgotten`: wrong PINs older than this
    count no more.
    """

    series: int
    pauses: tuple[timedelta, ...] = ()
    locks: tuple[timedelta, ...]
    forgotten: timedelta


PAUSES: Final = (timedelta(seconds=5), timedelta(seconds=10), timedelta(seconds=20))

TABLET: Final = Schedule(
    series=6,
    pauses=PAUSES,
    locks=(
        timedelta(minutes=5),
        timedelta(minutes=15),
        timedelta(minutes=30),
        timedelta(hours=1),
        timedelta(hours=2),
    ),
    forgotten=timedelta(days=1),
)
"""Of one tablet, whoever is tried: 5, 10, 20 s after the third wrong PIN, the sixth locks it.

At most 96 guesses a day. The first lock is short: a child at the door may well be the reason, the
evening goes on, and a house with one tablet has no other to unlock it from.
"""

PERSON: Final = Schedule(
    series=20,
    locks=(timedelta(hours=1), timedelta(hours=4), timedelta(hours=12)),
    forgotten=timedelta(days=30),
)
"""Of one person, over all tablets where they never got in, or on one where they did."""

SLACK: Final = timedelta(minutes=1)
"""What the clocks of two machines may differ by."""


class Guesses(Struct, frozen=True, kw_only=True):
    """Wrong PINs so far; the last of them `failed_at`, none is looked at before `locked_until`."""

    failures: int = 0
    failed_at: datetime | None = None
    locked_until: datetime | None = None


def wait_after(schedule: Schedule, failures: int) -> timedelta:
    """Return how long nothing is looked at after so many wrong PINs in a row."""
    if failures < 1:
        return timedelta(0)
    rounds, in_series = divmod(failures, schedule.series)
    if in_series == 0:
        return schedule.locks[min(rounds, len(schedule.locks)) - 1]
    before_lock = schedule.series - in_series
    if before_lock > len(schedule.pauses):
        return timedelta(0)
    return schedule.pauses[-before_lock]


def is_lock(schedule: Schedule, failures: int) -> bool:
    """Whether the wait after so many wrong PINs is a lock and no pause."""
    return failures > 0 and failures % schedule.series == 0


def waits_until(schedule: Schedule, so_far: Guesses, now: datetime) -> datetime | None:
    """Return until when nothing is looked at; None if it is now.

    A wait that reaches further ahead than it may be long was begun by another clock, which has been
    set back since: it keeps nobody out.
    """
    until = so_far.locked_until
    if until is None or until <= now:
        return None
    longest = wait_after(schedule, so_far.failures) + SLACK
    return until if until - now <= longest else None


def one_more(schedule: Schedule, so_far: Guesses, now: datetime) -> Guesses:
    """Return the guesses with one more, which is as good as wrong until it has been compared."""
    old = so_far.failed_at is not None and so_far.failed_at <= now - schedule.forgotten
    failures = 1 if old else so_far.failures + 1
    wait = wait_after(schedule, failures)
    return Guesses(failures=failures, failed_at=now, locked_until=now + wait if wait else None)
