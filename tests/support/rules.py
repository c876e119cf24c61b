"""Rules for the test house: tables held at eight, promises beyond the room."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import msgspec

from seating.db import run
from seating.house.rule_versions import DraftRules, PublishRules, draft, publish
from tests.support.house import CLOCK, VENUE

if TYPE_CHECKING:
    from seating.db import Connection, Pool

FIRST_COME: dict[str, Any] = {"by_value": False}
"""Tables and risk alone decide, no prices: for tests of that path."""

PEAK: dict[str, Any] = {
    "name": "peak",
    "period": "dinner",
    "starts": "20:00",
    "minutes": 120,
    "count": 2,
    "seats": 2,
    "ladder": [{"minutes_before": 45, "keep": 1}, {"minutes_before": 15, "keep": 0}],
}


async def rule(pool: Pool, **rules: Any) -> None:  # noqa: ANN401 - rules are JSON
    """Publish rules in force from the test's Wednesday on."""

    async def work(conn: Connection) -> None:
        drafted = await draft(
            conn, VENUE, DraftRules(id=uuid4(), reason="a test", rules=rules), "anna", CLOCK
        )
        order = PublishRules(id=uuid4(), from_date=date(2027, 3, 3))
        await publish(conn, VENUE, drafted.version, order, "anna", CLOCK)

    await run(pool, work)


def beyond(parties: int = 2, *, ceiling: float = 1.0) -> dict[str, Any]:
    """Overbooking as the test wants it: no buffer, guests come nine times in ten."""
    return {
        "enabled": True,
        "ceiling": ceiling,
        "cap_parties": parties,
        "cap_covers": parties * 4,
        "show_online": 0.9,
        "show_phone": 0.9,
        "small_tables_out": 0.0,
        "joins_out": 0.0,
    }


async def make_dear(pool: Pool, money: int) -> None:
    """Put every table at so much for five minutes, where a guest is worth 50."""
    for row in await pool.fetch("select period_id, prices::text from bid_price"):
        prices = [[money for _ in each] for each in msgspec.json.decode(row["prices"])]
        await pool.execute(
            "update bid_price set prices = $2::jsonb where period_id = $1",
            row["period_id"],
            msgspec.json.encode(prices).decode(),
        )
