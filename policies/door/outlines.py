"""The room as a tablet draws it, where the house file tells only its tables and lines."""

from collections.abc import Iterable
from math import cos, radians, sin
from operator import itemgetter

from msgspec import Struct

from policies.house.house import House, Table, Wall

MARGIN = 0.7
"""Metres of floor around the outermost tables of an area: a chair and who sits on it."""

WALL_WITHIN = 2.5
"""A wall that runs along an area no farther off than this, in metres, is its edge."""

SIDE, SIDE_OF_A_SEAT = 0.5, 0.1
"""Metres of the side of a table whose size the house file does not tell, and more by its seats."""


class Point(Struct, frozen=True, kw_only=True):
    """A place on the floor plan, in metres."""

    x: float
    y: float


class AreaOutline(Struct, frozen=True, kw_only=True):
    """The corners of an area, clockwise from the upper left; worked out unless `drawn`."""

    area: str
    corners: tuple[Point, ...]
    drawn: bool = False


def outlines_of(house: House) -> tuple[AreaOutline, ...]:
    """Return a rectangle around the tables of each area that has any, out to walls beside it."""
    return tuple(
        AreaOutline(area=area.id, corners=_corners(tables, house.walls))
        for area in house.areas
        if (tables := [table for table in house.tables if table.area == area.id])
    )


def door_of(house: House) -> Point | None:
    """Return the middle of the first door of the floor plan, None where none is drawn."""
    for wall in house.walls:
        if wall.kind == "door":
            return Point(x=(wall.x1 + wall.x2) / 2, y=(wall.y1 + wall.y2) / 2)
    return None


def _corners(tables: Iterable[Table], walls: Iterable[Wall]) -> tuple[Point, ...]:
    boxes = [_box(table) for table in tables]
    left, top = (min(map(itemgetter(side), boxes)) - MARGIN for side in (0, 1))
    right, bottom = (max(map(itemgetter(side), boxes)) + MARGIN for side in (2, 3))
    lines = [wall for wall in walls if wall.kind in {"wall", "window", "door"}]
    upright = [(w.x1, *sorted((w.y1, w.y2))) for w in lines if w.x1 == w.x2]
    level = [(w.y1, *sorted((w.x1, w.x2))) for w in lines if w.y1 == w.y2]
    left, right = _out_to(upright, left, right, (top, bottom))
    top, bottom = _out_to(level, top, bottom, (left, right))
    return tuple(
        Point(x=round(x, 2), y=round(y, 2))
        for x, y in ((left, top), (right, top), (right, bottom), (left, bottom))
    )


def _out_to(
    edges: Iterable[tuple[float, ...]], low: float, high: float, along: tuple[float, float]
) -> tuple[float, float]:
    """Return both sides of an area, each at the nearest wall that runs along it."""
    beside = [at for at, start, end in edges if start < along[1] and along[0] < end]
    before = [at for at in beside if low - WALL_WITHIN <= at <= low + MARGIN]
    after = [at for at in beside if high - MARGIN <= at <= high + WALL_WITHIN]
    return max(before, default=low), min(after, default=high)


def _box(table: Table) -> tuple[float, float, float, float]:
    """Return the left, upper, right and lower edge of a table."""
    usual = SIDE + SIDE_OF_A_SEAT * table.seats_max
    width, depth = table.width or usual, table.depth or table.width or usual
    turned = radians(table.rotation)
    across = (abs(width * cos(turned)) + abs(depth * sin(turned))) / 2
    down = (abs(width * sin(turned)) + abs(depth * cos(turned))) / 2
    return table.x - across, table.y - down, table.x + across, table.y + down
