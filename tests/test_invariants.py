"""The page of invariants names things that exist, and the schema is shaped as it says."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

import pytest

from scripts.setup_venv import ROOT
from seating.invariants import INVARIANTS, Invariant

if TYPE_CHECKING:
    from seating.db import Pool

GLOBAL_TABLES = {
    "access_token": "a booking site has one token for all its venues",
    "client_old_secret": "a booking site has one secret for all its venues, and those before it",
    "attempt": "wrong passwords are counted before anybody is known",
    "client": "a booking site has one name for all its venues",
    "clock": "business time is one for the installation",
    "request_window": "a booking site's requests are counted over all its venues",
    "disk_probe": "the disk is one for the installation",
    "job_run": "a job sweeps every venue",
    "backup": "a backup is of the whole installation",
    "backup_step": "a backup is of the whole installation",
    "code_version": "there is one code for all",
    "schema_migration": "there is one schema",
}
"""The tables whose key need not begin with venue_id, and why."""

KEYS = """
select c.relname as table, (
    select a.attname from pg_index i join pg_attribute a
      on a.attrelid = c.oid and a.attnum = i.indkey[0]
    where i.indrelid = c.oid and i.indisprimary) as first
from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
"""

TRIGGERS = "select tgname from pg_trigger where not tgisinternal"

NAMES = """
select 'constraint ' || conname as name from pg_constraint
union select 'index ' || relname from pg_class where relkind = 'i'
"""


def test_there_are_the_twelve_of_the_design() -> None:
    assert [invariant.number for invariant in INVARIANTS] == list(range(1, 13))


@pytest.mark.parametrize("invariant", INVARIANTS, ids=lambda each: str(each.number))
@pytest.mark.asyncio(loop_scope="session")
async def test_what_enforces_an_invariant_exists(invariant: Invariant, schema: Pool) -> None:
    names = {row["name"] for row in await schema.fetch(NAMES)}
    assert invariant.enforced_by
    for name in invariant.enforced_by:
        if not name.startswith(("constraint ", "index ")):
            module, attribute = name.rsplit(".", 1)
            assert hasattr(import_module(module), attribute), name
        else:
            assert name in names


@pytest.mark.parametrize("invariant", INVARIANTS, ids=lambda each: str(each.number))
def test_what_proves_an_invariant_exists(invariant: Invariant) -> None:
    assert invariant.proven_by
    for name in invariant.proven_by:
        file, test = name.split("::")
        assert f"def {test}(" in (ROOT / file).read_text(encoding="utf-8"), name


@pytest.mark.asyncio(loop_scope="session")
async def test_every_key_begins_with_the_venue(schema: Pool) -> None:
    first = {row["table"]: row["first"] for row in await schema.fetch(KEYS)}
    others = {table for table, column in first.items() if column != "venue_id"}
    assert others == set(GLOBAL_TABLES)


@pytest.mark.asyncio(loop_scope="session")
async def test_nothing_happens_behind_a_statement(schema: Pool) -> None:
    assert await schema.fetch(TRIGGERS) == []
