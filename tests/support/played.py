"""One evening played over HTTP by two processes, once a run; each test judges a copy of it."""

from __future__ import annotations

import asyncio
import logging
import pickle
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from scripts import embedded
from scripts.file_lock import locked
from scripts.simulation import logins as keys
from scripts.simulation.examination import book, by_value, floor, gestures, held_tables, plans
from scripts.simulation.examination.accounts import accounts_of
from scripts.simulation.examination.examiner import Examiner, examine_end
from scripts.simulation.examination.findings import Findings
from scripts.simulation.journal import Exchange, Journal
from scripts.simulation.play import Plan, play
from scripts.simulation.servers import serving
from scripts.simulation.written_house import Hours, WrittenHouse, read_house
from tests.support.database import run_folder

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable
    from datetime import datetime

    from scripts.simulation.examination.rows import Row, Snapshot
    from scripts.simulation.night import Night

HOUSE = read_house("bistro")
FRIDAY = date(2027, 3, 12)
SEED, REQUESTS, WALK_INS, STEP = 5, 45, 9, timedelta(minutes=5)


@dataclass
class Evidence:
    """What an evening leaves behind: the journal, rows before the doors opened and at the end."""

    journal: Journal
    before: Snapshot
    final: Snapshot
    findings: Findings

    def row(self, table: str, **wanted: object) -> Row:
        return next(
            row for row in self.final[table] if all(row[name] == wanted[name] for name in wanted)
        )

    @property
    def night_end(self) -> datetime:
        """Business time at the end."""
        return self.final.at

    def exchange(self, wanted: Callable[[Exchange], object]) -> Exchange:
        return next(exchange for exchange in self.journal.exchanges if wanted(exchange))


def hours() -> Hours:
    found = HOUSE.evening_of(FRIDAY)
    assert found is not None
    return found


def evening_of_run(template: str) -> bytes:
    """The evidence of an honest evening, pickled; blocks while another worker plays it."""
    folder = run_folder()
    kept = folder / "evening.pickle"
    with locked(folder / "evening.lock", wait=True):
        if not kept.exists():
            server = embedded.Server(folder=folder, dsn=template, lock=-1)
            logging.getLogger("httpx").setLevel(logging.WARNING)
            fresh = folder / "evening.new"
            fresh.write_bytes(pickle.dumps(asyncio.run(_played(server))))
            fresh.replace(kept)
    return kept.read_bytes()


async def _played(server: embedded.Server) -> Evidence:
    journal = Journal()
    plan = Plan(
        house=HOUSE, hours=hours(), seed=SEED, requests=REQUESTS, walk_ins=WALK_INS, step=STEP
    )
    snapshots: list[Snapshot] = []
    async with serving(server, HOUSE.text, 2, jobs=False) as servers:
        logins = await keys.complete(servers.dsn, keys.Logins(venue=HOUSE.venue), tablets=1)
        examiner = Examiner(
            dsn=servers.dsn, house=HOUSE, hours=hours(), journal=journal, since=plan.begins
        )

        async def watch(night: Night) -> None:
            if night.now < hours().opens and night.swept:
                snapshots[:] = [await examiner.rows(night.now)]
            await examiner.after_step(night.now, swept=night.swept)

        night = await play(plan, servers.urls, logins, journal, watch)
        findings = await examiner.at_the_end(night.now)
        return Evidence(journal, snapshots[0], await examiner.rows(night.now), findings)


def judged(evidence: Evidence) -> set[str]:
    """Which rules the examination at the end finds broken."""
    findings = Findings()
    examine_end(evidence.journal, HOUSE, evidence.final, findings)
    held_tables.check_overbooked_shown(evidence.journal, hours(), findings)
    floor.check_closed(hours(), evidence.final, findings)
    return {violation.rule for violation in findings.violations}


def judged_before(
    evidence: Evidence, house: WrittenHouse = HOUSE, when: Hours | None = None
) -> set[str]:
    """Which rules about promises are found broken shortly before the doors open."""
    findings = _findings_before(evidence, house, when or hours())
    return {violation.rule for violation in findings.violations}


def looked_before(evidence: Evidence) -> Counter[str]:
    """How often each rule about promises is looked at shortly before the doors open.

    Later in the evening it depends on the machine's load what is still held and promised.
    """
    return _findings_before(evidence, HOUSE, hours()).looked


def _findings_before(evidence: Evidence, house: WrittenHouse, when: Hours) -> Findings:
    findings = Findings()
    accounts = accounts_of(evidence.journal)
    plans.check_plans(accounts, house, when, evidence.before, findings)
    book.check_pacing(accounts, when, evidence.before, findings)
    book.check_duplicates(accounts, house, evidence.before, findings)
    held_tables.check_held_places(house, when, evidence.before, findings)
    held_tables.check_overbooked(accounts, evidence.journal, when, evidence.before, findings)
    gestures.check_purses(evidence.before, findings)
    by_value.check_given(evidence.before, findings)
    return findings


def promised(evidence: Evidence) -> list[plans.LivePromise]:
    """The promises that are examined shortly before the doors open."""
    accounts = accounts_of(evidence.journal)
    return plans.live_promises(accounts, HOUSE, hours(), evidence.before)


def planned(evidence: Evidence) -> Row:
    """A plan row of such a promise, alone at its table."""
    return next(live.rows[0] for live in promised(evidence) if len(live.rows) == 1)


def drop(rows: object, row: Row) -> None:
    assert isinstance(rows, list)
    rows.remove(row)


def add(rows: object, row: Row) -> None:
    assert isinstance(rows, list)
    rows.append(row)
