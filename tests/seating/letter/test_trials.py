"""What a morning letter proposes is tried in the lab, and announced as the lab saw it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from seating.db import run, transaction
from seating.house.rule_versions import PatchRules, patch_rules
from seating.lab import answers, worker
from seating.lab.runs import AskLab, PastEvenings, ask
from seating.lab.trials import EVENINGS
from seating.letter.letter import Letter, read_letter
from seating.letter.proposals import proposed, write_letter, write_letters
from tests.api.manage.test_advice import seen
from tests.api.manage.test_letter import YESTERDAY
from tests.support.house import CLOCK, VENUE, house_text, open_house

if TYPE_CHECKING:
    from policies.numeric.intervals import MeanInterval
    from seating.db import Connection, Pool

HERE = "this machine"
RUNS = "select count(*) from lab_run where venue_id = $1"


async def house(pool: Pool) -> None:
    """Eight evenings on which late parties came after the grace, and a letter of the last."""
    await open_house(pool, house_text(2, 2, 4))
    await seen(pool)
    assert await write_letters(pool, CLOCK) == 1


async def letter(pool: Pool) -> Letter:
    async with pool.acquire() as conn:
        return await read_letter(conn, VENUE, YESTERDAY, "en")


async def tried_by_a_manager(pool: Pool, patch: dict[str, object]) -> MeanInterval:
    """The net's difference of a draft with this patch, asked of the lab on the same evenings."""

    async def work(conn: Connection) -> UUID:
        draft = PatchRules(id=uuid4(), reason="a test", patch=patch)
        version = (await patch_rules(conn, VENUE, draft, "anna", CLOCK)).version
        asked = AskLab(id=uuid4(), drafts=(version,), scope=PastEvenings(evenings=EVENINGS))
        return await ask(conn, VENUE, asked, "anna", CLOCK)

    run_id = await run(pool, work)
    await worker.play_queued(pool, uuid4(), HERE)
    async with pool.acquire() as conn:
        found = (await answers.results(conn, VENUE, run_id, "en")).drafts[0]
    (net,) = [each.figure.difference for each in found.figures if each.figure.name == "net"]
    return net


async def test_what_is_announced_of_a_proposal_is_what_the_lab_says_of_a_draft_with_it(
    pool: Pool,
) -> None:
    await house(pool)
    await worker.play_queued(pool, uuid4(), HERE)
    found = await letter(pool)
    assert found.proposals is not None
    assert found.trial is not None
    assert (found.trial.state, found.trial.played, found.trial.evenings) == ("done", 8, 8)
    announced = found.trial.announced
    assert announced is not None
    assert len(announced.each) == len(found.proposals)
    compared = 0
    for proposal, each in zip(found.proposals, announced.each, strict=True):
        if proposal.document == "rules":
            assert proposal.patch is not None
            assert each.net == await tried_by_a_manager(pool, proposal.patch)
            compared += 1
    assert compared >= 2
    assert any(each.net.mean for each in announced.each)
    assert announced.following is not None


async def test_a_letter_without_a_trial_yet_announces_nothing(pool: Pool) -> None:
    await house(pool)
    waiting = await letter(pool)
    assert waiting.proposals
    assert waiting.trial is not None
    assert (waiting.trial.state, waiting.trial.announced) == ("waiting", None)
    await worker.play_queued(pool, uuid4(), HERE)
    await pool.execute("update lab_run set state = 'running' where venue_id = $1", VENUE)
    halfway = (await letter(pool)).trial
    assert halfway is not None
    assert (halfway.state, halfway.played, halfway.announced) == ("waiting", 8, None)
    await pool.execute("update letter set trial_run = null where venue_id = $1", VENUE)
    assert (await letter(pool)).trial is None


async def test_a_trial_that_failed_announces_nothing(pool: Pool) -> None:
    await house(pool)
    await pool.execute("update lab_run set nights = replace(nights::text, 'past-', 'no-')::jsonb")
    await worker.play_queued(pool, uuid4(), HERE)
    failed = (await letter(pool)).trial
    assert failed is not None
    assert (failed.state, failed.announced) == ("failed", None)


async def test_what_was_tried_this_week_is_not_tried_again(pool: Pool) -> None:
    await house(pool)
    async with pool.acquire() as conn:
        first = await proposed(conn, VENUE, YESTERDAY)
    assert first is not None
    async with transaction(pool) as conn:
        await conn.execute("delete from letter where venue_id = $1", VENUE)
        await write_letter(conn, VENUE, YESTERDAY, CLOCK)
        again = await proposed(conn, VENUE, YESTERDAY)
    assert again == first
    assert await pool.fetchval(RUNS, VENUE) == 1
    await pool.execute("update lab_run set asked_at = asked_at - interval '8 days'")
    async with transaction(pool) as conn:
        await conn.execute("delete from letter where venue_id = $1", VENUE)
        await write_letter(conn, VENUE, YESTERDAY, CLOCK)
    assert await pool.fetchval(RUNS, VENUE) == 2


async def test_a_letters_trial_is_not_among_the_managers_runs(pool: Pool) -> None:
    await house(pool)
    async with pool.acquire() as conn:
        assert (await answers.offer(conn, VENUE, CLOCK)).runs == ()
