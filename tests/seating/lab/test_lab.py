"""A run of the lab on evenings that were: claimed once, played night by night, taken up again."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest

from policies.lab.trial.playing import PlayedNight, TrialNight, play_trial
from seating.db import run, transaction
from seating.errors import Invalid, NotFound, NotPossibleNow
from seating.house.rule_versions import DraftRules, draft
from seating.lab import answers, claiming, worker
from seating.lab.past_nights import asked_of
from seating.lab.runs import AskLab, DrawnEvenings, PastEvenings, Scope, ask, stop
from tests.support.house import CLOCK, NOON, SEVEN, VENUE, house_text, open_house
from tests.support.past_evenings import past_evenings
from tests.support.rules import FIRST_COME as BY_ORDER
from tests.support.rules import beyond, rule

if TYPE_CHECKING:
    from policies.lab.trial.figures import Figure
    from seating.db import Connection, Pool
    from seating.lab.answers import LabResults

# A reservation for seven, asked so many days before, of each past evening.
RESERVED = """
insert into reservation (venue_id, reservation_id, period_id, code, state, party_size, starts, ends,
    kind, channel, name, created_at, updated_at, arrived, arrived_at)
select $1, gen_random_uuid(), p.period_id, substr(md5($2::int || p.period_id), 1, 8), $3::text, 2,
       p.opens + interval '1 hour', p.opens + interval '2 hours 30 minutes', 'physical', 'partner',
       'Guest', p.opens - make_interval(days => $2::int), p.opens - interval '1 day',
       case when $3 = 'finished' then 2 else 0 end,
       case when $3 = 'finished' then p.opens + interval '62 minutes' end
from period p where p.venue_id = $1 and p.period_id like 'past-%'
"""
REFUSED = """
insert into turnaway (venue_id, turnaway_id, service_date, period_id, at, channel, code, detail,
    kind, party_size, asked_for)
select $1, gen_random_uuid(), p.service_date, p.period_id, p.opens - make_interval(days => $2::int),
       'partner', $3, '', 'denial', 2, p.opens + interval '1 hour'
