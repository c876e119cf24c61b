"""A backup says who made it, and a restore takes none that was changed, unless told otherwise."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

import asyncpg
import pytest

from scripts import demo
from seating.backups.command import add_commands, run
from seating.backups.dumping import back_up
from seating.backups.manifest import PURPOSE, Maker, verified
from seating.backups.programs import BackupError
from seating.backups.restoring import beside, restore
from seating.backups.updating import Keeping
from seating.db import open_pool
from seating.keys import KeyTextError, derived_keys, keys_in
from seating.migrate import MIGRATIONS, read_migrations
from seating.webhooks.sealed_secrets import new_key
from tests.support.database import execute, owner_of, service_of

if TYPE_CHECKING:
    from pathlib import Path

OLD, NEW = new_key(), new_key()
LAST = read_migrations(MIGRATIONS)[-1].name
MAKER = Maker(code="abc123", keys=derived_keys(NEW, PURPOSE))
EVERY_TABLE = """
select c.oid::regclass::text from pg_class c
where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' order by 1
"""
ROWS = "select count(*), md5(string_agg(t::text, e'\\n' order by t::text)) from {} t"
EVERY_SEQUENCE = "select sequencename, last_value from pg_sequences order by 1"


async def contents(dsn: str) -> dict[str, object]:
    """The rows of every table, counted and hashed, and every sequence."""
    connection = await asyncpg.connect(dsn)
    try:
        found: dict[str, object] = {
            table: tuple(await connection.fetchrow(ROWS.format(table)) or ())
            for (table,) in await connection.fetch(EVERY_TABLE)
        }
        last = await connection.fetch(EVERY_SEQUENCE)
        return found | {row["sequencename"]: row["last_value"] for row in last}
    finally:
        await connection.close()


def counted(rows: object) -> int:
    """How many rows `contents` saw."""
    assert isinstance(rows, tuple)
    return int(rows[0])


def command(*words: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    add_commands(parser.add_subparsers())
    return parser.parse_args(words)


async def test_a_restore_drill_brings_back_every_table(database: str, tmp_path: Path) -> None:
    """As a house does it: by its owner's role, and afterwards the service's works on it."""
    await demo.load_house(database, "bistro")
    await demo.prepare_demo(database, "bistro")
    before = await contents(database)
    recorded = before.pop("security_event")
    assert len(before) > 60
    assert sum(isinstance(one, tuple) and one[0] > 0 for one in before.values()) >= 8
    keeping = Keeping(
        folder=None,
        kept=1,
        code="abc123",
        back="back",
        service=service_of(database),
        keys=MAKER.keys,
    )
    file = str(tmp_path / "book.dump")
    await run(owner_of(database), command("backup", file), keeping)
    await execute(
        database, "truncate venue, staff, device, client cascade; drop table rescue_option"
    )
    (line,) = await run(owner_of(database), command("restore", file), keeping)
    assert f"by {MAKER.ids[0]} (code abc123)" in line
    assert f"at {LAST}" in line
    after = await contents(database)
    assert counted(after.pop("security_event")) == counted(recorded) + 1  # the restore is on record
    assert after == before
    await (await open_pool(service_of(database), min_size=1)).close()


async def test_a_backup_that_was_changed_or_is_anothers_is_refused(
    database: str, tmp_path: Path
) -> None:
    file = tmp_path / "book.dump"
    made = await back_up(database, file, maker=MAKER)
    assert made.bytes == file.stat().st_size
    manifest = await verified(file, MAKER)
    assert (manifest.code, manifest.maker, manifest.rows) == ("abc123", MAKER.ids[0], made.rows)
    rotated = Maker(keys=derived_keys(f"{OLD},{NEW}", PURPOSE))
    assert await verified(file, rotated) == manifest
    whole = file.read_bytes()
    for maker, says in (
        (Maker(keys=derived_keys(OLD, PURPOSE)), f"with another key, that of {MAKER.ids[0]}; the"),
        (Maker(), "with another key, .*; there is none here"),
    ):
        with pytest.raises(BackupError, match=f"{says}.*--unverified"):
            await restore(database, file, maker=maker)
    changed = bytearray(whole)
    changed[len(whole) // 3] ^= 1
    for text in (bytes(changed), whole.replace(b"abc123", b"abc124"), whole + whole[-200:]):
        file.write_bytes(text)
        with pytest.raises(BackupError, match=r"was changed|carries no checksum"):
            await verified(file, MAKER)
    file.write_bytes(whole[: manifest.bytes])
    with pytest.raises(BackupError, match="carries no checksum: it was made by code from before"):
        await restore(database, file, maker=MAKER)
    async with beside(database, file, maker=None, replacing=False) as filled:
        assert filled.manifest is None


async def test_without_a_key_damage_is_found_and_with_one_such_a_backup_is_not_taken(
    database: str, tmp_path: Path
) -> None:
    file = tmp_path / "book.dump"
    await back_up(database, file)
    manifest = await verified(file, Maker())
    assert "without a key (code not named)" in manifest.words
    with pytest.raises(BackupError, match="was made without a key, so anybody"):
        await verified(file, MAKER)
    changed = bytearray(file.read_bytes())
    changed[1000] ^= 1
    file.write_bytes(changed)
    with pytest.raises(BackupError, match="was changed after it was made"):
        await verified(file, Maker())


def test_each_purpose_has_a_key_of_its_own_and_each_sealing_key_another() -> None:
    (one,), (other,) = derived_keys(OLD, "one"), derived_keys(OLD, "other")
    assert len({one, other, *keys_in(OLD), *derived_keys(NEW, "one")}) == 4
    assert derived_keys(f"{NEW},{OLD}", "one")[1] == one
    assert derived_keys("", "one") == ()
    with pytest.raises(KeyTextError, match="bytes, not 32"):
        derived_keys("c2hvcnQ=", "one")
    assert NEW not in repr(MAKER)
