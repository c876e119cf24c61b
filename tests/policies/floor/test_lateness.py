"""A party that tells that it is late: what it is answered, and that the plan keeps it.

Dinner from 17:00; two tables for two and one for four, turns of an hour and a half, 15 minutes of
grace. Everybody comes at 20:00.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from msgspec.structs import replace

from policies.book.answers import Ask
from policies.book.changes import apply_changes, values_before
from policies.book.picture import HeldTable
from policies.booking.changing import moved_to
from policies.door.options import walk_in_options
from policies.floor import orders
from policies.floor.commands import carry_out
from policies.floor.due import due_changes
from policies.floor.lateness.answering import given_up_at
from policies.floor.lateness.grace import no_show_grace
from policies.floor.stand import Stand
from policies.floor.undo import undo_changes
from policies.house.room import Needs
from tests.support.full_evening import (
    FIRST_COME,
    a_house,
    at,
    dinner,
    picture,
    promise,
    seating,
    table,
)

if TYPE_CHECKING:
    from policies.book.late_told import LateTold
    from policies.book.lifecycles import Actor
    from policies.book.picture import Picture, Promise

HOUSE = a_house(table("1", 2), table("2", 2), table("3", 4))
LATE, NEXT = UUID(int=1), UUID(int=2)
TOLD_AT = "19:55"
FULL = (seating(7, 2, "19:00", "20:40", "2"), seating(8, 4, "19:00", "21:30", "3"))
"""The other tables: one free at 20:40, one only later."""


def one(told: Picture, key: UUID = LATE) -> Promise:
    return next(each for each in told.promises if each.reservation_id == key)


def telling(told: Picture, until: str, *, now: str = TOLD_AT, by: Actor = "guest") -> Picture:
    """The picture once the party has told that it comes at `until`."""
    stand = Stand(picture=told, house=HOUSE, now=at(now), by=by)
    version = one(told).version
    order = orders.TellLate(id=UUID(int=9), reservation_id=LATE, version=version, until=at(until))
    return apply_changes(told, carry_out(stand, order).changes)


def after(told: Picture, order: orders.Order, now: str) -> Picture:
    stand = Stand(picture=told, house=HOUSE, now=at(now), by="host", staff_id="anna")
    return apply_changes(told, carry_out(stand, order).changes)


def answer(told: Picture) -> LateTold:
    found = one(told).late_told
    assert found is not None
    return found


def passed(told: Picture, now: str) -> Picture:
    """The picture once the clock has come to `now`."""
    return apply_changes(told, due_changes(told, HOUSE, at(now)))


def test_the_answer_names_how_long_the_table_is_kept_and_the_place_after_that() -> None:
    """Kept until 20:25; after that table 2 at 20:40."""
    told = telling(picture(HOUSE, promise(1, 2, "20:00", "1"), seatings=FULL), "20:10")
    said = answer(told)
    assert (said.arrives, said.kept_until) == (at("20:10"), at("20:25"))
    assert (said.then_at, said.then_tables, said.by) == (at("20:40"), ("2",), "guest")
    assert said.table_until == one(told).ends == at("21:40")
    assert one(told).late_until == at("20:10")


@pytest.mark.parametrize(
    ("frees", "then_at", "tables"),
    [("20:55", "20:55", ("2",)), ("21:10", "21:10", ()), ("23:00", "21:30", ())],
)
def test_a_place_is_promised_within_half_an_hour_of_the_grace_and_else_only_told(
    frees: str, then_at: str, tables: tuple[str, ...]
) -> None:
    others = (seating(7, 2, "19:00", frees, "2"), FULL[1])
    told = telling(picture(HOUSE, promise(1, 2, "20:00", "1"), seatings=others), "20:10")
    assert (answer(told).then_at, answer(told).then_tables) == (at(then_at), tables)
    later = one(passed(told, "20:25"))
    expected = ("booked", at(then_at)) if tables else ("no_show", at("20:10"))
    assert (later.state, later.late_until) == expected


def test_no_place_is_told_after_the_last_seating() -> None:
    others = (seating(7, 2, "19:00", "23:30", "2"), seating(8, 4, "19:00", "23:30", "3"))
    after_it = promise(2, 2, "21:40", "1")
    told = telling(picture(HOUSE, promise(1, 2, "20:00", "1"), after_it, seatings=others), "20:10")
    assert (answer(told).then_at, answer(told).then_tables) == (None, ())


def test_a_grace_that_ends_after_the_last_seating_has_no_place_after_it() -> None:
    """At 22:15 table 2 is free, but nobody is seated any more."""
    told = telling(picture(HOUSE, promise(1, 2, "21:30", "1")), "22:00", now="21:25")
    assert (answer(told).kept_until, answer(told).then_at) == (at("22:15"), None)


def test_what_was_told_is_of_its_start_and_goes_with_another_one() -> None:
    told = one(telling(picture(HOUSE, promise(1, 2, "20:00", "1"), seatings=FULL), "20:10"))
    ask = Ask(party_size=3, starts=at("20:00"), channel="guest")
    larger = moved_to(told, dinner(HOUSE), ask, HOUSE)
    assert (larger.late_until, larger.late_told) == (at("20:10"), None)
    later = moved_to(told, dinner(HOUSE), replace(ask, starts=at("21:00")), HOUSE)
    assert (later.late_until, later.late_told) == (None, None)


def test_its_whole_stay_is_kept_unless_the_table_is_somebody_elses_then() -> None:
    """The next party needs table 1 at 21:30, and no other table is free for it."""
    others = (seating(7, 2, "19:00", "23:30", "2"), seating(8, 4, "19:00", "23:30", "3"))
    taken = picture(
        HOUSE, promise(1, 2, "20:00", "1"), promise(2, 2, "21:30", "1"), seatings=others
    )
    told = telling(taken, "20:10")
    assert one(told).tables == one(told, NEXT).tables == ("1",)
    assert answer(told).table_until == at("21:25")
    assert telling(taken, "20:10", by="host") == replace(
        told,
        promises=tuple(
            replace(each, late_told=replace(answer(told), by="staff"))
            if each.reservation_id == LATE
            else each
            for each in told.promises
        ),
    ), "a host's call is answered by the same rule"


def test_no_table_that_is_held_back_gives_way_to_a_longer_stay() -> None:
    """A table for two is held from 21:30, and only table 1 is free for it."""
    others = (seating(7, 2, "19:00", "23:30", "2"), seating(8, 4, "19:00", "23:30", "3"))
    held = HeldTable(
        held_id=UUID(int=40),
        period_id="dinner",
        window="twos",
        state="held",
        seats=2,
        starts=at("21:30"),
        ends=at("23:00"),
        release_at=at("21:00"),
        rung=0,
        tables=("1",),
    )
    kept = replace(picture(HOUSE, promise(1, 2, "20:00", "1"), seatings=others), held=(held,))
    told = telling(kept, "20:10")
    assert [each.state for each in told.held] == ["held"]
    assert answer(told).table_until == at("21:25")


def test_the_plan_begins_when_it_told_so_who_sits_there_may_stay_until_then() -> None:
    """Table 1 is theirs from 20:30 only: whoever sits there until 20:25 moves nobody."""
    sits = (seating(7, 2, "18:50", "20:25", "1"), seating(8, 2, "19:00", "22:30", "2"), FULL[1])
    told = telling(picture(HOUSE, promise(1, 2, "20:00", exposed=True), seatings=sits), "20:30")
    assert (one(told).tables, one(told).exposed) == (("1",), False)


def test_whoever_comes_after_the_grace_has_the_place_that_was_told() -> None:
    """One place at a time: its own table may be given away at 20:25, for it has another at 20:40.

    Nobody else sits down at that one for a whole turn meanwhile.
    """
    own = picture(HOUSE, promise(1, 2, "20:00", "1"), seatings=FULL, rules=FIRST_COME)
    told = passed(telling(own, "20:10"), "20:25")
    walk_in = orders.Seat(id=UUID(int=4), tables=("1",), party_size=2)
    given = after(told, walk_in, "20:26")
    assert (one(given).state, one(given).tables, one(given).ends) == ("booked", ("2",), at("22:10"))
    free = [e.tables for e in walk_in_options(given, HOUSE, 2, Needs(), now=at("20:30"))]
    assert ("2",) not in free
    come = orders.Arrive(id=UUID(int=5), reservation_id=LATE, version=one(given).version, arrived=2)
    here = after(given, come, "20:30")
    assert (one(here).state, one(here).tables) == ("arrived", ("2",))


def test_the_second_place_is_kept_for_a_grace_and_the_row_says_until_when() -> None:
    told = telling(picture(HOUSE, promise(1, 2, "20:00", "1"), seatings=FULL), "20:10")
    grace = no_show_grace(told, HOUSE)
    assert given_up_at(one(told), grace) == at("20:55")
    again = passed(told, "20:25")
    assert given_up_at(one(again), grace) == at("20:55")
    for now, state in (("20:54", "booked"), ("20:55", "no_show")):
        assert one(passed(again, now)).state == one(passed(told, now)).state == state


def test_nobody_is_kept_waiting_for_a_party_that_was_promised_nothing_after_its_grace() -> None:
    others = (seating(7, 2, "19:00", "21:10", "2"), FULL[1])
    told = telling(picture(HOUSE, promise(1, 2, "20:00", "1"), seatings=others), "20:10")
    gone = one(passed(told, "20:25"))
    assert (gone.state, gone.tables, gone.last_tables) == ("no_show", (), ("1",))


def test_told_again_only_the_latest_answer_stands() -> None:
    told = telling(picture(HOUSE, promise(1, 2, "20:00", "1"), seatings=FULL), "20:10")
    again = apply_changes(
        told,
        carry_out(
            Stand(picture=told, house=HOUSE, now=at("20:05"), by="guest"),
            orders.TellLate(
                id=UUID(int=10),
                reservation_id=LATE,
                version=one(told).version,
                until=at("20:30"),
            ),
        ).changes,
    )
    assert (answer(again).kept_until, answer(again).table_until) == (at("20:45"), at("22:00"))
    assert answer(again).then_at == at("20:45")
    assert one(passed(again, "20:25")).late_until == at("20:30")


def test_a_late_stay_that_meets_the_guests_next_booking_is_no_reason_to_refuse() -> None:
    """The database keeps a guest from two tables at once unless somebody meant it."""
    guest = UUID(int=70)
    both = [
        replace(promise(n, 2, at_, str(n)), guest_id=guest)
        for n, at_ in ((1, "20:00"), (2, "21:30"))
    ]
    told = telling(picture(HOUSE, *both), "20:30")
    assert (one(told).ends, one(told).duplicate_allowed) == (at("22:00"), True)
    alone = telling(picture(HOUSE, both[0]), "20:30")
    assert not one(alone).duplicate_allowed


def test_an_undo_takes_back_what_was_told() -> None:
    was = picture(HOUSE, promise(1, 2, "20:00", "1"), seatings=FULL)
    stand = Stand(picture=was, house=HOUSE, now=at(TOLD_AT), by="host", staff_id="anna")
    order = orders.TellLate(id=UUID(int=9), reservation_id=LATE, version=1, until=at("20:10"))
    done = carry_out(stand, order).changes
    told = apply_changes(was, done)
    back = undo_changes(replace(stand, picture=told), values_before(was, done), done)
    undone = apply_changes(told, back)
    assert (one(undone).late_told, one(undone).ends) == (None, at("20:00") + timedelta(minutes=90))
