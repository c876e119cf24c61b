"""A table that is named is given or refused with who has it, never dropped."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from msgspec.structs import replace

from policies.book.changes import apply_changes
from policies.book.refusals import CommandRefused
from policies.floor import orders
from policies.floor.commands import carry_out
from policies.floor.stand import Stand
from policies.house.house import AccessRule
from policies.house.room import Needs
from tests.support.full_evening import a_house, at, block, picture, promise, seating, table

if TYPE_CHECKING:
    from policies.book.picture import Picture, Promise
    from policies.floor.orders import Order
    from policies.floor.stand import Outcome

HOUSE = a_house(table("p1", 14), table("2", 2), table("b", 4, "bar"))
ASKED = UUID(int=1)
WANTED: dict[str, object] = {"id": UUID(int=99), "reservation_id": ASKED, "version": 1}


def enquiry(size: int = 12) -> Promise:
    return replace(promise(1, size, "19:00", minutes=120), state="requested", name="Weber")


def approve(reason: str | None = "they asked first", *tables: str) -> orders.Approve:
    return orders.Approve(**WANTED, reason=reason, tables=tables or ("p1",))  # type: ignore[arg-type]


def assign(*tables: str, **more: object) -> orders.Assign:
    return orders.Assign(**WANTED, tables=tables, **more)  # type: ignore[arg-type]


def done(told: Picture, order: Order, now: str = "18:00") -> Outcome:
    return carry_out(Stand(picture=told, house=HOUSE, now=at(now), by="host"), order)


def refused(told: Picture, order: Order, now: str = "18:00") -> tuple[str, str, str | None]:
    with pytest.raises(CommandRefused) as caught:
        done(told, order, now)
    return caught.value.code, caught.value.detail, caught.value.pointer


def of(told: Picture, outcome: Outcome, number: int) -> Promise:
    after = apply_changes(told, outcome.changes).promises
    return next(each for each in after if each.reservation_id == UUID(int=number))


def test_an_enquiry_gets_its_table_over_a_party_that_is_only_planned_there() -> None:
    couple = replace(promise(2, 2, "19:30", "p1"), name="Couple")
    told = picture(HOUSE, enquiry(), couple)
    given = done(told, approve())
    assert (of(told, given, 1).tables, of(told, given, 1).kind) == (("p1",), "physical")
    assert of(told, given, 1).fixed
    assert [(e.name, e.from_tables, e.to_tables) for e in given.told.moved] == [
        ("Couple", ("p1",), ("2",))
    ]


def test_who_finds_no_other_table_is_exposed_and_told_by_name() -> None:
    ten = replace(promise(2, 10, "19:30", "p1"), name="The birthday")
    told = picture(HOUSE, enquiry(), ten)
    code, detail, pointer = refused(told, approve(None))
    assert (code, pointer) == ("NOT_POSSIBLE_NOW", "/reason")
    assert detail.endswith("whoever is planned there gets others.")
    given = done(told, approve())
    assert of(told, given, 1).tables == ("p1",)
    assert of(told, given, 2).exposed
    assert [each.detail for each in given.told.warnings] == [
        "The birthday (10), due at 19:30, has no table now."
    ]


def test_a_party_that_sits_there_and_a_promised_table_stand_against_any_reason() -> None:
    sits = picture(HOUSE, enquiry(), seatings=(seating(5, 10, "17:30", "19:30", "p1"),))
    assert refused(sits, approve()) == (
        "NOT_POSSIBLE_NOW",
        "Table p1 is taken until about 19:30: party of 10. Choose other tables or a later time.",
        "/tables",
    )
    promised = replace(promise(2, 10, "19:30", "p1", fixed=True), name="Ada")
    assert refused(picture(HOUSE, enquiry(), promised), approve()) == (
        "NOT_POSSIBLE_NOW",
        "Table p1 is promised at 19:30: Ada (10). Choose others, or give them another table first.",
        "/tables",
    )
    shut = replace(picture(HOUSE, enquiry()), blocks=(block("p1", "18:00", "22:00"),))
    assert refused(shut, approve())[1].startswith("Table p1 is out of use then.")


def test_a_party_that_leaves_before_or_a_promise_after_is_not_in_the_way() -> None:
    told = picture(
        HOUSE,
        enquiry(),
        promise(2, 10, "21:00", "p1", fixed=True),
        seatings=(seating(5, 10, "17:30", "19:00", "p1"),),
    )
    assert of(told, done(told, approve()), 1).tables == ("p1",)


def test_a_table_too_small_takes_a_reason_and_an_anyway() -> None:
    told = picture(HOUSE, enquiry(6))
    assert refused(told, approve("old friends", "2"))[0] == "NEEDS_ANYWAY"
    squeezed = replace(approve("old friends", "2"), anyway=("TOO_FEW_SEATS",))
    assert of(told, done(told, squeezed), 1).tables == ("2",)


def test_a_table_is_assigned_over_the_plan_with_a_reason_only() -> None:
    ours, ten = promise(1, 12, "19:00"), replace(promise(2, 10, "19:30", "p1"), name="Ten")
    told = picture(HOUSE, replace(ours, exposed=True), ten)
    assert refused(told, assign("p1"))[2] == "/reason"
    given = done(told, assign("p1", reason="a wedding"))
    assert (of(told, given, 1).tables, of(told, given, 2).exposed) == (("p1",), True)


def test_another_area_is_asked_about_and_a_reason_or_an_anyway_answers() -> None:
    wished = replace(promise(1, 2, "19:00", "b", needs=Needs(area="bar")), name="Ines")
    told = picture(HOUSE, wished)
    code, detail, pointer = refused(told, assign("2"))
    assert (code, pointer) == ("NEEDS_ANYWAY", "/anyway")
    assert detail.startswith("Ines (2) asked for Bar, and table 2 is elsewhere.")
    for more in ({"reason": "they agree"}, {"anyway": ("OTHER_AREA",)}):
        after = of(told, done(told, assign("2", **more)), 1)
        assert (after.tables, after.needs.area) == (("2",), None)


def test_a_no_show_that_comes_after_all_has_its_promised_table_again_if_it_is_free() -> None:
    gone = replace(promise(1, 4, "19:00"), state="no_show", lost_tables=("b",))
    back = orders.Reopen(**WANTED)  # type: ignore[arg-type]
    came = orders.Arrive(**WANTED, arrived=4)  # type: ignore[arg-type]
    told = picture(HOUSE, gone)
    for order in (back, came):
        after = of(told, done(told, order, "19:20"), 1)
        assert (after.tables, after.fixed, after.lost_tables) == (("b",), True, ())
    taken = picture(HOUSE, gone, seatings=(seating(5, 4, "19:00", "21:00", "b"),))
    after = of(taken, done(taken, back, "19:20"), 1)
    assert (after.tables, after.fixed, after.lost_tables) == (("p1",), False, ("b",))


def test_a_table_kept_for_others_is_refused_in_one_sentence_that_says_what_a_reason_does() -> None:
    bar = AccessRule(name="The bar is for who walks in", to="walk_ins", areas=("bar",))
    house = replace(HOUSE, access=(bar,))
    booked = replace(enquiry(4), state="booked")
    for told, order in (
        (picture(house, booked), assign("b")),
        (picture(house, enquiry(4)), approve(None, "b")),
    ):
        with pytest.raises(CommandRefused) as caught:
            carry_out(Stand(picture=told, house=house, now=at("18:00"), by="host"), order)
        assert caught.value.detail == (
            "Table b is kept for others: The bar is for who walks in."
            " Give a reason, and it is theirs all the same."
        )
