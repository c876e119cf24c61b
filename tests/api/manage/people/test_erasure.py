"""A guest is erased: a search of the whole database finds nothing of her, and the numbers stay."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import msgspec

from policies.book.changes import Changes
from policies.privacy.inventory import INVENTORY
from seating.forecast.history import BOOKINGS_RESOLVED
from seating.jobs.sweeps import sweep_all
from seating.webhooks.outbox import fan_out_outbox
from tests.api.booking import conftest as site
from tests.api.host.conftest import booked, done
from tests.api.manage.people.conftest import (
    PHONE,
    TOMORROW,
    by_a_site,
    ok,
    places_of_her,
    went_through_everything,
    zephyrine,
)
from tests.support.house import CLOCK, VENUE, at, move_clock

if TYPE_CHECKING:
    from datetime import date

    import httpx
    from litestar import Litestar

    from seating.db import Pool

LASTING = ("contact", "health", "note")
NOT_OF_THIS_STORY = {
    ("approval", "said"),
    ("exposure", "note"),
    ("gesture", "ended_why"),
    ("gesture", "reason"),
    ("google_booking", "asked"),
    ("google_booking", "echoed"),
    ("guest", "health_consent_at"),
    ("guest", "health_consent_by"),
    ("guest", "health_consent_how"),
    ("guest", "locale"),
    ("held_table", "ended_for"),
    ("held_table", "ended_why"),
    ("held_table", "reason"),
    ("idempotency", "fingerprint"),
    ("idempotency", "headers"),
    ("idempotency", "key"),
    ("idempotency", "path"),
    ("outbox", "data"),
    ("reservation", "cancelled_why"),
    ("reservation", "overruled_why"),
    ("reservation", "tags"),
    ("wait_entry", "locale"),
    ("webhook_delivery", "last_error"),
    ("reservation", "locale"),
    ("guest", "written_to"),
}
"""Columns that could name her and do not, in this story."""
COUNTS = """
select array(select row(party_size, starts, arrived, channel)::text from reservation order by 1)
|| array(select row(party_size, seated_at, cleared_at)::text from seating order by 1)
|| array(select row(code, kind, party_size, service_date)::text from turnaway order by 1)
|| array(select row(state, item, cost)::text from gesture order by 1)
|| array(select row(state, party_size, quoted_minutes)::text from wait_entry order by 1)
"""


async def erase(client: httpx.AsyncClient, guest: str, **more: Any) -> httpx.Response:  # noqa: ANN401
    body = {"id": str(uuid4()), "reason": "asked by letter"} | more
    return await client.post(f"/manage/guests/{guest}/erase", json=body)


def named_in(kinds: tuple[str, ...]) -> set[tuple[str, str]]:
    lines = [line for line in INVENTORY if line.kind in kinds]
    return {(line.table, name) for line in lines for name in line.columns}


async def learned(pool: Pool) -> list[Any]:
    first: date = at(0).date()
    rows = await pool.fetch(BOOKINGS_RESOLVED, VENUE, first, at(3 * TOMORROW).date())
    return [tuple(row) for row in rows]


async def test_after_the_erasure_a_search_of_every_column_finds_nothing_of_the_guest(
    app: Litestar,
    host: httpx.AsyncClient,
    manager: httpx.AsyncClient,
    partner: httpx.AsyncClient,
    pool: Pool,
) -> None:
    guest = await went_through_everything(app, host, manager, partner)
    before = await places_of_her(pool)
    listed = {(line.table, name) for line in INVENTORY for name in line.columns}
    assert before <= listed, "the inventory does not know that this names a guest"
    assert named_in(LASTING) - before == NOT_OF_THIS_STORY

    refused = await erase(manager, guest)
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (
        409,
        "/cancel_bookings",
    )
    await move_clock(pool, at(TOMORROW - 4))
    await sweep_all(pool, CLOCK)
    history = await learned(pool)
    assert history
    numbers = await pool.fetchval(COUNTS)

    body = {"id": str(uuid4()), "reason": "Quillfeather wrote a letter", "cancel_bookings": True}
    answers = [await erase(manager, guest, **body) for _ in range(2)]
    assert answers[0].status_code == 200, answers[0].text
    assert answers[0].text == answers[1].text
    told = await ok(answers[0])
    assert (told["records"], len(told["cancelled"]), len(told["sites"])) == (2, 2, 2)
    assert await places_of_her(pool) == set()
    await sweep_all(pool, CLOCK)
    assert await fan_out_outbox(pool, now=at(TOMORROW)) > 0
    assert await places_of_her(pool) == set()
    assert await learned(pool) == history
    assert await pool.fetchval(COUNTS) == numbers
    assert await pool.fetchval("select count(*) from guest_link") == 0
    for kept in await pool.fetch("select before::text, after::text from action"):
        assert all(msgspec.json.decode(text, type=Changes) is not None for text in kept)
    assert (await erase(manager, guest)).status_code == 404
    assert (await host.get("/host/guests", params={"q": PHONE[-4:]})).json() == []


async def test_a_party_that_is_here_is_erased_after_it_has_left_and_by_managers_only(
    host: httpx.AsyncClient, manager: httpx.AsyncClient
) -> None:
    made = await booked(host, guest=zephyrine())
    about = {"reservation_id": made["reservation_id"]}
    await done(host, "arrive", **about, version=1, arrived=2)
    guest = made["guest_id"]
    assert (await erase(host, guest)).status_code == 403
    here = await erase(manager, guest, cancel_bookings=True)
    assert (here.status_code, here.json()["message"]) == (409, "guest-still-here")
    nameless = await manager.post(f"/manage/guests/{guest}/erase", json={"id": str(uuid4())})
    assert (nameless.status_code, nameless.json()["errors"][0]["pointer"]) == (400, "/reason")
    seated = await done(host, "seat", **about, version=2, tables=["1"])
    seating = seated["seatings"][0]
    assert (await erase(manager, guest)).status_code == 409
    await done(host, "clear", seating_id=seating["seating_id"], version=seating["version"])
    assert (await erase(manager, guest)).status_code == 200


async def test_a_site_that_asks_again_is_told_that_it_was_erased_and_books_nothing_twice(
    manager: httpx.AsyncClient, partner: httpx.AsyncClient, pool: Pool
) -> None:
    visit = await by_a_site(partner)
    guest = str(await pool.fetchval("select guest_id from reservation"))
    heard = await pool.fetchval("select count(*) from reservation")
    events: list[str] = []
    async with pool.acquire() as ear:

        def hear(*about: object) -> None:
            events.append(str(about[-1]))

        await ear.add_listener("maitred", hear)
        assert (await erase(manager, guest, cancel_bookings=True)).status_code == 200
        await ear.execute("select 1")
        await ear.remove_listener("maitred", hear)
    assert any('"guest.erased"' in event and guest in event for event in events)
    body = site.wish(0, guest=zephyrine(), notes="The thimble corner", partner_reference="quill-7")
    path = f"{site.BASE}/reservations"
    again = await partner.post(path, json=body, headers=site.key("one"))
    assert (again.status_code, again.json()["code"]) == (410, "ERASED")
    assert await pool.fetchval("select count(*) from reservation") == heard
    read = await partner.get(f"{path}/{visit}")
    assert (read.status_code, read.json()["status"]) == (200, "cancelled")


async def test_the_record_says_that_somebody_was_erased_and_by_whom_but_not_who(
    host: httpx.AsyncClient, manager: httpx.AsyncClient, pool: Pool
) -> None:
    made = await booked(host, guest=zephyrine())
    told = await erase(manager, made["guest_id"], cancel_bookings=True, reason="Quillfeather asks")
    assert told.status_code == 200
    rows = [
        *await pool.fetch("select * from action where kind = 'EraseGuest'"),
        *await pool.fetch("select * from security_event where kind = 'GuestErased'"),
    ]
    assert [(row["staff_id"], row["reason"]) for row in rows] == [("manager", "- asks")] * 2
    assert made["guest_id"] not in str([tuple(row) for row in rows])


async def test_notes_on_others_lose_the_whole_name_and_number_and_nothing_else(
    host: httpx.AsyncClient, manager: httpx.AsyncClient, pool: Pool
) -> None:
    same = "a quiet table by the window, please"
    hers = await booked(host, guest=zephyrine(), notes=same)
    odo = {"name": "Odo Zephyrine", "phone": "+493023125888"}
    his = await booked(host, guest=odo, starts=at(TOMORROW).isoformat(), notes=same)
    known = {"notes": f"came with Zephyrine QUILLFEATHER, {PHONE}", "allergies": same}
    path = f"/host/guests/{his['guest_id']}"
    await ok(await host.patch(path, json=known | {"consent": True}))
    assert (await erase(manager, hers["guest_id"], cancel_bookings=True)).status_code == 200
    left = "select g.name, g.notes, g.allergies, r.notes as visit from guest g join reservation r"
    (row,) = await pool.fetch(f"{left} using (venue_id, guest_id) where g.phone = $1", odo["phone"])
    assert tuple(row) == ("Odo Zephyrine", "came with -, -", same, same)
