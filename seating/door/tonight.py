"""Reads a period for the stand, without a lock; what is due by now counts as done."""

from datetime import datetime
from uuid import UUID

from msgspec.structs import replace

from policies.house.calendar import Period
from seating.book.in_force import HouseVersion, house_of, version_for
from seating.book.periods import (
    next_period,
    period_by_id,
    read_period,
    read_unlocked,
    tonights_or_none,
)
from seating.book.service_notes import notes_of_dates
from seating.clock import Clock
from seating.db import Connection
from seating.door.beside import read_beside
from seating.door.closed_day import closed_today
from seating.door.locked_view import LockedView, locked_view
from seating.door.showing import StandScene, scene_of, stand_view
from seating.door.stand_view import StandView
from seating.errors import NotFound


async def read_locked_view(conn: Connection, venue_id: str, clock: Clock) -> LockedView:
    """Return what a locked tablet of the venue shows."""
    in_force = await house_of(conn, venue_id)
    view = await _read_view(conn, in_force, None, clock)
    return locked_view(view, in_force.at(view.now).house)


async def read_stand_view(
    conn: Connection,
    venue_id: str,
    period_id: str | None,
    clock: Clock,
    staff_id: str | None = None,
) -> StandView:
    """Return the stand view of a period, tonight's if none is named. Raises NotFound.

    `staff_id`: whose alerts are counted. On a closed day it holds what comes next and the notes of
    the day.
    """
    return await _read_view(conn, await house_of(conn, venue_id), period_id, clock, staff_id)


async def _read_view(
    conn: Connection,
    in_force: HouseVersion,
    period_id: str | None,
    clock: Clock,
    staff_id: str | None = None,
) -> StandView:
    time = await clock.read(conn)
    now = time.now
    coming = next_period(in_force, now)
    period = await period_shown(conn, in_force, period_id, now)
    if period is None:
        today = in_force.service_date_at(now)
        notes = await notes_of_dates(conn, in_force.house.venue.id, today, today)
        closed = closed_today(in_force, now)
        return StandView(now=now, clock_rate=time.rate, closed=closed, notes=notes, next=coming)
    scene = await read_scene(conn, in_force, period, staff_id, now=now)
    return replace(stand_view(scene), next=coming, clock_rate=time.rate)


async def read_scene(
    conn: Connection,
    in_force: HouseVersion,
    period: Period,
    staff_id: str | None,
    *,
    now: datetime,
    only: tuple[UUID, ...] | None = None,
) -> StandScene:
    """Read a period with what stands beside its picture; `only` as in `beside.read_beside`."""
    venue_id, locale = in_force.house.venue.id, in_force.house.venue.locale
    picture = await read_unlocked(conn, venue_id, in_force, period, now=now)
    beside = await read_beside(
        conn, venue_id, period, picture.rules, locale=locale, staff_id=staff_id, now=now, only=only
    )
    house = (await version_for(conn, in_force, picture.period)).house
    return scene_of(picture, house, beside, now)


async def period_shown(
    conn: Connection, in_force: HouseVersion, period_id: str | None, now: datetime
) -> Period | None:
    """Return the period of the calendar, else of its row: promises of it may remain."""
    if period_id is None:
        return await tonights_or_none(conn, in_force, now)
    try:
        return period_by_id(in_force, period_id, now)
    except NotFound as unknown:
        try:
            return await read_period(conn, in_force.house.venue.id, period_id)
        except NotFound:
            raise unknown from None
