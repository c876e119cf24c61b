"""A client says where it wants to be told, sees how that went, and takes it back."""

from __future__ import annotations

import asyncio
import json
import threading
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from msgspec.structs import replace
from standardwebhooks import Webhook

from scripts.node_tools import run_node
from seating.webhooks import egress
from seating.webhooks.courier import Courier
from seating.webhooks.egress import Egress
from seating.webhooks.look_ups import LookUps
from tests.api.booking.conftest import made, site_client
from tests.support.application import living
from tests.support.house import VENUE, house_text, open_house
from tests.support.webhooks import LOOPBACK, Receiver, Watch, receiving

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    import httpx
    from litestar import Litestar

ENDPOINTS = "/v1/webhook-endpoints"
EVENTS = ["reservation.confirmed", "reservation.cancelled"]

VERIFY = """
const { Webhook } = require('standardwebhooks');
const { secret, headers, body } = JSON.parse(require('fs').readFileSync(0));
console.log(JSON.stringify(new Webhook(secret).verify(body, headers)));
try {
  new Webhook(secret).verify(body + ' ', headers);
  console.log('a changed body passed');
} catch (error) { console.log(error.name); }
"""


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with receiving() as receiver:
        yield receiver


def wish(url: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - any field
    return {"venue": VENUE, "url": url, "event_types": EVENTS} | more


async def register(site: httpx.AsyncClient, url: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401
    answer = await site.post(ENDPOINTS, json=wish(url, **more))
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    assert answer.headers["Location"] == f"{ENDPOINTS}/{found['id']}"
    return found


async def deliver(app: Litestar, watch: Watch | None = None) -> None:
    await Courier(app.state.pool, app.state.seal, LOOPBACK, now=watch or Watch()).deliver_all()


async def test_a_site_registers_books_and_is_told(
    app: Litestar, partner: httpx.AsyncClient, receiver: Receiver
) -> None:
    endpoint = await register(partner, receiver.url)
    assert sorted(endpoint["event_types"]) == sorted(EVENTS)
    booked = await made(partner)
    await deliver(app)
    assert [each.data["id"] for each in receiver.got] == [booked["id"]]
    listed = (await partner.get(f"{ENDPOINTS}/{endpoint['id']}/deliveries")).json()["items"]
    assert [(each["type"], each["status"], each["last_status"]) for each in listed] == [
        ("reservation.confirmed", "delivered", 204)
    ]
    assert listed[0]["id"] == receiver.got[0].headers["webhook-id"]
    assert listed[0]["body"] == receiver.got[0].body


async def test_the_libraries_of_python_and_node_find_the_signature_good(
    app: Litestar, partner: httpx.AsyncClient, receiver: Receiver
) -> None:
    endpoint = await register(partner, receiver.url)
    await made(partner, guest={"name": "Zoë Şahin 🌶"}, partner_reference="Ü-1")
    await deliver(app)
    got = receiver.got[0]
    sent = Webhook(endpoint["secret"]).verify(got.body, got.headers)
    assert sent["data"]["partner_reference"] == "Ü-1"
    given = {"secret": endpoint["secret"], "headers": got.headers, "body": got.body}
    said = run_node("-e", VERIFY, given=json.dumps(given))
    first, second = said.stdout.splitlines()
    assert (json.loads(first), second) == (sent, "WebhookVerificationError")


async def test_the_secret_is_shown_once(partner: httpx.AsyncClient, receiver: Receiver) -> None:
    endpoint = await register(partner, receiver.url)
    assert endpoint["secret"].startswith("whsec_")
    for path in (ENDPOINTS, f"{ENDPOINTS}/{endpoint['id']}"):
        assert "whsec_" not in (await partner.get(path)).text


async def test_while_rotating_both_secrets_are_good(
    app: Litestar, partner: httpx.AsyncClient, receiver: Receiver
) -> None:
    endpoint = await register(partner, receiver.url)
    answer = await partner.post(f"{ENDPOINTS}/{endpoint['id']}/rotate-secret")
    assert answer.status_code == 200
    old, new = endpoint["secret"], answer.json()["secret"]
    await made(partner)
    await deliver(app)
    got = receiver.got[0]
    assert len(got.headers["webhook-signature"].split()) == 2
    for secret in (old, new):
        Webhook(secret).verify(got.body, got.headers)
    watch = Watch()
    watch.on(hours=25)
    await partner.post(f"{ENDPOINTS}/{endpoint['id']}/test")
    await deliver(app, watch)
    assert len(receiver.got[1].headers["webhook-signature"].split()) == 1


async def test_a_test_message_tells_whether_the_receiver_works(
    app: Litestar, partner: httpx.AsyncClient, receiver: Receiver
) -> None:
    endpoint = await register(partner, receiver.url)
    receiver.manners = [500, 200]
    answer = await partner.post(f"{ENDPOINTS}/{endpoint['id']}/test")
    assert (answer.status_code, answer.json()["status"]) == (202, "pending")
    await deliver(app)
    deliveries = f"{ENDPOINTS}/{endpoint['id']}/deliveries"
    tried = (await partner.get(deliveries)).json()["items"][0]
    assert (tried["status"], tried["last_status"], tried["attempts"]) == ("pending", 500, 1)
    watch = Watch()
    watch.on(seconds=5)
    await deliver(app, watch)
    assert receiver.told == ["webhook.test", "webhook.test"]
    assert (await partner.get(deliveries)).json()["items"][0]["status"] == "delivered"


async def test_what_was_delivered_can_be_delivered_again_under_its_id(
    app: Litestar, partner: httpx.AsyncClient, receiver: Receiver
) -> None:
    endpoint = await register(partner, receiver.url)
    await made(partner)
    await deliver(app)
    deliveries = f"{ENDPOINTS}/{endpoint['id']}/deliveries"
    one = (await partner.get(deliveries)).json()["items"][0]["id"]
    answer = await partner.post(f"{deliveries}/{one}/redeliver")
    assert (answer.status_code, answer.json()["status"]) == (202, "pending")
    await deliver(app)
    assert [each.headers["webhook-id"] for each in receiver.got] == [one, one]
    assert receiver.got[0].body == receiver.got[1].body
    answer = await partner.post(f"{deliveries}/{uuid4()}/redeliver")
    assert answer.status_code == 404


async def test_a_disabled_endpoint_says_why_and_stays_so(
    app: Litestar, partner: httpx.AsyncClient, receiver: Receiver
) -> None:
    endpoint = await register(partner, receiver.url)
    receiver.manners = [410]
    await made(partner)
    await deliver(app)
    seen = (await partner.get(f"{ENDPOINTS}/{endpoint['id']}")).json()
    assert seen["disabled_at"]
    assert seen["disabled_because"] == "it answered 410"
    answer = await partner.post(f"{ENDPOINTS}/{endpoint['id']}/test")
    assert (answer.status_code, answer.json()["code"]) == (409, "NOT_POSSIBLE_NOW")


async def test_pages_go_through_everything_once(
    app: Litestar, partner: httpx.AsyncClient, receiver: Receiver
) -> None:
    endpoints = [await register(partner, receiver.url) for _ in range(3)]
    for number in range(5):
        await made(partner, number)
    await deliver(app)
    for path, expected in ((ENDPOINTS, 3), (f"{ENDPOINTS}/{endpoints[0]['id']}/deliveries", 5)):
        found, cursor = [], None
        while True:
            page = {"limit": 2} | ({"cursor": cursor} if cursor else {})
            answer = (await partner.get(path, params=page)).json()
            found += [each["id"] for each in answer["items"]]
            cursor = answer["next_cursor"]
            if cursor is None:
                break
        assert len(found) == len(set(found)) == expected
    assert (await partner.get(ENDPOINTS, params={"venue": "elsewhere"})).json()["items"] == []


async def test_deleted_means_told_nothing_more(
    app: Litestar, partner: httpx.AsyncClient, receiver: Receiver
) -> None:
    endpoint = await register(partner, receiver.url)
    await made(partner)
    await partner.post(f"{ENDPOINTS}/{endpoint['id']}/rotate-secret")
    assert (await partner.delete(f"{ENDPOINTS}/{endpoint['id']}")).status_code == 204
    await deliver(app)
    assert receiver.got == []
    assert (await partner.get(f"{ENDPOINTS}/{endpoint['id']}")).status_code == 404
    rows = await app.state.pool.fetch("""
        select kind, client_id, facts ->> 'host' as host from security_event
        where kind like '%Endpoint%' order by at
    """)
    assert [(row["kind"], row["host"]) for row in rows] == [
        ("AddEndpoint", "127.0.0.1"), ("RotateEndpointSecret", None),
        ("RemoveEndpoint", "127.0.0.1"),
    ]  # fmt: skip
    assert all(row["client_id"].startswith("client_") for row in rows)


async def test_another_sites_endpoint_does_not_exist(
    partner: httpx.AsyncClient, stranger: httpx.AsyncClient, receiver: Receiver
) -> None:
    endpoint = await register(partner, receiver.url)
    mine = f"{ENDPOINTS}/{endpoint['id']}"
    assert (await stranger.get(ENDPOINTS)).json()["items"] == []
    for method, path in [
        ("GET", mine),
        ("DELETE", mine),
        ("POST", f"{mine}/rotate-secret"),
        ("POST", f"{mine}/test"),
        ("GET", f"{mine}/deliveries"),
        ("POST", f"{mine}/deliveries/{uuid4()}/redeliver"),
    ]:
        answer = await stranger.request(method, path)
        assert (answer.status_code, answer.json()["code"]) == (404, "NOT_FOUND"), path
    assert (await partner.get(mine)).status_code == 200


async def test_one_client_has_endpoints_at_each_of_its_houses(
    app: Litestar, receiver: Receiver
) -> None:
    await open_house(app.state.pool, house_text(2, venue="brasserie"))
    async with site_client(app, VENUE, "brasserie") as site:
        for venue in ("brasserie", VENUE):
            await register(site, receiver.url, venue=venue)
        listed = (await site.get(ENDPOINTS)).json()["items"]
        assert [each["venue"] for each in listed] == [VENUE, "brasserie"]
        one = (await site.get(ENDPOINTS, params={"venue": "brasserie"})).json()["items"]
        assert [each["id"] for each in one] == [listed[1]["id"]]
        await made(site)
        await deliver(app)
    assert [each.data["venue"] for each in receiver.got] == [VENUE]


@pytest.mark.parametrize(
    ("wrong", "status", "code", "pointer"),
    [
        ({"url": "http://10.0.0.1/"}, 422, "URL_NOT_ALLOWED", "/url"),
        ({"url": "https://169.254.169.254/"}, 422, "URL_NOT_ALLOWED", "/url"),
        ({"url": "nonsense"}, 422, "URL_NOT_ALLOWED", "/url"),
        ({"url": ""}, 400, "INVALID_REQUEST", "/url"),
        ({"venue": "brasserie"}, 404, "NOT_FOUND", None),
        ({"event_types": []}, 400, "INVALID_REQUEST", "/event_types"),
        ({"event_types": ["held_table.granted"]}, 400, "INVALID_REQUEST", "/event_types/0"),
        ({"secret": "mine"}, 400, "INVALID_REQUEST", ""),
    ],
)
async def test_what_is_wrong_is_named_and_nothing_is_made(
    partner: httpx.AsyncClient,
    receiver: Receiver,
    wrong: dict[str, Any],
    status: int,
    code: str,
    pointer: str | None,
) -> None:
    answer = await partner.post(ENDPOINTS, json=wish(receiver.url) | wrong)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    if pointer is not None:
        assert answer.json()["errors"][0]["pointer"].startswith(pointer)
    assert (await partner.get(ENDPOINTS)).json()["items"] == []


async def test_nobody_asks_to_be_told_what_is_not_for_them(
    app: Litestar, receiver: Receiver
) -> None:
    async with site_client(app) as site:
        await app.state.pool.execute("update client_venue set scopes = '{bookings,webhooks}'")
        body = wish(receiver.url, event_types=["pos.adjustment"])
        answer = await site.post(ENDPOINTS, json=body)
    assert (answer.status_code, answer.json()["code"]) == (403, "NOT_ALLOWED")
    assert "scope pos" in answer.json()["detail"]
    async with site_client(app, scopes=["bookings"]) as site:
        assert (await site.get(ENDPOINTS)).status_code == 403


async def test_endpoints_have_a_limit(partner: httpx.AsyncClient, receiver: Receiver) -> None:
    for _ in range(10):
        await register(partner, receiver.url)
    answer = await partner.post(ENDPOINTS, json=wish(receiver.url))
    assert (answer.status_code, answer.json()["code"]) == (409, "TOO_MANY_ENDPOINTS")


async def test_without_a_key_there_are_no_secrets_to_keep(
    app: Litestar, receiver: Receiver
) -> None:
    bare = replace(app.state.settings, secrets_key="")
    async with living(bare) as app_without, site_client(app_without) as site:
        answer = await site.post(ENDPOINTS, json=wish(receiver.url))
    assert (answer.status_code, answer.json()["code"]) == (503, "NOT_SET_UP")


async def test_slow_names_of_one_site_hold_up_no_other_sites_registration(
    app: Litestar,
    partner: httpx.AsyncClient,
    stranger: httpx.AsyncClient,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    go_on = threading.Event()

    def names(host: str, _: int) -> list[str]:
        assert host != "slow.example" or go_on.wait(10)
        return ["127.0.0.1"]

    look_ups = LookUps(threads=2, each=1, queue=False, look_up=names)
    app.state.egress = Egress(loopback=True, resolve=look_ups)
    monkeypatch.setattr(egress, "LOOK_UP_SECONDS", 0.1)
    try:
        slow = asyncio.create_task(partner.post(ENDPOINTS, json=wish("https://slow.example/")))
        await register(stranger, "https://quick.example/")
        assert not slow.done()
        answer = await slow
        told = answer.json()["errors"][0]
        assert (answer.status_code, told["pointer"]) == (422, "/url")
        assert told["message"] == "url-look-up-slow"
        again = await partner.post(ENDPOINTS, json=wish("https://quick.example/"))
        told = again.json()["errors"][0]
        assert (again.status_code, told["message"]) == (429, "url-look-up-running")
        await register(stranger, "https://quick.example/other")
    finally:
        go_on.set()
