"""A party taken from its tables: seated ones wait again, planned ones are planned elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from msgspec.structs import replace

from policies.book.changes import apply_changes, values_before
from policies.book.refusals import CommandRefused
from policies.floor import orders
from policies.floor.commands import carry_out
from policies.floor.stand import Stand
from policies.floor.undo import undo_changes
from tests.support.full_evening import a_house, at, picture, promise, seating, table

if TYPE_CHECKING:
    from policies.book.picture import Picture, Promise

HOUSE = a_house(table("1", 2), table("2", 2), table("3", 4))
ORDER, SEATING = UUID(int=99), UUID(int=98)


def stand(told: Picture, by: str = "anna") -> Stand:
    return Stand(picture=told, house=HOUSE, now=at("19:00"), by="host", staff_id=by)


def one(told: Picture, number: int = 1) -> Promise:
    return next(each for each in told.promises if each.reservation_id == UUID(int=number))


def about(told: Picture, number: int = 1) -> dict[str, Any]:
    return {"id": ORDER, "reservation_id": UUID(int=number), "version": one(told, number).version}


def pinned(by: str) -> Promise:
    return replace(promise(1, 2, "20:00", "1"), pinned_by=by)


def sat(told: Picture) -> Picture:
    """The first party is seated at table 1."""
    seat = orders.Seat(**about(told) | {"id": SEATING}, tables=("1",))
    return apply_changes(told, carry_out(stand(told), seat).changes)


def test_a_seated_party_waits_again_with_a_table_planned_and_nobody_else_moved() -> None:
    before = picture(HOUSE, promise(1, 2, "19:00", "1"), promise(2, 2, "19:00", "2"))
    told = sat(before)
    back = orders.Unseat(id=ORDER, seating_id=SEATING, version=1)
    done = carry_out(stand(told), back)
    after = apply_changes(told, done.changes)
    (gone,) = done.changes.seatings
    assert (gone.state, gone.cleared_at) == ("cleared", at("19:00"))
    waits = one(after)
    assert (waits.state, waits.arrived, waits.tables) == ("arrived", 2, ("1",))
    assert one(after, 2).tables == one(told, 2).tables
    again = undo_changes(stand(after), values_before(told, done.changes), done.changes)
    assert one(apply_changes(after, again)).state == "seated"
    assert again.seatings[0].cleared_at is None


def test_who_had_no_booking_is_not_unseated() -> None:
    walk_in = picture(HOUSE, seatings=(seating(98, 2, "18:30", "20:00", "1"),))
    with pytest.raises(CommandRefused) as refused:
        carry_out(stand(walk_in), orders.Unseat(id=ORDER, seating_id=SEATING, version=1))
    assert refused.value.said.key == "unseat-not-booked"


def test_a_planned_party_is_planned_elsewhere_and_no_longer_pinned() -> None:
    told = picture(HOUSE, pinned("anna"))
    after = apply_changes(told, carry_out(stand(told), orders.Unplan(**about(told))).changes)
    assert one(after).tables != ("1",)
    assert one(after).tables
    assert one(after).pinned_by is None


def test_anothers_pin_asks_before_its_party_is_planned_elsewhere() -> None:
    told = picture(HOUSE, pinned("boris"))
    with pytest.raises(CommandRefused) as refused:
        carry_out(stand(told), orders.Unplan(**about(told)))
    asked = refused.value.told
    assert asked is not None
    assert [each.code for each in asked.warnings if each.asks] == ["PINNED_BY_A_PERSON"]


def test_who_would_be_left_without_a_table_keeps_it_and_so_does_everybody_else() -> None:
    full = picture(
        HOUSE,
        promise(1, 2, "20:00", "1"),
        promise(2, 2, "20:00", "2"),
        promise(3, 4, "20:00", "3"),
    )
    with pytest.raises(CommandRefused) as refused:
        carry_out(stand(full), orders.Unplan(**about(full)))
    assert refused.value.said.key == "unplan-no-other"
