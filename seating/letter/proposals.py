"""What the letter of a service date proposed: advice as it stood on that morning."""

from datetime import date, timedelta
from uuid import UUID

import msgspec
from msgspec import Struct

from policies.advice.advice import Advice
from policies.advice.proposals import proposals_of
from policies.lab.trial.change import TriedChange, subsets, together
from seating.advice.advice import advice_for
from seating.clock import Clock
from seating.db import Connection, Pool, transaction
from seating.lab.trials import try_changes

MORNING_AFTER = timedelta(hours=36)
"""So long after it closed a service date gets a letter with proposals."""

# The last date of each venue that is over: its periods of these days are all closed.
LETTERS_DUE = """
select distinct on (p.venue_id) p.venue_id, p.service_date
from period p
where p.closed_at > $1 and not exists (
    select from period o where o.venue_id = p.venue_id and o.service_date = p.service_date
      and o.served and o.closed_at is null)
  and not exists (
    select from letter l where l.venue_id = p.venue_id and l.service_date = p.service_date)
order by p.venue_id, p.service_date desc
"""

KEEP_LETTER = """
insert into letter (venue_id, service_date, made_at, proposals, trial_run)
values ($1, $2, $3, $4::jsonb, $5)
on conflict do nothing
"""

PROPOSED = """
select proposals::text as proposals, trial_run from letter
where venue_id = $1 and service_date = $2
"""


class Proposed(Struct, frozen=True, kw_only=True):
    """What a letter proposed, and the run of the lab in which that is tried, if in any."""

    proposals: tuple[Advice, ...]
    trial_run: UUID | None = None


async def write_letters(pool: Pool, clock: Clock) -> int:
    """Keep what is proposed after each venue's last closed service date; returns how many.

    Of any number of processes one keeps it.
    """
    async with pool.acquire() as conn:
        now = await clock.now(conn)
        due = await conn.fetch(LETTERS_DUE, now - MORNING_AFTER)
    for row in due:
        async with transaction(pool) as conn:
            await write_letter(conn, row["venue_id"], row["service_date"], clock)
    return len(due)


async def write_letter(conn: Connection, venue_id: str, day: date, clock: Clock) -> None:
    """Keep what is proposed after a service date, and let the lab try it; once."""
    advice = await advice_for(conn, venue_id, clock)
    found, now = proposals_of(advice.advice), advice.made_at
    changes = changes_tried(found)
    trial = await try_changes(conn, venue_id, changes, now) if changes else None
    kept = msgspec.json.encode(found).decode()
    await conn.execute(KEEP_LETTER, venue_id, day, now, kept, trial)


def changes_tried(proposals: tuple[Advice, ...]) -> tuple[TriedChange, ...]:
    """Return each choice of these proposals as a change, in the order of `subsets`."""
    each = [_change(proposal) for proposal in proposals]
    return tuple(together(tuple(each[place] for place in places)) for places in subsets(len(each)))


def _change(proposal: Advice) -> TriedChange:
    patches = (proposal.patch or {},)
    return (
        TriedChange(rules=patches) if proposal.document == "rules" else TriedChange(house=patches)
    )


async def proposed(conn: Connection, venue_id: str, day: date) -> Proposed | None:
    """Return what the letter of a service date proposed; None where there was none yet."""
    row = await conn.fetchrow(PROPOSED, venue_id, day)
    if row is None:
        return None
    found = msgspec.json.decode(row["proposals"], type=tuple[Advice, ...])
    return Proposed(proposals=found, trial_run=row["trial_run"])
