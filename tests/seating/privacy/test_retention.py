"""One job removes everything that has aged: each kind at its age, batch by batch, in its time."""

from __future__ import annotations

import re
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
from seating.privacy.forgetting import DELETE_RECORDS, FORGET, TO_PSEUDONYM
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
    from collections.abc import Iterator

    from policies.privacy.inventory import Held
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
WAITED_LATELY = """
with allergic as (update guest set allergies = 'nuts')
insert into wait_entry (venue_id, wait_id, period_id, state, party_size, joined_at, ended_at,
                        guest_id)
select $1, gen_random_uuid(), period_id, 'left', 2, $2, $2, guest_id
from guest cross join (select period_id from period limit 1) as p
"""
NOBODYS_RECORD = """
update reservation set guest_id = null, email = 'one@example.com', locale = 'de',
    state = 'finished'
"""
CONTACT = (
    "select concat_ws(' ', name, coalesce(email, '-'), coalesce(locale, '-')) from reservation"
)
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


FORGOTTEN = (
    *(statement for statement, _ in FORGET), *TO_PSEUDONYM.values(), DELETE_RECORDS,
)  # fmt: skip
"""What becomes of a guest whose age is over."""
OTHERWISE = {"security_event": "a function of the database", "name_words": "made of the name"}


def test_every_column_with_an_age_is_removed_at_that_age() -> None:
    left = {
        (line.table, column)
        for line in INVENTORY
        if line.kept.upper() in vars(ages) and line.table not in OTHERWISE
        for column in line.columns
        if column not in OTHERWISE and not any(removes(line, column))
    }
    assert left == set()


def removes(line: Held, column: str) -> Iterator[bool]:
    """Of each statement at the line's age, whether it deletes the row or sets the column."""
    age = getattr(ages, line.kept.upper())
    at_its_age = [kind.statement for kind in KINDS if kind.age == age]
    for statement in (*at_its_age, *(FORGOTTEN if age == ages.GUEST else ())):
        sets = re.search(rf"update {line.table} t? ?set (.*)", statement.strip(), re.DOTALL)
        yield f"delete from {line.table} " in statement or bool(
            sets and re.search(rf"\b{column} = ", sets[1])
        )


async def test_whoever_waited_lately_is_known_however_old_their_last_booking_is(
    pool: Pool,
) -> None:
    await open_house(pool, house_text(2, 2))
    await move_clock(pool, SEVEN)
    await booked(pool, order(1), HOST)
    await pool.execute("update reservation set state = 'finished'")
    later = SEVEN + ages.GUEST - timedelta(days=30)
    await pool.execute(WAITED_LATELY, VENUE, later)
    await move_clock(pool, SEVEN + ages.GUEST + timedelta(days=1))
    await remove_aged(pool, CLOCK)
    assert await pool.fetchval("select name from guest") == "Guest 1"
    assert await pool.fetchval("select allergies from guest") == "nuts"
    await move_clock(pool, later + ages.GUEST + timedelta(days=1))
    await remove_aged(pool, CLOCK)
    assert await pool.fetchval("select name from guest") == "-"


async def test_what_names_the_guest_of_a_booking_without_a_number_goes_with_the_name(
    pool: Pool,
) -> None:
    await open_house(pool, house_text(2, 2))
    await move_clock(pool, SEVEN)
    await booked(pool, order(1), HOST)
    await pool.execute(NOBODYS_RECORD)
    await move_clock(pool, SEVEN + ages.GUEST - timedelta(days=1))
    await remove_aged(pool, CLOCK)
    assert await pool.fetchval(CONTACT) == "Guest 1 one@example.com de"
    await move_clock(pool, SEVEN + ages.GUEST + timedelta(days=1))
    await remove_aged(pool, CLOCK)
    assert await pool.fetchval(CONTACT) == "- - -"
