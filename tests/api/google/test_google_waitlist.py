"""The waitlist through the facade: estimates, joining once per token, the entry, leaving."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, get_args
from uuid import uuid4

import pytest

from api.google.waits import STATES
from api.http.refusals import PUBLIC_REFUSALS, WaitCause
from policies.book.picture import WaitState
from policies.floor import orders
from tests.api.google.conftest import BASE, SECONDS, call, google_client, user
from tests.support.house import SEVEN, VENUE, house_text, move_clock, open_house
from tests.support.rules import rule
from tests.support.stand import pass_minutes, tell, walk_in
from tests.support.waitlist import joined

if TYPE_CHECKING:
    import httpx
    from litestar import Litestar

    from seating.db import Pool

SYNCHRONOUS = "WAITLIST_CONFIRMATION_MODE_SYNCHRONOUS"


@pytest.fixture
async def full(google: httpx.AsyncClient, pool: Pool) -> httpx.AsyncClient:
    """Google at seven, when walk-ins have just taken both tables: one for two, one for four."""
    await open_house(pool, house_text(2, 4))
    await move_clock(pool, SEVEN)
    await walk_in(pool, "1", size=2)
    await walk_in(pool, "2", size=4)
    return google


def wish(number: int = 0, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - any field
    return {
        "merchant_id": VENUE,
        "service_id": "reservation",
        "party_size": 2,
        "user_information": user(number),
        "idempotency_token": f"token-{number}",
    } | more


async def waits(google: httpx.AsyncClient, *sizes: object) -> dict[str, Any]:
    asked = {"merchant_id": VENUE, "service_id": "reservation", "party_size": sizes}
    return await call(google, "BatchGetWaitEstimates", asked)


async def waiting(google: httpx.AsyncClient, number: int = 0, **more: Any) -> dict[str, str]:  # noqa: ANN401
    """The id of a party that was let onto the list, as the other calls send it."""
    answer = await call(google, "CreateWaitlistEntry", wish(number, **more))
    assert answer.keys() == {"waitlist_entry_id"}, answer
    return answer


async def why_not(google: httpx.AsyncClient, asked: dict[str, Any]) -> str:
    answer = await call(google, "CreateWaitlistEntry", asked)
    assert answer.keys() == {"waitlist_business_logic_failure"}, answer
    return str(answer["waitlist_business_logic_failure"]["cause"])


async def entry(google: httpx.AsyncClient, id_: dict[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = (await call(google, "GetWaitlistEntry", id_))["waitlist_entry"]
    return found


async def test_a_wait_is_estimated_for_each_size_that_can_wait(full: httpx.AsyncClient) -> None:
    told = await waits(full, 2, "4", 9)
    assert told["waitlist_status"] == "OPEN"
    two, four = told["wait_estimate"]
    assert (two["party_size"], four["party_size"]) == (2, 4)
    assert two["wait_length"]["parties_ahead_count"] == 0
    assert two["waitlist_confirmation_mode"] == SYNCHRONOUS
    between = two["wait_length"]["estimated_seat_time_range"]
    first, last = int(between["start_seconds"]), int(between["end_seconds"])
    assert SECONDS < first < last < SECONDS + 3 * 3600
    assert isinstance(between["start_seconds"], str)


async def test_where_nobody_has_to_wait_or_can_the_list_is_closed(
    google: httpx.AsyncClient, pool: Pool
) -> None:
    await open_house(pool, house_text(2, 4))
    closed = {"waitlist_status": "CLOSED_OTHER", "wait_estimate": []}
    assert await waits(google, 2) == closed
    assert await why_not(google, wish(1)) == "MERCHANT_CLOSED"
    await move_clock(pool, SEVEN)
    assert await waits(google, 2) == {"waitlist_status": "CLOSED_NO_WAIT", "wait_estimate": []}
    assert await waits(google, 9) == closed
    await walk_in(pool, "1")
    await walk_in(pool, "2")
    await tell(pool, orders.Levers(id=uuid4(), online_paused=True))
    assert await waits(google, 2) == closed
    assert await why_not(google, wish(1)) == "WAITLIST_CLOSED"


async def test_a_party_joins_once_per_token_and_sees_its_place(
    full: httpx.AsyncClient, pool: Pool
) -> None:
    first, *others = await asyncio.gather(*(waiting(full, 1) for _ in range(8)))
    assert all(each == first for each in others)
    await pass_minutes(pool, 1)
    second = await waiting(full, 2)
    told = await entry(full, second)
    assert told["waitlist_entry_state"] == "WAITING"
    assert told["waitlist_entry_state_times"] == {"created_time_seconds": str(SECONDS + 60)}
    assert told["wait_estimate"]["wait_length"]["parties_ahead_count"] == 1
    other = await full.post(f"{BASE}/CreateWaitlistEntry", json=wish(1, party_size=4))
    assert other.status_code == 409
    assert await pool.fetchval("select count(*) from wait_entry") == 2


async def test_who_may_not_wait_is_told_why_and_may_try_again(
    full: httpx.AsyncClient, pool: Pool
) -> None:
    assert await why_not(full, wish(1, party_size=9)) == "ABOVE_MAX_PARTY_SIZE"
    await waiting(full, 1)
    again = wish(1, idempotency_token="another")
    assert await why_not(full, again) == "EXISTING_WAITLIST_ENTRY"
    said = await call(full, "CreateWaitlistEntry", again)
    described = said["waitlist_business_logic_failure"]["description"]
    assert described == "This guest is on tonight's waitlist already."
    await pool.execute("update wait_entry set state = 'left', ended_at = joined_at")
    assert (await call(full, "CreateWaitlistEntry", again)).keys() == {"waitlist_entry_id"}


async def test_the_entry_says_when_it_was_called_and_seated(
    full: httpx.AsyncClient, pool: Pool
) -> None:
    mine = await waiting(full, 1)
    (row,) = await pool.fetch("select wait_id, version from wait_entry")
    await tell(pool, orders.Notify(id=uuid4(), **row))
    called = await entry(full, mine)
    times = {"created_time_seconds": str(SECONDS), "service_readied_time_seconds": str(SECONDS)}
    assert called["waitlist_entry_state"] == "SERVICE_READY"
    assert called["waitlist_entry_state_times"] == times
    await pool.execute("update wait_entry set state = 'seated', ended_at = joined_at")
    seated = await entry(full, mine)
    assert seated["waitlist_entry_state"] == "SEATED"
    assert seated["waitlist_entry_state_times"] == times | {"seated_time_seconds": str(SECONDS)}
    gone = await full.post(f"{BASE}/DeleteWaitlistEntry", json=mine)
    assert gone.status_code == 409


async def test_leaving_twice_is_leaving_once(full: httpx.AsyncClient) -> None:
    mine = await waiting(full, 1)
    for _ in range(2):
        assert await call(full, "DeleteWaitlistEntry", mine) == {}
    told = await entry(full, mine)
    assert told["waitlist_entry_state"] == "CANCELED"
    assert told["waitlist_entry_state_times"]["canceled_time_seconds"] == str(SECONDS)


async def test_somebody_elses_entry_and_nonsense_are_bad_requests(
    full: httpx.AsyncClient, app: Litestar, pool: Pool
) -> None:
    mine = await waiting(full, 1)
    guests = await joined(pool, 2)
    async with google_client(app) as other:
        for client, id_ in (
            (other, mine["waitlist_entry_id"]),
            (full, f"{VENUE}:{guests.wait_id}"),
            (full, "nothing"),
            (full, None),
        ):
            for method in ("GetWaitlistEntry", "DeleteWaitlistEntry"):
                body = {"waitlist_entry_id": id_}
                assert (await client.post(f"{BASE}/{method}", json=body)).status_code == 400
    for method, body in (
        ("BatchGetWaitEstimates", wish(party_size=[])),
        ("BatchGetWaitEstimates", wish(party_size=[0])),
        ("BatchGetWaitEstimates", wish(party_size=[2], service_id="reservation:moon")),
        ("BatchGetWaitEstimates", wish(party_size=[2], merchant_id="nowhere")),
        ("CreateWaitlistEntry", wish(party_size=0)),
        ("CreateWaitlistEntry", wish(merchant_id="nowhere")),
        ("CreateWaitlistEntry", wish(user_information=None)),
    ):
        answer = await full.post(f"{BASE}/{method}", json=body)
        assert answer.status_code == 400, (method, body)


async def test_house_rules_of_the_listing_count_as_shown(
    full: httpx.AsyncClient, pool: Pool
) -> None:
    await waiting(full, 1)
    shown = "select rules_version from wait_entry order by rules_version nulls first"
    assert [row[0] for row in await pool.fetch(shown)] == [None]
    await rule(pool, listing_house_rules=3)
    await pool.execute("update period set rules_version = 1")
    await waiting(full, 2)
    assert [row[0] for row in await pool.fetch(shown)] == [None, 3]


def test_every_state_and_every_no_has_googles_word() -> None:
    assert STATES.keys() == set(get_args(WaitState))
    assert {public.wait_cause for public in PUBLIC_REFUSALS.values()} == set(get_args(WaitCause))
