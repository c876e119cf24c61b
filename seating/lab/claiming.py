"""Which worker plays a run: one at a time a machine, one a run, by a lease that it renews."""

from datetime import datetime
from uuid import UUID

import msgspec
from msgspec import Struct

from policies.house.rules import Rules
from policies.lab.trial.playing import Grid, PlayedNight
from seating.db import Connection
from seating.lab.runs import NightPlan
from seating.lab.trials import TrialAsked

LEASE_SECONDS = 60.0
"""A run goes on with another worker when its own has said nothing for so long."""

ONE_CLAIM_AT_A_TIME = "select pg_advisory_xact_lock(hashtext('lab_run'))"

WAITING = """
select exists (
    select from lab_run where state = 'queued'
    or state = 'running' and leased_until < clock_timestamp())
"""

# A venue's claim is that of its run, whichever venue it is of. A person waits for a manager's run.
CLAIM_RUN = """
with next as (
    select venue_id, run_id from lab_run
    where (state = 'queued' or state = 'running' and leased_until < clock_timestamp())
      and not exists (
          select from lab_run busy
          where busy.state = 'running' and busy.machine = $2 and busy.worker <> $1
            and busy.leased_until >= clock_timestamp())
    order by trial is not null, asked_at, run_id limit 1 for update skip locked)
update lab_run r set state = 'running', worker = $1, machine = $2,
    leased_until = clock_timestamp() + make_interval(secs => $3)
from next where r.venue_id = next.venue_id and r.run_id = next.run_id
returning r.venue_id, r.run_id, r.in_force, r.drafts, r.grid, r.nights::text as nights,
    r.trial::text as trial
"""

RENEW_LEASE = """
update lab_run set leased_until = clock_timestamp() + make_interval(secs => $4)
where venue_id = $1 and run_id = $2 and worker = $3 and state = 'running'
returning run_id
"""

NIGHTS_PLAYED = "select night from lab_night where venue_id = $1 and run_id = $2"

RULES_OF_RUN = """
select version, body::text as body from rules where venue_id = $1 and version = any($2::int[])
"""

# What a run that was cancelled meanwhile has played is not kept any more.
KEEP_NIGHT = """
with ours as (
    update lab_run set played = played + 1, busy_seconds = busy_seconds + $9
    where venue_id = $1 and run_id = $2 and worker = $3 and state = 'running'
    returning venue_id, run_id)
insert into lab_night (venue_id, run_id, night, opens, house_version, figures, parties)
select venue_id, run_id, $4, $5, $6, $7::jsonb, $8::jsonb from ours
returning night
"""

END_RUN = """
update lab_run set state = $4, ended_at = $5
where venue_id = $1 and run_id = $2 and worker = $3 and state = 'running'
"""


class ClaimedRun(Struct, frozen=True, kw_only=True):
    """A run that this worker plays; `rules`: in force first, then each draft; `left` to play.

    `trial`: changes to play beside them, of a letter's run.
    """

    venue_id: str
    run_id: UUID
    worker: UUID
    grid: Grid
    nights: tuple[NightPlan, ...]
    rules: tuple[Rules, ...]
    left: tuple[int, ...]
    trial: TrialAsked | None = None


async def is_waiting(conn: Connection) -> bool:
    """Tell whether a run of any venue waits for a worker."""
    return bool(await conn.fetchval(WAITING))


async def claim(conn: Connection, worker: UUID, machine: str) -> ClaimedRun | None:
    """Claim the run asked first, of any venue; None where none waits or this machine plays one.

    To be called in a transaction.
    """
    await conn.execute(ONE_CLAIM_AT_A_TIME)
    row = await conn.fetchrow(CLAIM_RUN, worker, machine, LEASE_SECONDS)
    if row is None:
        return None
    venue_id, run_id = row["venue_id"], row["run_id"]
    bodies = await conn.fetch(RULES_OF_RUN, venue_id, [row["in_force"] or 0, *row["drafts"]])
    known = {each["version"]: msgspec.json.decode(each["body"], type=Rules) for each in bodies}
    played = {each["night"] for each in await conn.fetch(NIGHTS_PLAYED, venue_id, run_id)}
    nights = msgspec.json.decode(row["nights"], type=tuple[NightPlan, ...])
    return ClaimedRun(
        venue_id=venue_id,
        run_id=run_id,
        worker=worker,
        grid=row["grid"],
        nights=nights,
        rules=tuple(known.get(each, Rules()) for each in (row["in_force"], *row["drafts"])),
        left=tuple(number for number in range(len(nights)) if number not in played),
        trial=msgspec.json.decode(row["trial"], type=TrialAsked) if row["trial"] else None,
    )


async def renew(conn: Connection, run: ClaimedRun) -> bool:
    """Renew the lease; tell whether the run is still this worker's to play."""
    renewed = await conn.fetchval(RENEW_LEASE, run.venue_id, run.run_id, run.worker, LEASE_SECONDS)
    return renewed is not None


async def keep_night(
    conn: Connection,
    run: ClaimedRun,
    number: int,
    played: tuple[PlayedNight, ...],
    of: tuple[datetime, int],
    seconds: float,
) -> bool:
    """Keep what came of a night; tell whether the run is still to be played.

    `of`: when the period opened, and the version of its house. `seconds`: that it took.
    """
    figures = msgspec.json.encode([each.night for each in played]).decode()
    opened = () if run.trial else [each.parties for each in played]  # nobody opens a letter's
    parties = msgspec.json.encode(opened).decode()
    kept = await conn.fetchval(
        KEEP_NIGHT, run.venue_id, run.run_id, run.worker, number, *of, figures, parties, seconds
    )
    return kept is not None


async def end(conn: Connection, run: ClaimedRun, state: str, now: datetime) -> None:
    """End a run that is still this worker's: `done` or `failed`."""
    await conn.execute(END_RUN, run.venue_id, run.run_id, run.worker, state, now)
