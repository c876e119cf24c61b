"""HTTP Basic on every call: a client of ours that some venue lets book as Google does."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import httpx

from api.edge import limits
from tests.api.conftest import client_of
from tests.api.google.conftest import (
    BASE,
    SECONDS,
    basic,
    call,
    google_client,
    lookup,
    new_client,
    slot,
    slot_time,
    user,
    wish,
)
from tests.support.house import VENUE, new_site

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    import pytest
    from litestar import Litestar

METHODS = (
    "BatchAvailabilityLookup",
    "CheckAvailability",
    "CreateBooking",
    "UpdateBooking",
    "GetBookingStatus",
    "ListBookings",
)


async def refused(app: Litestar, authorization: str | None) -> int:
    """The one status with which every call is refused."""
    headers = {"Authorization": authorization} if authorization else {}
    async with client_of(app, headers=headers) as client:
        answers = [await client.post(f"{BASE}/{method}", json={}) for method in METHODS]
        answers.append(await client.get(f"{BASE}/HealthCheck"))
    for answer in answers:
        if answer.status_code == 401:
            assert answer.headers["WWW-Authenticate"] == 'Basic realm="maitred"'
    (status,) = {answer.status_code for answer in answers}
    return status


async def test_without_the_right_id_and_secret_nobody_gets_in(app: Litestar) -> None:
    client_id, secret = await new_client(app.state.pool)
    for nobody in (None, "Basic", "Basic !", "Basic bm9jb2xvbg==", basic("client_x", secret)):
        assert await refused(app, nobody) == 401
    for wrong in (secret[:-1], "", f"{secret} "):
        async with client_of(app, headers={"Authorization": basic(client_id, wrong)}) as client:
            assert (await client.get(f"{BASE}/HealthCheck")).status_code == 401


async def test_guesses_are_slowed_down_and_the_right_secret_waits_too(app: Litestar) -> None:
    client_id, secret = await new_client(app.state.pool)
    async with client_of(app, headers={"Authorization": basic(client_id, "guess")}) as client:
        told = [(await client.get(f"{BASE}/HealthCheck")).status_code for _ in range(11)]
    assert told == [401] * 10 + [429]
    async with client_of(app, headers={"Authorization": basic(client_id, secret)}) as client:
        slowed = await client.get(f"{BASE}/HealthCheck")
        assert (slowed.status_code, slowed.headers["Retry-After"]) == (429, "60")
        await app.state.pool.execute("update attempt set since = since - interval '1 minute'")
        assert (await client.get(f"{BASE}/HealthCheck")).status_code == 200


async def test_a_client_that_loops_waits_and_another_is_served(
    app: Litestar, google: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "GOOGLE_PER_MINUTE", 3)
    monkeypatch.setattr(limits, "monotonic", lambda: 1000.0)
    told = [await google.get(f"{BASE}/HealthCheck") for _ in range(4)]
    assert [answer.status_code for answer in told] == [200] * 3 + [429]
    assert told[-1].headers["Retry-After"] == "20"
    async with google_client(app) as other:
        assert (await other.get(f"{BASE}/HealthCheck")).status_code == 200


async def test_a_bearer_token_is_no_use_here_and_basic_is_none_elsewhere(app: Litestar) -> None:
    _, token = await new_site(app.state.pool)
    assert await refused(app, f"Bearer {token}") == 401
    async with google_client(app) as client:
        elsewhere = await client.get(f"/v1/venues/{VENUE}")
    assert elsewhere.status_code == 401
    assert elsewhere.headers["WWW-Authenticate"].startswith("Bearer")


async def test_a_client_without_the_scope_or_disabled_is_kept_out(app: Litestar) -> None:
    """A booking site that reads the house rules to its guests may not leave it out here."""
    known = basic(*await new_client(app.state.pool, "availability", "bookings"))
    assert await refused(app, known) == 403
    await app.state.pool.execute("update client set disabled_at = now()")
    assert await refused(app, known) == 401


async def test_an_unknown_merchant_is_a_bad_request(google: httpx.AsyncClient) -> None:
    for merchant in ("nowhere", "", None):
        asked = {"merchant_id": merchant}
        for method, body in (
            ("BatchAvailabilityLookup", asked | {"slot_time": [slot_time()]}),
            ("CheckAvailability", {"slot": slot() | asked}),
            ("CreateBooking", wish(slot=slot() | asked)),
        ):
            answer = await google.post(f"{BASE}/{method}", json=body)
            assert (answer.status_code, answer.json()["code"]) == (400, "NOT_FOUND"), method


async def test_a_venue_that_lets_nobody_in_is_unknown_too(
    app: Litestar, google: httpx.AsyncClient
) -> None:
    assert await lookup(google, slot_time()) == [True]
    await app.state.pool.execute("update client_venue set scopes = '{availability}'")
    async with google_client(app) as other:
        assert await lookup(other, slot_time()) == [True]
    assert (await google.get(f"{BASE}/HealthCheck")).status_code == 403


async def test_numbers_come_as_strings_or_numbers_and_go_as_strings(
    google: httpx.AsyncClient,
) -> None:
    said = slot_time() | {"start_sec": SECONDS, "duration_sec": 5400}
    said |= {"resource_ids": {"party_size": "2"}, "confirmation_mode": None}
    body = {"merchant_id": VENUE, "slot_time": [said]}
    (told,) = (await call(google, "BatchAvailabilityLookup", body))["slot_time_availability"]
    assert told == {"slot_time": slot_time(), "available": True}


async def test_false_and_nought_are_spelled_out(google: httpx.AsyncClient) -> None:
    late = slot_time(hours=24 * 90)
    del late["duration_sec"]
    body = {"merchant_id": VENUE, "slot_time": [late]}
    (told,) = (await call(google, "BatchAvailabilityLookup", body))["slot_time_availability"]
    assert told == {"slot_time": late | {"duration_sec": "0"}, "available": False}
    asked = slot(hours=24 * 90)
    checked = await call(google, "CheckAvailability", {"slot": asked})
    assert checked == {"slot": asked, "count_available": 0}


async def test_unknown_fields_are_ignored_and_so_are_nulls(google: httpx.AsyncClient) -> None:
    strange = {"new_field": {"a": [1]}, "lease_ref": None, "additional_request": None}
    body = wish() | strange
    body["slot"] |= {"availability_tag": None, "confirmation_mode": None, "seat_tag": "x"}
    body["slot"]["resources"] |= {"staff_id": None, "room_id": "", "chef_id": "anna"}
    body["user_information"] = user() | {"language_code": None, "email": None}
    answer = await call(google, "CreateBooking", body)
    assert answer["booking"]["slot"] == slot()
    assert answer["booking"]["user_information"] == user() | {"email": ""}


async def test_a_trailing_slash_and_chunks_make_no_difference(google: httpx.AsyncClient) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        whole = httpx.Request("POST", "https://x", json={"slot": slot()}).content
        for at in range(0, len(whole), 7):
            yield whole[at : at + 7]

    answer = await google.post(
        f"{BASE}/CheckAvailability/",
        content=chunks(),
        headers={"Content-Type": "application/json; charset=utf-8"},
    )
    assert answer.request.headers["Transfer-Encoding"] == "chunked"
    assert answer.json() == {"slot": slot(), "count_available": 1}
    assert (await google.get(f"{BASE}/HealthCheck/")).json() == {"status": "SERVING"}


NONSENSE: list[tuple[dict[str, object], str]] = [
    ({"start_sec": "soon"}, "/slot/start_sec"),
    ({"start_sec": None}, "/slot/start_sec"),
    ({"start_sec": "9999999999999999999"}, "/slot/start_sec"),
    ({"start_sec": 10**30}, "/slot/start_sec"),
    ({"start_sec": "-1"}, "/slot/start_sec"),
    ({"start_sec": True}, "/slot/start_sec"),
    ({"service_id": "massage"}, "/service_id"),
    ({"service_id": "reservation:moon"}, "/area"),
    ({"service_id": ""}, "/slot/service_id"),
    ({"resources": {"party_size": 0}}, "/slot/resources/party_size"),
    ({"resources": {"party_size": "1001"}}, "/slot/resources/party_size"),
    ({"resources": None}, "/slot/resources/party_size"),
    ({"confirmation_mode": ["MAYBE"]}, "/slot/confirmation_mode"),
]


async def test_what_cannot_be_meant_is_a_bad_request_that_says_where(
    google: httpx.AsyncClient,
) -> None:
    for change, pointer in NONSENSE:
        for method, body in (
            ("CheckAvailability", {"slot": slot() | change}),
            ("CreateBooking", wish(slot=slot() | change)),
        ):
            answer = await google.post(f"{BASE}/{method}", json=body)
            assert answer.status_code == 400, answer.text
            assert [each["pointer"] for each in answer.json()["errors"]] == [pointer]


async def test_a_booking_needs_its_slot_its_user_and_its_token(google: httpx.AsyncClient) -> None:
    for missing in ("slot", "user_information", "idempotency_token"):
        answer = await google.post(f"{BASE}/CreateBooking", json=wish() | {missing: None})
        assert answer.status_code == 400
        assert answer.json()["errors"][0]["pointer"] == f"/{missing}"


async def test_a_slot_that_has_passed_is_a_bad_request_and_not_available_among_others(
    google: httpx.AsyncClient,
) -> None:
    """A list from a feed of this morning holds some; the others are still asked about."""
    for method, body in (
        ("CheckAvailability", {"slot": slot(hours=-24)}),
        ("CreateBooking", wish(hours=-24)),
    ):
        answer = await google.post(f"{BASE}/{method}", json=body)
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (
            400,
            "/slot/start_sec",
        )
    assert await lookup(google, slot_time(hours=-24), slot_time()) == [False, True]


async def test_a_body_too_large_or_no_json_is_refused(google: httpx.AsyncClient) -> None:
    for body, status in ((b"{" * 300_000, 413), (b"slot=1", 400), (b"[]", 400)):
        answer = await google.post(
            f"{BASE}/CheckAvailability", content=body, headers={"Content-Type": "application/json"}
        )
        assert answer.status_code == status


async def test_a_body_without_a_content_type_is_json(google: httpx.AsyncClient) -> None:
    """Google's client in Go sends none; what says that it is something else is refused."""
    whole = json.dumps({"slot": slot()}).encode()
    bare = await google.post(f"{BASE}/CheckAvailability", content=whole)
    assert "Content-Type" not in bare.request.headers
    assert bare.json() == {"slot": slot(), "count_available": 1}
    for wrong in ("text/plain", "application/x-www-form-urlencoded"):
        headers = {"Content-Type": wrong}
        answer = await google.post(f"{BASE}/CheckAvailability", content=whole, headers=headers)
        assert answer.status_code == 415
