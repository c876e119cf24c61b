"""Bodies as any proto3 JSON writer may spell them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from api.google.proto import Int64, integral
from tests.api.google.conftest import BASE, SECONDS, booked, call, slot, slot_time, user, wish
from tests.support.house import VENUE

if TYPE_CHECKING:
    import httpx

JSON = {"Content-Type": "application/json"}


def camel(sent: Any) -> Any:  # noqa: ANN401 - any JSON
    """The same with every field spelled as the JSON mapping prefers it."""
    if not isinstance(sent, dict):
        return [camel(each) for each in sent] if isinstance(sent, list) else sent
    words = {key: key.split("_") for key in sent}
    return {
        "".join([first, *(word.title() for word in more)]): camel(sent[key])
        for key, (first, *more) in words.items()
    }


async def test_a_field_may_be_spelled_in_both_ways(google: httpx.AsyncClient) -> None:
    asked = {"merchant_id": VENUE, "slot_time": [slot_time(), slot_time(24 * 80)]}
    told = await call(google, "BatchAvailabilityLookup", asked)
    assert [each["available"] for each in told["slot_time_availability"]] == [True, False]
    assert await call(google, "BatchAvailabilityLookup", camel(asked)) == told
    checked = await call(google, "CheckAvailability", {"slot": camel(slot())})
    assert checked == {"slot": slot(), "count_available": 1}
    escaped = json.dumps({"slot": slot()}).replace("start_sec", "start\\u0053ec")
    answer = await google.post(f"{BASE}/CheckAvailability", content=escaped, headers=JSON)
    assert answer.json() == checked
    made = (await call(google, "CreateBooking", camel(wish(1))))["booking"]
    assert (made["slot"], made["user_information"]) == (slot(), user(1))
    moved = camel({"booking": {"booking_id": made["booking_id"], "slot": slot(1)}})
    assert (await call(google, "UpdateBooking", moved))["booking"]["slot"] == slot(1)
    assert (await call(google, "ListBookings", {"userId": "user-1"}))["bookings"]
    waits = {"merchantId": VENUE, "serviceId": "reservation", "partySize": [2]}
    assert (await call(google, "BatchGetWaitEstimates", waits))["waitlist_status"]


async def test_a_field_sent_in_both_spellings_is_a_bad_request(google: httpx.AsyncClient) -> None:
    twice = {"slot": slot() | {"startSec": SECONDS + 3600}}
    answer = await google.post(f"{BASE}/CheckAvailability", json=twice)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == "/slot/start_sec"


async def test_an_integer_may_be_written_in_any_form(google: httpx.AsyncClient) -> None:
    asked = json.dumps({"slot": slot(party_size="SIZE")})
    for size in ("2", '"2"', "2.0", '"2.0"', "2e0", '"2E+0"', "20e-1", "0.2e1"):
        body = asked.replace('"SIZE"', size)
        answer = await google.post(f"{BASE}/CheckAvailability", content=body, headers=JSON)
        assert answer.json() == {"slot": slot(), "count_available": 1}, size
    for wrong in ("2.5", '"2.5"', '""', '" 2"', "2e99999999", '"2e999999"', "[2]", "false"):
        body = asked.replace('"SIZE"', wrong)
        answer = await google.post(f"{BASE}/CheckAvailability", content=body, headers=JSON)
        assert answer.status_code == 400, wrong
        assert answer.json()["errors"][0]["pointer"] == "/slot/resources/party_size"


def test_integers_stay_exact_up_to_64_bits() -> None:
    for text in ("9007199254740993.0", "9223372036854775807", "-9223372036854775808e0"):
        exact = int(text.partition(".")[0].partition("e")[0])
        assert Int64.read(text) == Int64.read(integral(text)) == exact
    for text in ("9223372036854775808", "1e400", "-1e19"):
        with pytest.raises(ValueError, match="int"):
            Int64.read(text)


async def test_an_enum_may_be_a_number_and_a_newer_one_is_unspecified(
    google: httpx.AsyncClient,
) -> None:
    for sent, told in (
        (1, "SYNCHRONOUS"),
        ("2", "ASYNCHRONOUS"),
        (2.0, "ASYNCHRONOUS"),
        (0, "UNSPECIFIED"),
        (7, "UNSPECIFIED"),
        (-1, "UNSPECIFIED"),
        ("CONFIRMATION_MODE_BY_LETTER", "UNSPECIFIED"),
    ):
        answer = await call(google, "CheckAvailability", {"slot": slot(confirmation_mode=sent)})
        assert answer["slot"]["confirmation_mode"] == f"CONFIRMATION_MODE_{told}", sent
    for wrong in (1.5, [1], {"a": 1}, True):
        body = {"slot": slot(confirmation_mode=wrong)}
        refused = await google.post(f"{BASE}/CheckAvailability", json=body)
        assert refused.status_code == 400
        assert refused.json()["errors"][0]["pointer"] == "/slot/confirmation_mode"


async def test_a_status_may_be_a_number_and_a_newer_one_changes_nothing(
    google: httpx.AsyncClient,
) -> None:
    made = await booked(google)
    for status, told in (("ON_ICE", "CONFIRMED"), (99, "CONFIRMED"), (3, "CANCELED")):
        sent = {"booking": {"booking_id": made["booking_id"], "status": status}}
        assert (await call(google, "UpdateBooking", sent))["booking"] == made | {"status": told}


async def test_a_body_nested_too_deep_is_a_bad_request(google: httpx.AsyncClient) -> None:
    deep = b'{"slot": ' + b"[" * 50_000 + b"]" * 50_000 + b"}"
    answer = await google.post(f"{BASE}/CheckAvailability", content=deep, headers=JSON)
    assert (answer.status_code, answer.json()["code"]) == (400, "BAD_REQUEST")
