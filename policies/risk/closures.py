"""Less of a room for a while: tables blocked, in shut areas or bought out, bucket by bucket."""

from datetime import datetime
from itertools import pairwise

import numpy as np

from policies.book.picture import Picture
from policies.forecast.period_grid import EveningGrid
from policies.house.layout import Classes, Layout, classes_of
from policies.numeric.compiled import Ints
from policies.plan.occupancy import closed_tables
from policies.risk.ledger import Ledger

Closed = frozenset[tuple[int, int, int]]
"""(place, first bucket, bucket after the last): tables out of use."""


def closed_of(picture: Picture, layout: Layout, grid: EveningGrid, *, now: datetime) -> Closed:
    """Return the tables out of use; what is shut from now on counts from the opening on.

    So that an area shut is not another one every five minutes.
    """
    spans = [
        (place, 0 if starts == now else max(0, grid.at(starts)), min(grid.end(ends), grid.length))
        for place, starts, ends in closed_tables(picture, layout.room, now=now)
    ]
    return frozenset(span for span in spans if span[1] < span[2])


def closing(ledger: Ledger, closed: Closed) -> None:
    """Take the closed tables out of a ledger nobody is in yet."""
    for group in range(len(ledger.boards)):
        for first, end, classes in _stretches(ledger.layout, group, closed):
            ledger.leave(group, classes, first, end)


def resources(layout: Layout, group: int, closed: Closed, length: int) -> Ints:
    """Return [K + J, length]: the tables of each class and the joins of each kind in use."""
    whole = classes_of(layout, group)
    there = np.tile(_column(whole)[:, None], (1, length))
    for first, end, classes in _stretches(layout, group, closed):
        there[:, first:end] = _column(classes)[:, None]
    return there


def _column(classes: Classes) -> Ints:
    return np.concatenate([classes.tables, classes.join_count])


def _stretches(layout: Layout, group: int, closed: Closed) -> list[tuple[int, int, Classes]]:
    """Return the stretches of buckets in which the same tables are shut, with what is left."""
    edges = sorted({edge for _, first, end in closed for edge in (first, end)})
    found = []
    for first, end in pairwise(edges):
        shut = frozenset(place for place, a, b in closed if a <= first and end <= b)
        if shut:
            found.append((first, end, classes_of(layout, group, shut)))
    return found
