"""Job runs: the last success and failure of each job, over all processes (wall time)."""

from datetime import datetime

from seating.db import Pool

RECORD_SUCCESS = """
insert into job_run (job, ok_at) values ($1, $2)
on conflict (job) do update set ok_at = excluded.ok_at
"""

RECORD_FAILURE = """
insert into job_run (job, failed_at, failure) values ($1, $2, $3)
on conflict (job) do update set failed_at = excluded.failed_at, failure = excluded.failure
"""

SELECT_SUCCESSES = "select job, ok_at from job_run where ok_at is not null"


async def record_success(pool: Pool, job: str, now: datetime) -> None:
    """Record a job's success."""
    await pool.execute(RECORD_SUCCESS, job, now)


async def record_failure(pool: Pool, job: str, now: datetime, failure: str) -> None:
    """Record a job's failure; the last success stays."""
    await pool.execute(RECORD_FAILURE, job, now, failure[:500])


async def last_successes(pool: Pool) -> dict[str, datetime]:
    """Return the last success by job; without jobs that never succeeded."""
    return {row["job"]: row["ok_at"] for row in await pool.fetch(SELECT_SUCCESSES)}
