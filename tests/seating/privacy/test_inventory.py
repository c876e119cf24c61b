"""The inventory names every column of the database: none holds people's data unlisted."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from policies.privacy import ages
from policies.privacy.impersonal import IMPERSONAL
from policies.privacy.inventory import INVENTORY

if TYPE_CHECKING:
    from seating.db import Pool

COLUMNS = (
    "select table_name, column_name from information_schema.columns where table_schema = 'public'"
)
UNTIL_ELSE = {"with_row", "house", "link", "idempotency", "next_run"}


@pytest.mark.asyncio(loop_scope="session")
async def test_every_column_of_every_table_has_one_line_in_the_inventory(schema: Pool) -> None:
    listed = [(line.table, name) for line in INVENTORY for name in line.columns]
    listed += [(table, name) for table, names in IMPERSONAL.items() for name in names]
    there = {(row["table_name"], row["column_name"]) for row in await schema.fetch(COLUMNS)}
    assert {column for column, times in Counter(listed).items() if times > 1} == set()
    assert there - set(listed) == set(), "say what it holds: policies/privacy/inventory.py"
    assert set(listed) - there == set()


def test_every_line_says_until_when_by_an_age_with_a_reason() -> None:
    known = {name.lower() for name in vars(ages) if name.isupper()}
    assert {line.kept for line in INVENTORY} - known - UNTIL_ELSE == set()
    assert all(line.why for line in INVENTORY)
