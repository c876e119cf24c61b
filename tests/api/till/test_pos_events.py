"""What a till tells: once, in any order, of the party that sat there."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import msgspec
import pytest

from api.till.events import PosEvent
from policies.floor import orders
from seating.clock import MovableClock
from seating.db import open_pool, transaction
from seating.door.stand_view import CheckView
from seating.partners.till import receive_event
from tests.api.booking.conftest import BASE, site_client
from tests.races.conftest import together
from tests.support.house import SEVEN, VENUE, at, move_clock, rewrite_house
from tests.support.stand import about, clear, reserve, stand, tell, walk_in

if TYPE_CHECKING:
    import httpx
    from litestar import Litestar

    from policies.book.picture import Seating
    from seating.db import Pool

CHECK = "select * from till_check where check_id = $1"


@pytest.fixture
async def party(app: Litestar, pool: Pool) -> Seating:  # noqa: ARG001
    """A walk-in of two at table 1 since seven."""
    await move_clock(pool, SEVEN)
    return await walk_in(pool, "1")


def event(kind: str = "opened", sequence: int = 1, **more: Any) -> dict[str, Any]:  # noqa: ANN401
    """An event of check 17 at table 1, a quarter past seven."""
    return {
        "event_id": str(uuid4()),
        "type": f"check.{kind}",
        "table": "1",
        "check": "17",
        "total": 0,
        "tip": 0,
        "occurred_at": at(0.25).isoformat(),
        "sequence": sequence,
    } | more


async def send(site: httpx.AsyncClient, body: dict[str, Any]) -> dict[str, Any]:
    answer = await site.post(f"{BASE}/pos/events", json=body)
    assert answer.status_code == 202, answer.text
    told: dict[str, Any] = answer.json()
    return told


async def state_of(pool: Pool, seating: Seating) -> str:
    found: str = await pool.fetchval(
        "select state from seating where seating_id = $1", seating.seating_id
    )
    return found


async def test_a_till_that_tells_payment_makes_the_table_soon_free(
    partner: httpx.AsyncClient, pool: Pool, party: Seating
) -> None:
    await send(partner, event("closed", total=4200, paid=False))
    assert await state_of(pool, party) == "check_down"
    await send(partner, event("closed", sequence=2, total=4200, paid=True))
    assert await state_of(pool, party) == "paid"
    await send(partner, event("closed", sequence=3, total=4200))
    (row,) = await pool.fetch("select state, expected_end from seating")
    assert tuple(row) == ("paid", SEVEN + timedelta(minutes=10))


async def test_a_check_belongs_to_the_party_at_its_table(
    partner: httpx.AsyncClient,
    pool: Pool,
    party: Seating,
) -> None:
    told = await send(partner, event(covers=2, total=1250))
    assert told["applied"]
    row = await pool.fetchrow(CHECK, "17")
    assert row is not None
    assert (row["state"], row["seating_id"], row["period_id"]) == (
        "open",
        party.seating_id,
        party.period_id,
    )
    assert (row["total"], row["covers"], row["opened_at"]) == (1250, 2, at(0.25))
    await move_clock(pool, at(0.3))
    await send(partner, event("updated", 2, total=1800))
    (shown,) = (await stand(pool)).seatings
    assert shown.check == CheckView(
        check_id="17", state="open", total=1800, currency="EUR", last_at=at(0.3)
    )


async def test_when_the_check_is_closed_the_stand_sees_that_the_check_is_down(
    partner: httpx.AsyncClient,
    pool: Pool,
    party: Seating,
) -> None:
    await send(partner, event())
    assert await state_of(pool, party) == "seated"
    await send(partner, event("closed", 2, total=4200, tip=500))
    assert await state_of(pool, party) == "check_down"
    row = await pool.fetchrow(CHECK, "17")
    assert row is not None
    assert (row["state"], row["total"], row["tip"], row["closed_at"]) == (
        "closed",
        4200,
        500,
        at(0.25),
    )
    events = await pool.fetch("select event from outbox where event like '%check%' order by seq")
    assert [each["event"] for each in events] == [
        "check.open",
        "check.closed",
        "seating.check_down",
    ]


async def test_a_party_that_pays_apart_is_done_with_its_last_check(
    partner: httpx.AsyncClient,
    pool: Pool,
    party: Seating,
) -> None:
    for check in ("17", "18"):
        await send(partner, event(check=check))
    await send(partner, event("closed", 2, check="17"))
    assert await state_of(pool, party) == "seated"
    await send(partner, event("closed", 2, check="18"))
    assert await state_of(pool, party) == "check_down"


async def test_an_event_sent_again_is_heard_once_and_its_id_is_no_others(
    partner: httpx.AsyncClient,
    pool: Pool,
    party: Seating,  # noqa: ARG001
) -> None:
    first = event(total=100)
    assert await send(partner, first) == await send(partner, first)
    assert await pool.fetchval("select count(*) from outbox where event = 'check.open'") == 1
    answer = await partner.post(f"{BASE}/pos/events", json=first | {"total": 200})
    assert (answer.status_code, answer.json()["code"]) == (409, "ID_REUSED")
    assert answer.json()["errors"][0]["pointer"] == "/event_id"


async def test_the_higher_sequence_is_true_whichever_comes_last(
    partner: httpx.AsyncClient,
    pool: Pool,
    party: Seating,
) -> None:
    await send(partner, event("closed", 3, total=900))
    late = await send(partner, event("updated", 2, total=700))
    assert not late["applied"]
    row = await pool.fetchrow(CHECK, "17")
    assert row is not None
    assert (row["state"], row["total"], row["sequence"]) == ("closed", 900, 3)
    await send(partner, event("updated", 4, total=900, tip=90))
    row = await pool.fetchrow(CHECK, "17")
    assert row is not None
    assert (row["state"], row["tip"]) == ("closed", 90)
    assert await state_of(pool, party) == "check_down"


async def test_a_backlog_closes_the_check_of_who_sat_there_then(
    partner: httpx.AsyncClient,
    pool: Pool,
    party: Seating,
) -> None:
    """The line was down: what is told of the first party leaves the next at that table alone."""
    await move_clock(pool, at(1))
    await clear(pool, party)
    following = await walk_in(pool, "1")
    await send(partner, event("opened", 1, occurred_at=at(0.1).isoformat()))
    await send(partner, event("closed", 2, occurred_at=at(0.9).isoformat()))
    row = await pool.fetchrow(CHECK, "17")
    assert row is not None
    assert row["seating_id"] == party.seating_id
    assert await state_of(pool, following) == "seated"


async def test_a_till_without_check_ids_is_understood_by_table(
    partner: httpx.AsyncClient,
    pool: Pool,
    party: Seating,  # noqa: ARG001
) -> None:
    bare = {"check": None}
    one = await send(partner, event("opened", 1, **bare))
    assert (await send(partner, event("updated", 2, total=5, **bare)))["check"] == one["check"]
    assert (await send(partner, event("closed", 4, total=9, **bare)))["check"] == one["check"]
    late = await send(partner, event("updated", 3, total=7, **bare))
    assert (late["check"], late["applied"]) == (one["check"], False)
    other = await send(partner, event("opened", 5, **bare))
    assert other["check"] != one["check"]
    rows = await pool.fetch("select state, total from till_check order by sequence")
    assert [tuple(row) for row in rows] == [("closed", 9), ("open", 0)]


async def test_a_reservation_named_by_the_till_is_whose_check_it_is(
    partner: httpx.AsyncClient,
    pool: Pool,
    party: Seating,  # noqa: ARG001
) -> None:
    booked = await reserve(pool)
    seat = orders.Seat(**about(booked), tables=("4",))
    seated = (await tell(pool, seat)).seatings[0]
    await send(partner, event(reservation_id=str(booked.reservation_id)))
    row = await pool.fetchrow(CHECK, "17")
    assert row is not None
    assert (row["seating_id"], row["reservation_id"]) == (
        seated.seating_id,
        booked.reservation_id,
    )


@pytest.mark.parametrize(
    ("wrong", "status", "pointer"),
    [
        ({"table": "99"}, 422, "/table"),
        ({"reservation_id": str(uuid4())}, 404, "/reservation_id"),
        ({"occurred_at": (SEVEN - timedelta(days=60)).isoformat()}, 422, "/occurred_at"),
        ({"occurred_at": "0001-01-01T00:00:00+14:00"}, 422, "/occurred_at"),
        ({"total": -1}, 400, "/total"),
        ({"check": "event:17"}, 400, "/check"),
        ({"sequence": 1.5}, 400, "/sequence"),
    ],
)
async def test_what_is_wrong_is_named_and_nothing_is_kept(
    partner: httpx.AsyncClient,
    pool: Pool,
    party: Seating,  # noqa: ARG001
    wrong: dict[str, Any],
    status: int,
    pointer: str,
) -> None:
    answer = await partner.post(f"{BASE}/pos/events", json=event(**wrong))
    assert answer.status_code == status, answer.text
    assert answer.json()["errors"][0]["pointer"] == pointer
    assert await pool.fetchval("select count(*) from till_event") == 0


async def test_only_a_till_tells_of_checks(app: Litestar) -> None:
    async with site_client(app, scopes=["bookings"]) as site:
        answer = await site.post(f"{BASE}/pos/events", json=event())
    assert answer.status_code == 403


async def test_a_whole_batch_at_once_ends_with_its_last_word(
    partner: httpx.AsyncClient,
    database: str,
    pool: Pool,
    party: Seating,
) -> None:
    kinds = ["opened", *["updated"] * 8, "closed"]
    batch = [
        event(kind, number, total=number, check=check)
        for check in ("17", "18", "19")
        for number, kind in enumerate(kinds)
    ]
    answers = await together(send(partner, body) for body in reversed(batch))
    assert all(isinstance(each, dict) for each in answers), answers
    other = await open_pool(database, min_size=1)
    rows = await other.fetch("select state, total from till_check")
    await other.close()
    assert {tuple(row) for row in rows} == {("closed", len(kinds) - 1)}
    assert await state_of(pool, party) == "check_down"


IS_WAITED_FOR = """
select exists (
    select from pg_stat_activity a where pg_backend_pid() = any (pg_blocking_pids(a.pid)))
