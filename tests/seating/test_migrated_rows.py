"""What stood in the book before a migration stands in it rightly after."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

import asyncpg
import pytest

from seating.migrate import MIGRATIONS, migrate

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def before(tmp_path: Path) -> Callable[[int], Path]:
    """A folder of the migrations before this number."""

    def files(number: int) -> Path:
        for file in MIGRATIONS.glob("[0-9]*.sql"):
            if int(file.name[:4]) < number:
                (tmp_path / file.name).write_bytes(file.read_bytes())
        return tmp_path

    return files


NEW_GUEST = """
insert into guest (venue_id, guest_id, name, phone, created_at)
values ('bistro', gen_random_uuid(), $1, $2, now())
"""


async def test_guests_known_by_a_given_up_number_are_known_by_todays(
    empty_database: str, before: Callable[[int], Path]
) -> None:
    await migrate(empty_database, before(29))
    conn = await asyncpg.connect(empty_database)
    await conn.execute("set session_replication_role = replica")  # a guest needs no house here
    phones = {
        "+5215512345678": "+525512345678",
        "+525598765432": "+525598765432",
        "+22997123456": "+2290197123456",
        "+22507123456": "+2250707123456",
        "+22520812223": "+2252120812223",
        "+22520012223": "+2252520012223",
        "+22520212223": "+2252720212223",
        "+5712345678": "+576012345678",
        "+841681234567": "+84381234567",
        "+493023125024": "+493023125024",
        "+5215500000000": "+5215500000000",  # its guest is known by the new number too
        "+525500000000": "+525500000000",
    }
    for old, new in phones.items():
        await conn.execute(NEW_GUEST, new, old)
    await migrate(empty_database)
    assert {row["phone"] for row in await conn.fetch("select phone from guest")} == set(
        phones.values()
    )
    assert await conn.fetchval("select count(*) from guest where phone <> name") == 0
    await conn.execute(NEW_GUEST, "Ada", "+493023125024;ext=204")
    with pytest.raises(asyncpg.CheckViolationError):
        await conn.execute(NEW_GUEST, "Ada", "+493023125024;ext=")
    await conn.close()


VENUE = "insert into venue (venue_id, name, house_version) values ('bistro', 'Bistro', 1)"
CLIENT = "insert into client (client_id, name, secret_hash) values ('site', 'Site', '')"

NEW_RESERVATION = """
insert into reservation (venue_id, reservation_id, period_id, code, state, party_size, starts, ends,
                         kind, channel, client_id, staff_id, name, notes, created_at, updated_at)
values ('bistro', $1::uuid, 'dinner', $1::uuid::text, 'booked', 2, now(),
        now() + interval '1 hour', 'physical',
        $2, $3, $4, 'Ada', 'words', now(), now())
"""

ALTERED = """
insert into action (venue_id, action_id, kind, subject_id, staff_id, at)
values ('bistro', gen_random_uuid(), $2, $1, 'anna', now())
"""


async def test_words_that_may_be_the_houses_stay_in_the_house(
    empty_database: str, before: Callable[[int], Path]
) -> None:
    await migrate(empty_database, before(30))
    conn = await asyncpg.connect(empty_database)
    await conn.execute("set session_replication_role = replica")  # a row needs no others here
    await conn.execute(VENUE)
    await conn.execute(CLIENT)
    sites, altered, seated, phoned = (UUID(int=number) for number in range(1, 5))
    for key in (sites, altered, seated):
        await conn.execute(NEW_RESERVATION, key, "partner", "site", None)
    await conn.execute(NEW_RESERVATION, phoned, "phone", None, "anna")
    await conn.execute(ALTERED, altered, "Alter")
    await conn.execute(ALTERED, seated, "Seat")
    await conn.execute(ALTERED, phoned, "Cancel")
    await conn.execute("update reservation set cancelled_why = 'why'")
    await migrate(empty_database)
    rows = await conn.fetch("select reservation_id, special_request, notes from reservation")
    guests, houses = ("words", ""), ("", "words")
    assert {row[0]: (row[1], row[2]) for row in rows} == {
        sites: guests,
        seated: guests,
        altered: houses,
        phoned: houses,
    }
    by_house = "select reservation_id from reservation where cancelled_by_house"
    assert await conn.fetchval(by_house) == phoned
    await conn.close()


async def test_a_period_that_a_house_file_closed_before_it_was_over_is_open_and_not_served(
    empty_database: str, before: Callable[[int], Path]
) -> None:
    await migrate(empty_database, before(36))
    conn = await asyncpg.connect(empty_database)
    await conn.execute("set session_replication_role = replica")  # no house is needed here
    for name, closed in (("dinner", "2027-03-01"), ("lunch", "2027-03-04")):
        await conn.execute(
            "insert into period (venue_id, period_id, service_date, name, opens, last_seating,"
            " closes, house_version, closed_at) values ('bistro', $1, '2027-03-03', $1,"
            " '2027-03-03 18:00Z', '2027-03-03 21:00Z', '2027-03-03 23:00Z', 1,"
            " $2::text::timestamptz)",
            name,
            closed,
        )
    await migrate(empty_database)
    rows = await conn.fetch("select name, served, closed_at is null as open from period")
    assert {row["name"]: (row["served"], row["open"]) for row in rows} == {
        "dinner": (False, True),
        "lunch": (True, False),
    }
    await conn.close()
