"""Gestures: charged once, given back once, brought in time, within what a person may give."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import asyncpg
import pytest
from msgspec.structs import replace

from policies.book.lifecycles import NotPossible, TooLate
from policies.floor.orders import Leave, Order, Seat, Serve, Undo, Wait
from policies.gestures.orders import (
    AcceptGesture,
    DeclineGesture,
    DeliverGesture,
    UndoGesture,
    VoidGesture,
)
from policies.gestures.purses import OverLimit
from seating.db import run, transaction
from seating.errors import CannotUndo, IdReused, Invalid, NotFound, NotPossibleNow, Stale
from seating.floor.orders import execute_command
from seating.gestures.expiry import expire_gestures
from seating.gestures.purses import purses_of_date
from seating.gestures.tonight import gestures_tonight
from seating.jobs.sweeps import sweep_all
from tests.support.gestures import (
    JONAS,
    MARAT,
    PERIOD,
    arrived,
    gift,
    give,
    given,
    open_with_rules,
    overridden,
    seated,
    spent,
    tap,
)
from tests.support.house import CLOCK, SEVEN, VENUE, at, move_clock

if TYPE_CHECKING:
    from policies.gestures.gesture import Gesture
    from seating.book.actions import ActionAuthor
    from seating.db import Pool
    from seating.floor.answers import CommandResult
    from seating.gestures.tonight import GesturesTonight

HALF_AN_HOUR = 0.5


@pytest.fixture
async def party(pool: Pool) -> UUID:
    await open_with_rules(pool)
    return await arrived(pool)


async def seen(pool: Pool, who: ActionAuthor = JONAS) -> GesturesTonight:
    async with transaction(pool) as conn:
        return await gestures_tonight(conn, VENUE, who, CLOCK)


def accept(gesture: Gesture) -> AcceptGesture:
    return AcceptGesture(id=uuid4(), gesture_id=gesture.gesture_id, version=gesture.version)


def decline(gesture: Gesture) -> DeclineGesture:
    return DeclineGesture(id=uuid4(), gesture_id=gesture.gesture_id, version=gesture.version)


def deliver(gesture: Gesture) -> DeliverGesture:
    return DeliverGesture(id=uuid4(), gesture_id=gesture.gesture_id, version=gesture.version)


def void(gesture: Gesture) -> VoidGesture:
    return VoidGesture(
        id=uuid4(), gesture_id=gesture.gesture_id, version=gesture.version, reason="ran out"
    )


def undo(gesture: Gesture) -> UndoGesture:
    return UndoGesture(id=uuid4(), gesture_id=gesture.gesture_id, version=gesture.version)


async def test_an_offer_charges_the_person_and_the_venue(pool: Pool, party: UUID) -> None:
    gesture = await given(pool, gift(party))
    assert (gesture.state, gesture.cost, gesture.party_name) == ("offered", 500, "Guest 0")
    assert await spent(pool) == {"venue": 500, "person:jonas": 500}


async def test_a_replayed_offer_charges_once_and_is_answered_as_before(
    pool: Pool, party: UUID
) -> None:
    wish = gift(party)
    first = await given(pool, wish)
    await tap(pool, accept(first))
    assert await given(pool, wish) == first
    assert await spent(pool) == {"venue": 500, "person:jonas": 500}


async def test_one_tap_sent_many_times_at_once_charges_once(pool: Pool, party: UUID) -> None:
    wish = gift(party)
    answers = await asyncio.gather(*(given(pool, wish) for _ in range(4)))
    assert len({gesture.gesture_id for gesture in answers}) == 1
    assert await spent(pool) == {"venue": 500, "person:jonas": 500}


@pytest.mark.parametrize("end", [decline, void])
async def test_what_comes_to_nothing_gives_its_money_back_once(
    pool: Pool, party: UUID, end: type[VoidGesture]
) -> None:
    await given(pool, gift(party))
    gesture = await given(pool, gift(party))
    last = end(gesture)  # type: ignore[call-arg, arg-type]
    ended = await tap(pool, last)
    assert await tap(pool, last) == ended
    assert await spent(pool) == {"venue": 500, "person:jonas": 500}
    with pytest.raises(NotPossible):
        await tap(pool, replace(last, id=uuid4(), version=ended.version))
    assert await spent(pool) == {"venue": 500, "person:jonas": 500}


async def test_a_void_by_a_manager_fills_the_purse_it_came_from(pool: Pool, party: UUID) -> None:
    gesture = await tap(pool, accept(await given(pool, gift(party))))
    voided = await tap(pool, void(gesture), MARAT)
    assert (voided.state, voided.ended_by, voided.ended_why) == ("voided", "marat", "ran out")
    assert await spent(pool) == {"venue": 0, "person:jonas": 0}


async def test_what_was_brought_stays_charged(pool: Pool, party: UUID) -> None:
    brought = await tap(pool, deliver(await tap(pool, accept(await given(pool, gift(party))))))
    assert (brought.state, brought.delivered_by) == ("delivered", "jonas")
    with pytest.raises(NotPossible):
        await tap(pool, void(brought))
    assert await spent(pool) == {"venue": 500, "person:jonas": 500}


async def test_a_gift_beyond_the_limit_is_refused_with_the_way_out(pool: Pool, party: UUID) -> None:
    beyond = await give(pool, gift(party, "magnum"))
    assert isinstance(beyond, OverLimit)
    assert (beyond.code, beyond.limit, beyond.manager_can) == ("OVER_LIMIT", 1500, "give")
    assert (beyond.left.person, beyond.left.venue) == (1500, 5000)
    assert (await given(pool, gift(party, "magnum"), MARAT)).cost == 4000


async def test_a_purse_used_up_refuses_until_tonight_is_raised(pool: Pool, party: UUID) -> None:
    for _ in range(3):
        await given(pool, gift(party))
    wish = gift(party)
    beyond = await give(pool, wish)
    assert isinstance(beyond, OverLimit)
    assert (beyond.code, beyond.left.person, beyond.left.venue) == ("PURSE_EMPTY", 0, 3500)
    assert await pool.fetchval("select count(*) from gesture") == 3
    await overridden(pool, {"purses": {"person_shift": 2000, "venue_night": 5000}})
    assert (await given(pool, wish)).state == "offered"
    assert isinstance(await give(pool, gift(party)), OverLimit)


async def test_a_smaller_night_never_goes_below_what_is_spent(pool: Pool, party: UUID) -> None:
    await given(pool, gift(party))
    await overridden(pool, {"purses": {"person_shift": 0, "venue_night": 0}})
    assert isinstance(await give(pool, gift(party)), OverLimit)
    rows = await pool.fetch("select granted, spent from purse")
    assert [tuple(row) for row in rows] == [(500, 500), (500, 500)]


async def test_the_venues_purse_ends_what_a_full_personal_one_would_allow(
    pool: Pool, party: UUID
) -> None:
    await given(pool, gift(party, "magnum"), MARAT)
    await given(pool, gift(party, "cake"))
    beyond = await give(pool, gift(party, "cake"))
    assert isinstance(beyond, OverLimit)
    assert (beyond.left.person, beyond.left.venue, beyond.manager_can) == (900, 400, "raise")
    assert await spent(pool) == {"venue": 4600, "person:marat": 4000, "person:jonas": 600}


async def test_the_database_itself_refuses_an_overdrawn_purse(pool: Pool, party: UUID) -> None:
    await given(pool, gift(party))
    with pytest.raises(asyncpg.CheckViolationError, match="purse_not_overdrawn"):
        await pool.execute("update purse set spent = granted + 1")


async def test_an_unanswered_offer_expires_and_its_money_goes_back_once(
    pool: Pool, party: UUID
) -> None:
    gesture = await given(pool, gift(party))
    kept = await tap(pool, accept(await given(pool, gift(party))))
    assert await expire_gestures(pool, CLOCK) == 0
    await move_clock(pool, at(HALF_AN_HOUR))
    with pytest.raises(NotPossible, match="expired"):
        await tap(pool, accept(gesture))
    await asyncio.gather(*(expire_gestures(pool, CLOCK) for _ in range(4)))
    assert await expire_gestures(pool, CLOCK) == 0
    assert await spent(pool) == {"venue": 500, "person:jonas": 500}
    states = await pool.fetch("select gesture_id, state from gesture")
    assert {row["gesture_id"]: row["state"] for row in states} == {
        gesture.gesture_id: "expired",
        kept.gesture_id: "accepted",
    }


async def test_nobody_waits_for_the_job_to_spend_what_expired(pool: Pool, party: UUID) -> None:
    for _ in range(3):
        await given(pool, gift(party))
    await move_clock(pool, at(HALF_AN_HOUR))
    assert (await seen(pool)).person.spent == 0
    assert (await given(pool, gift(party))).state == "offered"
    assert await spent(pool) == {"venue": 500, "person:jonas": 500}


async def test_every_sweep_together_expires_offers_too(pool: Pool, party: UUID) -> None:
    await given(pool, gift(party))
    await move_clock(pool, at(HALF_AN_HOUR))
    await sweep_all(pool, CLOCK)
    assert await spent(pool) == {"venue": 0, "person:jonas": 0}


async def test_a_slip_is_taken_back_and_charged_again(pool: Pool, party: UUID) -> None:
    gesture = await given(pool, gift(party))
    declined = await tap(pool, decline(gesture))
    assert await spent(pool) == {"venue": 0, "person:jonas": 0}
    again = await tap(pool, undo(declined))
    assert (again.state, again.version, again.ended_at) == ("offered", 3, None)
    assert await spent(pool) == {"venue": 500, "person:jonas": 500}


async def test_a_slip_whose_money_is_gone_is_not_taken_back(pool: Pool, party: UUID) -> None:
    declined = await tap(pool, decline(await given(pool, gift(party))))
    for _ in range(3):
        await given(pool, gift(party))
    with pytest.raises(CannotUndo):
        await tap(pool, undo(declined))
    assert await spent(pool) == {"venue": 1500, "person:jonas": 1500}


async def test_a_slip_of_long_ago_stays(pool: Pool, party: UUID) -> None:
    accepted = await tap(pool, accept(await given(pool, gift(party))))
    await move_clock(pool, SEVEN + timedelta(minutes=3))
    with pytest.raises(TooLate):
        await tap(pool, undo(accepted))


async def test_a_tap_on_what_has_changed_is_told_what_is_true_now(pool: Pool, party: UUID) -> None:
    gesture = await given(pool, gift(party))
    accepted = await tap(pool, accept(gesture))
    with pytest.raises(Stale) as caught:
        await tap(pool, decline(gesture))
    assert caught.value.now == accepted


async def test_a_gesture_is_for_one_party_that_is_here(pool: Pool, party: UUID) -> None:
    with pytest.raises(Invalid, match="Name one party"):
        await give(pool, replace(gift(party), reservation_id=None))
    with pytest.raises(NotFound):
        await give(pool, gift(uuid4()))
    with pytest.raises(Invalid, match="has no caviar"):
        await give(pool, gift(party, "caviar"))
    wait = Wait(id=uuid4(), party_size=2, name="Ada")
    await run(pool, lambda conn: execute_command(conn, VENUE, wait, JONAS, CLOCK))
    waiting = replace(gift(party), reservation_id=None, wait_id=wait.id)
    assert (await given(pool, waiting)).party_name == "Ada"
    leave = Leave(id=uuid4(), wait_id=wait.id, version=1)
    await run(pool, lambda conn: execute_command(conn, VENUE, leave, JONAS, CLOCK))
    with pytest.raises(NotPossibleNow, match="no longer here"):
        await give(pool, replace(waiting, id=uuid4()))


async def test_an_id_of_something_else_is_refused(pool: Pool, party: UUID) -> None:
    gesture = await given(pool, gift(party))
    with pytest.raises(IdReused):
        await tap(pool, replace(accept(gesture), id=gesture.gesture_id))


async def test_the_list_tells_who_carries_what_when(pool: Pool, party: UUID) -> None:
    glass = await given(pool, gift(party))
    assert [task.gesture for task in (await seen(pool)).offers] == [glass]
    await tap(pool, accept(glass))
    cake = await tap(pool, accept(await given(pool, gift(party, "cake"))))
    now = await seen(pool)
    assert now.offers == ()
    assert [task.gesture.item for task in now.tasks["floor"]] == ["glass"]
    assert [task.gesture.gesture_id for task in now.due_later] == [cake.gesture_id]
    seating = await seated(pool, party)
    bill = Serve(id=uuid4(), seating_id=seating, version=1, check_down=True)
    await run(pool, lambda conn: execute_command(conn, VENUE, bill, JONAS, CLOCK))
    task = (await seen(pool)).tasks["kitchen"][0]
    assert (task.gesture.gesture_id, task.tables, task.due) == (cake.gesture_id, ("1",), True)
    await tap(pool, deliver(cake))
    assert "kitchen" not in (await seen(pool)).tasks


async def test_a_gesture_with_the_mains_is_due_25_minutes_after_sitting_down(
    pool: Pool, party: UUID
) -> None:
    await seated(pool, party)
    await tap(pool, accept(await given(pool, gift(party, "magnum"), MARAT)))
    coming = (await seen(pool)).due_later[0]
    assert coming.due_at == SEVEN + timedelta(minutes=25)
    await move_clock(pool, SEVEN + timedelta(minutes=25))
    assert [task.gesture.item for task in (await seen(pool)).tasks["floor"]] == ["magnum"]


async def test_a_promised_party_kept_waiting_is_owed_by_the_ladder(pool: Pool, party: UUID) -> None:
    await move_clock(pool, SEVEN + timedelta(minutes=16))
    await given(pool, gift(party))
    waiting = (await seen(pool)).late_parties[0]
    assert (waiting.reservation_id, waiting.waited_minutes) == (party, 16)
    assert [rung.gesture for rung in waiting.rungs_reached] == ["glass"]
    assert waiting.offered == ("glass",)
    await seated(pool, party)
    assert (await seen(pool)).late_parties == ()


async def test_the_list_shows_what_is_left_before_anything_was_given(
    pool: Pool, party: UUID
) -> None:
    host, manager = await seen(pool), await seen(pool, MARAT)
    assert (host.person.granted, host.venue.granted, host.gift_limit) == (1500, 5000, 1500)
    assert manager.person.granted == 6000
    beyond = {choice.item.key: choice.over_limit for choice in host.catalogue}
    assert beyond["glass"] is None
    assert beyond["magnum"] is not None
    assert all(choice.over_limit is None for choice in manager.catalogue)
    await given(pool, gift(party))
    assert ((await seen(pool)).person.spent, (await seen(pool)).venue.spent) == (500, 500)


async def test_a_manager_sees_the_purses_of_a_date(pool: Pool, party: UUID) -> None:
    await given(pool, gift(party))
    async with transaction(pool) as conn:
        purses = await purses_of_date(conn, VENUE, SEVEN.date(), now=SEVEN)
    assert [(each.period_id, each.owner, each.spent) for each in purses] == [
        (PERIOD, "venue", 500),
        (PERIOD, "person:jonas", 500),
    ]


async def test_gestures_never_reach_the_outbox(pool: Pool, party: UUID) -> None:
    before = await pool.fetchval("select count(*) from outbox")
    await tap(pool, void(await given(pool, gift(party))))
    assert await pool.fetchval("select count(*) from outbox") == before


async def test_a_walk_in_that_was_given_something_is_not_undone(pool: Pool) -> None:
    """What it was given stays charged and on the list; the party can be cleared."""
    await open_with_rules(pool)
    await move_clock(pool, SEVEN)
    seat = Seat(id=uuid4(), tables=("1",), party_size=2)
    await run(pool, lambda conn: execute_command(conn, VENUE, seat, JONAS, CLOCK))
    wish = replace(gift(uuid4()), reservation_id=None, seating_id=seat.id)
    await given(pool, wish)
    back = Undo(id=uuid4(), action_id=seat.id)
    with pytest.raises(CannotUndo, match="offered something"):
        await run(pool, lambda conn: execute_command(conn, VENUE, back, JONAS, CLOCK))
    assert await spent(pool) == {"venue": 500, "person:jonas": 500}
    assert await pool.fetchval("select count(*) from seating where cleared_at is null") == 1


async def test_a_gift_to_a_seating_undone_meanwhile_is_for_nobody(pool: Pool) -> None:
    await open_with_rules(pool)
    await move_clock(pool, SEVEN)
    for _ in range(5):
        seat = Seat(id=uuid4(), tables=("1",), party_size=2)
        await told(pool, seat)
        wish = replace(gift(uuid4()), reservation_id=None, seating_id=seat.id)
        outcomes = await asyncio.gather(
            told(pool, Undo(id=uuid4(), action_id=seat.id)),
            give(pool, wish, MARAT),
            return_exceptions=True,
        )
        lost = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
        assert [type(each) for each in lost] in ([NotFound], [CannotUndo])
        if type(lost[0]) is CannotUndo:
            break


async def told(pool: Pool, wish: Order) -> CommandResult:
    return await run(pool, lambda conn: execute_command(conn, VENUE, wish, JONAS, CLOCK))
