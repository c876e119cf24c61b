"""A clock that ran ahead and was set back keeps nobody out and nothing waiting."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast
from uuid import uuid4

import pytest
from msgspec.structs import replace

from api.jobs import overdue
from policies.book.picture import LONGEST_HOLD, SlotHold
from seating.access import attempts
from seating.access.request_limits import RequestLimiter
from seating.backups.folder import backups_in, name_for, prune
from seating.backups.nightly import RETRY, is_due
from seating.backups.standing import StepStanding
from seating.errors import Locked
from seating.webhooks import deliveries
from seating.webhooks.deliveries import endpoints_due

if TYPE_CHECKING:
    from pathlib import Path

    from api.jobs import PeriodicTask
    from seating.db import Pool

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
AHEAD = NOW + timedelta(days=300)
LIMITS = {"staff": 2}
PENDING = """
with house as (
    insert into house (venue_id, version, checksum, house) values ('bistro', 1, '', '{}')
), venue as (
    insert into venue (venue_id, name, house_version) values ('bistro', 'Bistro', 1)
), client as (
    insert into client (client_id, name, secret_hash) values ('site', 'Site', '')
), endpoint as (
    insert into webhook_endpoint
        (venue_id, endpoint_id, client_id, url, types, secret, created_at, not_before)
    values ('bistro', $1, 'site', 'https://site.example/', '{}', '', $2, $2)
)
insert into webhook_delivery
    (venue_id, delivery_id, endpoint_id, type, subject, body, created_at, next_at)
values ('bistro', $1, $1, 'reservation.confirmed', 'one', '', $2, $2)
"""


async def test_guesses_counted_in_time_to_come_lock_nobody_out(pool: Pool) -> None:
    for at in (AHEAD, AHEAD):
        await attempts.count_failure(pool, LIMITS, at)
    with pytest.raises(Locked):
        await attempts.check(pool, LIMITS, AHEAD)
    await attempts.check(pool, LIMITS, NOW)
    await attempts.count_failure(pool, LIMITS, NOW)
    await attempts.check(pool, LIMITS, NOW)
    # Clocks of two processes may differ by a little: that is no reset.
    await attempts.count_failure(pool, LIMITS, NOW - timedelta(seconds=2))
    with pytest.raises(Locked):
        await attempts.check(pool, LIMITS, NOW - timedelta(seconds=2))


async def test_a_client_that_used_up_a_window_to_come_may_ask_now(pool: Pool) -> None:
    await pool.execute("insert into client (client_id, name, secret_hash) values ('site', '', '')")
    limiter = RequestLimiter(1)
    assert (await limiter.spend(pool, "site", AHEAD)).allowed
    assert not (await limiter.spend(pool, "site", AHEAD)).allowed
    for one in (limiter, RequestLimiter(1)):
        await pool.execute("update request_window set began = $1, taken = 1", AHEAD)
        allowed = await one.spend(pool, "site", NOW)
        assert (allowed.allowed, allowed.ends) == (True, NOW + timedelta(minutes=1))


async def test_a_message_put_off_to_a_time_to_come_is_due(pool: Pool) -> None:
    endpoint = uuid4()
    await pool.execute(PENDING, endpoint, NOW + timedelta(hours=1))
    assert await endpoints_due(pool, now=NOW) == ()
    await pool.execute("update webhook_delivery set next_at = $1", AHEAD)
    await pool.execute("update webhook_endpoint set not_before = $1", AHEAD)
    (due,) = await endpoints_due(pool, now=NOW)
    leased = await deliveries.lease_deliveries(pool, due, now=NOW, until=NOW, most=1)
    assert [one.delivery_id for one in leased] == [endpoint]


def test_a_backup_and_a_job_of_time_to_come_do_not_count() -> None:
    night = NOW - timedelta(hours=8)
    done = StepStanding(step="backup", ok_at=AHEAD)
    assert is_due(done, night, RETRY, NOW)
    assert is_due(replace(done, failed_at=AHEAD), night, RETRY, NOW)
    assert not is_due(replace(done, ok_at=NOW + timedelta(minutes=1)), night, RETRY, NOW)
    job = cast("PeriodicTask", SimpleNamespace(name="sweep", every=timedelta(seconds=10)))
    assert overdue([job], {"sweep": AHEAD}, NOW - timedelta(hours=1), NOW) == ["sweep"]


def test_the_backup_just_made_is_not_deleted_for_those_of_time_to_come(tmp_path: Path) -> None:
    for day in range(3):
        (tmp_path / name_for("nightly", AHEAD + timedelta(days=day), 1)).touch()
    (tmp_path / name_for("nightly", NOW, 1)).touch()
    prune(tmp_path, "nightly", 2, NOW)
    assert [one.made_at for one in backups_in(tmp_path)] == [AHEAD + timedelta(days=2), NOW]


def test_a_place_held_until_a_time_to_come_is_free() -> None:
    hold = SlotHold(
        slot_hold_id=uuid4(),
        period_id="dinner",
        state="held",
        party_size=2,
        starts=NOW,
        ends=NOW,
        expires_at=AHEAD,
    )
    assert hold.is_over(NOW)
    assert not hold.is_over(AHEAD - LONGEST_HOLD)
    assert hold.is_over(AHEAD)
