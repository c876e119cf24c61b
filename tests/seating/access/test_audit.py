"""The record of what matters: only ever added to, bounded against strangers, kept a year."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import asyncpg
import pytest

from api.edge.security_log import log_to_stderr
from policies.privacy import ages
from seating.access import audit
from seating.access.audit import (
    INSTALLATION,
    MOST_PER_SOURCE,
    MOST_PER_VENUE,
    ORIGIN,
    Origin,
    keep_attempt,
    keep_record,
    purge_record,
)
from seating.access.recorded import KINDS, SecurityEvent, told_in
from seating.clock import wall_now
from seating.db import transaction
from seating.migrate import MIGRATIONS

if TYPE_CHECKING:
    from seating.db import Pool

VENUE = "bistro"
OPEN = "insert into venue (venue_id, name, house_version) values ($1, $1, 1)"
OF_OLD = "insert into security_event (venue_id, at, kind) values ($1, $2, 'LogIn')"
COUNT = "select count(*) from security_event"
APPLICATION = """
create role maitred_application;
grant select, insert on security_event to maitred_application;
grant usage on schema public to maitred_application;
set local role maitred_application
"""


@pytest.fixture(autouse=True)
async def venue(pool: Pool) -> None:
    async with transaction(pool) as conn:
        await conn.execute("set session_replication_role = replica")  # no house is needed here
        await conn.execute(OPEN, VENUE)
        await conn.execute("reset session_replication_role")


def come_from(address: str) -> None:
    ORIGIN.set(lambda: Origin(address=address))


async def test_whoever_serves_can_add_to_the_record_and_change_nothing_of_it(pool: Pool) -> None:
    async with transaction(pool) as conn:
        await keep_record(conn, VENUE, "ChangePin", {"staff_id": "ana"}, by="vera")
    async with pool.acquire() as conn, Undone(conn):
        await conn.execute(APPLICATION)
        await keep_record(conn, VENUE, "LogIn", {}, by="ana")
        for statement in (
            "update security_event set staff_id = 'eve'",
            "delete from security_event",
            "truncate security_event",
            "drop table security_event",
        ):
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                async with conn.transaction():
                    await conn.execute(statement)
        assert await conn.fetchval(COUNT) == 2


class Undone:
    """A transaction that is always rolled back: roles are of the whole server."""

    def __init__(self, conn: asyncpg.pool.PoolConnectionProxy[asyncpg.Record]) -> None:
        self.transaction = conn.transaction()

    async def __aenter__(self) -> None:
        await self.transaction.start()

    async def __aexit__(self, *_: object) -> None:
        await self.transaction.rollback()


async def test_only_what_is_older_than_a_year_is_purged_whoever_asks_for_more(pool: Pool) -> None:
    now = wall_now()
    for venue in (VENUE, INSTALLATION):
        for days in (0, 364, 367, 800):
            await pool.execute(OF_OLD, venue, now - timedelta(days=days))
    async with pool.acquire() as conn, Undone(conn):
        await conn.execute(APPLICATION)
        greedy = await conn.fetchval(audit.PURGE, VENUE, now + timedelta(days=3650))
        assert (greedy, await conn.fetchval(COUNT)) == (2, 6)
    assert await purge_record(pool, now) == 4
    oldest = await pool.fetchval("select min(at) from security_event")
    assert now - oldest <= ages.SECURITY


async def test_what_a_stranger_can_cause_is_recorded_so_often_and_no_more(pool: Pool) -> None:
    come_from("203.0.113.7")
    for _ in range(MOST_PER_SOURCE + 3):
        await keep_attempt(pool, VENUE, "WrongPairingCode", {})
    kept = await pool.fetch("select facts::text from security_event order by at, event_id")
    told = [json.loads(row["facts"]).get("more", False) for row in kept]
    assert told == [*[False] * (MOST_PER_SOURCE - 1), True]
    for host in range(MOST_PER_SOURCE + 3):  # whoever has one IPv6 address has a /64 of them
        come_from(f"2001:db8:0:1::{host:x}")
        await keep_attempt(pool, VENUE, "WrongPairingCode", {})
    assert await pool.fetchval(COUNT) == 2 * MOST_PER_SOURCE
    come_from("203.0.113.8")
    await keep_attempt(pool, VENUE, "WrongPin", {})
    await keep_attempt(pool, VENUE, "WrongPairingCode", {})
    await keep_attempt(pool, "no-such-house", "WrongPairingCode", {})
    assert await pool.fetchval(COUNT) == 2 * MOST_PER_SOURCE + 2
    for host in range(MOST_PER_VENUE):
        come_from(f"198.51.100.{host}")
        await keep_attempt(pool, VENUE, "WrongPairingCode", {})
    assert await pool.fetchval(COUNT + " where kind = 'WrongPairingCode'") == MOST_PER_VENUE
    hour_ago = wall_now() - timedelta(hours=1, minutes=1)
    await pool.execute("update security_event set at = $1", hour_ago)
    await keep_attempt(pool, VENUE, "WrongPairingCode", {})
    assert await pool.fetchval("select count(*) from security_event where at > $1", hour_ago) == 1


async def test_an_event_is_one_line_of_the_log_whatever_stands_in_it(
    pool: Pool, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(2):  # an application may be made twice in one process
        log_to_stderr()
    come_from("203.0.113.7")
    name = 'a\r\n{"event": "LogIn"}\x1b[2J\x7f\x85\u2028\u202e"'
    async with transaction(pool) as conn:
        await keep_record(
            conn, VENUE, "ChangeName", {"name": name}, by="vera", reason="for Ms Guest"
        )
    line = capsys.readouterr().err.removesuffix("\n")
    assert line.isprintable()
    assert line.isascii()
    told = json.loads(line)
    assert (told["event"], told["venue"], told["staff"]) == ("ChangeName", VENUE, "vera")
    assert (told["facts"], told["address"]) == ({"name": name}, "203.0.113.7")
    assert datetime.fromisoformat(told["at"]).utcoffset() == timedelta(0)
    assert "Guest" not in line
    kept = await pool.fetchrow("select event_id::text, reason from security_event")
    assert tuple(kept or ()) == (told["event_id"], "for Ms Guest")


@pytest.mark.parametrize("kind", [*sorted(KINDS), "OfANewerProgram"])
def test_every_kind_is_said_in_every_language_also_of_facts_that_are_not_as_expected(
    kind: str,
) -> None:
    nothing = SecurityEvent(
        venue_id=VENUE, event_id=UUID(int=7), at=wall_now(), kind=kind, staff_id=None,
        staff_name=None, device_id=None, device_name=None, session_id=None, client_id=None,
        client_name=None, address=None, facts={"more": True}, reason=None, whom=None, tablet=None,
    )  # fmt: skip
    for language in ("en", "ru"):
        said, sentence = told_in(language, nothing)
        assert said.key == "recorded-and-more"
        assert len(sentence) > 40


async def test_what_stood_among_the_actions_is_moved_to_the_record(pool: Pool) -> None:
    old = """
        insert into action (venue_id, action_id, kind, staff_id, at, reason, answer)
        values ($1, gen_random_uuid(), $2, 'vera', $3, 'why', $4)
    """
    at = wall_now() - timedelta(days=30)
    facts = {"staff_id": "ana", "role": "manager", "before": "host"}
    await pool.execute(old, VENUE, "ChangeRole", at, json.dumps(facts))
    await pool.execute(old, VENUE, "Seat", at, "{}")
    (file,) = MIGRATIONS.glob("*_security_events.sql")
    moving = file.read_text(encoding="utf-8").partition("-- Until now")[2].partition("\n")[2]
    await pool.execute(moving)
    (row,) = await pool.fetch("select *, facts::text as told from security_event")
    assert (row["kind"], row["staff_id"], row["at"], row["reason"]) == (
        "ChangeRole", "vera", at, "why",
    )  # fmt: skip
    assert json.loads(row["told"]) == facts
    assert await pool.fetchval("select array_agg(kind) from action") == ["Seat"]
