"""Waits are made once a version of the picture and 5 minutes, whoever asks."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from policies.door.wait_band import WaitAsked
from policies.floor import orders
from policies.lookahead.waits import quoted_wait
from seating.book.in_force import house_of
from seating.book.periods import read_unlocked, tonights_period
from seating.db import transaction
from seating.forecast import waits
from tests.support.house import CLOCK, SEVEN, VENUE, house_text, move_clock, open_house
from tests.support.rules import rule
from tests.support.stand import pass_minutes, tell, walk_in

if TYPE_CHECKING:
    from policies.lookahead.waits import QuotedWait
    from seating.db import Pool


@pytest.fixture
async def full(pool: Pool) -> Pool:
    """One table, taken at seven; the house decides by value."""
    await open_house(pool, house_text(2, 4))
    await rule(pool, decisions={"by_value": True})
    await move_clock(pool, SEVEN)
    await walk_in(pool, "1")
    await walk_in(pool, "2")
    return pool


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[WaitAsked]:
    """Whose waits have been worked out."""
    asked = list[WaitAsked]()

    def counted(*given: object, **more: object) -> QuotedWait | None:
        asked.append(given[3])  # type: ignore[arg-type]
        return quoted_wait(*given, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(waits, "quoted_wait", counted)
    return asked


async def told(pool: Pool, *sizes: int) -> tuple[QuotedWait | None, ...]:
    async with transaction(pool) as conn:
        now = await CLOCK.now(conn)
        in_force = (await house_of(conn, VENUE)).at(now)
        period = tonights_period(in_force, now)
        picture = await read_unlocked(conn, VENUE, in_force, period, now=now)
        asked = [WaitAsked(size) for size in sizes]
        return await waits.quoted_waits(conn, picture, in_force.house, asked, now=now)


async def test_who_asks_again_is_told_the_same_and_nothing_is_worked_out(
    full: Pool, made: list[WaitAsked]
) -> None:
    first = await told(full, 2, 4)
    assert None not in first
    assert made == [WaitAsked(2), WaitAsked(4)]
    await pass_minutes(full, 4)
    again = await asyncio.gather(*(told(full, 2, 4) for _ in range(3)))
    assert set(again) == {first}
    assert len(made) == 2


async def test_what_changes_the_picture_and_the_next_five_minutes_make_it_anew(
    full: Pool, made: list[WaitAsked]
) -> None:
    before = await told(full, 2)
    await pass_minutes(full, 5)
    await told(full, 2)
    assert len(made) == 2
    await tell(full, orders.Wait(id=uuid4(), party_size=2, quoted_minutes=90))
    made.clear()
    behind = await told(full, 2)
    assert made == [WaitAsked(2)]
    assert behind[0] is not None
    assert behind[0].simulated is not None
    assert behind[0].simulated.ahead == 1
    assert before != behind