from period p where p.venue_id = $1 and p.period_id like 'past-%'
"""
FIRST_COME = {"decisions": BY_ORDER}
HERE = "this machine"
NIGHT = TrialNight(
    covers=4, asked=5, refused=3, beyond=0, walked=0, waited=0, walk_ins=1, walk_ins_seated=1,
    given=None, net=20_000,
)  # fmt: skip
PLAYED = (PlayedNight(NIGHT, ()), PlayedNight(NIGHT, ()))


@pytest.fixture
async def house(pool: Pool) -> Pool:
    """Two tables of two; on four evenings both were promised for seven, and a third refused."""
    await open_house(pool, house_text(2, 2))
    await rule(pool, **FIRST_COME)
    await past_evenings(pool, 4, [(2, 200, 45)])
    for days, state in ((9, "finished"), (8, "finished"), (7, "cancelled"), (3, "no_show")):
        await pool.execute(RESERVED, VENUE, days, state)
    for code in ("NO_TABLE_FITS", "CLOSED"):
        await pool.execute(REFUSED, VENUE, 2, code)
    return pool


async def drafted(pool: Pool, **rules: Any) -> int:  # noqa: ANN401 - rules are JSON
    async def work(conn: Connection) -> int:
        command = DraftRules(id=uuid4(), reason="a test", rules=rules)
        return (await draft(conn, VENUE, command, "anna", CLOCK)).version

    return await run(pool, work)


async def queued(pool: Pool, *versions: int, scope: Scope | None = None) -> UUID:
    command = AskLab(id=uuid4(), drafts=versions, scope=scope or PastEvenings(evenings=4))
    return await run(pool, lambda conn: ask(conn, VENUE, command, "anna", CLOCK))


async def shown(pool: Pool, run_id: UUID) -> LabResults:
    async with pool.acquire() as conn:
        return await answers.results(conn, VENUE, run_id, "en")


def figure(found: LabResults, name: str) -> Figure:
    return next(each.figure for each in found.drafts[0].figures if each.figure.name == name)


async def test_a_past_evening_is_read_as_it_was_asked(house: Pool) -> None:
    async with house.acquire() as conn:
        asked = await asked_of(conn, VENUE, "past-1")
    assert [round(each.days_before) for each in asked.tables] == [9, 8, 7, 3, 2]
    came, _, cancelled, missing, refused = asked.tables
    assert (came.minute, came.late, came.shows, came.stay) == (60.0, 2.0, True, None)
    assert cancelled.cancelled_days == 1.0
    assert (missing.shows, missing.cancelled_days) == (False, None)
    assert refused.shows is None
    (walked_in,) = asked.came_in
    assert (walked_in.minute, walked_in.stay, walked_in.sat) == (200.0, 45.0, True)


async def test_a_draft_is_played_beside_the_rules_in_force_on_the_same_evenings(
    house: Pool,
) -> None:
    version = await drafted(house, **FIRST_COME, overbooking=beyond(3))
    run_id = await queued(house, version)
    assert await worker.play_queued(house, uuid4(), HERE) == 1
    found = await shown(house, run_id)
    assert (found.run.state, found.run.played, found.run.nights) == ("done", 4, 4)
    refused = figure(found, "refused")
    assert (refused.in_force, refused.draft) == (3.0, 0.0)
    assert found.drafts[0].sentence.startswith("On your last **4 evenings** this draft")
    assert [each.service_date.isoformat() for each in found.drafts[0].evenings] == [
        "2027-02-27",
        "2027-02-28",
        "2027-03-01",
        "2027-03-02",
    ]
    assert "/overbooking/enabled" in {each.pointer for each in found.drafts[0].played}
    async with house.acquire() as conn:
        opened = await answers.night(conn, VENUE, run_id, 2)
        with pytest.raises(NotFound):
            await answers.night(conn, VENUE, run_id, 4)
    assert [each.version for each in opened.with_rules] == [1, version]
    sat = [each for each in opened.with_rules[0].parties if each.tables]
    assert {each.promised for each in sat} == {True, False}
    assert {name for each in sat for name in each.tables} <= {"1", "2"}


async def test_an_interrupted_run_goes_on_with_the_nights_that_are_left(house: Pool) -> None:
    run_id = await queued(house, await drafted(house, **FIRST_COME))
    first = uuid4()
    async with transaction(house) as conn:
        claimed = await claiming.claim(conn, first, HERE)
    assert claimed is not None
    assert claimed.left == (0, 1, 2, 3)
    async with transaction(house) as conn:  # a second worker, here or elsewhere, finds nothing
        assert await claiming.claim(conn, uuid4(), HERE) is None
        assert await claiming.claim(conn, uuid4(), "another machine") is None
    async with house.acquire() as conn:
        assert await claiming.keep_night(conn, claimed, 1, PLAYED, (SEVEN, 1), 0.5)
    await house.execute("update lab_run set leased_until = now() - interval '1 second'")
    async with transaction(house) as conn:
        again = await claiming.claim(conn, uuid4(), HERE)
    assert again is not None
    assert again.left == (0, 2, 3)
    async with house.acquire() as conn:  # the first, should it live, writes nothing any more
        assert not await claiming.renew(conn, claimed)
        assert not await claiming.keep_night(conn, claimed, 0, PLAYED, (SEVEN, 1), 0.5)
    assert (await shown(house, run_id)).run.played == 1


async def test_one_run_at_a_time_on_a_machine(house: Pool) -> None:
    version = await drafted(house, **FIRST_COME)
    for _ in range(2):
        await queued(house, version)
    async with transaction(house) as conn:
        assert await claiming.claim(conn, uuid4(), HERE) is not None
    async with transaction(house) as conn:
        assert await claiming.claim(conn, uuid4(), HERE) is None
        assert await claiming.claim(conn, uuid4(), "another machine") is not None


async def test_a_run_is_stopped_within_a_night_and_what_it_played_is_kept(
    house: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_id = await queued(house, await drafted(house, **FIRST_COME))
    nights: list[int] = []

    def stopping(*asked: Any) -> Any:  # noqa: ANN401 - as what it stands for
        nights.append(1)
        return play_trial(*asked)

    monkeypatch.setattr(worker, "play_trial", stopping)
    kept = claiming.keep_night

    async def kept_and_stopped(conn: Connection, *rest: Any) -> bool:  # noqa: ANN401
        goes_on = await kept(conn, *rest)
        if rest[1] == 1:
            await stop(conn, VENUE, run_id, NOON)
        return goes_on

    monkeypatch.setattr(worker, "keep_night", kept_and_stopped)
    await worker.play_queued(house, uuid4(), HERE)
    found = await shown(house, run_id)
    assert (found.run.state, found.run.played, len(nights)) == ("cancelled", 2, 4)
    assert len(found.drafts[0].evenings) == 2
    async with house.acquire() as conn:
        with pytest.raises(NotPossibleNow):
            await stop(conn, VENUE, run_id, NOON)
        with pytest.raises(NotFound):
            await stop(conn, VENUE, uuid4(), NOON)


async def test_evenings_are_drawn_from_what_the_house_expects(house: Pool) -> None:
    version = await drafted(house, **FIRST_COME)
    scope = DrawnEvenings(evenings=3, days=frozenset({"fri", "sat"}), seed=5)
    run_id = await queued(house, version, scope=scope)
    await worker.play_queued(house, uuid4(), HERE)
    found = await shown(house, run_id)
    days = {each.service_date.isoformat() for each in found.drafts[0].evenings}
    assert days == {"2027-03-05", "2027-03-06", "2027-03-12"}
    assert figure(found, "guests").in_force
    assert found.unseen[0].startswith("Guests are drawn")


async def test_a_mistake_of_ours_ends_the_run_and_not_the_worker(
    house: Pool,
) -> None:
    run_id = await queued(house, await drafted(house, **FIRST_COME))
    await house.execute("update lab_run set nights = replace(nights::text, 'past-', 'no-')::jsonb")
    assert await worker.play_queued(house, uuid4(), HERE) == 1
    assert (await shown(house, run_id)).run.state == "failed"


async def test_what_cannot_be_played_is_refused_with_the_place(house: Pool) -> None:
    version = await drafted(house, **FIRST_COME)
    with pytest.raises(NotFound) as unknown:
        await queued(house, version, 99)
    assert unknown.value.pointer == "/drafts/1"
    with pytest.raises(Invalid) as twice:
        await queued(house, version, version)
    assert twice.value.pointer == "/drafts/1"
    before = (NOON - timedelta(days=300)).date()
    with pytest.raises(Invalid, match="No evening of these days"):
        await queued(house, version, scope=PastEvenings(until_date=before))
    with pytest.raises(Invalid, match="no “brunch”"):
        await queued(house, version, scope=DrawnEvenings(period="brunch"))
