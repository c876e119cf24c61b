"""What is told of which step, to whom, and how patiently."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from policies.book.lifecycles import RESERVATION
from policies.webhooks import (
    EVENT_TYPES,
    MAX_ATTEMPTS,
    MAX_DELAY,
    Subscription,
    asked_wait,
    matching_subscriptions,
    reservation_events,
    retry_delay,
)

NOW = datetime(2026, 12, 5, 18, 0, tzinfo=UTC)

if TYPE_CHECKING:
    from policies.book.picture import ReservationState


def test_every_step_of_a_reservation_is_told_as_something_a_site_can_ask_for() -> None:
    for (was, event), step in RESERVATION.items():
        told = reservation_events(was, step.to, new=False)
        assert told, event
        assert set(told) <= EVENT_TYPES


@pytest.mark.parametrize(
    ("was", "state", "new", "told"),
    [
        (None, "booked", True, ["reservation.confirmed"]),
        (None, "requested", True, []),
        ("requested", "booked", False, ["reservation.confirmed", "enquiry.answered"]),
        ("requested", "declined", False, ["reservation.declined", "enquiry.answered"]),
        ("requested", "requested", False, ["reservation.changed"]),
        ("booked", "booked", False, ["reservation.changed"]),
        ("booked", "arrived", False, ["reservation.changed"]),
        ("no_show", "booked", False, ["reservation.changed"]),
        (None, "booked", False, ["reservation.changed"]),
        ("booked", "walked", False, ["reservation.changed"]),
        ("booked", "no_show", False, ["reservation.no_show"]),
    ],
)
def test_a_step_is_told_by_its_name(
    was: ReservationState | None,
    state: ReservationState,
    new: bool,  # noqa: FBT001
    told: list[str],
) -> None:
    assert list(reservation_events(was, state, new=new)) == told


def listening(number: int, client: str, *scopes: str) -> Subscription:
    return Subscription(
        endpoint_id=UUID(int=number),
        client_id=client,
        types=frozenset(EVENT_TYPES),
        scopes=frozenset(scopes),
    )


def test_only_its_owner_hears_of_a_thing_and_only_within_its_scopes() -> None:
    site, other = listening(1, "site", "bookings"), listening(2, "other", "bookings")
    till = listening(3, "till", "pos")
    everybody = (site, other, till)
    assert matching_subscriptions("reservation.changed", "site", everybody) == (site,)
    assert matching_subscriptions("waitlist.ready", "site", everybody) == ()
    assert matching_subscriptions("pos.adjustment", None, everybody) == (till,)
    assert matching_subscriptions("reservation.changed", "", everybody) == ()


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("30", 30),
        (" 0030 ", 30),
        ("0", 0),
        ("28801", 28_800),
        ("9" * 400, 28_800),
        ("Sat, 05 Dec 2026 18:02:00 GMT", 120),
        ("Saturday, 05-Dec-26 18:02:00 GMT", 120),
        ("Sat Dec  5 18:02:00 2026", 120),
        ("Sat, 05 Dec 2026 17:00:00 GMT", 0),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 28_800),
    ],
)
def test_the_wait_a_server_asks_for_is_read_in_both_forms(said: str, seconds: int) -> None:
    assert asked_wait(said, NOW) == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    "said", [None, "", "soon", "-5", "1.5", "٣٠", "Sat, 99 Dec 2026 18:02 GMT"]
)
def test_what_is_no_wait_asks_for_none(said: str | None) -> None:
    assert asked_wait(said, NOW) is None


def test_a_wait_that_is_asked_for_is_the_least_and_the_attempts_stay_counted() -> None:
    half_a_minute = timedelta(seconds=30)
    assert retry_delay(1, 0.0, half_a_minute) == half_a_minute
    assert retry_delay(10, 0.0, half_a_minute) == retry_delay(10, 0.0)
    assert retry_delay(MAX_ATTEMPTS, 0.0, half_a_minute) is None


def test_waits_grow_to_a_bound_and_last_more_than_a_day_at_anybodys_luck() -> None:
    for luck in (0.0, 0.5, 1.0):
        waits = [retry_delay(attempt, luck) for attempt in range(1, MAX_ATTEMPTS)]
        lengths = [wait for wait in waits if wait is not None]
        assert len(lengths) == MAX_ATTEMPTS - 1
        assert lengths == sorted(lengths)
        assert max(lengths) <= MAX_DELAY
        assert timedelta(hours=24) < sum(lengths, timedelta()) < timedelta(hours=60)
    assert retry_delay(MAX_ATTEMPTS, 0.5) is None
