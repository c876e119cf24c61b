"""Levers for services ahead and until an instant: what books, what is planned, what ends."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from policies.floor.orders import Levers, Undo
from seating.book.levers import levers_standing
from seating.db import transaction
from seating.errors import CannotUndo, IdReused, Invalid, NotAllowed
from seating.floor.levers_ahead import end_levers
from seating.turnaways.log import LoggedRefusal
from seating.webhooks.outbox import fan_out_outbox
from tests.support.house import (
    CLOCK,
    SEVEN,
    VENUE,
    at,
    book,
    house_text,
    move_clock,
    new_site,
    open_house,
    order,
    site,
)
from tests.support.stand import (
    ANNA,
    BORIS,
    pass_minutes,
    picture,
    promise,
    reserve,
    take_back,
    tell,
    with_lunch,
)
from tests.support.webhooks import endpoint

if TYPE_CHECKING:
    from seating.book.reservations import Booker
    from seating.db import Pool
    from seating.floor.answers import CommandResult

SATURDAY = date(2027, 3, 6)
SATURDAY_AT = 3 * 24


@pytest.fixture(autouse=True)
async def house(pool: Pool) -> None:
    await open_house(pool, with_lunch(house_text(2, 2, 4, 4, joins=[("1", "2")], terrace=2)))
    await move_clock(pool, SEVEN)


@pytest.fixture
async def partner(pool: Pool) -> Booker:
    return site((await new_site(pool))[0])


async def pull(pool: Pool, **levers: Any) -> CommandResult:  # noqa: ANN401 - any lever
    """By a manager."""
    return await tell(pool, Levers(id=uuid4(), **levers), BORIS)


async def code(pool: Pool, by: Booker, number: int = 90, **more: Any) -> str | None:  # noqa: ANN401
    """Why a booking is refused; None if it is made."""
    done = await book(pool, order(number, **more), by)
    return done.no.code if isinstance(done, LoggedRefusal) else None


async def test_online_is_paused_on_a_saturday_nobody_has_booked_yet(
    pool: Pool, partner: Booker
) -> None:
    told = await pull(pool, online_paused=True, service_date=SATURDAY, period="dinner")
    assert await pool.fetchval("select count(*) from period where service_date = $1", SATURDAY) == 0
    assert await code(pool, partner, starts=at(SATURDAY_AT)) == "PAUSED"
    assert await code(pool, partner, 91, starts=at(SATURDAY_AT - 6)) is None  # lunch
    assert await code(pool, partner, 92, starts=at(SATURDAY_AT + 24)) is None
    assert (await reserve(pool, 3, starts=at(SATURDAY_AT))).state == "booked"
    (lever,) = told.levers
    assert (lever.kind, lever.from_date, lever.periods) == ("online_paused", SATURDAY, ("dinner",))
    await tell(pool, Levers(id=uuid4(), online_paused=False, service_date=SATURDAY), BORIS)
    assert await code(pool, partner, 94, starts=at(SATURDAY_AT)) is None


async def test_a_terrace_shut_for_a_week_moves_its_parties_and_tells_who_has_no_table(
    pool: Pool,
) -> None:
    coming = [await reserve(pool, n, starts=at(SATURDAY_AT), party_size=4) for n in (1, 2)]
    assert {each.tables for each in coming} == {("3",), ("4",)}
    week = {"from_date": date(2027, 3, 4), "until_date": date(2027, 3, 10)}
    told = await pull(pool, areas_shut=("terrace",), **week)
    assert (len(told.moved), len(told.exposed)) == (1, 1)
    (standing,) = told.promised
    assert (standing.reservations, standing.covers, standing.exposed) == (2, 8, 1)
    (lost,) = [each for each in told.warnings if each.code == "PARTY_EXPOSED"]
    assert lost.detail.endswith("due on Saturday 6 March at 19:00, has no table now.")
    assert await pool.fetchval("select count(*) from exposure where closed_at is null") == 1
    assert (await picture(pool)).period.areas_shut == ()  # tonight
    await undo(pool, told)
    tables = [(await promise(pool, each.reservation_id)).tables for each in coming]
    assert all(tables)
    assert await pool.fetchval("select count(*) from exposure where closed_at is null") == 0


async def undo(pool: Pool, told: CommandResult) -> CommandResult:
    return await tell(pool, Undo(id=uuid4(), action_id=told.action_id), BORIS)


async def test_a_terrace_shut_until_nine_is_planned_for_those_who_come_later(pool: Pool) -> None:
    await pull(pool, areas_shut=("terrace",), until=at(2))
    early = await reserve(pool, 1, starts=at(1), party_size=4)
    late = await reserve(pool, 2, starts=at(2.5), party_size=4)
    assert (early.tables, late.tables) == (("1", "2"), ("3",))


async def test_a_lever_is_back_without_a_job_and_lost_tables_are_found_again(pool: Pool) -> None:
    await reserve(pool, 1, starts=at(1), party_size=4)
    coming = await reserve(pool, 2, starts=at(1), party_size=4)
    await pull(pool, areas_shut=("terrace",), service_date=date(2027, 3, 3), until=at(4))
    lost = [each for each in (await picture(pool)).promises if each.exposed]
    assert len(lost) == 1
    await move_clock(pool, at(0.5))
    await pool.execute("update lever set until = $1", at(0.5))
    again = await picture(pool)
    assert (again.period.areas_shut, [each for each in again.promises if each.exposed]) == ((), [])
    assert coming.tables
    assert await pool.fetchval("select count(*) from exposure where closed_at is null") == 1
    assert await end_levers(pool, CLOCK) == 1
    assert await pool.fetchval("select count(*) from exposure where closed_at is null") == 0
    assert await end_levers(pool, CLOCK) == 0


async def test_seating_stopped_for_an_hour_lets_those_in_who_come_after_it(pool: Pool) -> None:
    await tell(pool, Levers(id=uuid4(), seating_stopped=True, until=at(1)), ANNA)
    partner = site((await new_site(pool))[0])
    assert await code(pool, partner, 1, starts=at(0.5)) == "CLOSED"
    assert await code(pool, partner, 2, starts=at(1)) is None
    await pass_minutes(pool, 61)
    assert not (await picture(pool)).period.seating_stopped


async def test_the_kitchen_is_slower_for_one_evening(pool: Pool, partner: Booker) -> None:
    await pull(pool, pace=2, service_date=SATURDAY, period="dinner")
    assert await code(pool, partner, 1, starts=at(SATURDAY_AT)) is None
    assert await code(pool, partner, 2, starts=at(SATURDAY_AT)) == "PACING_FULL"
    assert await code(pool, partner, 3, starts=at(SATURDAY_AT + 24)) is None
    await pull(pool, pace="usual", service_date=SATURDAY)
    assert await code(pool, partner, 2, starts=at(SATURDAY_AT)) is None


async def test_hosts_pull_levers_of_today_only(pool: Pool) -> None:
    with pytest.raises(NotAllowed):
        await tell(pool, Levers(id=uuid4(), online_paused=True, service_date=SATURDAY), ANNA)
    told = await pull(pool, online_paused=True, service_date=SATURDAY)
    with pytest.raises(NotAllowed):
        await take_back(pool, told)
    today = Levers(id=uuid4(), online_paused=True, service_date=date(2027, 3, 3), period="dinner")
    await tell(pool, today, ANNA)
    assert (await picture(pool)).period.online_paused


async def test_a_host_opens_again_tonight_what_was_paused_for_the_week(pool: Pool) -> None:
    week = {"from_date": date(2027, 3, 3), "until_date": date(2027, 3, 10)}
    await pull(pool, online_paused=True, **week)
    assert (await picture(pool)).period.online_paused
    await tell(pool, Levers(id=uuid4(), online_paused=False), ANNA)
    assert not (await picture(pool)).period.online_paused
    async with transaction(pool) as conn:
        found = await levers_standing(conn, VENUE, SEVEN.date(), date.max, now=SEVEN)
    assert [(each.engaged, each.pulled_by) for each in found] == [(True, "boris"), (False, "anna")]


async def test_one_pulled_again_since_cannot_be_taken_back(pool: Pool) -> None:
    told = await pull(pool, online_paused=True, service_date=SATURDAY)
    again = await pull(pool, online_paused=False, service_date=SATURDAY)
    with pytest.raises(CannotUndo, match="again"):
        await undo(pool, told)
    await undo(pool, again)
    with pytest.raises(CannotUndo):
        await undo(pool, again)
    await undo(pool, told)


async def test_the_same_command_twice_pulls_once(pool: Pool) -> None:
    wish = Levers(id=uuid4(), online_paused=True, service_date=SATURDAY)
    assert await tell(pool, wish, BORIS) == await tell(pool, wish, BORIS)
    assert await pool.fetchval("select count(*) from lever") == 1
    with pytest.raises(IdReused):
        await tell(pool, Levers(id=wish.id, seating_stopped=True, service_date=SATURDAY), BORIS)


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"online_paused": True, "service_date": SATURDAY, "period": "brunch"}, "/period"),
    ({"areas_shut": ("cellar",), "service_date": SATURDAY}, "/areas_shut"),
    ({"areas_open": ("cellar",)}, "/areas_open"),
    ({"areas_shut": ("room",), "areas_open": ("room",)}, "/areas_open"),
    ({"online_paused": True, "until": SEVEN - timedelta(minutes=1)}, "/until"),
    ({"close_early": True, "service_date": SATURDAY}, "/close_early"),
]


async def test_what_makes_no_sense_is_refused_and_nothing_stored(pool: Pool) -> None:
    for wrong, pointer in WRONG:
        with pytest.raises(Invalid) as refused:
            await pull(pool, **wrong)
        assert refused.value.pointer == pointer
    assert await pool.fetchval("select count(*) from lever") == 0


async def test_what_older_code_wrote_into_the_row_is_still_in_force(pool: Pool) -> None:
    await reserve(pool)
    await pool.execute("update period set online_paused = true, pacing_covers = 7")
    period = (await picture(pool)).period
    assert (period.online_paused, period.pacing_covers) == (True, 7)
    await tell(pool, Levers(id=uuid4(), online_paused=False, pace="usual"), ANNA)
    period = (await picture(pool)).period
    assert (period.online_paused, period.pacing_covers) == (False, None)


async def test_a_dry_run_tells_who_would_lose_a_table_and_pulls_nothing(pool: Pool) -> None:
    for number in (1, 2):
        await reserve(pool, number, starts=at(SATURDAY_AT), party_size=4)
    wish = {"areas_shut": ("terrace",), "service_date": SATURDAY}
    dry = await pull(pool, **wish, dry_run=True)
    assert await pool.fetchval("select count(*) from lever") == 0
    told = await pull(pool, **wish)
    assert (dry.dry_run, dry.moved, dry.exposed) == (True, told.moved, told.exposed)
    assert dry.promised == told.promised
    undone = Undo(id=uuid4(), action_id=told.action_id, dry_run=True)
    await tell(pool, undone, BORIS)
    assert await pool.fetchval("select count(*) from lever where lifted_at is null") == 1


async def test_sites_hear_of_a_lever_on_dates_nobody_has_booked_yet(pool: Pool) -> None:
    client, _ = await new_site(pool)
    await endpoint(pool, client, "https://site.test/hook", ["availability.changed"])
    await reserve(pool, 1, starts=at(SATURDAY_AT))
    dates = {"from_date": SATURDAY, "until_date": date(2027, 3, 7)}
    told = await pull(pool, online_paused=True, periods=("dinner",), **dates)
    await pull(pool, online_paused=True, service_date=date(2028, 3, 6))  # not on sale yet
    await fan_out_outbox(pool, now=SEVEN)
    heard = "select subject, count(*) from webhook_delivery group by 1 order by 1"
    assert [tuple(row) for row in await pool.fetch(heard)] == [("2027-03-07.dinner", 1)]
    await undo(pool, told)
    await fan_out_outbox(pool, now=SEVEN)
    assert [tuple(row) for row in await pool.fetch(heard)] == [("2027-03-07.dinner", 2)]
