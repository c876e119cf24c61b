"""Until when a booking can be cancelled."""

from datetime import timedelta

from msgspec.structs import replace

from policies.booking.cutoff import cancel_deadline
from policies.house.house import BookingLimits
from tests.support.full_evening import a_house, at, table

HOUSE = a_house(table("two", 2))
TWO_HOURS = replace(HOUSE, booking=BookingLimits(cancel_cutoff_minutes=120))


def test_who_books_ahead_may_cancel_until_the_cutoff() -> None:
    made = at("20:00") - timedelta(days=3)
    assert cancel_deadline(TWO_HOURS, at("20:00"), made) == at("18:00")
    assert cancel_deadline(TWO_HOURS, at("20:00"), at("17:50")) == at("18:05")


def test_who_books_within_the_cutoff_has_a_grace_until_the_start_at_most() -> None:
    assert cancel_deadline(TWO_HOURS, at("20:00"), at("19:00")) == at("19:15")
    assert cancel_deadline(TWO_HOURS, at("20:00"), at("19:55")) == at("20:00")
    assert cancel_deadline(TWO_HOURS, at("20:00"), at("20:05")) == at("20:00")


def test_the_grace_is_the_houses_to_give() -> None:
    limits = BookingLimits(cancel_cutoff_minutes=120, cancel_grace_minutes=0)
    none = replace(HOUSE, booking=limits)
    assert cancel_deadline(none, at("20:00"), at("19:00")) == at("19:00")
    assert cancel_deadline(none, at("20:00"), at("17:00")) == at("18:00")
