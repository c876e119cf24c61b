"""A manager sees who was there since the opening, and in which windows one more may be held."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from tests.api.conftest import host, manager
from tests.support.house import at, move_clock
from tests.support.rules import PEAK, rule
from tests.support.stand import clear, walk_in

if TYPE_CHECKING:
    import httpx

    from seating.db import Pool

__all__ = ["host", "manager"]


async def test_guests_are_counted_while_they_sit_by_quarter_hour_since_the_opening(
    manager: httpx.AsyncClient, host: httpx.AsyncClient, pool: Pool
) -> None:
    await rule(pool, holds=[PEAK, {**PEAK, "name": "sunday", "days": ["sun"]}])
    await move_clock(pool, at(0.1))
    four = await walk_in(pool, "3", size=4)
    await walk_in(pool, "1", size=2)
    await move_clock(pool, at(0.6))
    await clear(pool, four)
    await move_clock(pool, at(1))
    seen = (await manager.get("/manage/tonight")).json()
    present = {datetime.fromisoformat(e["at"]): e["present"] for e in seen["present"]}
    quarter = timedelta(minutes=15)
    assert min(present) == at(-1)
    assert [present[at(0) + n * quarter] for n in range(5)] == [0, 6, 6, 2, 2]
    assert seen["windows"] == [{"name": "peak", "seats": 2, "count": 2}]
    assert seen["period_id"] == "2027-03-03.dinner"
    assert (await host.get("/manage/tonight")).status_code == 403
