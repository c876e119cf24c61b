"""The bench of the letters: the same guests in both houses, a book that says what was played."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from policies.lab.trial.playing import TrialNight
from scripts.benchmark.letter import parse
from scripts.benchmark.letters.guests import asked_of, guests_of
from scripts.benchmark.letters.held_out import OTHER_SEED, pieces_of, run_held_out
from scripts.benchmark.letters.report import judged, net_of, verdict_of
from scripts.benchmark.letters.season import FIRST, SeasonPlanned, evenings_from, lived
from scripts.simulation.history.people import People
from scripts.simulation.written_house import read_house
from seating.clock import WallClock
from seating.db import open_pool
from seating.house.loading import load_house
from seating.migrate import migrate

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from seating.db import Pool

PLAN = SeasonPlanned(dates=2, busy=2.0, grid="quick", follows=True)
BISTRO = read_house(PLAN.house)
NIGHT = TrialNight(
    covers=100, asked=60, refused=5, beyond=0, walked=0, waited=2, walk_ins=20,
    walk_ins_seated=10, given=None, net=500_000,
)  # fmt: skip
BOOK = """
select p.period_id,
    (select coalesce(sum(s.party_size), 0) from seating s
     where s.period_id = p.period_id) as covers,
    (select count(*) from turnaway t where t.period_id = p.period_id) as refused,
    (select count(*) from reservation r where r.period_id = p.period_id) as accepted,
    (select count(*) from reservation r
     where r.period_id = p.period_id and r.state = 'walked') as walked,
    (select count(*) from seating s
     where s.period_id = p.period_id and s.reservation_id is null) as walk_ins,
    (select count(*) from wait_entry w
     where w.period_id = p.period_id and w.state = 'left') as left_waiting
from period p where p.venue_id = $1 and p.closed_at is not null order by p.service_date
"""


async def test_the_book_of_a_house_that_lived_says_what_was_played(
    pool: Pool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await load_house(pool, BISTRO.text, WallClock())
    season = await lived(PLAN, pool)
    rows = await pool.fetch(BOOK, BISTRO.venue)
    assert len(rows) == len(season.nights) == PLAN.dates
    for row, night in zip(rows, season.nights, strict=True):
        assert (row["covers"], row["refused"]) == (night.covers, night.refused)
        assert (row["accepted"], row["walked"]) == (night.asked - night.refused, night.walked)
        assert row["walk_ins"] == night.walk_ins_seated
        assert row["left_waiting"] == night.walk_ins - night.walk_ins_seated
        assert night.covers > 50
    assert any(row["left_waiting"] for row in rows)
    assert await pool.fetchval("select count(*) from letter where venue_id = $1", BISTRO.venue) == 1
    assert await pool.fetchval("select count(*) from lesson where venue_id = $1", BISTRO.venue) == 2
    monkeypatch.setattr("scripts.benchmark.letters.held_out.RESULTS", tmp_path)
    (piece,) = pieces_of(PLAN, season, season.rules.decisions, "quick", 2)
    first = run_held_out(piece)
    assert len(list(tmp_path.glob("*/*.json"))) == 1
    assert run_held_out(piece) == first
    tighter = season.rules.overbooking
    other = replace(season.rules, overbooking=replace(tighter, enabled=False))
    assert run_held_out(replace(piece, rules=other, numbers=(0,)))[0].asked == first[0].asked


async def test_a_season_is_lived_the_same_again(pool: Pool, empty_database: str) -> None:
    plan = replace(PLAN, dates=1)
    await migrate(empty_database)
    async with await open_pool(empty_database, min_size=1, max_size=2) as other:
        seasons = []
        for house in (pool, other):
            await load_house(house, BISTRO.text, WallClock())
            seasons.append(await lived(plan, house))
    assert seasons[0].nights == seasons[1].nights
    assert seasons[0].expected == seasons[1].expected


def test_both_houses_meet_the_same_guests_and_dates_held_out_bring_others() -> None:
    hours = evenings_from(BISTRO, FIRST, 1)[0]
    crowds = [guests_of(People(PLAN.seed), BISTRO, hours, seed, 1.0) for seed in (1, 1, OTHER_SEED)]
    ours, theirs, others = [asked_of(crowd, hours) for crowd in crowds]
    assert ours == theirs
    assert ours != others
    days = [each.days_before for each in ours.tables]
    assert days == sorted(days, reverse=True)
    assert all(each.shows is not None and each.stay for each in ours.tables)


def test_following_beats_only_where_the_interval_of_the_paired_nights_says_so() -> None:
    more = [replace(NIGHT, net=NIGHT.net + each) for each in (300, 500) * 10]
    wavering = [replace(NIGHT, net=NIGHT.net + each) for each in (-900, 1000) * 10]
    still = [NIGHT] * 20
    assert verdict_of(net_of(judged("", more, still))) == "beats"
    assert verdict_of(net_of(judged("", still, more))) == "loses"
    assert verdict_of(net_of(judged("", wavering, still))) == "cannot say"
    assert verdict_of(net_of(judged("", still, still))) == "cannot say"


def test_the_quick_form_lives_few_dates_on_the_quick_grid() -> None:
    quick, whole = parse(["--quick"]), parse([])
    assert (whole.plan.dates, whole.held_out, whole.plan.grid) == (90, 60, "minutes")
    assert quick.plan.dates < 20
    assert quick.plan.grid == "quick"
    assert parse(["--tune"]).plan.seed != whole.plan.seed
