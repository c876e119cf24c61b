"""The grid of one period: 5-minute buckets counted from its opening."""

from datetime import datetime, timedelta

from msgspec import Struct

from policies.forecast.forecast import elapsed_share
from policies.house.calendar import Period
from policies.house.grid import GRID, bucket, bucket_end

AFTER_CLOSING = timedelta(hours=1)
"""Time after closing covered by the grid: guests may still be seated."""

_DAY = timedelta(days=1)


class PeriodGrid(Struct, frozen=True, kw_only=True):
    """`length` buckets from `base`, the opening's bucket counted from the Unix epoch."""

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
        """Return the share of the period's requests expected by `instant`, 1 from the opening."""
        return elapsed_share((self.opens - instant) / _DAY)


def grid_of(period: Period) -> PeriodGrid:
    """Return the grid from the opening to an hour after closing."""
    base = bucket(period.opens)
    return PeriodGrid(
        opens=period.opens,
        base=base,
        length=max(1, bucket_end(period.closes + AFTER_CLOSING) - base),
    )
