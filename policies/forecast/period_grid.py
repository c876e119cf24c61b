"""The grid of one period: buckets of five minutes counted from its opening, and booking time."""

from datetime import datetime, timedelta

from msgspec import Struct

from policies.forecast.forecast import elapsed_share
from policies.house.calendar import Period
from policies.house.grid import GRID, bucket, bucket_end

AFTERWARDS = timedelta(hours=1)
"""How long after the closing guests may be thought to stay."""

_DAY = timedelta(days=1)


class EveningGrid(Struct, frozen=True, kw_only=True):
    """A period's buckets: `base` is the bucket of its opening since 1970, `length` how many."""

    opens: datetime
    base: int
    length: int

    def at(self, instant: datetime) -> int:
        """Return the bucket `instant` lies in; negative before the opening."""
        return bucket(instant) - self.base

    def end(self, instant: datetime) -> int:
        """Return the first bucket at or after `instant`."""
        return bucket_end(instant) - self.base

    def instant(self, number: int) -> datetime:
        """Return when a bucket begins."""
        return self.opens + GRID * number

    def share(self, instant: datetime) -> float:
        """Return the share of the booking window gone by then: 1 when the doors open."""
        return elapsed_share((self.opens - instant) / _DAY)


def grid_of(period: Period) -> EveningGrid:
    """Return the grid of a period, an hour longer than it."""
    base = bucket(period.opens)
    return EveningGrid(
        opens=period.opens,
        base=base,
        length=max(1, bucket_end(period.closes + AFTERWARDS) - base),
    )
