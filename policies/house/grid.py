"""The time grid: 5-minute buckets counted from the Unix epoch, and bit masks of buckets."""

from datetime import datetime, timedelta

GRID_MINUTES = 5
DAY_MINUTES = 24 * 60


GRID = timedelta(minutes=GRID_MINUTES)


BUCKET_SECONDS = int(GRID.total_seconds())
_GAP_LIMIT = 24
"""Buckets (2 hours): longer idle gaps on a table count as equal."""


def bucket(instant: datetime) -> int:
    """Return the number of the bucket that contains `instant`."""
    return int(instant.timestamp()) // BUCKET_SECONDS


def bucket_end(instant: datetime) -> int:
    """Return the first bucket that begins at or after `instant`."""
    return -(-int(instant.timestamp()) // BUCKET_SECONDS)


def bucket_mask(start: int, end: int) -> int:
    """Return the mask with bits `start` <= b < `end` set (0 when empty)."""
    return (1 << end) - (1 << start) if end > start else 0


def leftover_gap(taken: int, start: int, end: int) -> int:
    """Return the idle buckets before and after start..end on a table with occupancy mask `taken`.

    Each side counts for 24 buckets (2 hours) at most.
    """
    left = start - (taken & ((1 << start) - 1)).bit_length()
    later = taken >> end
    right = (later & -later).bit_length() - 1 if later else _GAP_LIMIT
    return (min(_GAP_LIMIT, left)) + (min(_GAP_LIMIT, right))
