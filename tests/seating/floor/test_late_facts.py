"""What a tablet recorded without the network: facts with their own time, in order, once."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from policies.floor import orders
from seating.errors import Invalid, Stale, TableOccupied
from tests.support.house import SEVEN, house_text, move_clock, open_house
from tests.support.stand import (
    BORIS,
    about,
    of,
    pass_minutes,
    picture,
    promise,
    reserve,
    tell,
    walk_in,
)

if TYPE_CHECKING:
    from seating.db import Pool

ROOM = house_text(2, 2, 4)
FIVE = timedelta(minutes=5)


@pytest.fixture(autouse=True)
async def evening(pool: Pool) -> None:
    await open_house(pool, ROOM)
    await move_clock(pool, SEVEN)


async def test_a_party_sits_since_it_was_seated_and_not_since_the_network_came_back(
    pool: Pool,
) -> None:
    now = await pass_minutes(pool, 5)
    told = await tell(
        pool, orders.Seat(id=uuid4(), tables=("1",), party_size=2, happened_at=now - FIVE)
    )
    (seating,) = told.seatings
    assert seating.seated_at == now - FIVE
    on_time = await walk_in(pool, "2")
    assert on_time.expected_end - seating.expected_end == FIVE


async def test_acts_in_order_know_nothing_of_each_others_versions(pool: Pool) -> None:
    """A tablet that is cut off cannot know them: it sends what it saw before."""
    coming = await reserve(pool)
    now = await pass_minutes(pool, 5)
    seen = about(coming) | {"happened_at": now - FIVE}
    await tell(pool, orders.Arrive(**seen | {"id": uuid4()}, arrived=2))
    told = await tell(pool, orders.Seat(**seen | {"id": uuid4()}, tables=coming.tables))
    (seating,) = told.seatings
    cleared = orders.Clear(
        id=uuid4(), seating_id=seating.seating_id, version=1, happened_at=now - FIVE / 2
    )
    (gone,) = (await tell(pool, cleared)).seatings
    assert gone.cleared_at == now - FIVE / 2


async def test_a_plan_that_changed_meanwhile_does_not_stand_against_what_happened(
    pool: Pool,
) -> None:
    coming = await reserve(pool)
    other = next(name for name in ("1", "2") if name not in coming.tables)
    await tell(pool, orders.Assign(**about(coming), tables=(other,)), BORIS)
    now = await pass_minutes(pool, 5)
    seat = orders.Seat(**about(coming), tables=coming.tables, happened_at=now - FIVE)
    (seating,) = (await tell(pool, seat)).seatings
    assert seating.tables == coming.tables


async def test_what_it_overrides_is_told_and_never_asked(pool: Pool) -> None:
    """The table of a party that is due: on time one would be asked, now they sit there."""
    coming = await reserve(pool, starts=SEVEN + timedelta(minutes=10))
    await walk_in(pool, *({"1", "2"} - set(coming.tables)))
    await walk_in(pool, "3")
    now = await pass_minutes(pool, 5)
    seat = orders.Seat(
        id=uuid4(), tables=coming.tables, party_size=2, name="Lind", happened_at=now - FIVE
    )
    told = await tell(pool, seat)
    assert [each.code for each in told.warnings if each.asks] == ["DUE_PARTY_LOSES_TABLE"]
    assert told.exposed == (coming.reservation_id,)
    assert (await promise(pool, coming.reservation_id)).exposed


async def test_a_wish_that_comes_late_is_asked_for_as_any_other(pool: Pool) -> None:
    coming = await reserve(pool)
    now = await pass_minutes(pool, 5)
    await tell(pool, orders.Reconfirm(**about(coming)), BORIS)
    with pytest.raises(Stale):
        await tell(pool, orders.Assign(**about(coming), tables=("3",), happened_at=now - FIVE))


async def test_a_fact_stands_against_a_fact_and_is_named(pool: Pool) -> None:
    there = await walk_in(pool, "1")
    now = await pass_minutes(pool, 5)
    late = orders.Seat(id=uuid4(), tables=("1",), party_size=2, happened_at=now - FIVE)
    with pytest.raises(TableOccupied) as refused:
        await tell(pool, late)
    assert getattr(refused.value.now, "seating_id", None) == there.seating_id
    assert len((await picture(pool)).seatings) == 1


async def test_an_act_whose_answer_was_lost_is_the_same_with_its_time(pool: Pool) -> None:
    wish = orders.Seat(id=uuid4(), tables=("1",), party_size=2)
    first = await tell(pool, wish)
    now = await pass_minutes(pool, 5)
    late = orders.Seat(id=wish.id, tables=("1",), party_size=2, happened_at=now - FIVE, by="anna")
    assert await tell(pool, late) == first


async def test_a_tablet_whose_clock_is_ahead_has_done_nothing_in_the_future(pool: Pool) -> None:
    ahead = orders.Seat(id=uuid4(), tables=("1",), party_size=2, happened_at=SEVEN + FIVE)
    assert (await tell(pool, ahead)).seatings[0].seated_at == SEVEN


async def test_what_was_done_half_a_day_ago_is_not_entered_any_more(pool: Pool) -> None:
    yesterday = SEVEN - timedelta(hours=12, minutes=1)
    with pytest.raises(Invalid, match="too long ago"):
        await tell(
            pool, orders.Seat(id=uuid4(), tables=("1",), party_size=2, happened_at=yesterday)
        )


async def test_a_clear_of_a_party_that_is_gone_says_how_it_is(pool: Pool) -> None:
    seating = await walk_in(pool, "1")
    await tell(pool, orders.Clear(**of(seating)), BORIS)
    now = await pass_minutes(pool, 5)
    with pytest.raises(Stale) as refused:
        await tell(pool, orders.Clear(**of(seating), happened_at=now - FIVE))
    assert getattr(refused.value.now, "state", "") == "cleared"
