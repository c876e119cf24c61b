"""Orders on a picture: what they change, and what is owed to whom."""

from __future__ import annotations

from datetime import timedelta
from typing import get_args
from uuid import UUID

import pytest
from msgspec.structs import replace

from policies.book.changes import apply_changes
from policies.book.lifecycles import RESERVATION
from policies.book.picture import Picture, Promise, ReservationState
from policies.book.refusals import CommandRefused
from policies.floor import orders
from policies.floor.closing import AT_THE_CLOSE, close_period, is_over
from policies.floor.commands import HANDLERS, carry_out
from policies.floor.due import changes_due
from policies.floor.lateness.grace import is_owed, no_show_at
from policies.floor.orders import Order
from policies.floor.stand import Stand
from tests.support.full_evening import a_house, at, picture, promise, seating, table

HOUSE = a_house(table("1", 2), table("2", 2), table("3", 4))
GRACE = timedelta(minutes=15)
NEW = UUID(int=99)


def stand(told: Picture, now: str = "18:00") -> Stand:
    return Stand(picture=told, house=HOUSE, now=at(now), by="host")


def test_every_order_but_the_undo_has_a_command() -> None:
    told = {each for each in Order.__subclasses__() if each.__module__ == orders.__name__}
    assert set(HANDLERS) == told - {orders.Undo}


@pytest.mark.parametrize("state", get_args(ReservationState))
def test_whatever_state_a_reservation_is_in_the_close_ends_it(state: ReservationState) -> None:
    open_states = {before for before, event in RESERVATION if event != "reinstate"}
    event = AT_THE_CLOSE.get(state)
    ended = RESERVATION[state, event].to if event else state
    assert ended not in open_states or ended == "no_show"


def test_the_close_leaves_nothing_open_of_a_party_at_two_tables() -> None:
    seated = replace(promise(1, 4, "18:00"), state="seated")
    parts = tuple(
        replace(seating(n, 2, "18:00", "20:00", str(n)), reservation_id=seated.reservation_id)
        for n in (1, 2)
    )
    told = picture(HOUSE, seated, seatings=parts)
    after = apply_changes(told, close_period(replace(stand(told, "23:59"), by="job")))
    assert [each.state for each in after.promises] == ["finished"]
    assert {each.state for each in after.seatings} == {"cleared"}


def test_a_period_is_over_at_its_close_or_four_hours_after_if_somebody_sits() -> None:
    told = picture(HOUSE, seatings=(seating(1, 2, "18:00", "20:00", "1"),))
    closes = told.period.closes
    empty = picture(HOUSE)
    assert not is_over(empty, closes - timedelta(minutes=1))
    assert is_over(empty, closes)
    assert not is_over(told, closes + timedelta(hours=3))
    assert is_over(told, closes + timedelta(hours=4))


@pytest.mark.parametrize(
    ("state", "came", "knew", "owed"),
    [
        ("booked", None, True, True),
        ("arrived", "18:10", True, True),
        ("arrived", "18:40", True, False),
        ("arrived", "18:40", False, True),
        ("no_show", None, False, True),
        ("no_show", None, True, False),
        ("seated", "18:00", False, False),
    ],
)
def test_a_late_party_is_owed_a_place_unless_it_knew_the_rule(
    state: ReservationState,
    came: str | None,
    knew: bool,  # noqa: FBT001
    owed: bool,  # noqa: FBT001
) -> None:
    late = replace(
        promise(1, 2, "18:00"),
        state=state,
        arrived_at=at(came) if came else None,
        lateness_known=knew,
    )
    now = at("18:10") if state == "booked" else at("19:00")
    assert is_owed(late, GRACE, now=now) is owed


def test_what_falls_due_is_the_same_whenever_it_is_looked_at() -> None:
    told = picture(HOUSE, promise(1, 2, "18:00", "1"))
    (late,) = changes_due(told, HOUSE, now=at("18:12")).promises
    (gone,) = changes_due(told, HOUSE, now=at("21:00")).promises
    assert (late.state, late.late_at) == ("booked", at("18:10"))
    assert (gone.state, gone.late_at, gone.tables) == ("no_show", at("18:10"), ())
    assert not changes_due(
        apply_changes(told, changes_due(told, HOUSE, now=at("21:00"))), HOUSE, now=at("21:00")
    )


def test_who_called_is_waited_for_as_long_again() -> None:
    called = replace(promise(1, 2, "18:00"), late_at=at("18:40"))
    assert no_show_at(promise(1, 2, "18:00"), GRACE) == at("18:15")
    assert no_show_at(called, GRACE) == at("18:55")


def test_who_is_written_down_after_the_start_is_waited_for_from_then_on() -> None:
    at_the_desk = replace(promise(1, 2, "18:00"), made_at=at("18:14"))
    assert no_show_at(at_the_desk, GRACE) == at("18:29")
    assert no_show_at(replace(at_the_desk, made_at=at("12:00")), GRACE) == at("18:15")


def resized(before: Promise, size: int) -> Promise:
    told = picture(HOUSE, before)
    wish = orders.Resize(id=NEW, reservation_id=before.reservation_id, version=1, party_size=size)
    return apply_changes(told, carry_out(stand(told), wish).changes).promises[0]


def test_a_larger_party_keeps_its_table_if_that_is_large_enough() -> None:
    assert resized(promise(1, 2, "19:00", "3"), 4).tables == ("3",)


def test_a_smaller_party_keeps_only_a_table_it_was_promised() -> None:
    assert resized(promise(1, 4, "19:00", "3", fixed=True), 2).tables == ("3",)
    assert resized(promise(1, 4, "19:00", "3"), 2).tables != ("3",)


def test_a_promised_table_too_small_now_is_given_up_for_one_that_serves() -> None:
    after = resized(promise(1, 2, "19:00", "1", fixed=True), 4)
    assert (after.tables, after.fixed, after.exposed) == (("3",), False, False)


def test_who_names_a_taken_table_hears_who_sits_there() -> None:
    told = picture(HOUSE, seatings=(seating(1, 2, "18:00", "20:00", "1"),))
    wish = orders.Seat(id=NEW, tables=("1", "2"), party_size=4)
    with pytest.raises(CommandRefused) as caught:
        carry_out(stand(told), wish)
    assert (caught.value.code, caught.value.now) == ("TABLE_OCCUPIED", told.seatings[0])
