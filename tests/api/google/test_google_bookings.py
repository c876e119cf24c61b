"""Bookings through the facade: once per token, and every failure in Google's own word."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING, Any, get_args

from msgspec.structs import replace

from api.google import bookings
from api.google.answers import STATUS
from api.http.refusals import GOOGLE_CAUSES, PUBLIC_REFUSALS, Cause
from policies.book.picture import ReservationState
from policies.house.rules import NoCode
from seating import errors
from seating.booking.slot_holds import ClientSlotHold, HoldRequest, hold_slot
from seating.db import LostRaceError, run
from tests.api.google.conftest import (
    BASE,
    SECONDS,
    booked,
    call,
    cause,
    google_client,
    slot,
    user,
    wish,
)
from tests.support.house import (
    CLOCK,
    NOON,
    SEVEN,
    VENUE,
    at,
    book,
    house_text,
    move_clock,
    new_site,
    open_house,
    order,
    site,
)
from tests.support.rules import FIRST_COME, beyond, rule

if TYPE_CHECKING:
    import httpx
    import pytest
    from litestar import Litestar

    from seating.db import Pool


def to(booking: dict[str, Any], **change: Any) -> dict[str, Any]:  # noqa: ANN401 - any field
    """An update of a booking."""
    return {"booking": {"booking_id": booking["booking_id"]} | change}


async def status_of(google: httpx.AsyncClient, booking: dict[str, Any]) -> str:
    told = await call(google, "GetBookingStatus", {"booking_id": booking["booking_id"]})
    assert told == {
        "booking_id": booking["booking_id"],
        "booking_status": told["booking_status"],
        "prepayment_status": "PREPAYMENT_NOT_PROVIDED",
    }
    return str(told["booking_status"])


async def test_a_booking_says_what_was_booked_and_nothing_of_the_house(
    google: httpx.AsyncClient, pool: Pool
) -> None:
    made = await booked(google, additional_request="By the window, please")
    assert made == {
        "booking_id": made["booking_id"],
        "slot": slot(),
        "user_information": user(),
        "status": "CONFIRMED",
    }
    (kept,) = await pool.fetch("select name, special_request, channel from reservation")
    assert tuple(kept) == ("Ada Guest 0", "By the window, please", "google")


async def test_the_house_says_how_long_a_party_stays(google: httpx.AsyncClient) -> None:
    made = await booked(google, slot=slot(0, 4, duration_sec="60"))
    assert made["slot"]["duration_sec"] == "7200"


async def test_a_token_that_made_a_booking_brings_it_again(
    google: httpx.AsyncClient, pool: Pool
) -> None:
    first, again = await booked(google), await booked(google)
    assert first == again
    await call(google, "UpdateBooking", to(first, status="CANCELED"))
    assert (await booked(google))["status"] == "CANCELED"
    assert await pool.fetchval("select count(*) from reservation") == 1


async def test_the_booking_comes_again_even_when_its_slot_has_passed(
    google: httpx.AsyncClient, pool: Pool
) -> None:
    first = await booked(google)
    await move_clock(pool, at(1))
    assert await booked(google) == first


async def test_a_token_is_not_used_for_another_booking(google: httpx.AsyncClient) -> None:
    await booked(google)
    for other in (wish(hours=1), wish(party_size=3), wish(user_information=user(5))):
        answer = await google.post(f"{BASE}/CreateBooking", json=other)
        assert (answer.status_code, answer.json()["code"]) == (409, "IDEMPOTENCY_KEY_REUSED")


async def test_who_lost_every_race_is_asked_to_try_again(
    google: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def losing(*_: object) -> None:
        raise LostRaceError("again")

    monkeypatch.setattr(bookings, "book_once", losing)
    answer = await google.post(f"{BASE}/CreateBooking", json=wish())
    assert (answer.status_code, answer.json()["code"]) == (409, "CONFLICT")


async def test_a_token_is_the_clients_own(google: httpx.AsyncClient, app: Litestar) -> None:
    first = await booked(google)
    async with google_client(app) as other:
        second = await booked(other, user_information=user(7))
    assert first["booking_id"] != second["booking_id"]


async def test_a_failure_is_not_remembered(google: httpx.AsyncClient, pool: Pool) -> None:
    await open_house(pool, house_text(2))
    first = await booked(google, 1)
    for _ in range(2):
        assert await cause(google, "CreateBooking", wish(2)) == "SLOT_UNAVAILABLE"
    await call(google, "UpdateBooking", to(first, status="CANCELED"))
    second = await booked(google, 2)
    assert await booked(google, 2) == second
    (refused,) = await pool.fetch(
        "select channel, repeats, recovered_by is not null as recovered from turnaway"
    )
    assert tuple(refused) == ("google", 1, True)


async def test_twenty_at_once_make_one_booking(google: httpx.AsyncClient, pool: Pool) -> None:
    made = await asyncio.gather(*(booked(google) for _ in range(20)))
    assert all(each == made[0] for each in made)
    assert await pool.fetchval("select count(*) from reservation") == 1


async def test_a_user_is_told_of_the_very_slot_and_of_an_overlap(
    google: httpx.AsyncClient,
) -> None:
    await booked(google, 1)
    same = wish(1) | {"idempotency_token": "other"}
    assert await cause(google, "CreateBooking", same) == "SLOT_ALREADY_BOOKED_BY_USER"
    overlapping = wish(1, hours=1) | {"idempotency_token": "third"}
    assert await cause(google, "CreateBooking", overlapping) == "OVERLAPPING_RESERVATION"


async def test_a_user_without_a_number_is_told_of_the_very_slot_too(
    google: httpx.AsyncClient,
) -> None:
    nameless = user() | {"telephone": ""}
    await booked(google, user_information=nameless, idempotency_token="first")
    again = wish(user_information=nameless, idempotency_token="second")
    assert await cause(google, "CreateBooking", again) == "SLOT_ALREADY_BOOKED_BY_USER"


async def test_a_booking_made_elsewhere_does_not_show_and_both_stand(
    google: httpx.AsyncClient, pool: Pool
) -> None:
    await book(pool, order(1), site((await new_site(pool))[0]))
    assert (await booked(google, 1))["status"] == "CONFIRMED"


async def test_a_guest_with_as_many_bookings_as_one_may_have(google: httpx.AsyncClient) -> None:
    for day in range(6):
        await booked(google, 1, hours=24 * day, idempotency_token=f"day {day}")
    seventh = wish(1, hours=24 * 6) | {"idempotency_token": "seventh"}
    assert await cause(google, "CreateBooking", seventh) == "USER_OVER_BOOKING_LIMIT"


async def test_a_slot_hold_of_the_same_client_is_a_lease(
    google: httpx.AsyncClient, pool: Pool
) -> None:
    await open_house(pool, house_text(2, 2))
    mine = await pool.fetchval("select client_id from client")

    async def leased() -> dict[str, str]:
        wanted = HoldRequest(party_size=2, starts=SEVEN, ttl_s=60)
        held = await run(pool, lambda conn: hold_slot(conn, VENUE, wanted, site(mine), CLOCK))
        assert isinstance(held, ClientSlotHold)
        return {"lease_id": str(held.slot_hold_id)}

    lease, other = await leased(), await leased()
    assert await cause(google, "CreateBooking", wish(1)) == "SLOT_UNAVAILABLE"
    await booked(google, 2, lease_ref=lease)
    await move_clock(pool, NOON.replace(minute=2))
    for gone in (other, lease, {"lease_id": "nothing of ours"}, {}):
        assert await cause(google, "CreateBooking", wish(3, lease_ref=gone)) == "LEASE_EXPIRED"


async def test_cancelling_twice_succeeds_twice(google: httpx.AsyncClient) -> None:
    made = await booked(google)
    for _ in range(2):
        gone = (await call(google, "UpdateBooking", to(made, status="CANCELED")))["booking"]
        assert gone == made | {"status": "CANCELED"}
    assert await status_of(google, made) == "CANCELED"


async def test_a_cancelled_booking_is_not_moved(google: httpx.AsyncClient) -> None:
    made = await booked(google)
    await call(google, "UpdateBooking", to(made, status="CANCELED"))
    moved = to(made, slot={"start_sec": SECONDS + 3600})
    assert await cause(google, "UpdateBooking", moved) == "BOOKING_ALREADY_CANCELLED"


async def test_too_late_to_cancel(google: httpx.AsyncClient, pool: Pool) -> None:
    made = await booked(google)
    await move_clock(pool, at(-1))
    cancelled = to(made, status="CANCELED")
    assert await cause(google, "UpdateBooking", cancelled) == "OUTSIDE_CANCELLATION_WINDOW"


async def test_what_the_door_has_taken_over_is_neither_cancelled_nor_moved(
    google: httpx.AsyncClient, pool: Pool
) -> None:
    made = await booked(google)
    for state in ("arrived", "seated", "finished", "no_show", "walked"):
        await pool.execute("update reservation set state = $1", state)
        for change in ({"status": "CANCELED"}, {"slot": {"start_sec": str(SECONDS + 3600)}}):
            told = await cause(google, "UpdateBooking", to(made, **change))
            assert told == "BOOKING_NOT_CANCELLABLE", state


async def test_moving_and_resizing_and_doing_so_again(
    google: httpx.AsyncClient, pool: Pool
) -> None:
    made = await booked(google, 1)
    later = to(made, slot={"start_sec": str(SECONDS + 3600), "duration_sec": "5400"})
    for _ in range(2):
        moved = (await call(google, "UpdateBooking", later))["booking"]
        assert moved == made | {"slot": slot(1)}
    more = to(made, slot={"resources": {"party_size": 4}})
    for _ in range(2):
        grown = (await call(google, "UpdateBooking", more))["booking"]
        assert grown["slot"] == slot(1, 4, duration_sec="7200")
    assert await pool.fetchval("select version from reservation") == 3
    assert await status_of(google, made) == "CONFIRMED"


async def test_the_old_promise_stands_when_the_new_one_cannot(
    google: httpx.AsyncClient, pool: Pool
) -> None:
    await open_house(pool, house_text(2))
    await booked(google, 1)
    made = await booked(google, 2, hours=2)
    for change in ({"start_sec": SECONDS}, {"resources": {"party_size": 5}}):
        assert await cause(google, "UpdateBooking", to(made, slot=change)) == "SLOT_UNAVAILABLE"
    assert await status_of(google, made) == "CONFIRMED"


async def test_an_update_that_cannot_be_meant_is_a_bad_request(google: httpx.AsyncClient) -> None:
    made = await booked(google)
    for change in (
        {"slot": {"start_sec": SECONDS - 86400}},
        {"slot": {"service_id": "reservation:terrace"}},
        {"slot": {"merchant_id": "elsewhere"}},
        {"status": ["LOST"]},
    ):
        answer = await google.post(f"{BASE}/UpdateBooking", json=to(made, **change))
        assert answer.status_code == 400, change
        assert answer.json()["errors"]


async def test_an_update_may_repeat_the_whole_slot_as_it_is(google: httpx.AsyncClient) -> None:
    made = await booked(google, 1)
    again = to(made, status="CONFIRMED", slot=made["slot"], user_information=user(1))
    assert (await call(google, "UpdateBooking", again))["booking"] == made


async def test_somebody_elses_booking_is_unknown(
    google: httpx.AsyncClient, app: Litestar, pool: Pool
) -> None:
    made = await booked(google, 1)
    native = await book(pool, order(2), site((await new_site(pool))[0]))
    native_id = native.reservation.reservation_id  # type: ignore[union-attr]
    unknown = ["", "nothing", f"{VENUE}:nothing", f"elsewhere:{native_id}", f"{VENUE}:{native_id}"]
    async with google_client(app) as other:
        for client, ids in ((other, [made["booking_id"]]), (google, unknown)):
            for id_ in ids:
                for method, body in (
                    ("GetBookingStatus", {"booking_id": id_}),
                    ("UpdateBooking", {"booking": {"booking_id": id_, "status": "CANCELED"}}),
                ):
                    answer = await client.post(f"{BASE}/{method}", json=body)
                    assert answer.status_code == 400, (method, id_)
        assert await call(other, "ListBookings", {"user_id": "user-1"}) == {"bookings": []}


async def test_a_users_bookings_are_listed(google: httpx.AsyncClient) -> None:
    later = await booked(google, 1, hours=24)
    first = await booked(google, 1, idempotency_token="other")
    await booked(google, 2)
    listed = await call(google, "ListBookings", {"user_id": "user-1"})
    assert listed == {"bookings": [first, later]}
    assert (await google.post(f"{BASE}/ListBookings", json={})).status_code == 400


async def test_a_number_is_read_as_in_the_country_of_the_venue(
    google: httpx.AsyncClient, pool: Pool
) -> None:
    await booked(google, user_information=user() | {"telephone": "+49 (0)30 2000 0000"})
    assert await pool.fetchval("select phone from guest") == "+493020000000"
    nobody = {"given_name": " ", "family_name": ""}
    for wrong, field in (({"telephone": "+1"}, "telephone"), (nobody, "given_name")):
        body = wish(3, user_information=user(3) | wrong)
        answer = await google.post(f"{BASE}/CreateBooking", json=body)
        assert answer.status_code == 400
        assert answer.json()["errors"][0]["pointer"] == f"/user_information/{field}"


async def test_house_rules_count_as_shown_only_where_the_manager_says_the_listing_states_them(
    google: httpx.AsyncClient, pool: Pool
) -> None:
    shown = "select channel, rules_version from acknowledgement"
    await booked(google, 1)
    assert await pool.fetch(shown) == []
    await rule(pool, listing_house_rules=3)
    await booked(google, 2, hours=24)
    assert [tuple(row) for row in await pool.fetch(shown)] == [("google", 3)]
    await pool.execute("update rules set body = jsonb_set(body, '{listing_house_rules}', '2')")
    await booked(google, 3, hours=48)
    assert len(await pool.fetch(shown)) == 1


def test_every_no_of_the_engine_has_a_cause() -> None:
    assert PUBLIC_REFUSALS.keys() == set(get_args(NoCode))
    assert {public.cause for public in PUBLIC_REFUSALS.values()} == {
        "SLOT_UNAVAILABLE",
        "OVERLAPPING_RESERVATION",
        "USER_OVER_BOOKING_LIMIT",
    }


def test_every_cause_is_given_for_something() -> None:
    of_nos = {public.cause for public in PUBLIC_REFUSALS.values()}
    assert of_nos | set(GOOGLE_CAUSES.values()) == set(get_args(Cause))
    assert not of_nos & set(GOOGLE_CAUSES.values())
    assert all(issubclass(each, errors.MaitredError) for each in GOOGLE_CAUSES)


def test_every_state_of_a_reservation_has_a_status() -> None:
    assert STATUS.keys() == set(get_args(ReservationState))


async def test_what_is_risked_or_held_never_shows(google: httpx.AsyncClient, pool: Pool) -> None:
    await open_house(pool, house_text(2))
    await rule(pool, overbooking=beyond(1), decisions=FIRST_COME)
    physical, overbooked = await booked(google, 1), await booked(google, 2)
    assert physical.keys() == overbooked.keys()
    answer = await call(google, "CreateBooking", wish(3))
    assert await pool.fetchval("select code from turnaway") == "OVERBOOKING_CAP"
    assert answer["booking_failure"]["description"] == "No table is free for this party then."


async def test_health_is_bad_while_jobs_are_behind_or_the_database_is_away(
    app: Litestar, google: httpx.AsyncClient
) -> None:
    app.state.settings = replace(app.state.settings, jobs="elsewhere")
    assert (await google.get(f"{BASE}/HealthCheck")).json() == {"status": "SERVING"}
    app.state.started_at -= timedelta(days=1)
    answer = await google.get(f"{BASE}/HealthCheck")
    assert (answer.status_code, answer.json()) == (503, {"status": "NOT_SERVING"})
    await app.state.pool.close()
    assert (await google.get(f"{BASE}/HealthCheck")).status_code == 503
