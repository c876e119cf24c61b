"""Schedules the examination: some rules between steps, all at the end."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import asyncpg

from scripts.simulation.examination import (
    access,
    answers,
    anyway,
    book,
    by_value,
    floor,
    gestures,
    held_tables,
    idempotency,
    mending,
    plans,
    rescues,
)
from scripts.simulation.examination.accounts import accounts_of
from scripts.simulation.examination.findings import Findings
from scripts.simulation.examination.rows import read_rows

if TYPE_CHECKING:
    from scripts.simulation.examination.rows import Snapshot
    from scripts.simulation.journal import Journal
    from scripts.simulation.written_house import Hours, WrittenHouse

EVERY_STEPS = 25
RESTART_SECONDS = 60
BEFORE_OPENING = timedelta(minutes=10)


@dataclass(kw_only=True)
class Examiner:
    """Reads rows between steps and checks the rules; `since`: when the evening's bookings began."""

    dsn: str
    house: WrittenHouse
    hours: Hours
    journal: Journal
    since: datetime
    findings: Findings = field(default_factory=Findings)
    steps: int = 0
    examined: set[int] = field(default_factory=set)
    final: Snapshot | None = None

    async def after_step(self, now: datetime, *, swept: bool = True) -> None:
        """Check the promises 10 minutes before opening, then hourly; before that every 25 steps.

        Only after a step in which the jobs ran: otherwise the rows do not yet show what fell due.
        """
        self.steps += 1
        if not swept:
            return
        hour = (now - self.hours.opens + BEFORE_OPENING) // timedelta(hours=1)
        due = hour not in self.examined if hour >= 0 else self.steps >= EVERY_STEPS
        if due:
            self.examined.add(hour)
            self.steps = 0
            self.promises(await self.rows(now))

    async def rows(self, now: datetime) -> Snapshot:
        """Read the rows; waits for a database that was killed."""
        for _ in range(RESTART_SECONDS):
            with suppress(OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
                return await self._read(now)
            await asyncio.sleep(1)
        return await self._read(now)

    async def _read(self, now: datetime) -> Snapshot:
        moment = self.journal.moments
        return await read_rows(self.dsn, self.house.venue, at=now, moment=moment, since=self.since)

    def promises(self, at: Snapshot) -> None:
        """Check the rules that hold at any moment."""
        accounts = accounts_of(self.journal)
        plans.check_plans(accounts, self.house, self.hours, at, self.findings)
        book.check_pacing(accounts, self.hours, at, self.findings)
        book.check_duplicates(accounts, self.house, at, self.findings)
        access.check_access(accounts, self.house, self.hours, at, self.findings)
        access.check_shares(accounts, self.hours, at, self.findings)
        access.check_preferences(accounts, at, self.findings)
        mending.check_mended(accounts, at, self.findings)
        mending.check_members(accounts, self.journal, self.house, self.hours, at, self.findings)
        floor.check_rows(at, self.findings)
        held_tables.check_held_places(self.house, self.hours, at, self.findings)
        held_tables.check_overbooked(accounts, self.journal, self.hours, at, self.findings)
        gestures.check_purses(at, self.findings)
        by_value.check_given(at, self.findings)

    async def at_the_end(self, now: datetime, *, closed: bool = True) -> Findings:
        """Check all rules over the whole journal."""
        final = await self.rows(now)
        self.promises(final)
        examine_end(self.journal, self.house, final, self.findings)
        access.check_offered(self.journal, self.house, self.hours, self.findings)
        mending.check_pace_lowered(
            accounts_of(self.journal), self.journal, self.hours, self.findings
        )
        held_tables.check_overbooked_shown(self.journal, self.hours, self.findings)
        self.final = final
        used = floor.use_of_tables(final, self.house, self.hours)
        self.findings.notes["tables in use, percent of the opening hours"] = round(used * 100)
        if closed:
            floor.check_closed(self.hours, final, self.findings)
        return self.findings


def examine_end(journal: Journal, house: WrittenHouse, final: Snapshot, findings: Findings) -> None:
    """Check the rules about the whole journal and the final rows."""
    accounts = accounts_of(journal)
    book.check_reservations(accounts, final, journal, findings)
    idempotency.check_keys(accounts, findings)
    idempotency.check_holds(journal, final, findings)
    book.check_house_rules(accounts, final, findings)
    book.check_states(accounts, final, findings)
    book.check_no_shows(accounts, house, findings)
    book.check_late_parties(journal, findings)
    floor.check_rows(final, findings)
    floor.check_answers(journal, final, findings)
    answers.check_replays(journal, findings)
    answers.check_nothing_broke(journal, findings)
    answers.check_turnaways(journal, accounts, final, findings)
    answers.check_yes_then_no(journal, findings)
    anyway.check_anyway(journal, house, findings)
    held_tables.check_held(journal, final, findings)
    rescues.check_rescues(journal, final, findings)
    gestures.check_gestures(journal, final, findings)
    gestures.check_purses(final, findings)
    gestures.check_purses_shown(journal, findings)
    gestures.check_no_disclosure(journal, findings)
    by_value.check_explained(final, findings)
