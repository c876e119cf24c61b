"""The turn times the house wrote, beside the stays it has seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seating.db import transaction
from seating.house.turn_times import turn_times_seen
from tests.support.house import CLOCK, house_text, open_house
from tests.support.past_evenings import past_evenings

if TYPE_CHECKING:
    from policies.forecast.stay_evidence import TurnTimeEvidence
    from seating.db import Pool


async def seen(pool: Pool) -> tuple[TurnTimeEvidence, ...]:
    async with transaction(pool) as conn:
        return await turn_times_seen(conn, "bistro", CLOCK)


async def test_a_written_turn_time_stands_beside_the_stays_of_its_parties(pool: Pool) -> None:
    await open_house(pool, house_text(2, 2, 4))
    await past_evenings(pool, 20, [(2, 0, 70), (2, 5, 95), (1, 10, 100), (4, 60, 110)])
    twos, larger = await seen(pool)
    assert (twos.from_size, twos.to_size, twos.written_minutes) == (1, 2, 90)
    assert (twos.seatings, twos.enough, twos.longer) == (60, True, 40)
    assert twos.median is not None
    assert twos.p80 is not None
    assert (twos.median.minutes, twos.p80.minutes) == (95, 100)
    assert twos.median.low <= twos.median.minutes <= twos.median.high
    assert twos.sentence == (
        "Parties of 1–2: planned 90 minutes. Of 60 stays half were over after 95 minutes, four in"
        " five after 100 (100 to 100). 40 were longer than planned."
    )
    assert (larger.seatings, larger.enough, larger.median, larger.longer) == (20, False, None, None)
    assert larger.sentence == (
        "Parties of 3–50: too early to say. 20 stays have been seen; it takes 30."
    )


async def test_what_the_close_ended_and_slips_of_a_finger_are_no_stays(pool: Pool) -> None:
    await open_house(pool, house_text(2, 2, 4))
    await past_evenings(pool, 2, [(2, 0, 9), (2, 60, 360), (2, 0, 10)])
    assert [each.seatings for each in await seen(pool)] == [2, 0]


async def test_a_new_house_is_told_that_it_has_seen_nothing(pool: Pool) -> None:
    await open_house(pool, house_text(2))
    assert [each.seatings for each in await seen(pool)] == [0, 0]


async def test_a_turn_time_of_an_area_stands_beside_the_stays_there(pool: Pool) -> None:
    """The weekday counts too: every seventh of the evenings before is a Wednesday."""
    text = house_text(2, 2, 4, terrace=1).replace(
        "turn_times = [",
        "turn_times = [{ party_max = 4, minutes = 105, areas = ['terrace'] },"
        " { party_max = 4, minutes = 120, days = ['wed'] }, ",
    )
    await open_house(pool, text)
    await past_evenings(pool, 14, [(2, 0, 70), (4, 60, 110)])
    await pool.execute(
        "insert into seating_table (venue_id, table_id, seating_id, place, from_at, to_at)"
        " select venue_id, case party_size when 4 then '3' else '1' end, seating_id, 0,"
        " seated_at, cleared_at from seating"
    )
    outside, wednesdays, twos, larger = await seen(pool)
    assert (outside.areas, outside.seatings, outside.from_size) == (("terrace",), 14, 1)
    assert (wednesdays.days, wednesdays.seatings) == (("wed",), 2)
    assert (twos.seatings, larger.seatings) == (12, 0)
    assert outside.sentence.startswith("Parties of 1–4 (Terrace): too early to say. 14 stays")
    assert wednesdays.sentence.startswith("Parties of 1–4 (Wednesday): too early to say. 2 stays")
    await pool.execute(STAYED_LONGER)
    assert [each.seatings for each in await seen(pool)] == [13, 2, 12, 0]


STAYED_LONGER = """
with one as (
    select * from seating where party_size = 4 limit 1),
made as (
    insert into reservation (venue_id, reservation_id, period_id, code, state, party_size, starts,
        ends, kind, channel, name, created_at, updated_at, duration_minutes)
    select venue_id, gen_random_uuid(), period_id, 'CODE', 'finished', 4, seated_at,
           seated_at + interval '4 hours', 'physical', 'phone', 'Ada', seated_at, seated_at, 240
    from one returning reservation_id)
update seating s set reservation_id = made.reservation_id from one, made
where s.venue_id = one.venue_id and s.seating_id = one.seating_id
"""
"""Staff had set how long one of the parties of four stays: it says nothing of the turn times."""
