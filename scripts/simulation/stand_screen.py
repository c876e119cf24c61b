"""A host stand in a browser that follows the evening: its floor has to be the database's.

`scripts/evening --stand`. One Chromium, paired and logged in as a host, shows the floor from the
opening on; every half hour of business time and at the end it is compared with the rows, table by
table: who sits where, and what is out of use. News may take a moment on their way.
"""

from __future__ import annotations

import asyncio
import time
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from playwright.async_api import async_playwright

from scripts.chromium import FLAGS, chromium
from seating.connecting import connect

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from datetime import datetime

    from playwright.async_api import Page

    from scripts.simulation.examination.findings import Findings
    from scripts.simulation.logins import Logins
    from scripts.simulation.written_house import Hours

EVERY: Final = timedelta(minutes=30)
SETTLED_SECONDS: Final = 3.0
"""So long may the last change take to the screen, on a machine that plays a whole evening."""
POLL_SECONDS: Final = 0.05
RULE: Final = "the floor on a stand's screen is the database's, table by table"

TABLES: Final = """
select t.table_id, coalesce(
    (select 'seated ' || st.seating_id::text from seating_table st
       join seating s using (venue_id, seating_id)
      where st.venue_id = $1 and st.table_id = t.table_id and st.to_at is null
        and s.cleared_at is null),
    (select 'shut' from block b
      where b.venue_id = $1 and b.table_id = t.table_id and b.lifted_at is null
        and b.starts <= $2 and b.ends > $2 limit 1),
    'empty') as is
from dining_table t where t.venue_id = $1 and t.retired_at is null
"""

SHOWN: Final = """
() => Object.fromEntries(
  [...document.querySelectorAll('[data-table]')].map((each) => [
    each.dataset.table,
    each.dataset.seating ? `seated ${each.dataset.seating}`
      : each.classList.contains('shut') ? 'shut' : 'empty',
  ]))
"""


class StandScreen:
    """The stand of one evening. `compared`: how often; the differences are violations."""

    def __init__(self, page: Page, dsn: str, venue: str, hours: Hours) -> None:
        self.page = page
        self.dsn = dsn
        self.venue = venue
        self.hours = hours
        self.compared = 0
        self.slowest_seconds = 0.0
        self._next = hours.opens

    async def after_step(self, now: datetime, findings: Findings | None) -> None:
        """Compare, if it is half an hour since the last time, from the opening on."""
        if now >= self._next:
            self._next = now + EVERY
            await self.compare(now, findings)

    async def compare(self, now: datetime, findings: Findings | None) -> None:
        """Compare the floor on screen with the rows as they are now, once it has settled."""
        connection = await connect(self.dsn, {})
        try:
            rows = await connection.fetch(TABLES, self.venue, now)
        finally:
            await connection.close()
        wanted = {row["table_id"]: row["is"] for row in rows}
        started = time.monotonic()
        while True:
            shown: dict[str, str] = await self.page.evaluate(SHOWN)
            waited = time.monotonic() - started
            if shown == wanted or waited > SETTLED_SECONDS:
                break
            await asyncio.sleep(POLL_SECONDS)
        self.compared += 1
        self.slowest_seconds = max(self.slowest_seconds, waited)
        wrong = {
            table: (shown.get(table), wanted.get(table))
            for table in shown.keys() | wanted.keys()
            if shown.get(table) != wanted.get(table)
        }
        if findings is not None:
            findings.look(
                RULE, holds=not wrong, evidence=f"{now:%H:%M} on screen, in rows: {wrong}"
            )

    def told(self) -> str:
        """What to print of it."""
        return (
            f"the stand's floor was compared {self.compared} times with the database;"
            f" the slowest took {self.slowest_seconds:.2f} s to be the same"
        )


@asynccontextmanager
async def stand_screen(
    url: str, logins: Logins, code: str, dsn: str, hours: Hours
) -> AsyncIterator[StandScreen]:
    """A stand that is paired by the code and shows the floor to one of the hosts."""
    staff_id = logins.with_role("host")[0]
    async with async_playwright() as driver:
        browser = await driver.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        context = await browser.new_context(
            base_url=url, viewport={"width": 1180, "height": 820}, locale="en-GB"
        )
        page = await context.new_page()
        pairing = {"venue": logins.venue, "code": code, "device_name": "stand on screen"}
        await page.request.post("/host/pair", data=pairing)
        await page.request.post(
            "/host/login", data={"staff_id": staff_id, "pin": logins.pins[staff_id]}
        )
        await page.goto("/stand/")
        await page.locator("header").first.wait_for()
        try:
            yield StandScreen(page, dsn, logins.venue, hours)
        finally:
            await browser.close()
