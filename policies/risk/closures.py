"""Reduced capacity: tables blocked, in shut areas or bought out, by bucket."""

from datetime import datetime
from itertools import pairwise

import numpy as np

from policies.book.picture import Picture
from policies.forecast.period_grid import PeriodGrid
from policies.house.layout import Layout, SizeClasses, size_classes
from policies.numeric.compiled import Ints
from policies.plan.occupancy import closed_tables
from policies.risk.ledger import Ledger

Closures = frozenset[tuple[int, int, int]]
"""(place, first bucket, bucket after the last): tables out of use."""


def closures_of(picture: Picture, layout: Layout, grid: PeriodGrid, *, now: datetime) -> Closures:
    """Return the tables out of use; what is shut from `now` on counts from the opening on.

    Otherwise a shut area would be another closure every five minutes, and the ledger made anew.
    """
    spans = [
        (place, 0 if starts == now else max(0, grid.at(starts)), min(grid.end(ends), grid.length))
        for place, starts, ends in closed_tables(picture, layout.room, now=now)
    ]
    return frozenset(span for span in spans if span[1] < span[2])


def apply_closures(ledger: Ledger, closed: Closures) -> None:
    """Take the closed tables out of the capacity of a ledger that is still empty."""
    for group in range(len(ledger.boards)):
        for first, end, classes in _stretches(ledger.layout, group, closed):
            ledger.reduce_capacity(group, classes, first, end)


def open_resources(layout: Layout, group: int, closed: Closures, length: int) -> Ints:
    """Return [K + J, length]: tables of each class and joins of each kind in use, by bucket."""
    whole = size_classes(layout, group)
    there = np.tile(_column(whole)[:, None], (1, length))
    for first, end, classes in _stretches(layout, group, closed):
        there[:, first:end] = _column(classes)[:, None]
    return there


def _column(classes: SizeClasses) -> Ints:
    return np.concatenate([classes.tables, classes.join_count])


def _stretches(layout: Layout, group: int, closed: Closures) -> list[tuple[int, int, SizeClasses]]:
    """Return the intervals of buckets with the same tables closed, with the capacity left."""
    edges = sorted({edge for _, first, end in closed for edge in (first, end)})
    found = []
    for first, end in pairwise(edges):
        shut = frozenset(place for place, a, b in closed if a <= first and end <= b)
        if shut:
            found.append((first, end, size_classes(layout, group, shut)))
    return found
