"""What an order tells the host: each warning by name, what it asks first, and who moves."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING, get_args
from uuid import UUID

import pytest
from msgspec.structs import replace

from policies.book.changes import Changes, apply_changes
from policies.book.consequences import ASKS, MovedParty, WarningCode
from policies.book.picture import HeldTable, Promise, SlotHold, TableReset, WaitEntry
from policies.book.refusals import CommandRefused
from policies.floor import orders
from policies.floor.commands import carry_out
from policies.floor.stand import Stand
from policies.floor.warnings import consequences
from policies.house.house import AccessRule, BuyOut
from policies.house.room import Needs
from policies.words.catalogue import say
from tests.support.full_evening import a_house, at, block, picture, promise, seating, table

if TYPE_CHECKING:
    from policies.book.picture import Picture
    from policies.floor.orders import Order
    from policies.house.house import House

HOUSE = a_house(
    table("1", 2),
    table("2", 2),
    table("3", 4),
    table("4", 4, "hall", "step_free", "quiet"),
    table("6", 6),
    table("b1", 1, "bar"),
    joins=[(("1", "2"), 4)],
)
ONLY = a_house(table("6", 6))
NEW = UUID(int=99)
GUEST = UUID(int=7)
EMPTY = picture(HOUSE)


def named(number: int, size: int, starts: str, *tables: str, **more: object) -> Promise:
    return replace(promise(number, size, starts, *tables), name=f"Guest {number}", **more)


def seat(*tables: str, size: int = 2, **more: object) -> orders.Seat:
    return orders.Seat(id=NEW, tables=tables, party_size=size, **more)  # type: ignore[arg-type]


def seat_booked(*tables: str, size: int | None = None) -> orders.Seat:
    key = UUID(int=1)
    return orders.Seat(id=NEW, tables=tables, reservation_id=key, version=1, party_size=size)


def kept(**whose: object) -> SlotHold:
    """A table for six kept from now on."""
    like = promise(5, 6, "18:00", "6", minutes=120)
    return SlotHold(
        slot_hold_id=like.reservation_id,
        period_id=like.period_id,
        state="held",
        party_size=6,
        starts=like.starts,
        ends=like.ends,
        expires_at=at("18:10"),
        tables=("6",),
        **whose,  # type: ignore[arg-type]
    )


def held() -> HeldTable:
    like = promise(8, 6, "18:00", "6", minutes=120)
    return HeldTable(
        held_id=like.reservation_id,
        period_id=like.period_id,
        window="peak",
        state="held",
        seats=6,
        starts=like.starts,
        ends=like.ends,
        release_at=at("20:00"),
        rung=0,
        tables=("6",),
    )


def waiting() -> WaitEntry:
    return WaitEntry(
        wait_id=UUID(int=6),
        period_id=EMPTY.period.period_id,
        state="notified",
        party_size=6,
        joined_at=at("17:30"),
        name="Vera",
    )


def wanting(**needs: object) -> Picture:
    return picture(HOUSE, named(1, 2, "18:00", needs=Needs(**needs)))  # type: ignore[arg-type]


def beside_a_family() -> Picture:
    two = Needs(high_chairs=2)
    sits = replace(named(2, 2, "18:00", needs=Needs(high_chairs=1)), state="seated")
    return picture(HOUSE, named(1, 2, "18:00", needs=two), sits)


def with_lever(**levers: object) -> Picture:
    return replace(EMPTY, period=replace(EMPTY.period, **levers))


def slow_kitchen() -> House:
    (dinner,) = HOUSE.periods
    return replace(HOUSE, periods=(replace(dinner, pacing=4),))


def bought_out() -> House:
    event = BuyOut(
        name="Wedding", date=date(2026, 11, 28), starts=time(17), ends=time(23), areas=("hall",)
    )
    return replace(HOUSE, buy_outs=(event,))


def ruled() -> House:
    rules = (
        AccessRule(name="The bar is for who walks in", to="walk_ins", areas=("bar",)),
        AccessRule(name="Table 4 is for regulars", to="members", tables=("4",), tags=("regular",)),
        AccessRule(name="Table 6 is for who asks", to="request", tables=("6",)),
    )
    return replace(HOUSE, access=rules)


def booked_twice() -> Picture:
    gone = replace(named(1, 2, "19:00", guest_id=GUEST), state="no_show")
    return picture(HOUSE, gone, named(2, 2, "19:30", "2", guest_id=GUEST))


def pinned() -> Picture:
    told = picture(HOUSE, named(1, 4, "18:30", "3", pinned_by="marat"))
    return replace(told, colleagues={"marat": "Marat"})


def to_reset(name: str) -> Picture:
    since, ready = at("17:55"), at("18:10")
    reset = TableReset(reset_id=UUID(int=8), table_id=name, since=since, ready_at=ready)
    return replace(EMPTY, resets=(reset,))


BLOCK_3 = orders.BlockTable(id=NEW, table_id="3")
APPROVE = orders.Approve(id=NEW, reservation_id=UUID(int=1), version=1, reason="a regular")
REOPEN = orders.Reopen(id=NEW, reservation_id=UUID(int=1), version=1)
ASKED = picture(ONLY, replace(named(1, 6, "19:00"), state="requested"), named(2, 6, "19:00", "6"))

CASES: dict[WarningCode, tuple[House, Picture, Order, str]] = {
    "TOO_FEW_SEATS": (
        HOUSE,
        EMPTY,
        seat("1", size=6),
        "Table 1 seats 2, and this is a party of 6.",
    ),
    "EXTRA_CHAIR": (
        HOUSE,
        EMPTY,
        seat("3", size=5),
        "Table 3 seats 4: a party of 5 sits close, bring a chair.",
    ),
    "TABLE_TOO_LARGE": (HOUSE, EMPTY, seat("6"), "Table 6 seats 6, and this is a party of 2."),
    "TABLES_NOT_A_JOIN": (
        HOUSE,
        EMPTY,
        seat("1", "3", size=5),
        "Tables 1 and 3 are not set up to be joined.",
    ),
    "OTHER_AREA": (
        HOUSE,
        wanting(area="bar"),
        seat_booked("3"),
        "Guest 1 (2) asked for Bar, and table 3 is elsewhere.",
    ),
    "NOT_STEP_FREE": (
        HOUSE,
        wanting(step_free=True),
        seat_booked("3"),
        "Guest 1 (2) cannot use steps, and table 3 is not step-free.",
    ),
    "NOT_QUIET": (
        HOUSE,
        wanting(quiet=True),
        seat_booked("3"),
        "Guest 1 (2) asked for a quiet place, and table 3 is not in one.",
    ),
    "KEPT_FOR_OTHERS": (
        ruled(),
        EMPTY,
        seat("4", size=4),
        "Table 4 is kept for others: Table 4 is for regulars.",
    ),
    "HIGH_CHAIRS_SHORT": (
        HOUSE,
        beside_a_family(),
        seat_booked("3"),
        "Guest 1 (2) asked for 2 high chairs, and one is free.",
    ),
    "TABLE_BLOCKED": (
        HOUSE,
        replace(EMPTY, blocks=(block("3", "17:00", "23:00"),)),
        seat("3", size=4),
        "Table 3 is out of use.",
    ),
    "AREA_SHUT": (
        HOUSE,
        with_lever(areas_shut=("hall",)),
        seat("3", size=4),
        "Table 3 is in an area that is shut.",
    ),
    "PRIVATE_EVENT": (
        bought_out(),
        EMPTY,
        seat("3", size=4),
        "Table 3 belongs to a private event now.",
    ),
    "CLOSES_DURING_STAY": (
        HOUSE,
        replace(EMPTY, blocks=(block("3", "19:00", "23:00"),)),
        seat("3", size=4),
        "Table 3 is needed back at 19:00, before they are due to leave.",
    ),
    "SEATING_STOPPED": (
        HOUSE,
        with_lever(seating_stopped=True),
        seat("1"),
        "Seating is stopped for this service.",
    ),
    "NOT_DUE_YET": (
        HOUSE,
        picture(HOUSE, named(1, 2, "21:00", "1")),
        seat_booked("1"),
        "Guest 1 (2) is not expected until 21:00.",
    ),
    "BOOKED_UNDER_THIS_NAME": (
        HOUSE,
        picture(HOUSE, named(1, 2, "18:30", "1")),
        seat("2", name="guest 1"),
        "Guest 1 (2) is booked for 18:30. If this is them, seat the booking.",
    ),
    "PROMISED_TABLES_TAKEN": (
        HOUSE,
        picture(HOUSE, named(1, 4, "18:30", "3", fixed=True)),
        seat("3", size=4),
        "Guest 1 (4), due at 18:30, no longer has table 3, which was promised.",
    ),
    "DUE_PARTY_LOSES_TABLE": (
        ONLY,
        picture(ONLY, named(1, 6, "18:10", "6")),
        seat("6", size=6),
        "Guest 1 (6), due at 18:10, has no table now.",
    ),
    "PARTY_EXPOSED": (
        ONLY,
        picture(ONLY, named(1, 6, "19:15", "6")),
        seat("6", size=6),
        "Guest 1 (6), due at 19:15, has no table now.",
    ),
    "PROMISED_TABLES_LOST": (
        HOUSE,
        picture(HOUSE, named(1, 4, "18:30", "3", fixed=True)),
        BLOCK_3,
        "Guest 1 (4), due at 18:30, no longer has table 3, which was promised.",
    ),
    "CALLED_PARTY_LOSES_TABLE": (
        ONLY,
        replace(picture(ONLY), slot_holds=(kept(wait_id=UUID(int=6)),), waiting=(waiting(),)),
        seat("6", size=6),
        "Vera (6) was called from the waitlist and has no table now.",
    ),
    "SLOT_HOLD_LOSES_TABLE": (
        ONLY,
        replace(picture(ONLY), slot_holds=(kept(client_id="site"),)),
        seat("6", size=6),
        "A party of 6 that is booking online at this moment loses table 6.",
    ),
    "HELD_TABLE_GIVEN_UP": (
        ONLY,
        replace(picture(ONLY), held=(held(),)),
        seat("6", size=6),
        "The table for 6 held back for “peak” was given up.",
    ),
    "PINNED_BY_A_PERSON": (
        HOUSE,
        pinned(),
        seat("3", size=4),
        "Guest 1 (4), at table 3, was put there by Marat.",
    ),
    "TABLE_TO_RESET": (
        HOUSE,
        to_reset("3"),
        seat("3", size=4),
        "Table 3 is not ready yet: expected at 18:10.",
    ),
    "BEYOND_THE_ROOM": (
        ONLY,
        ASKED,
        APPROVE,
        "Guest 1 (6), 19:00, is booked beyond the room: no table is planned for them.",
    ),
    "BEYOND_PACING": (
        slow_kitchen(),
        EMPTY,
        seat("3", size=5),
        "Around 18:00 the kitchen now has 5 guests starting; its limit is 4.",
    ),
    "DUPLICATE_BOOKING": (
        HOUSE,
        booked_twice(),
        REOPEN,
        "This guest has another booking then: Guest 2 (2), 19:30.",
    ),
}


def stand(house: House, told: Picture, now: str = "18:00") -> Stand:
    return Stand(picture=told, house=house, now=at(now), by="host")


def test_every_code_has_its_case() -> None:
    assert set(CASES) == set(get_args(WarningCode))


@pytest.mark.parametrize("code", CASES)
def test_the_host_is_told_and_asked_first_only_where_a_mistake_is_likely(
    code: WarningCode,
) -> None:
    house, told, order, sentence = CASES[code]
    done = carry_out(stand(house, told), replace(order, anyway=tuple(ASKS)))
    (said,) = (each for each in done.told.warnings if each.code == code)
    assert (said.detail, said.asks) == (sentence, code in ASKS)
    assert say(said.said, "ru") != said.detail
    if code not in ASKS:
        assert carry_out(stand(house, told), order).told == done.told
        return
    with pytest.raises(CommandRefused) as asked:
        carry_out(stand(house, told), order)
    assert (asked.value.code, asked.value.pointer) == ("NEEDS_ANYWAY", "/anyway")
    assert asked.value.told == done.told
    assert carry_out(stand(house, told), replace(order, anyway=(code,))).told == done.told


def test_a_party_at_a_table_that_suits_it_is_told_nothing() -> None:
    told = picture(HOUSE, named(1, 2, "18:00", "1"), named(2, 4, "20:00", "3"))
    assert not carry_out(stand(HOUSE, told), seat_booked("1")).told.warnings
    assert not carry_out(stand(HOUSE, told), seat("3", size=4)).told.warnings


def test_a_host_is_asked_about_a_table_kept_for_others_unless_the_party_may_have_it() -> None:
    def kept_from(order: orders.Order, **like: object) -> tuple[str, ...]:
        party = replace(named(1, 1, "18:00", "b1"), channel="partner")
        told = picture(ruled(), replace(party, **like))
        done = carry_out(stand(ruled(), told), replace(order, anyway=tuple(ASKS)))
        return tuple(
            table
            for each in done.told.warnings
            if each.code == "KEPT_FOR_OTHERS"
            for table in each.tables
        )

    assert kept_from(seat_booked("b1"), tables=("1",)) == ()  # here it is as a walk-in
    assert kept_from(seat_booked("4"), tables=("4",)) == ()  # it was promised that table
    assert kept_from(seat("b1", size=1), tables=("1",)) == ()
    assert kept_from(seat_booked("4")) == ("4",)
    assert kept_from(seat_booked("4"), tags=("regular",)) == ()
    assert kept_from(seat_booked("6")) == ()  # a person of the house is who is asked
    sits = picture(ruled(), seatings=(seating(3, 2, "17:30", "19:30", "4"),))
    moved = orders.Move(id=NEW, seating_id=UUID(int=3), version=1, tables=("3", "4"))
    told = carry_out(stand(ruled(), sits), replace(moved, anyway=tuple(ASKS))).told
    assert "KEPT_FOR_OTHERS" not in {each.code for each in told.warnings}  # it sits there


def test_each_table_takes_one_chair_more_but_a_stool() -> None:
    def codes(*tables: str, size: int) -> set[str]:
        wish = replace(seat(*tables, size=size), anyway=tuple(ASKS))
        return {each.code for each in carry_out(stand(HOUSE, EMPTY), wish).told.warnings}

    assert codes("1", "2", size=6) == {"EXTRA_CHAIR"}
    assert codes("1", "2", size=7) == {"TOO_FEW_SEATS"}
    assert codes("b1", size=2) == {"TOO_FEW_SEATS"}


def test_a_party_planned_there_is_moved_and_told_by_name_without_a_question() -> None:
    told = picture(HOUSE, named(1, 4, "18:10", "3"))
    done = carry_out(stand(HOUSE, told), seat("3", size=4))
    assert done.told.warnings == ()
    assert done.told.moved == (
        MovedParty(
            reservation_id=UUID(int=1),
            name="Guest 1",
            party_size=4,
            starts=at("18:10"),
            from_tables=("3",),
            to_tables=("4",),
        ),
    )


def test_several_questions_are_one_and_all_have_to_be_accepted() -> None:
    told = replace(EMPTY, blocks=(block("1", "17:00", "23:00"),))
    wish = seat("1", size=6, anyway=("TABLE_BLOCKED",))
    with pytest.raises(CommandRefused, match="Table 1 seats 2") as asked:
        carry_out(stand(HOUSE, told), wish)
    assert asked.value.told is not None
    assert [e.code for e in asked.value.told.warnings if e.asks] == [
        "TOO_FEW_SEATS",
        "TABLE_BLOCKED",
    ]
    assert carry_out(stand(HOUSE, told), replace(wish, anyway=tuple(ASKS))).changes.seatings


def test_a_seated_party_that_stays_where_it_is_is_not_warned_of_again() -> None:
    sits = seating(1, 6, "17:30", "19:30", "1")
    told = picture(HOUSE, seatings=(sits,))
    extend = orders.Extend(id=NEW, seating_id=sits.seating_id, version=1, minutes=15)
    assert not carry_out(stand(HOUSE, told), extend).told.warnings
    move = orders.Move(id=NEW, seating_id=sits.seating_id, version=1, tables=("2",))
    with pytest.raises(CommandRefused, match="Table 2 seats 2"):
        carry_out(stand(HOUSE, told), move)


def test_at_a_service_stopped_for_a_while_the_host_is_told_until_when() -> None:
    told = with_lever(seating_stopped=True, seating_stopped_until=at("20:00"))
    (said,) = carry_out(stand(HOUSE, told), seat("1")).told.warnings
    assert (said.code, said.detail) == ("SEATING_STOPPED", "Seating is stopped until 20:00.")


def test_what_time_alone_takes_asks_nobody() -> None:
    told = picture(ONLY, named(1, 6, "18:10", "6"))
    exposed = replace(told.promises[0], tables=(), exposed=True)
    changes = Changes(promises=(exposed,))
    found = consequences(told, changes, ONLY, now=at("18:00"))
    assert [each.code for each in found.warnings] == ["PARTY_EXPOSED"]
    assert apply_changes(told, changes).promises == (exposed,)
