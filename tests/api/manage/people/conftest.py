"""Zephyrine, who goes through everything the house has, at a house of five tables at seven."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from api.settings import Settings
from seating.db import transaction
from seating.jobs.runs import record_failure
from seating.webhooks.outbox import fan_out_outbox
from seating.webhooks.sealed_secrets import new_key
from tests.api.booking import conftest as site
from tests.api.conftest import NEW_STAFF
from tests.api.google import conftest as google
from tests.api.host.conftest import booked, done, tap
from tests.api.host.test_gestures import gift, rules_in_force
from tests.support.application import living
from tests.support.house import NOON, SEVEN, VENUE, at, house_text, move_clock, open_house

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    import httpx
    from litestar import Litestar

    from seating.db import Pool

ROOM = house_text(2, 2, 4, 6, 4, joins=[("1", "2")], terrace=1)
NAME = "Zephyrine Quillfeather"
PHONE, SECOND_PHONE = "+493023125871", "+493023125872"
EMAIL = "zq@quill.example"
SIGNS = ("zephyrin", "quill", "23125871", "23125872", "thimble", "lupin", "dragonfly")
"""Parts of her names, numbers, address, notes and allergies, in lower case."""
TOMORROW = 24

ENDPOINT = """
insert into webhook_endpoint (venue_id, endpoint_id, client_id, url, types, secret, created_at)
select $1, gen_random_uuid(), client_id, 'https://site.example/hook', $2, '\\x00', now()
from client where name = 'A site'
"""
EVENTS = ["reservation.confirmed", "reservation.cancelled", "reservation.seated", "waitlist.joined"]


@pytest.fixture
async def app(database: str, pool: Pool) -> AsyncIterator[Litestar]:
    await open_house(pool, ROOM)
    await move_clock(pool, SEVEN)
    async with transaction(pool) as conn:
        for role in ("host", "manager"):
            await conn.execute(NEW_STAFF, VENUE, role)
    settings = Settings(
        database_url=database,
        demo=True,
        jobs="none",
        pool_min=1,
        pool_max=10,
        secrets_key=new_key(),
    )
    async with living(settings) as app:
        yield app


@pytest.fixture
async def partner(app: Litestar) -> AsyncIterator[httpx.AsyncClient]:
    async with site.site_client(app) as client:
        yield client


def zephyrine(phone: str = PHONE, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - any field
    return {"name": NAME, "phone": phone, "email": EMAIL} | more


async def ok(answer: httpx.Response) -> dict[str, Any]:
    assert answer.is_success, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def went_through_everything(
    app: Litestar, host: httpx.AsyncClient, manager: httpx.AsyncClient, partner: httpx.AsyncClient
) -> str:
    """She books, is noted, waits, is turned away, sits, is given to, complains: her guest id."""
    pool: Pool = app.state.pool
    await pool.execute(ENDPOINT, VENUE, EVENTS)
    await rules_in_force(manager)
    visit = await by_a_site(partner)
    guest = str(
        await pool.fetchval("select guest_id from reservation where reservation_id = $1", visit)
    )
    noted = {"allergies": "lupin", "notes": "collects thimbles", "tags": ["dragonfly"]}
    await ok(await host.patch(f"/host/guests/{guest}", json=noted | {"consent": True}))
    other = await booked(
        host, starts=at(TOMORROW).isoformat(), guest=zephyrine(SECOND_PHONE, email=None)
    )
    merge = {"id": str(uuid4()), "kept_id": guest, "gone_id": other["guest_id"]}
    await ok(await host.post("/host/guests/merge", json=merge))
    await wrote(host, visit)
    await an_evening(host, visit)
    await turned_away(host)
    await waited(host, partner)
    await by_google(app)
    await named_by_others(pool, host, manager)
    await fan_out_outbox(pool, now=NOON)
    return guest


async def by_a_site(partner: httpx.AsyncClient) -> str:
    body = site.wish(0, guest=zephyrine(), notes="The thimble corner", partner_reference="quill-7")
    path = f"{site.BASE}/reservations"
    return str((await ok(await partner.post(path, json=body, headers=site.key("one"))))["id"])


async def wrote(host: httpx.AsyncClient, visit: str) -> None:
    """On her page, as anybody may who has its link; the house answers."""
    about = f"/host/reservations/{visit}"
    link = (await ok(await host.post(f"{about}/guest-link", json={"id": str(uuid4())})))["url"]
    line = {"id": str(uuid4()), "text": "May I bring my thimbles?"}
    page = "/r/" + link.partition("/r/")[2]
    assert (await host.post(f"{page}/message", data=line)).status_code == 303
    answer = {"id": str(uuid4()), "text": "Gladly, dear Zephyrine"}
    assert (await host.post(f"{about}/thread", json=answer)).is_success


async def an_evening(host: httpx.AsyncClient, visit: str) -> None:
    about: dict[str, Any] = {"reservation_id": visit}
    calling = {"id": str(uuid4()), "colleague": "manager", "line": "Come: Quillfeather is here"}
    await ok(await host.post("/host/alerts", json=calling | about))
    told = await done(host, "arrive", **about, version=1, arrived=2)
    version = told["reservations"][0]["version"]
    seated = await done(
        host, "seat", **about, version=version, tables=["1"], reason="for Zephyrine"
    )
    given = await ok(
        await host.post(
            "/host/gestures/offer",
            json=gift(visit) | {"line": "because you love thimbles", "guest_asked": True},
        )
    )
    tapped = {"id": str(uuid4()), "gesture_id": given["gesture_id"], "version": 1}
    await ok(await host.post("/host/gestures/accept", json=tapped))
    sad = {"id": str(uuid4()), "about": "a thimble of wine only"} | about
    await ok(await host.post("/host/complaints", json=sad))
    asked = gift(visit, "magnum") | {"line": "because Quillfeather waited", "guest_asked": True}
    await ok(await host.post("/host/gestures/ask", json=asked))
    seating = seated["seatings"][0]
    await done(host, "clear", seating_id=seating["seating_id"], version=seating["version"])


async def turned_away(host: httpx.AsyncClient) -> None:
    body = {"id": str(uuid4()), "party_size": 3, "code": "PACING_FULL", "kind": "regret"}
    named = {"name": NAME, "phone": PHONE}
    no = await ok(await host.post("/host/turnaways", json=body | named))
    sought = {"id": str(uuid4()), "turnaway_id": no["turnaway_id"]} | named
    await ok(await host.post("/host/rescues", json=sought))
    full = {"starts": at(1).isoformat(), "party_size": 40, "guest": zephyrine()}
    wish = {"id": str(uuid4()), "channel": "phone", "accepted_house_rules": 3} | full
    assert (await host.post("/host/reservations", json=wish)).status_code == 409


async def waited(host: httpx.AsyncClient, partner: httpx.AsyncClient) -> None:
    told = await done(host, "wait", party_size=2, name=NAME, phone=PHONE)
    await done(host, "leave", wait_id=told["waiting"][0]["wait_id"], version=1)
    body = {"party_size": 2, "guest": zephyrine(), "notes": "Lupin!", "accepted_house_rules": 3}
    path = f"{site.BASE}/waitlist"
    answer = await partner.post(path, json=body, headers=site.key("two"))
    if answer.is_success:
        waits = answer.json()["id"]
        await done(host, "leave", wait_id=waits, version=1)


async def by_google(app: Litestar) -> None:
    she = google.user() | {
        "user_id": "quill-user",
        "given_name": "Zephyrine",
        "family_name": "Quillfeather",
        "telephone": "030 23125871",
        "email": EMAIL,
    }
    async with google.google_client(app) as client:
        await google.booked(
            client,
            slot=google.slot(2 * TOMORROW),
            user_information=she,
            additional_request="Thimbles",
        )


async def named_by_others(pool: Pool, host: httpx.AsyncClient, manager: httpx.AsyncClient) -> None:
    other = await booked(
        host,
        party_size=2,
        starts=at(3 * TOMORROW).isoformat(),
        guest={"name": "Odo", "phone": "+493023125888"},
        notes=f"sits next to {NAME}",
        special_request="near Zephyrine Quillfeather, please",
    )
    known = {"notes": f"brother of {NAME}, {PHONE}", "allergies": "nuts", "consent": True}
    await ok(await host.patch(f"/host/guests/{other['guest_id']}", json=known))
    note = {"id": str(uuid4()), "service_date": "2027-03-04", "text": "Quillfeather: quiet, please"}
    await ok(await manager.post("/host/notes", json=note))
    blocked = {"table_id": "5", "starts": at(3).isoformat(), "ends": at(4).isoformat()}
    assert (await tap(host, "block", **blocked, reason="kept for Zephyrine")).is_success
    failure = f"Key (phone)=({PHONE}) is there already"
    await record_failure(pool, "follow_houses", NOON, failure)


async def places_of_her(pool: Pool) -> set[tuple[str, str]]:
    """Every table and column in which anything of her stands, whatever its type."""
    found = set()
    tables = await pool.fetch("select tablename from pg_tables where schemaname = 'public'")
    for (table,) in tables:
        for row in await pool.fetch(f"select * from {table}"):
            found |= {(table, name) for name, value in row.items() if names_her(value)}
    return found


def names_her(value: object) -> bool:
    text = value.decode(errors="ignore") if isinstance(value, bytes) else str(value)
    return any(sign in text.lower() for sign in SIGNS)
