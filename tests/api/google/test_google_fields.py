"""Fields that Google sends and its answers repeat: rooms, tags, languages, offers, requests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from policies.floor import orders
from tests.api.google.conftest import BASE, booked, call, lookup, slot, slot_time, user, wish
from tests.support.house import SEVEN, VENUE, house_text, move_clock, open_house
from tests.support.stand import stand, tell

if TYPE_CHECKING:
    import httpx

    from seating.db import Pool

MODE = "CONFIRMATION_MODE_SYNCHRONOUS"


def in_room(room: str, party_size: int = 4, **more: Any) -> dict[str, Any]:  # noqa: ANN401
    """A slot in a room, as the inventory feed names one."""
    return slot(resources={"party_size": party_size, "room_id": room}, **more)


async def test_a_room_is_an_area_of_the_house(google: httpx.AsyncClient, pool: Pool) -> None:
    made = await booked(google, 1, slot=in_room("terrace"))
    assert made["slot"] == in_room("terrace", duration_sec="7200")
    assert await pool.fetchval("select needs ->> 'area' from reservation") == "terrace"
    terrace = {"party_size": 4, "room_id": "terrace"}
    other_name = slot_time(0, 4, service_id="reservation:terrace")
    asked = [slot_time(resource_ids=terrace), other_name, slot_time(0, 4)]
    assert await lookup(google, *asked) == [False, False, True]
    checked = await call(google, "CheckAvailability", {"slot": in_room("terrace")})
    assert checked == {"slot": in_room("terrace"), "count_available": 0}


async def test_a_room_that_is_none_or_not_the_services_is_a_bad_request(
    google: httpx.AsyncClient,
) -> None:
    both = in_room("terrace", service_id="reservation:terrace")
    assert (await call(google, "CheckAvailability", {"slot": both}))["count_available"] == 1
    for wrong, pointer in (
        (in_room("moon"), "/area"),
        (in_room("room", service_id="reservation:terrace"), "/room_id"),
    ):
        for method, body in (
            ("CheckAvailability", {"slot": wrong}),
            ("CreateBooking", wish(slot=wrong)),
        ):
            answer = await google.post(f"{BASE}/{method}", json=body)
            assert answer.status_code == 400, answer.text
            assert answer.json()["errors"][0]["pointer"] == pointer


async def test_a_booking_stays_in_its_room_whichever_way_it_is_named(
    google: httpx.AsyncClient,
) -> None:
    made = await booked(google, 1, slot=in_room("terrace"))
    named = {"booking_id": made["booking_id"]}
    for same in (
        in_room("terrace", 2),
        slot(0, 2),
        slot(0, 2, service_id="reservation:terrace"),
    ):
        moved = await call(google, "UpdateBooking", {"booking": named | {"slot": same}})
        assert moved["booking"]["slot"]["resources"] == {"party_size": 2, "room_id": "terrace"}
    inside = {"service_id": "reservation:room"}
    for other in ({"resources": {"room_id": "room"}}, inside):
        answer = await google.post(
            f"{BASE}/UpdateBooking", json={"booking": named | {"slot": other}}
        )
        assert answer.status_code == 400, other


async def test_what_was_sent_is_in_every_answer_about_the_booking(
    google: httpx.AsyncClient, pool: Pool
) -> None:
    asked = slot(confirmation_mode=MODE, availability_tag="tag-1")
    asked["resources"] = {"party_size": 2, "staff_id": "anna"}
    who = user(1) | {"language_code": "de-CH"}
    sent = {"slot": asked, "user_information": who, "offer_id": "offer-7"}
    made = await booked(google, 1, **sent)
    assert made == {
        "booking_id": made["booking_id"],
        "slot": asked,
        "user_information": who,
        "status": "CONFIRMED",
        "offer_info": {"offer_id": "offer-7"},
    }
    assert await booked(google, 1, **sent) == made
    assert (await call(google, "ListBookings", {"user_id": "user-1"}))["bookings"] == [made]
    assert await pool.fetchval("select locale from guest") == "de-CH"
    later = slot(1, confirmation_mode=MODE, availability_tag="tag-2")
    change = {"booking": {"booking_id": made["booking_id"], "slot": later}}
    moved = (await call(google, "UpdateBooking", change))["booking"]
    assert moved == made | {"slot": asked | later | {"resources": asked["resources"]}}
    assert (await call(google, "ListBookings", {"user_id": "user-1"}))["bookings"] == [moved]
    checked = await call(google, "CheckAvailability", {"slot": moved["slot"]})
    assert checked["slot"] == moved["slot"]
    place = slot_time(24, availability_tag="x", resource_ids={"party_size": 2, "staff_id": "bo"})
    body = {"merchant_id": VENUE, "slot_time": [place]}
    (told,) = (await call(google, "BatchAvailabilityLookup", body))["slot_time_availability"]
    assert told == {"slot_time": place, "available": True}


async def test_another_offer_is_another_booking(google: httpx.AsyncClient) -> None:
    await booked(google, 1, offer_id="offer-7")
    answer = await google.post(f"{BASE}/CreateBooking", json=wish(1, offer_id="offer-8"))
    assert (answer.status_code, answer.json()["code"]) == (409, "IDEMPOTENCY_KEY_REUSED")


async def test_a_language_that_is_none_is_repeated_and_not_kept(
    google: httpx.AsyncClient, pool: Pool
) -> None:
    who = user(1) | {"language_code": "whatever you like"}
    assert (await booked(google, 1, user_information=who))["user_information"] == who
    assert await pool.fetchval("select locale from guest") is None


async def test_what_a_waiting_party_asks_for_is_shown_to_the_host(
    google: httpx.AsyncClient, pool: Pool
) -> None:
    await open_house(pool, house_text(2, 4))
    await move_clock(pool, SEVEN)
    asked = {
        "merchant_id": VENUE,
        "service_id": "reservation",
        "party_size": 2,
        "user_information": user(1) | {"language_code": "fr"},
        "idempotency_token": "one",
        "additional_request": "nut allergy",
    }
    for _ in range(2):
        await call(google, "CreateWaitlistEntry", asked)
    (shown,) = (await stand(pool)).waiting
    assert (shown.notes, shown.name) == ("nut allergy", "Ada Guest 1")
    assert await pool.fetchval("select locale from wait_entry") == "fr"
    seat = orders.Seat(id=uuid4(), wait_id=shown.wait_id, tables=("1",), version=shown.version)
    await tell(pool, seat)
    view = await stand(pool)
    assert (view.waiting, [each.notes for each in view.seatings]) == ((), ["nut allergy"])
