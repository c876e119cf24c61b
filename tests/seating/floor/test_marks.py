"""Marks and states of the stand: written, shown, taken back exactly, and kept true by the clock."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from msgspec.structs import asdict, replace

from policies.floor import orders
from policies.house.room import Needs
from seating.book.reservations import read_reservation
from seating.booking.changing import cancel
from seating.booking.reinstating import reinstate
from seating.db import run, transaction
from seating.door.options import options_for_walk_in
from seating.errors import CannotUndo, NeedsAnyway
from seating.jobs.sweeps import mark_late_and_no_show
from seating.waitlist.joining import mark_coming
from tests.support.house import (
    CLOCK,
    HOST,
    SEVEN,
    VENUE,
    at,
    house_text,
    move_clock,
    open_house,
)
from tests.support.rules import FIRST_COME, rule
from tests.support.stand import (
    BORIS,
    about,
    of,
    pass_minutes,
    picture,
    reserve,
    stand,
    take_back,
    tell,
    waits,
    walk_in,
)
from tests.support.waitlist import joined

if TYPE_CHECKING:
    from uuid import UUID

    from policies.book.picture import Promise
    from policies.floor.orders import Order
    from seating.book.reservations import Reservation
    from seating.db import Pool
    from seating.door.stand_view import ReservationView, StandView

ROOM = house_text(2, 2, 4)
RESETTING = ROOM.replace("window_days = 60", "window_days = 60\nreset_minutes = 10")


async def opened(pool: Pool, text: str = ROOM) -> None:
    await open_house(pool, text)
    await move_clock(pool, SEVEN)


async def shown(pool: Pool, promise: Promise) -> ReservationView:
    views = (await stand(pool)).reservations
    return next(each for each in views if each.reservation_id == promise.reservation_id)


def seen(view: StandView) -> dict[str, Any]:
    """What a host sees, whatever version it has."""
    plain = asdict(view)
    for kind in ("reservations", "seatings", "waiting", "ended_reservations", "ended_waiting"):
        plain[kind] = [asdict(each) | {"version": 0} for each in plain[kind]]
    return {name: kept for name, kept in plain.items() if name not in {"period", "pressure"}}


async def free_in(pool: Pool, size: int = 2) -> int | None:
    """In how many minutes a walk-in is offered a table, None where nothing is."""
    async with transaction(pool) as conn:
        found = await options_for_walk_in(conn, VENUE, size, Needs(), CLOCK)
    return min((each.wait_likely or 0 for each in found.options), default=None)


async def test_every_mark_taken_back_leaves_the_stand_as_it_was(pool: Pool) -> None:
    """Rule 11."""
    await opened(pool, RESETTING)
    coming, here = await reserve(pool, 1, starts=at(0.5)), await reserve(pool, 2)
    arrived = await tell(pool, orders.Arrive(**about(here), arrived=1))
    here = next(p for p in arrived.reservations if p.reservation_id == here.reservation_id)
    called = await tell(pool, orders.Call(**about(here), by="text"))
    here = called.reservations[0]
    sits = await walk_in(pool, "3", size=4)
    listed = await tell(pool, orders.Wait(id=uuid4(), party_size=2, quoted_minutes=20))
    told = await tell(pool, orders.Notify(**waits(listed)))
    entry: dict[str, Any] = {"wait_id": told.waiting[0].wait_id, "version": told.waiting[0].version}
    wishes: list[Order] = [
        orders.Reconfirm(**about(coming)),
        orders.TellLate(**about(coming), until=at(0.8)),
        orders.Pin(**about(coming), pinned=True),
        orders.Assign(**about(coming), tables=("1",), reason="by the window"),
        orders.Call(**about(here), by="voice"),
        orders.Coming(**about(here)),
        orders.Place(**about(here), where="terrace"),
        orders.Arrive(**about(here), arrived=2),
        orders.Place(id=uuid4(), **entry, where="bar"),
        orders.Coming(id=uuid4(), **entry),
        orders.Rejoin(id=uuid4(), **entry),
        orders.Gone(id=uuid4(), **entry),
        orders.Pay(**of(sits)),
        orders.Clear(**of(sits), ready=False),
    ]
    view = await stand(pool)
    was = seen(view)
    for wish in wishes:
        done = await tell(pool, _at_present(view, wish))
        assert done.reservations or done.waiting or done.seatings, wish
        await take_back(pool, done)
        view = await stand(pool)
        assert seen(view) == was, wish
    await tell(pool, _at_present(view, wishes[-1]))
    was = seen(await stand(pool))
    assert was["resets"]
    for wish in (
        orders.Ready(id=uuid4(), table_id="3"),
        orders.Seat(id=uuid4(), tables=("3",), party_size=4),
    ):
        done = await tell(pool, wish)
        assert (await stand(pool)).resets == ()
        await take_back(pool, done)
        assert seen(await stand(pool)) == was


def _at_present(view: StandView, wish: Order) -> Order:
    """The same order about the version that its subject has by now."""
    things = {each.reservation_id: each.version for each in view.reservations}
    things |= {each.wait_id: each.version for each in view.waiting}
    things |= {each.seating_id: each.version for each in view.seatings}
    names = ("reservation_id", "wait_id", "seating_id")
    (key,) = (key for name in names if (key := getattr(wish, name, None)))
    return replace(wish, id=uuid4(), version=things[key])


async def test_nothing_becomes_a_no_show_before_the_row_says(pool: Pool) -> None:
    """Rule 18: the row tells the instant, and the clock keeps to it."""
    await opened(pool)
    late, other = await reserve(pool, 1), await reserve(pool, 2)
    assert (await shown(pool, other)).no_show_at == at(0.25)
    await tell(pool, orders.TellLate(**about(late), until=at(0.5)))
    view = await shown(pool, late)
    assert (view.late_until, view.no_show_at) == (at(0.5), at(1))
    assert view.late_told is not None
    assert (view.late_told.kept_until, view.late_told.then_at) == (at(0.75), at(0.75))
    for minutes, states in ((14, ("booked", "booked")), (59, ("booked", "no_show"))):
        await move_clock(pool, SEVEN)
        await pass_minutes(pool, minutes)
        await mark_late_and_no_show(pool, CLOCK)
        assert tuple([(await shown(pool, each)).state for each in (late, other)]) == states
    await move_clock(pool, at(1))
    await mark_late_and_no_show(pool, CLOCK)
    gone = await shown(pool, late)
    assert (gone.state, gone.no_show_at, len(gone.last_tables)) == ("no_show", None, 1)
    rows = "select late_until from reservation where reservation_id = $1"
    assert await pool.fetchval(rows, late.reservation_id) == at(0.75), "its second place, told"


async def test_a_pin_has_a_name_and_another_is_asked_before_it_moves(pool: Pool) -> None:
    await opened(pool)
    coming = await reserve(pool, starts=at(0.5))
    told = await tell(pool, orders.Assign(**about(coming), tables=("2",)), BORIS)
    (pinned,) = told.reservations
    assert (await shown(pool, pinned)).pinned_by == "boris"
    with pytest.raises(NeedsAnyway, match="was put there by boris"):
        await tell(pool, orders.Assign(**about(pinned), tables=("1",)))
    add = "insert into staff (venue_id, staff_id, name, role) values ($1, 'boris', 'Boris', 'host')"
    await pool.execute(add, VENUE)
    seat = orders.Seat(id=uuid4(), tables=("2",), party_size=2)
    with pytest.raises(NeedsAnyway, match="was put there by Boris"):
        await tell(pool, seat)
    seat = orders.Seat(id=seat.id, tables=("2",), party_size=2, anyway=("PINNED_BY_A_PERSON",))
    taken = await tell(pool, seat)
    view = await shown(pool, pinned)
    assert (view.tables, view.pinned_by) == (("1",), None)
    await take_back(pool, taken)
    view = await shown(pool, pinned)
    assert (view.tables, view.pinned_by) == (("2",), "boris")


async def test_a_table_to_reset_is_told_and_offered_from_its_minute_on(pool: Pool) -> None:
    await opened(pool, house_text(2).replace("window_days", "reset_minutes = 10\nwindow_days"))
    await rule(pool, decisions=FIRST_COME)
    sits = await walk_in(pool, "1")
    assert await free_in(pool) == 90
    longer = await tell(pool, orders.Extend(**of(sits), minutes=5))
    await take_back(pool, longer)
    (sits,) = (await picture(pool)).seatings
    paid = await tell(pool, orders.Pay(**of(sits)))
    assert (await stand(pool)).seatings[0].state == "paid"
    assert await free_in(pool) == 20
    clear = orders.Clear(**of(paid.seatings[0]), ready=False)
    cleared = await tell(pool, clear)
    (reset,) = (await stand(pool)).resets
    assert (reset.table_id, reset.since, reset.ready_at) == ("1", SEVEN, at(1 / 6))
    assert await free_in(pool) == 10
    ready = await tell(pool, orders.Ready(id=uuid4(), table_id="1"))
    assert ((await stand(pool)).resets, await free_in(pool)) == ((), 0)
    events = "select event from outbox where subject = '1' or starts_with(event, 'seating')"
    assert [row["event"] for row in await pool.fetch(f"{events} order by seq")] == [
        "seating.seated",
        "seating.extended",
        "seating.extended",
        "seating.paid",
        "seating.cleared",
        "table.to_reset",
        "table.ready",
    ]
    seat = await tell(pool, orders.Seat(id=uuid4(), tables=("1",), party_size=2))
    for done in (cleared, ready):
        with pytest.raises(CannotUndo):
            await take_back(pool, done)
    await take_back(pool, seat)
    await take_back(pool, ready)
    assert [each.table_id for each in (await stand(pool)).resets] == ["1"]


async def test_a_party_that_did_not_answer_or_had_left_comes_back_to_its_place(pool: Pool) -> None:
    await opened(pool)
    first = await tell(pool, orders.Wait(id=uuid4(), party_size=2, quoted_minutes=15, name="Vera"))
    await pass_minutes(pool, 5)
    second = await tell(pool, orders.Wait(id=uuid4(), party_size=2, quoted_minutes=25))
    called = await tell(pool, orders.Notify(**waits(first)))
    gone = await tell(pool, orders.Gone(**_entry(called)))
    left = await tell(pool, orders.Leave(**waits(second)))
    view = await stand(pool)
    assert view.waiting == ()
    assert [(each.state, each.name) for each in view.ended_waiting] == [
        ("gone", "Vera"),
        ("left", ""),
    ]
    logged = "select count(*), count(*) filter (where kind = 'regret') from turnaway"
    assert [tuple(row) for row in await pool.fetch(logged)] == [(2, 2)]
    await tell(pool, orders.Rejoin(**_entry(left)))
    await tell(pool, orders.Rejoin(**_entry(gone)))
    view = await stand(pool)
    assert [(e.state, e.quoted_minutes, e.joined_at, e.ended_at) for e in view.waiting] == [
        ("waiting", 15, SEVEN, None),
        ("waiting", 25, at(1 / 12), None),
    ]
    assert view.ended_waiting == ()
    assert [tuple(row) for row in await pool.fetch(logged)] == [(0, 0)]
    again = view.waiting[0]
    await tell(pool, orders.Leave(id=uuid4(), wait_id=again.wait_id, version=again.version))
    with pytest.raises(CannotUndo):
        await take_back(pool, gone)


async def test_a_call_is_told_outside_once_and_taken_back_though_the_guest_has_answered(
    pool: Pool,
) -> None:
    await opened(pool)
    joins = await joined(pool)
    listed: dict[str, Any] = {"id": uuid4(), "wait_id": joins.wait_id, "version": joins.version}
    called = await tell(pool, orders.Notify(**listed))
    placed = await tell(pool, orders.Place(**_entry(called), where="bar"))
    gone = await tell(pool, orders.Gone(**_entry(placed)))
    now = await pass_minutes(pool, 0.5)
    await take_back(pool, gone)
    await take_back(pool, placed)
    async with transaction(pool) as conn:
        await mark_coming(conn, str(joins.token), CLOCK)
    await take_back(pool, called)
    (entry,) = (await stand(pool)).waiting
    assert (entry.state, entry.where, entry.coming_at) == ("waiting", None, now)
    told = "select event from outbox where data <> '{}' and starts_with(event, 'waitlist')"
    assert [row["event"] for row in await pool.fetch(told)] == ["waitlist.notified"]


def _entry(told: Any) -> dict[str, Any]:  # noqa: ANN401 - a command's result
    (entry,) = told.waiting
    return {"id": uuid4(), "wait_id": entry.wait_id, "version": entry.version}


async def test_what_was_cancelled_by_mistake_has_its_table_again_all_evening(pool: Pool) -> None:
    await opened(pool)
    kept = await reserve(pool)
    chosen = await tell(pool, orders.Assign(**about(kept), tables=("2",)))
    assert chosen.reservations[0].tables == ("2",)
    key = kept.reservation_id
    await _cancel(pool, key)
    view = await stand(pool)
    assert view.reservations == ()
    assert [(e.state, e.last_tables) for e in view.ended_reservations] == [("cancelled", ("2",))]
    await move_clock(pool, at(4))
    back = await _reinstate(pool, key)
    assert (back.state, back.fixed) == ("booked", False)
    again = await shown(pool, kept)
    assert (again.tables, again.last_tables, again.pinned_by) == (("2",), (), None)
    assert again.no_show_at == at(4.25)


async def _cancel(pool: Pool, key: UUID) -> None:
    await run(pool, lambda conn: cancel(conn, VENUE, key, "a slip", HOST, CLOCK))


async def _reinstate(pool: Pool, key: UUID) -> Reservation:
    async with transaction(pool) as conn:
        now = await read_reservation(conn, VENUE, key, HOST)
        found = await reinstate(conn, VENUE, key, HOST, CLOCK, version=now.version)
    assert isinstance(found, type(now))
    return found
