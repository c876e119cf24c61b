"""Names that take long hold up only who named them."""

from __future__ import annotations

import asyncio
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from seating.errors import TooManyRequests
from seating.webhooks.egress import Egress
from seating.webhooks.look_ups import LookUps
from tests.support.house import booked, house_text, new_site, open_house, order, site
from tests.support.webhooks import Watch, courier, endpoint, receiving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seating.db import Pool

SLOW, QUICK = "slow.example", "quick.example"


class Names:
    """A name server that does not answer for SLOW until it is told to; leads to this machine."""

    def __init__(self) -> None:
        self.go_on, self.asked, self.most = threading.Event(), 0, 0
        self._running, self._lock = 0, threading.Lock()

    def __call__(self, host: str, _: int) -> list[str]:
        with self._lock:
            self.asked += 1
            self._running += 1
            self.most = max(self.most, self._running)
        if host == SLOW:
            self.go_on.wait(60)
        with self._lock:
            self._running -= 1
        return ["127.0.0.1"]


@contextmanager
def slow_names() -> Iterator[Names]:
    names = Names()
    try:
        yield names
    finally:
        names.go_on.set()


async def test_one_asker_has_one_look_up_at_a_time_until_its_thread_is_done() -> None:
    with slow_names() as names:
        look_ups = LookUps(threads=2, each=1, queue=False, look_up=names)
        given_up = asyncio.create_task(look_ups(SLOW, 443, "a"))
        while not names.asked:  # noqa: ASYNC110 - a thread tells nobody here
            await asyncio.sleep(0.001)
        given_up.cancel()
        await asyncio.gather(given_up, return_exceptions=True)
        assert given_up.cancelled()
        # Nobody waits for it any more; its thread is taken all the same.
        with pytest.raises(TooManyRequests):
            await look_ups(QUICK, 443, "a")
        assert await look_ups(QUICK, 443, "b") == ["127.0.0.1"]
        names.go_on.set()
        async with asyncio.timeout(60):
            while names.asked < 3:
                try:
                    await look_ups(QUICK, 443, "a")
                except TooManyRequests:
                    await asyncio.sleep(0.001)


async def test_the_look_ups_of_one_asker_queue_and_each_has_its_turn() -> None:
    with slow_names() as names:
        look_ups = LookUps(threads=8, each=2, queue=True, look_up=names)
        asking = [asyncio.create_task(look_ups(SLOW, 443, "a")) for _ in range(6)]
        await asyncio.sleep(0)
        asking[3].cancel()
        assert await look_ups(QUICK, 443, "b") == ["127.0.0.1"]
        assert not any(each.done() for each in asking[:3])
        names.go_on.set()
        async with asyncio.timeout(60):
            done = await asyncio.gather(*asking, return_exceptions=True)
        assert [each == ["127.0.0.1"] for each in done] == [True] * 3 + [False] + [True] * 2
        assert names.most <= 3


async def test_a_receiver_whose_name_is_slow_keeps_no_other_waiting(pool: Pool) -> None:
    await open_house(pool, house_text(*[2] * 10))
    with slow_names() as names:
        egress = Egress(
            loopback=True, resolve=LookUps(threads=3, each=2, queue=True, look_up=names)
        )
        async with receiving() as receiver:
            for host in (SLOW, QUICK):
                client, _ = await new_site(pool)
                await endpoint(pool, client, f"http://{host}:{receiver.port}/")
                for number in range(5):
                    await booked(pool, order(number, known=False), site(client))
            watch = Watch()
            delivering = asyncio.create_task(courier(pool, watch, egress=egress).deliver_all())
            async with asyncio.timeout(60):
                while len(receiver.got) < 5:  # noqa: ASYNC110 - a receiver tells of the first
                    await asyncio.sleep(0.005)
            assert {each.headers["host"] for each in receiver.got} == {f"{QUICK}:{receiver.port}"}
            assert not delivering.done()
            names.go_on.set()
            await delivering
            assert len(receiver.got) == 10
