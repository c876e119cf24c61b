"""The queue before locked periods: bounded, in order, and what is free goes past it."""

from __future__ import annotations

import asyncio

import pytest

from seating.lock_queue import TURN, CrowdedError, LockQueue, PeriodBusyError, Turn, waiting_for

STUCK, ALSO_STUCK, FREE = ("a", "1"), ("a", "2"), ("b", "1")


async def test_one_evening_fills_half_of_the_places_and_all_together_three_quarters() -> None:
    queue = LockQueue(8)
    assert [queue.enter(STUCK) for _ in range(5)] == [True] * 4 + [False]
    assert [queue.enter(ALSO_STUCK) for _ in range(3)] == [True] * 2 + [False]
    assert queue.many_for(STUCK)
    assert not queue.many_for(FREE)


async def test_a_place_goes_to_the_first_in_the_queue_whom_it_helps() -> None:
    queue, got = LockQueue(2), []

    async def queued(name: str) -> None:
        await queue.place_for(STUCK, 5)
        got.append(name)

    assert queue.enter(STUCK)
    tasks = []
    for name in ("first", "second", "third"):
        tasks.append(asyncio.create_task(queued(name)))
        await asyncio.sleep(0)
    tasks[1].cancel()
    for _ in range(2):
        queue.leave(STUCK)
        await asyncio.sleep(0.001)
    assert got == ["first", "third"]
    queue.leave(STUCK)
    assert queue.enter(STUCK)
    with pytest.raises(PeriodBusyError):
        await queue.place_for(STUCK, 0.001)
    queue.leave(STUCK)
    assert queue.enter(STUCK)


async def test_where_all_places_are_taken_a_free_evening_is_still_locked_at_once() -> None:
    queue = LockQueue(4)
    for key in (STUCK, STUCK, ALSO_STUCK):
        assert queue.enter(key)
    token = TURN.set(Turn(queue))
    try:
        with waiting_for(FREE[0], FREE[1:]) as may_wait:
            assert not may_wait
        with pytest.raises(CrowdedError), waiting_for(STUCK[0], STUCK[1:]):
            pass
    finally:
        TURN.reset(token)
    with waiting_for(STUCK[0], STUCK[1:]) as may_wait:
        assert may_wait