"""


async def test_who_closes_a_check_does_not_wait_for_who_waits_for_its_period(
    partner: httpx.AsyncClient, pool: Pool, party: Seating
) -> None:
    async with transaction(pool) as conn:
        await conn.execute("select from period where period_id = $1 for update", party.period_id)
        update = asyncio.create_task(send(partner, event("updated", 2)))
        while not await conn.fetchval(IS_WAITED_FOR):  # noqa: ASYNC110 - it happens in PostgreSQL
            await asyncio.sleep(0.01)
        # Shorter than the second after which PostgreSQL looks for a deadlock.
        await conn.execute("set local lock_timeout = '300ms'")
        closed = msgspec.convert(event("closed", 3), PosEvent).event()
        till = await conn.fetchval("select client_id from client")
        told = await receive_event(conn, VENUE, till, closed, MovableClock())
    assert told.applied
    assert (await update)["applied"] is False


async def test_a_check_of_a_table_that_the_house_has_removed_is_still_of_who_sat_there(
    partner: httpx.AsyncClient, pool: Pool, party: Seating
) -> None:
    await rewrite_house(pool, "{joins}", [])
    await rewrite_house(pool, "{tables,0,id}", "new")
    assert (await send(partner, event("closed", total=900)))["applied"]
    row = await pool.fetchrow(CHECK, "17")
    assert row is not None
    assert (row["state"], row["seating_id"]) == ("closed", party.seating_id)
    never = await partner.post(f"{BASE}/pos/events", json=event(table="P9"))
    assert (never.status_code, never.json()["errors"][0]["pointer"]) == (422, "/table")
