"""Fifty gestures at once from one purse: the sum never exceeds it, and without the lock it does."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from policies.gestures.gesture import Gesture
from policies.gestures.orders import VoidGesture
from seating.book.actions import ActionAuthor
from seating.db import open_pool
from seating.gestures import offers
from seating.gestures.purses import read_left
from tests.support.gestures import (
    MARAT,
    RULES,
    arrived,
    gift,
    give,
    given,
    open_with_rules,
    spent,
    tap,
)

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from uuid import UUID

    from policies.gestures.etiquette import EtiquetteObjection
    from policies.gestures.purses import OverLimit
    from seating.db import Connection, Pool

AT_ONCE = 50
GLASS = 500
HOSTS = [ActionAuthor(staff_id=name, actor="host") for name in ("jonas", "sofia", "dasha", "karim")]


@pytest.fixture
async def pools(database: str, pool: Pool) -> AsyncIterator[tuple[Pool, Pool]]:
    """Two processes' worth of connections."""
    other = await open_pool(database, min_size=10)
    yield pool, other
    await other.close()


async def rush(
    pools: tuple[Pool, Pool], party: UUID, people: list[ActionAuthor]
) -> list[Gesture | OverLimit | EtiquetteObjection]:
    return await asyncio.gather(
        *(
            give(pools[number % 2], gift(party), people[number // 2 % len(people)])
            for number in range(AT_ONCE)
        )
    )


async def open_purse(pool: Pool, *, person: int, venue: int) -> UUID:
    sizes = {"person_shift": person, "manager_shift": person, "venue_night": venue}
    await open_with_rules(pool, RULES | {"purses": sizes})
    return await arrived(pool)


async def test_one_persons_purse_is_never_exceeded(pools: tuple[Pool, Pool]) -> None:
    party = await open_purse(pools[0], person=7 * GLASS + 1, venue=100 * GLASS)
    answers = await rush(pools, party, HOSTS[:1])
    assert sum(isinstance(answer, Gesture) for answer in answers) == 7
    assert await spent(pools[0]) == {"venue": 7 * GLASS, "person:jonas": 7 * GLASS}


async def test_the_venues_purse_is_never_exceeded_by_all_together(
    pools: tuple[Pool, Pool],
) -> None:
    party = await open_purse(pools[0], person=100 * GLASS, venue=9 * GLASS + 499)
    answers = await rush(pools, party, HOSTS)
    assert sum(isinstance(answer, Gesture) for answer in answers) == 9
    purses = await spent(pools[0])
    assert purses["venue"] == 9 * GLASS
    assert sum(purses.values()) == 2 * 9 * GLASS
    assert await pools[0].fetchval("select sum(cost) from gesture") == 9 * GLASS


async def test_the_last_of_a_purse_offered_twice_by_one_tap_is_the_same_gift_twice(
    pools: tuple[Pool, Pool],
) -> None:
    party = await open_purse(pools[0], person=GLASS, venue=100 * GLASS)
    for _ in range(12):
        order = gift(party)
        answers = await asyncio.gather(*(give(pool, order, HOSTS[0]) for pool in pools * 4))
        assert {type(answer) for answer in answers} == {Gesture}
        made = await given(pools[0], order, HOSTS[0])
        void = VoidGesture(id=uuid4(), gesture_id=made.gesture_id, version=1, reason="a slip")
        await tap(pools[0], void, HOSTS[0])


async def test_offers_and_voids_at_once_leave_the_books_balanced(pools: tuple[Pool, Pool]) -> None:
    party = await open_purse(pools[0], person=10 * GLASS, venue=30 * GLASS)
    first = [await given(pools[0], gift(party), MARAT) for _ in range(10)]
    voids = [
        VoidGesture(id=uuid4(), gesture_id=each.gesture_id, version=1, reason="a slip")
        for each in first
    ]
    await asyncio.gather(
        rush(pools, party, HOSTS),
        *(tap(pool, each, MARAT) for each in voids for pool in pools),
    )
    purses = await spent(pools[0])
    assert purses["person:marat"] == 0
    standing = await pools[0].fetchval("select sum(cost) from gesture where state = 'offered'")
    assert purses["venue"] == standing == sum(purses.values()) - purses["venue"]


async def test_without_the_lock_the_same_rush_overdraws(
    pools: tuple[Pool, Pool], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: read what is left, then write, and nobody to stop it."""
    party = await open_purse(pools[0], person=7 * GLASS, venue=100 * GLASS)
    await given(pools[0], gift(party), HOSTS[0])
    await pools[0].execute("alter table purse drop constraint purse_not_overdrawn")

    async def read_then_write(
        conn: Connection, venue_id: str, period_id: str, owner: str, cost: int
    ) -> bool:
        left = await read_left(conn, venue_id, period_id, owner)
        if cost > min(left.person, left.venue):
            return False
        await conn.execute(
            "update purse set spent = spent + $4"
            " where venue_id = $1 and period_id = $2 and owner in ('venue', $3)",
            venue_id,
            period_id,
            owner,
            cost,
        )
        return True

    async def unheld(*_: object) -> None:
        """Nobody waits for the venue's purse."""

    monkeypatch.setattr(offers, "charge", read_then_write)
    monkeypatch.setattr(offers, "lock_venue_purse", unheld)
    await rush(pools, party, HOSTS[:1])
    assert (await spent(pools[0]))["person:jonas"] > 7 * GLASS
