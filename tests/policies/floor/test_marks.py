"""Marks of the stand: what the engine makes of a late party, a pin, a paid party, a table to reset.

Dinner from 17:00; two tables for two may be joined.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from msgspec.structs import replace

from policies.book.answers import Ask
from policies.book.changes import apply_changes, values_before
from policies.book.picture import WaitEntry, seating_end
from policies.book.refusals import CommandRefused
from policies.door.options import walk_in_options
from policies.door.owed import promised_options
from policies.door.waiting import planned_waits
from policies.floor import orders
from policies.floor.closing import close_period
from policies.floor.commands import carry_out
from policies.floor.due import changes_due
from policies.floor.lateness.grace import is_owed, no_show_at, no_show_grace
from policies.floor.stand import Stand
from policies.floor.undo import undo_changes
from policies.forecast.prior import prior_forecast
from policies.house.layout import layout_of
from policies.house.room import Needs
from policies.lookahead.from_picture import door_situation
from tests.support.full_evening import a_house, at, picture, promise, seating, table

if TYPE_CHECKING:
    from policies.book.consequences import WarningCode
    from policies.book.picture import Picture, Promise
    from policies.floor.orders import Order
    from policies.floor.stand import Outcome
    from policies.house.house import House

HOUSE = a_house(table("1", 2), table("2", 2), table("3", 4))
RESETTING = replace(HOUSE, booking=replace(HOUSE.booking, reset_minutes=10))
NEW = UUID(int=99)
NOW = "19:00"


def stand(told: Picture, now: str = NOW, by: str = "anna", house: House = HOUSE) -> Stand:
    return Stand(picture=told, house=house, now=at(now), by="host", staff_id=by)


def after(on: Stand, order: Order) -> Picture:
    told = apply_changes(on.picture, carry_out(on, order).changes)
    return replace(told, seatings=tuple(each for each in told.seatings if not each.cleared_at))


def one(told: Picture, number: int = 1) -> Promise:
    return next(each for each in told.promises if each.reservation_id == UUID(int=number))


def about(told: Picture, number: int = 1) -> dict[str, Any]:
    return {"id": NEW, "reservation_id": UUID(int=number), "version": one(told, number).version}


def of(told: Picture) -> dict[str, Any]:
    (sits,) = told.seatings
    return {"id": NEW, "seating_id": sits.seating_id, "version": sits.version}


def codes(done: Outcome) -> list[WarningCode]:
    return [each.code for each in done.told.warnings]


def here(told: Picture) -> Picture:
    """The first party has arrived."""
    return after(stand(told), orders.Arrive(**about(told), arrived=2))


def taken_back(on: Stand, order: Order, now: str = NOW) -> Picture:
    """The picture once an order has been carried out and undone."""
    done = carry_out(on, order).changes
    then = replace(on, picture=apply_changes(on.picture, done), now=at(now))
    return apply_changes(then.picture, undo_changes(then, values_before(on.picture, done), done))


def test_the_grace_of_a_party_that_told_that_it_is_late_runs_from_when_it_comes() -> None:
    told = picture(HOUSE, promise(1, 2, NOW, "1"))
    grace = no_show_grace(told, HOUSE)
    late = after(stand(told, "19:05"), orders.TellLate(**about(told), until=at("19:40")))
    assert no_show_at(one(told), grace) == at("19:15")
    assert no_show_at(one(late), grace) == at("19:55")
    knowing = replace(one(late), lateness_known=True)
    assert is_owed(knowing, grace, now=at("19:54"))
    assert not is_owed(knowing, grace, now=at("19:55"))
    for now, state, late_at in (
        ("19:49", "booked", None),
        ("19:50", "booked", at("19:50")),
        ("19:55", "booked", None),  # kept until then, and then there is another table for it
        ("20:05", "booked", at("20:05")),
        ("20:10", "no_show", at("20:05")),
    ):
        late = apply_changes(late, changes_due(late, HOUSE, now=at(now)))
        assert (one(late).state, one(late).late_at) == (state, late_at)


@pytest.mark.parametrize("until", ["18:59", "19:00", "19:20", "00:01"])
def test_a_party_is_late_until_a_time_that_is_ahead_and_before_the_close(until: str) -> None:
    told = picture(HOUSE, promise(1, 2, NOW, "1"))
    ahead = at(until) + timedelta(days=until < "12:00")
    with pytest.raises(CommandRefused, match="expected after 19:20 and before the close at 00:00"):
        carry_out(stand(told, "19:20"), orders.TellLate(**about(told), until=ahead))


def test_a_grace_that_is_over_is_not_taken_up_again_by_an_undo() -> None:
    """Rule 18: nothing becomes a no-show that the row did not announce."""
    told = picture(HOUSE, promise(1, 2, NOW, "1"))
    late = orders.TellLate(**about(told), until=at("19:40"))
    came = orders.Arrive(**about(told), arrived=2)
    for order in (late, came):
        back = one(taken_back(stand(told, "19:14"), order, now="19:16"))
        assert (back.state, back.late_until, back.tables) == ("booked", None, ("1",))
        assert no_show_at(back, no_show_grace(told, HOUSE)) == at("19:31")


def test_a_called_party_comes_or_is_back_at_the_stand() -> None:
    told = here(picture(HOUSE, promise(1, 2, NOW, "1")))
    with pytest.raises(CommandRefused, match="Nobody has called this party yet"):
        carry_out(stand(told), orders.Coming(**about(told)))
    told = after(stand(told), orders.Place(**about(told), where="bar"))
    told = after(stand(told, "19:10"), orders.Call(**about(told), by="text"))
    told = after(stand(told, "19:12"), orders.Coming(**about(told)))
    party = one(told)
    assert (party.called_at, party.called_by, party.coming_at) == (at("19:10"), "text", at("19:12"))
    back = one(after(stand(told), orders.Arrive(**about(told), arrived=2)))
    assert (back.called_at, back.called_by, back.coming_at, back.where) == (None, None, None, "bar")
    again = one(after(stand(told, "19:15"), orders.Call(**about(told))))
    assert (again.called_at, again.called_by, again.coming_at) == (at("19:15"), "voice", None)
    seat = orders.Seat(**about(told), tables=("1",))
    seated = one(after(stand(told), seat))
    assert (seated.where, seated.pinned_by, seated.called_at) == (None, None, at("19:10"))


def test_the_rest_of_a_party_joins_it_at_its_table_and_can_be_taken_back() -> None:
    told = picture(HOUSE, promise(1, 4, NOW, "3"))
    some = after(stand(told), orders.Arrive(**about(told), arrived=2))
    some = after(stand(some), orders.Call(**about(some)))
    seated = after(stand(some), orders.Seat(**about(some), tables=("3",)))
    assert (one(seated).arrived, seated.seatings[0].party_size) == (2, 4)
    rest = orders.Arrive(**about(seated), arrived=5)
    all_here = after(stand(seated), rest)
    assert (one(all_here).state, one(all_here).arrived) == ("seated", 5)
    assert (one(all_here).called_at, all_here.seatings[0].party_size) == (at(NOW), 5)
    back = taken_back(stand(seated), rest)
    assert replace(one(back), version=1) == replace(one(seated), version=1)
    assert replace(back.seatings[0], version=1) == replace(seated.seatings[0], version=1)


def test_no_plan_moves_a_party_from_where_a_person_has_put_it() -> None:
    told = picture(HOUSE, promise(1, 2, "19:30", "3"), promise(2, 2, "19:30", "1"))
    chosen = after(stand(told), orders.Assign(**about(told), tables=("3",)))
    assert (one(chosen).pinned_by, one(chosen).fixed) == ("anna", False)
    asked = replace(promise(5, 4, "19:30"), state="requested")
    approve = orders.Approve(id=NEW, reservation_id=UUID(int=5), version=1)
    approved = after(stand(replace(told, promises=(*told.promises, asked))), approve)
    assert (one(approved, 5).tables, one(approved).tables) == (("3",), ("2",))
    with pytest.raises(CommandRefused) as refused:
        after(stand(replace(chosen, promises=(*chosen.promises, asked))), approve)
    assert refused.value.code == "NOT_POSSIBLE_NOW"


def test_a_smaller_party_keeps_the_table_a_person_chose() -> None:
    four = promise(1, 4, "19:30", "3")
    resize: dict[str, Any] = about(picture(HOUSE, four)) | {"party_size": 2}
    order = orders.Resize(**resize)
    kept = one(after(stand(picture(HOUSE, replace(four, pinned_by="anna"))), order))
    assert (kept.tables, kept.pinned_by) == (("3",), "anna")
    assert one(after(stand(picture(HOUSE, four)), order)).tables == ("1",)


def test_only_anothers_pin_is_asked_about_and_by_name() -> None:
    pinned = replace(promise(1, 2, "19:30", "1"), pinned_by="boris", name="Vera")
    told = replace(picture(HOUSE, pinned), colleagues={"boris": "Boris"})
    for order in (
        orders.Assign(**about(told), tables=("2",)),
        orders.Pin(**about(told), pinned=False),
        orders.Seat(id=NEW, tables=("1",), party_size=2),
        orders.Seat(**about(told), tables=("2",)),
    ):
        with pytest.raises(CommandRefused, match=r"Vera \(2\), at table 1, was put there by Boris"):
            carry_out(stand(told), order)
        done = carry_out(stand(told), replace(order, anyway=("PINNED_BY_A_PERSON",)))
        assert codes(done).count("PINNED_BY_A_PERSON") == 1
        assert "PINNED_BY_A_PERSON" not in codes(carry_out(stand(told, by="boris"), order))
    as_planned = orders.Seat(**about(told), tables=("1",))
    assert codes(carry_out(stand(told), as_planned)) == []


def test_a_table_that_only_a_pin_keeps_is_given_to_who_takes_it_anyway() -> None:
    pinned = replace(promise(1, 2, "19:30", "1"), pinned_by="boris")
    told = picture(HOUSE, pinned, promise(2, 2, "19:30", "2"))
    order = orders.Assign(**about(told, 2), tables=("1",), anyway=("PINNED_BY_A_PERSON",))
    taken = after(stand(told), order)
    assert (one(taken, 2).tables, one(taken, 2).pinned_by) == (("1",), "anna")
    assert (one(taken).tables, one(taken).pinned_by, one(taken).exposed) == (("2",), None, False)


def test_a_party_loses_its_pin_with_its_table_only_to_a_fact() -> None:
    pinned = replace(promise(1, 2, "19:30", "1"), pinned_by="anna")
    moved = one(after(stand(picture(HOUSE, pinned)), orders.BlockTable(id=NEW, table_id="1")))
    assert (moved.tables, moved.pinned_by, moved.exposed) == (("2",), None, False)


def test_without_a_table_there_is_nothing_to_pin() -> None:
    told = picture(HOUSE, promise(1, 2, "19:30", exposed=True))
    with pytest.raises(CommandRefused, match="no table planned"):
        carry_out(stand(told), orders.Pin(**about(told), pinned=True))


def test_a_no_show_comes_back_to_the_table_it_had_if_that_is_free() -> None:
    told = picture(HOUSE, promise(1, 2, NOW, "2"))
    gone = apply_changes(told, changes_due(told, HOUSE, now=at("19:15")))
    assert (one(gone).state, one(gone).tables, one(gone).last_tables) == ("no_show", (), ("2",))
    for order in (orders.Reopen(**about(gone)), orders.Arrive(**about(gone), arrived=2)):
        back = one(after(stand(gone, "22:30"), order))
        assert (back.tables, back.fixed, back.last_tables) == (("2",), False, ())
    sat = replace(gone, seatings=(seating(7, 2, "19:15", "20:45", "2"),))
    assert one(after(stand(sat, "19:20"), orders.Reopen(**about(gone)))).tables == ("1",)


def test_a_party_that_has_paid_goes_soon_in_every_answer() -> None:
    ours = a_house(table("1", 2))
    told = picture(ours, seatings=(seating(7, 2, "18:40", "20:10", "1"),))
    paid = after(stand(told, house=ours), orders.Pay(**of(told)))
    (sits,) = paid.seatings
    assert (sits.state, sits.expected_end) == ("paid", at("19:10"))
    assert seating_end(sits, at("19:06")) == at("19:11")
    for now, waits in ((told, 70), (paid, 10)):
        (option,) = walk_in_options(now, ours, 2, Needs(), now=at(NOW))
        assert (option.kind, option.wait_minutes) == ("wait", waits)
        assert planned_waits(now, ours, [(2, Needs())], now=at(NOW)) == (waits,)
    ask = Ask(party_size=2, starts=at(NOW), channel="walk_in")
    forecast, layout = prior_forecast(ours, told.period), layout_of(ours)
    seen = door_situation(paid, ask, layout, forecast, free=frozenset())
    assert (list(seen.busy), len(seen.state.seated_parties.key)) == ([2], 0)
    overdue = picture(ours, seatings=(seating(7, 2, "17:00", "18:30", "1"),))
    (late,) = after(stand(overdue, house=ours), orders.Pay(**of(overdue))).seatings
    assert late.expected_end == at("19:10")


def test_a_table_to_reset_is_free_from_its_minute_on_and_displaces_nobody() -> None:
    ours = replace(RESETTING, tables=HOUSE.tables[:1])
    told = picture(
        ours, promise(1, 2, "19:05", "1"), seatings=(seating(7, 2, "17:00", "19:05", "1"),)
    )
    gone = after(stand(told, house=ours), orders.Clear(**of(told), ready=False))
    (reset,) = gone.resets
    assert (reset.table_id, reset.since, reset.ready_at) == ("1", at(NOW), at("19:10"))
    assert (one(gone).tables, one(gone).exposed) == (("1",), False)
    alone = replace(gone, promises=())
    (option,) = walk_in_options(alone, ours, 2, Needs(), now=at(NOW))
    assert (option.kind, option.wait_minutes) == ("wait", 10)
    assert planned_waits(alone, ours, [(2, Needs())], now=at(NOW)) == (10,)
    assert walk_in_options(alone, ours, 2, Needs(), now=at("19:10"))[0].kind == "table"
    (own,) = promised_options(gone, ours, one(gone), now=at(NOW))
    assert (own.kind, own.tables) == ("table", ("1",))
    ask = Ask(party_size=2, starts=at(NOW), channel="walk_in")
    forecast, layout = prior_forecast(ours, told.period), layout_of(ours)
    assert list(door_situation(alone, ask, layout, forecast, free=frozenset()).busy) == [2]


def test_a_host_may_seat_at_a_table_that_is_not_ready() -> None:
    told = picture(RESETTING, seatings=(seating(7, 2, "17:00", "19:05", "1"),))
    gone = after(stand(told, house=RESETTING), orders.Clear(**of(told), ready=False))
    on, seat = stand(gone, house=RESETTING), orders.Seat(id=NEW, tables=("1",), party_size=2)
    done = carry_out(on, seat)
    assert codes(done) == ["TABLE_TO_RESET"]
    assert [each.ended_at for each in done.changes.resets] == [at(NOW)]
    assert taken_back(on, seat).resets[0].ended_at is None
    ready = orders.Ready(id=NEW, table_id="1")
    assert codes(carry_out(replace(on, picture=after(on, ready)), seat)) == []
    assert taken_back(on, ready).resets[0].ready_at == at("19:10")
    with pytest.raises(CommandRefused, match="Table 1 is ready already"):
        carry_out(replace(on, picture=after(on, ready)), ready)


def test_a_reset_ends_with_its_clearing_taken_back_by_the_clock_or_with_the_evening() -> None:
    told = picture(RESETTING, seatings=(seating(7, 2, "17:00", "19:05", "1"),))
    on, clear = stand(told, house=RESETTING), orders.Clear(**of(told), ready=False)
    assert taken_back(on, clear).resets[0].ended_at == at(NOW)
    gone = after(on, clear)
    by_clock = replace(RESETTING, booking=replace(RESETTING.booking, reset_by_clock=True))
    for house, now, ended in (
        (by_clock, "19:09", 0),
        (by_clock, "19:10", 1),
        (RESETTING, "19:10", 0),
    ):
        assert len(changes_due(gone, house, now=at(now)).resets) == ended
    assert len(close_period(stand(gone, "23:59", house=RESETTING)).resets) == 1


def test_a_house_that_counts_no_minutes_has_no_tables_to_reset() -> None:
    told = picture(HOUSE, seatings=(seating(7, 2, "17:00", "19:05", "1"),))
    for ready in (True, False):
        assert after(stand(told), orders.Clear(**of(told), ready=ready)).resets == ()
    assert after(stand(told, house=RESETTING), orders.Clear(**of(told))).resets == ()


def test_a_party_back_on_the_list_has_its_place_and_its_quote() -> None:
    joined = WaitEntry(
        wait_id=UUID(int=3),
        period_id="2026-11-28.dinner",
        state="notified",
        party_size=2,
        joined_at=at("18:30"),
        quoted_minutes=25,
        notified_at=at("18:50"),
        coming_at=at("18:52"),
        where="door",
    )
    told = replace(picture(HOUSE), waiting=(joined,))
    entry: dict[str, Any] = {"id": NEW, "wait_id": UUID(int=3)}
    back = orders.Rejoin(**entry, version=2)
    gone = after(stand(told), orders.Gone(**entry, version=1))
    assert (gone.waiting[0].state, gone.waiting[0].ended_at) == ("gone", at(NOW))
    left = after(stand(told), orders.Leave(**entry, version=1))
    again = after(stand(told), orders.Rejoin(**entry, version=1))
    as_it_was = replace(joined, state="waiting", notified_at=None, coming_at=None)
    for found in (after(stand(gone), back), after(stand(left), back), again):
        assert replace(found.waiting[0], version=1) == as_it_was
