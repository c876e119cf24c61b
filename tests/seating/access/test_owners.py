"""Whoever has the machine gets in as an owner: PIN forgotten, locked, left, or never there."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from seating.access.owners import FreshLogin, let_owner_in
from seating.access.staff import close_account, set_pin, staff_of
from seating.db import transaction
from seating.errors import Invalid
from tests.support.house import VENUE, house_text, open_house

if TYPE_CHECKING:
    from seating.db import Pool

PUT = "insert into staff (venue_id, staff_id, name, role) values ($1, $2, $2, $3)"


@pytest.fixture(autouse=True)
async def house(pool: Pool) -> None:
    await open_house(pool, house_text(2, 4))


async def let_in(pool: Pool, staff_id: str | None = None) -> FreshLogin:
    async with transaction(pool) as conn:
        return await let_owner_in(conn, VENUE, staff_id, reason="scripts/serve owner", pepper=None)


async def put(pool: Pool, *people: tuple[str, str]) -> None:
    for staff_id, role in people:
        await pool.execute(PUT, VENUE, staff_id, role)


async def leaves(pool: Pool, *people: str) -> None:
    async with transaction(pool) as conn:
        for staff_id in people:
            await close_account(conn, VENUE, staff_id)


async def owners(pool: Pool) -> dict[str, bool]:
    """The owners, and who of them has a PIN and is not locked."""
    people = await staff_of(pool, VENUE)
    return {
        each.staff_id: each.has_pin and each.locked_until is None
        for each in people
        if each.role == "owner"
    }


async def test_a_forgotten_or_locked_pin_is_replaced_and_the_record_says_by_what(
    pool: Pool,
) -> None:
    async with transaction(pool) as conn:
        await set_pin(conn, VENUE, "anna", "1234", None)
    await pool.execute("update staff set failures = 5, locked_until = now() + interval '1 hour'")
    login = await let_in(pool)
    assert (login.staff_id, login.how, len(login.pin)) == ("anna", "known", 6)
    assert await owners(pool) == {"anna": True}
    (row,) = await pool.fetch("""
        select kind, staff_id, reason, facts::text from security_event
        where kind not in ('OpenHouse', 'MakePairingCode')
    """)
    assert (row["kind"], row["staff_id"], row["reason"]) == (
        "LetOwnerIn", None, "scripts/serve owner",
    )  # fmt: skip
    assert json.loads(row["facts"]) == {"staff_id": "anna", "how": "known", "sessions_ended": 0}


async def test_of_several_owners_one_is_named(pool: Pool) -> None:
    await put(pool, ("ben", "owner"), ("eve", "manager"))
    with pytest.raises(Invalid, match="The owners are anna, ben"):
        await let_in(pool)
    assert (await let_in(pool, "ben")).staff_id == "ben"
    assert await owners(pool) == {"anna": False, "ben": True}
    with pytest.raises(Invalid, match=r"eve is no owner here\. anna, ben can name"):
        await let_in(pool, "eve")


async def test_the_owner_who_left_last_comes_back_where_none_is_left(pool: Pool) -> None:
    await put(pool, ("ben", "owner"), ("eve", "manager"))
    await leaves(pool, "anna")
    await leaves(pool, "ben")
    login = await let_in(pool)
    assert (login.staff_id, login.how) == ("ben", "back")
    assert await owners(pool) == {"ben": True}


@pytest.mark.parametrize(("named", "how"), [("eve", "raised"), ("anna", "back"), ("zoe", "new")])
async def test_a_house_without_an_owner_gets_the_one_that_is_named(
    pool: Pool, named: str, how: str
) -> None:
    await put(pool, ("eve", "manager"))
    await leaves(pool, "anna")
    login = await let_in(pool, named)
    assert (login.staff_id, login.how) == (named, how)
    assert await owners(pool) == {named: True}


async def test_a_house_that_never_had_an_owner_gets_an_account(pool: Pool) -> None:
    await pool.execute("delete from staff")
    await put(pool, ("owner", "host"))
    login = await let_in(pool)
    assert (login.staff_id, login.how) == ("owner-2", "new")
    assert await owners(pool) == {"owner-2": True}
