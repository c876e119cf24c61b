"""The one time grid: five-minute buckets of absolute time, spans of them as integer bit masks."""

from datetime import datetime, timedelta

GRID_MINUTES = 5


GRID = timedelta(minutes=GRID_MINUTES)


BUCKET_SECONDS = int(GRID.total_seconds())
_FAR = 24
"""Buckets (two hours) past which a gap beside a neighbour is no longer worth telling apart."""


def bucket(instant: datetime) -> int:
    """Return the bucket `instant` lies in."""
    return int(instant.timestamp()) // BUCKET_SECONDS


def bucket_end(instant: datetime) -> int:
    """Return the first bucket that begins at or after `instant`."""
    return -(-int(instant.timestamp()) // BUCKET_SECONDS)


def span(start: int, end: int) -> int:
    """Return the mask of the buckets `start` <= b < `end` (0 when empty), relative to a base."""
    return (1 << end) - (1 << start) if end > start else 0


def leftover(taken: int, start: int, end: int) -> int:
    """Return the free buckets on both sides of start..end on a table taken as the mask says.

    Each side counts for two hours at most.
    """
    left = start - (taken & ((1 << start) - 1)).bit_length()
    later = taken >> end
    right = (later & -later).bit_length() - 1 if later else _FAR
    return (min(_FAR, left)) + (min(_FAR, right))
