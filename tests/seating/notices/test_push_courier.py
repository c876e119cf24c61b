"""Phones ring for whom a question waits, once each, by a push service that checks everything."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from seating.db import transaction
from seating.notices.passing_on import pass_on_questions
from seating.notices.push_keys import public_key
from tests.support.house import CLOCK, SEVEN, VENUE, move_clock
from tests.support.notices import answered, asked_for_magnum, open_with_managers, with_a_phone
from tests.support.pushes import push_courier, push_service, verified
from tests.support.webhooks import SEAL, Watch

if TYPE_CHECKING:
    from seating.db import Pool

DUE_AGAIN = "update push_delivery set status = 'pending', next_at = now() - interval '1 minute'"
STATUS = "select status from push_delivery order by step"


@pytest.fixture
async def house(pool: Pool) -> Pool:
    await open_with_managers(pool)
    return pool


async def test_a_phone_rings_once_signed_by_the_house_and_names_no_guest(house: Pool) -> None:
    async with push_service() as service:
        phone = await with_a_phone(house, "olga", service.endpoint("olga"), "ru")
        await with_a_phone(house, "marat", service.endpoint("marat"))
        question = await asked_for_magnum(house)
        for _ in range(2):
            await push_courier(house, Watch()).deliver_all()
    (got,) = service.got
    assert got.path == "/push/olga", "only she was called"
    text = phone.read(got.body).decode()
    assert json.loads(text) == {
        "kind": "approval",
        "id": str(question.approval_id),
        "title": "jonas просит вашего согласия",
        "body": "Magnum, 40\u00a0€",
    }
    assert question.party_name not in text
    key, claims = verified(got.headers["authorization"])
    async with transaction(house) as conn:
        assert key == await public_key(conn, VENUE, SEAL)
    assert claims["sub"] == "https://us.example"
    assert got.headers["topic"] == question.approval_id.hex
    sealed = await house.fetchval("select sealed from push_key")
    assert len(sealed) > 32


async def test_the_next_ones_phone_rings_two_minutes_later(house: Pool) -> None:
    async with push_service() as service:
        await with_a_phone(house, "olga", service.endpoint("olga"))
        marat = await with_a_phone(house, "marat", service.endpoint("marat"))
        await asked_for_magnum(house)
        await push_courier(house, Watch()).deliver_all()
        await move_clock(house, SEVEN + timedelta(minutes=2))
        await pass_on_questions(house, CLOCK)
        await push_courier(house, Watch()).deliver_all()
    assert [each.path for each in service.got] == ["/push/olga", "/push/marat"]
    assert json.loads(marat.read(service.got[1].body))["title"] == "jonas asks for your yes"


@pytest.mark.parametrize("answer", [404, 410])
async def test_a_phone_that_is_gone_is_forgotten(house: Pool, answer: int) -> None:
    async with push_service(answer) as service:
        await with_a_phone(house, "olga", service.endpoint("olga"))
        await asked_for_magnum(house)
        await push_courier(house, Watch()).deliver_all()
    assert len(service.got) == 1
    assert await house.fetchval("select count(*) from push_subscription") == 0
    assert await house.fetchval("select count(*) from push_delivery") == 0


async def test_a_service_that_is_busy_is_asked_again_and_one_that_refuses_is_not(
    house: Pool,
) -> None:
    watch = Watch()
    async with push_service(503, 429, 201) as service:
        await with_a_phone(house, "olga", service.endpoint("olga"))
        await asked_for_magnum(house)
        for _ in range(5):
            await push_courier(house, watch).deliver_all()
            watch.on(seconds=40)
        assert len(service.got) == 3
    assert await house.fetchval(STATUS) == "delivered"

    await house.execute("update push_delivery set status = 'pending', attempts = 0")
    async with push_service(400) as service:
        await house.execute("update push_subscription set endpoint = $1", service.endpoint("olga"))
        for _ in range(3):
            await push_courier(house, watch).deliver_all()
            watch.on(seconds=40)
        assert len(service.got) == 1
    assert await house.fetchval(STATUS) == "given_up"


async def test_nothing_is_sent_of_what_is_answered_or_to_a_tablet_that_was_revoked(
    house: Pool,
) -> None:
    async with push_service() as service:
        await with_a_phone(house, "olga", service.endpoint("olga"))
        question = await asked_for_magnum(house)
        await answered(house, question, "marat")
        await push_courier(house, Watch()).deliver_all()
        assert (service.got, await house.fetchval(STATUS)) == ([], "given_up")

        await house.execute("update approval set state = 'waiting'")
        await house.execute("update device set revoked_at = now()")
        for sent in (0, 1):
            await house.execute(DUE_AGAIN)
            await push_courier(house, Watch()).deliver_all()
            assert len(service.got) == sent
            await house.execute("update device set revoked_at = null")


async def test_couriers_of_several_processes_send_it_once(house: Pool) -> None:
    async with push_service() as service:
        await with_a_phone(house, "olga", service.endpoint("olga"))
        await asked_for_magnum(house)
        watch = Watch()
        await asyncio.gather(*(push_courier(house, watch).deliver_all() for _ in range(5)))
    assert len(service.got) == 1
