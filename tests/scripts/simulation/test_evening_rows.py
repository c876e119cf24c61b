"""The rows an evening is examined by: those of its own, whatever its house lived before."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from policies.floor import orders
from scripts.simulation.examination.rows import read_rows
from tests.support.house import VENUE, at, house_text, move_clock, open_house
from tests.support.stand import about, clear, reserve, tell, walk_in

if TYPE_CHECKING:
    from seating.db import Pool


TABLES = ("1", "2", "3", "4")


async def test_an_evening_is_examined_by_what_it_wrote_itself(pool: Pool, database: str) -> None:
    await open_house(pool, house_text(2, 2, 4, 4))
    booked = []
    for day in (0, 1):
        seven = at(24.0 * day)
        await move_clock(pool, seven - timedelta(hours=3))
        booked.append(await reserve(pool, day + 1, starts=seven))
        await reserve(pool, day + 11, starts=seven)
        await move_clock(pool, seven)
        wish = orders.Seat(**about(booked[-1]), tables=booked[-1].tables)
        sat = (await tell(pool, wish)).seatings[0]
        there = await walk_in(pool, next(name for name in TABLES if name not in sat.tables))
        await move_clock(pool, seven + timedelta(hours=2))
        for each in (sat, there):
            await clear(pool, each)
    begun = at(24.0) - timedelta(hours=3)
    since, ever = [
        await read_rows(database, VENUE, at=at(24.0), moment=0, since=each)
        for each in (begun, at(0.0) - timedelta(days=1))
    ]
    for table in ("period", "reservation", "seating", "seating_table", "outbox"):
        assert 0 < len(since[table]) < len(ever[table]), table
    later = {str(booked[1].reservation_id)}
    assert {row["reservation_id"] for row in since["seating"]} - {None} == later
    assert {row["service_date"] for row in since["period"]} == {at(24.0).date()}
