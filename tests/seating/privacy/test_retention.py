"""One job removes everything that has aged: each kind at its age, batch by batch, in its time."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import asyncpg
import pytest
from msgspec.structs import replace

from policies.floor import orders
from policies.privacy import ages
from policies.privacy.inventory import INVENTORY
from seating.errors import IdReused
from seating.privacy import retention
from seating.privacy.ageing import KINDS
from seating.privacy.retention import remove_aged
from tests.support.house import (
    CLOCK,
    HOST,
    SEVEN,
    VENUE,
    booked,
    house_text,
    move_clock,
    open_house,
    order,
)
from tests.support.stand import clear, tell, waits, walk_in

if TYPE_CHECKING:
    from seating.db import Pool

NEW_GUESTS = """
insert into guest (venue_id, guest_id, name, phone, allergies, created_at)
select $1, gen_random_uuid(), 'Guest ' || n, '+4930231250' || (100 + n), 'nuts', $2
from generate_series(1, $3) n
"""
TURNED_AWAY = """
insert into turnaway (venue_id, turnaway_id, service_date, at, channel, code, detail, kind,
                      party_size, asked_for, name, phone)
values ($1, gen_random_uuid(), $2::timestamptz::date, $2, 'phone', 'FULL', '-', 'denial', 2, $2,
        'Ola', '+493023125000')
"""
PERSONAL = """
select array(select name from guest order by name) as guests,
       array(select allergies from guest where allergies <> '') as allergies,
       array(select name || special_request || notes from reservation) as reservations,
       array(select name || phone from turnaway where phone is not null) as turnaways,
       array(select name || phone from wait_entry) as waits,
       array(select name from seating) as seatings
"""


async def test_each_kind_goes_at_its_age_and_what_is_younger_stays(pool: Pool) -> None:
    await open_house(pool, house_text(2, 2))
    await move_clock(pool, SEVEN)
    await booked(pool, order(1), HOST)
    await clear(pool, await walk_in(pool, "1"))
    waiting = orders.Wait(id=uuid4(), party_size=2, name="Ida", phone="at the bar")
    told = await tell(pool, waiting)
    await tell(pool, orders.Leave(**waits(told)))
    await pool.execute(TURNED_AWAY, VENUE, SEVEN)
    await pool.execute("update reservation set special_request = ', nuts', state = 'finished'")
    await pool.execute("update guest set allergies = 'nuts'")
    await pool.execute("update seating set name = 'Walk'")

    async def after(age: timedelta) -> list[list[str]]:
        await move_clock(pool, SEVEN + age)
        await remove_aged(pool, CLOCK)
        (row,) = await pool.fetch(PERSONAL)
        return [list(part) for part in row]

    day = timedelta(days=1)
    all_of_it = [
        ["Guest 1"],
        ["nuts"],
        ["Guest 1, nuts"],
        ["Ola+493023125000"],
        ["Idaat the bar"],
        ["Walk"],
    ]
    assert await after(ages.WAITED - day) == all_of_it
    assert (await after(ages.WAITED + day))[3:5] == [[], [""]]
    assert (await after(ages.HEALTH - day))[:3] == all_of_it[:3]
    assert await after(ages.HEALTH + day) == [["Guest 1"], [], ["Guest 1"], [], [""], [""]]
    assert (await after(ages.GUEST - day))[0] == ["Guest 1"]
    assert await after(ages.GUEST + day) == [["-"], [], ["-"], [], [""], [""]]
    assert await pool.fetchval("select count(*) from reservation where state = 'finished'") == 1
    with pytest.raises(IdReused):
        await tell(pool, waiting)


async def test_a_run_goes_in_batches_and_ends_when_its_time_is_up(
    pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    await open_house(pool, house_text(2, 2))
    await pool.execute(NEW_GUESTS, VENUE, SEVEN, 7)
    await move_clock(pool, SEVEN + ages.HEALTH + timedelta(days=1))
    monkeypatch.setattr(retention, "BATCH", 3)
    left = "select count(*) from guest where allergies <> ''"
    assert (await remove_aged(pool, CLOCK, longest=timedelta(0))).total() == 0
    assert await pool.fetchval(left) == 7
    assert (await remove_aged(pool, CLOCK))["allergies"] == 7
    assert await pool.fetchval(left) == 0


async def test_a_kind_that_fails_keeps_no_other_from_its_turn(
    pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    await open_house(pool, house_text(2, 2))
    await pool.execute(NEW_GUESTS, VENUE, SEVEN, 1)
    await move_clock(pool, SEVEN + ages.HEALTH + timedelta(days=1))
    broken = replace(KINDS[0], statement="select 1 / 0 where $1 = $1 or $2 = now() or $3 = 1")
    monkeypatch.setattr(retention, "KINDS", (broken, *KINDS[1:]))
    with pytest.raises(asyncpg.PostgresError):
        await remove_aged(pool, CLOCK)
    assert await pool.fetchval("select allergies from guest") == ""


async def test_tokens_that_cannot_be_removed_keep_nothing_of_a_house_from_its_turn(
    pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    await open_house(pool, house_text(2, 2))
    await pool.execute(NEW_GUESTS, VENUE, SEVEN, 1)
    await move_clock(pool, SEVEN + ages.HEALTH + timedelta(days=1))
    monkeypatch.setattr(
        retention, "DELETE_EXPIRED_TOKENS", "select 0 / (0 * extract(day from $1::timestamptz))"
    )
    with pytest.raises(asyncpg.PostgresError):
        await remove_aged(pool, CLOCK)
    assert await pool.fetchval("select allergies from guest") == ""


async def test_it_waits_for_no_period_that_somebody_holds(pool: Pool) -> None:
    await open_house(pool, house_text(2, 2))
    await pool.execute(NEW_GUESTS, VENUE, SEVEN, 1)
    await booked(pool, order(1), HOST)
    await move_clock(pool, SEVEN + ages.HEALTH + timedelta(days=1))
    async with pool.acquire() as other, other.transaction():
        await other.execute("select 1 from period for update")
        assert (await remove_aged(pool, CLOCK))["allergies"] == 1


def test_every_age_of_the_inventory_is_an_age_of_the_job() -> None:
    used = {kind.age for kind in KINDS} | {ages.SECURITY}  # by a function of the database
    named = {line.kept.upper() for line in INVENTORY} & vars(ages).keys()
    assert {name for name in named if getattr(ages, name) not in used} == set()
