"""Cases in the book: each closes when its cause is gone, and every tablet hears of it."""

from __future__ import annotations

import json
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from policies.floor import orders
from seating.booking.changing import cancel
from seating.db import run, transaction
from seating.jobs.sweeps import open_cases
from seating.rescue.cases import CloseCase, cases_tonight, close_case
from tests.support.house import (
    CLOCK,
    HOST,
    SEVEN,
    VENUE,
    at,
    booked,
    house_text,
    move_clock,
    open_house,
    order,
)
from tests.support.rules import FIRST_COME, beyond, rule
from tests.support.stand import ANNA, about, clear, promise, reserve, tell, walk_in

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from uuid import UUID

    from seating.db import Pool
    from seating.rescue.cases import Case


@pytest.fixture(autouse=True)
async def small(pool: Pool) -> None:
    """One table of two; one party more may be promised."""
    await open_house(pool, house_text(2))
    await rule(pool, overbooking=beyond(1), decisions=FIRST_COME)


async def open_now(pool: Pool) -> tuple[Case, ...]:
    async with transaction(pool) as conn:
        return await cases_tonight(conn, VENUE, CLOCK)


@asynccontextmanager
async def heard(pool: Pool) -> AsyncIterator[list[str]]:
    """The events about cases that tablets hear meanwhile."""
    said: list[str] = []

    def note(_: Any, __: int, ___: str, payload: object) -> None:  # noqa: ANN401 - of asyncpg
        event = json.loads(str(payload))["event"]
        said.extend([event] if event.startswith("case.") else [])

    async with pool.acquire() as conn:
        await conn.add_listener("maitred", note)
        try:
            yield said
            await conn.execute("select 1")
        finally:
            await conn.remove_listener("maitred", note)


async def called_off(pool: Pool, reservation_id: UUID) -> None:
    await run(pool, lambda conn: cancel(conn, VENUE, reservation_id, "ill", HOST, CLOCK))


async def test_a_drifting_case_closes_when_its_party_has_a_table(pool: Pool) -> None:
    first = await reserve(pool, 1)
    second = (await booked(pool, order(2), HOST)).reservation
    assert second.kind == "overbooked"
    await move_clock(pool, SEVEN - timedelta(minutes=30))
    async with heard(pool) as said:
        await open_cases(pool, CLOCK)
        assert [each.kind for each in await open_now(pool)] == ["drifting"]
        await called_off(pool, first.reservation_id)
        assert (await promise(pool, second.reservation_id)).tables == ("1",)
        assert await open_now(pool) == ()
    assert said == ["case.opened", "case.solved"]
    assert await pool.fetchval("select how from exposure") == "booked"


async def test_a_waiting_case_closes_when_the_party_sits_or_was_not_here(pool: Pool) -> None:
    coming = await reserve(pool, 1)
    await move_clock(pool, SEVEN)
    told = await tell(pool, orders.Arrive(**about(coming), arrived=2))
    await move_clock(pool, at(0.2))
    await open_cases(pool, CLOCK)
    assert [each.kind for each in await open_now(pool)] == ["waiting"]
    here = told.reservations[0]
    await tell(pool, orders.Seat(id=uuid4(), tables=("1",), reservation_id=here.reservation_id))
    assert await open_now(pool) == ()
    assert await pool.fetchval("select how from exposure") == "seated"


async def test_tablets_hear_when_a_promise_loses_its_table_and_when_it_has_one(pool: Pool) -> None:
    await reserve(pool, 1)
    await move_clock(pool, SEVEN)
    async with heard(pool) as said:
        sat = await walk_in(pool, "1", anyway=("DUE_PARTY_LOSES_TABLE",))
        assert [each.kind for each in await open_now(pool)] == ["exposed"]
        await clear(pool, sat)
        assert await open_now(pool) == ()
    assert said == ["case.opened", "case.solved"]


async def test_tablets_hear_when_a_case_is_closed_by_hand(pool: Pool) -> None:
    await reserve(pool, 1)
    await move_clock(pool, SEVEN)
    await walk_in(pool, "1", anyway=("DUE_PARTY_LOSES_TABLE",))
    (case,) = await open_now(pool)
    async with heard(pool) as said, transaction(pool) as conn:
        done = CloseCase(id=uuid4(), done="we found them a seat at the bar")
        await close_case(conn, VENUE, case.case_id, done, ANNA, CLOCK)
    assert said == ["case.closed"]
