"""What stood in the book before a migration stands in it rightly after."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
    await migrate(empty_database, before(25))
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
