"""Staff in a house file: roles and departures are carried out or refused, never ignored."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from policies.house.file import HouseError
from seating.access.staff import SET_NAME, SET_PIN, SET_ROLE, close_account
from seating.db import transaction
from seating.house.loading import load_house
from tests.support.house import CLOCK, VENUE, house_text, open_house

if TYPE_CHECKING:
    from seating.db import Pool

HOUSE = house_text(2, 4).partition("[[staff]]")[0]
PUT = "insert into staff (venue_id, staff_id, name, role) values ($1, $2, $2, $3)"
THREE = {"anna": "owner", "ben": "manager", "eve": "host"}


def file(people: dict[str, str]) -> str:
    """The house with these people, by id and role."""
    named = (
        f'[[staff]]\nid = "{one}"\nname = "{one.capitalize()}"\nrole = "{role}"\n'
        for one, role in people.items()
    )
    return HOUSE + "".join(named)


async def load(pool: Pool, people: dict[str, str]) -> None:
    await load_house(pool, file(people), CLOCK)


async def here(pool: Pool) -> dict[str, str]:
    rows = await pool.fetch("select staff_id, role from staff where left_at is null order by 1")
    return {row["staff_id"]: row["role"] for row in rows}


async def recorded(pool: Pool) -> list[tuple[str, str]]:
    """What the audit says since, and of whom; the reason is always the file."""
    rows = await pool.fetch("""
        select kind, staff_id, reason, facts::text from security_event
        where kind <> 'PublishHouse' order by at
    """)
    assert {(row["staff_id"], row["reason"]) for row in rows} <= {(None, "the house file says so")}
    return [(row["kind"], json.loads(row["facts"])["staff_id"]) for row in rows]


@pytest.fixture(autouse=True)
async def house(pool: Pool) -> None:
    await open_house(pool, file(THREE))
    await pool.execute("delete from security_event")


async def test_a_changed_role_and_a_departure_are_carried_out(pool: Pool) -> None:
    await pool.execute(SET_PIN, VENUE, "eve", "a hash")
    await load(pool, {"anna": "owner", "ben": "owner"})
    assert await here(pool) == {"anna": "owner", "ben": "owner"}
    assert await pool.fetchval("select pin_hash from staff where staff_id = 'eve'") is None
    assert await recorded(pool) == [("ChangeRole", "ben"), ("RemovePerson", "eve")]


async def test_a_house_is_not_left_without_an_owner(pool: Pool) -> None:
    """A file without staff; one whose only owner has left since it was loaded first."""
    with pytest.raises(HouseError, match=r"no owner left\. Keep anna"):
        await load(pool, {})
    assert (await here(pool), await recorded(pool)) == (THREE, [])
    await load(pool, {"anna": "owner", "ben": "owner"})
    async with transaction(pool) as conn:
        await close_account(conn, VENUE, "anna")
    with pytest.raises(HouseError, match=r"no owner left\. Keep ben"):
        await load(pool, {"anna": "owner", "ben": "manager"})
    assert await here(pool) == {"ben": "owner"}


async def test_an_owner_added_beside_the_file_is_one(pool: Pool) -> None:
    await pool.execute(PUT, VENUE, "zoe", "owner")
    await load(pool, {})
    assert await here(pool) == {"zoe": "owner"}


async def test_what_the_file_did_not_change_stays_as_managers_left_it(pool: Pool) -> None:
    """Someone added beside the file, someone promoted since, someone who left since."""
    await pool.execute(PUT, VENUE, "zoe", "host")
    await pool.execute(SET_ROLE, VENUE, "ben", "host")
    async with transaction(pool) as conn:
        await close_account(conn, VENUE, "eve")
    text = file(THREE | {"max": "host"}).replace('name = "Ben"', 'name = "Benedikt"')
    await load_house(pool, text, CLOCK)
    assert await here(pool) == {"anna": "owner", "ben": "host", "max": "host", "zoe": "host"}
    assert await pool.fetchval("select name from staff where staff_id = 'ben'") == "Benedikt"
    assert await recorded(pool) == [("AddPerson", "max")]


async def test_a_name_changed_since_stays_until_the_file_says_another(pool: Pool) -> None:
    for person in ("ben", "eve"):
        await pool.execute(SET_NAME, VENUE, person, "Kit")
    await load(pool, THREE | {"eve": "manager"})
    names = "select array_agg(name order by staff_id) from staff"
    assert await pool.fetchval(names) == ["Anna", "Kit", "Kit"]
    text = file(THREE | {"eve": "manager"}).replace('"Eve"', '"Evelyn"')
    await load_house(pool, text, CLOCK)
    assert await pool.fetchval(names) == ["Anna", "Kit", "Evelyn"]


async def test_somebody_who_left_comes_back_by_the_file(pool: Pool) -> None:
    await load(pool, {"anna": "owner", "ben": "manager"})
    await load(pool, {"anna": "owner", "ben": "manager", "eve": "manager"})
    assert await here(pool) == THREE | {"eve": "manager"}
    assert await recorded(pool) == [("RemovePerson", "eve"), ("AddPerson", "eve")]
