"""A question that nobody answers goes from manager to manager by the clock; the host is told."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from seating.book.actions import ActionAuthor
from seating.db import run
from seating.errors import NotAllowed, NotPossibleNow
from seating.notices.passing_on import pass_on_questions
from seating.rescue.alerts import Alert, RaiseAlert, TakeOver, calls_tonight, raise_alert, take_over
from tests.support.gestures import JONAS, arrived
from tests.support.hearing import listening
from tests.support.house import CLOCK, SEVEN, VENUE, move_clock
from tests.support.notices import (
    answered,
    asked_for_magnum,
    at_a_tablet,
    called,
    open_with_managers,
    waiting_for,
    with_a_phone,
)

if TYPE_CHECKING:
    from seating.db import Pool

TWO = timedelta(minutes=2)
MINUTE = timedelta(minutes=1)
PHONE = "http://127.0.0.1:9/marat"


async def later(pool: Pool, minutes: float) -> int:
    """It is so many minutes past seven; returns how many were called then."""
    await move_clock(pool, SEVEN + minutes * MINUTE)
    return await pass_on_questions(pool, CLOCK)


async def test_unanswered_for_two_minutes_it_goes_to_the_next_and_the_host_is_told(
    pool: Pool,
) -> None:
    await open_with_managers(pool)
    for name in ("olga", "marat", "zoe"):
        await at_a_tablet(pool, name)
    question = await asked_for_magnum(pool)
    assert await called(pool, question.approval_id) == ["olga"]
    (mine,) = (await waiting_for(pool, "olga")).to_me
    assert (mine.kind, mine.from_name, mine.unanswered) == ("approval", "jonas", ())
    assert (await waiting_for(pool, "marat")).to_me == ()

    assert await later(pool, 1.9) == 0
    async with listening(pool) as ear:
        assert await later(pool, 2) == 1
        told = await ear.until("notice.called")
    assert (told["id"], told["for"]) == (str(question.approval_id), "marat")
    assert await pass_on_questions(pool, CLOCK) == 0, "once, however often it is looked at"
    (told_host,) = (await waiting_for(pool, "jonas")).by_me
    assert (told_host.to_name, told_host.unanswered) == ("marat", ("Olga",))
    assert len((await waiting_for(pool, "olga")).to_me) == 1, "the first may still answer"

    assert (await later(pool, 4), await later(pool, 6)) == (1, 1)
    assert await called(pool, question.approval_id) == ["olga", "marat", "zoe", None]
    (told_host,) = (await waiting_for(pool, "jonas")).by_me
    assert (told_host.to_name, told_host.unanswered) == ("", ("Olga", "marat", "Zoe"))
    assert await later(pool, 8) == 0, "nobody is left"

    await answered(pool, question, "olga")
    assert (await waiting_for(pool, "jonas")).by_me == ()
    assert (await waiting_for(pool, "zoe")).to_me == ()


async def test_nobody_is_called_to_what_is_answered_or_over(pool: Pool) -> None:
    await open_with_managers(pool)
    await at_a_tablet(pool, "zoe")
    await at_a_tablet(pool, "marat")
    question = await asked_for_magnum(pool)
    await answered(pool, question, "zoe", yes=False)
    assert await later(pool, 3) == 0
    assert await called(pool, question.approval_id) == ["marat"]


async def test_who_cannot_be_reached_is_passed_over_unless_nobody_can(pool: Pool) -> None:
    await open_with_managers(pool)
    question = await asked_for_magnum(pool)
    assert await called(pool, question.approval_id) == ["olga"], "who logs in next finds it"
    await at_a_tablet(pool, "zoe")
    assert await later(pool, 2) == 1
    assert await called(pool, question.approval_id) == ["olga", "zoe"]


@pytest.mark.parametrize(
    ("rings", "lost"),
    [
        (False, "update session set ended_at = seen_at where staff_id = 'marat'"),
        (False, "update session set seen_at = seen_at - interval '1 hour'"),
        (False, "update device set revoked_at = now()"),
        (True, "update device set revoked_at = now()"),
        (True, "update staff set left_at = now() where staff_id = 'marat'"),
    ],
)
async def test_who_can_be_reached_no_more_is_passed_over(
    pool: Pool, lost: str, *, rings: bool
) -> None:
    await open_with_managers(pool)
    await (with_a_phone(pool, "marat", PHONE) if rings else at_a_tablet(pool, "marat"))
    await pool.execute(lost)
    await at_a_tablet(pool, "zoe")
    question = await asked_for_magnum(pool)
    assert await called(pool, question.approval_id) == ["zoe"]


async def test_the_house_says_after_how_many_minutes_the_next_one_is_called(pool: Pool) -> None:
    await open_with_managers(pool, next_after=5)
    for name in ("olga", "marat"):
        await at_a_tablet(pool, name)
    question = await asked_for_magnum(pool)
    assert (await later(pool, 4.9), await later(pool, 5)) == (0, 1)
    assert await called(pool, question.approval_id) == ["olga", "marat"]


async def test_nobody_is_called_to_a_party_of_an_evening_that_is_over(pool: Pool) -> None:
    await open_with_managers(pool)
    await at_a_tablet(pool, "marat")
    alert = await raised(pool, "sofia")
    await pool.execute("update period set closed_at = now()")
    assert await later(pool, 2) == 0
    assert await called(pool, alert.alert_id) == ["sofia"]


async def test_a_manager_who_asks_is_not_called_to_it(pool: Pool) -> None:
    await open_with_managers(pool)
    for name in ("olga", "marat"):
        await at_a_tablet(pool, name)
    olga = ActionAuthor(staff_id="olga", actor="host")  # with a host's limits
    question = await asked_for_magnum(pool, olga)
    assert await called(pool, question.approval_id) == ["marat"]
    assert await later(pool, 2) == 1
    assert await called(pool, question.approval_id) == ["marat", None]


async def raised(pool: Pool, to: str) -> Alert:
    wish = RaiseAlert(
        id=uuid4(), colleague=to, line="they turn to go", reservation_id=await arrived(pool)
    )
    return await run(pool, lambda conn: raise_alert(conn, VENUE, wish, JONAS, CLOCK))


async def taken(pool: Pool, alert: Alert, who: str) -> Alert:
    by, command = ActionAuthor(staff_id=who, actor="manager"), TakeOver(id=uuid4())
    return await run(pool, lambda conn: take_over(conn, VENUE, alert.alert_id, command, by, CLOCK))


async def test_a_party_that_a_colleague_does_not_catch_goes_to_a_manager(pool: Pool) -> None:
    await open_with_managers(pool)
    await at_a_tablet(pool, "marat")
    alert = await raised(pool, "sofia")
    with pytest.raises(NotAllowed):
        await taken(pool, alert, "marat")
    assert await later(pool, 2) == 1
    assert await called(pool, alert.alert_id) == ["sofia", "marat"]
    async with pool.acquire() as conn:
        marat = ActionAuthor(staff_id="marat", actor="manager")
        (mine,) = (await calls_tonight(conn, VENUE, marat, CLOCK)).to_me
    assert mine.alert_id == alert.alert_id
    done = await taken(pool, alert, "marat")
    assert (done.taken_by, done.taken_by_name, done.to_name) == ("marat", "marat", "sofia")
    with pytest.raises(NotPossibleNow):
        await taken(pool, alert, "sofia")
    assert await later(pool, 9) == 0
