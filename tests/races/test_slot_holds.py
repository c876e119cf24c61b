"""A slot hold is confirmed by two at once, or just as it runs out."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from msgspec.structs import replace

from seating.booking.slot_holds import ClientSlotHold, HoldRequest, give_back_hold, hold_slot
from seating.db import run
from seating.jobs import sweeps
from tests.races.conftest import alternating, kinds, together
from tests.support.house import CLOCK, NOON, VENUE, at, book, move_clock, new_site, order, site

if TYPE_CHECKING:
    from collections import Counter
    from datetime import datetime
    from uuid import UUID

    from seating.book.reservations import Booker
    from seating.booking.making import BookingResult
    from seating.db import Pool
    from seating.turnaways.log import LoggedRefusal

STATES = """
select h.state, count(r.reservation_id) as reservations
from slot_hold h left join reservation r using (venue_id, slot_hold_id)
group by h.slot_hold_id, h.state
"""


async def hold(pool: Pool, partner: Booker, starts: datetime) -> ClientSlotHold:
    wish = HoldRequest(party_size=2, starts=starts, ttl_s=60)
    held = await run(pool, lambda conn: hold_slot(conn, VENUE, wish, partner, CLOCK))
    assert isinstance(held, ClientSlotHold)
    return held


async def confirm(
    pool: Pool, held: UUID, partner: Booker, number: int, starts: datetime
) -> BookingResult | LoggedRefusal:
    wish = replace(order(number, starts=starts), slot_hold_id=held)
    return await book(pool, wish, partner)


async def drop(pool: Pool, held: UUID, partner: Booker) -> None:
    await run(pool, lambda conn: give_back_hold(conn, VENUE, held, partner, CLOCK))


async def test_two_confirmations_make_one_reservation(
    pools: tuple[Pool, Pool], partner: Booker, yeses: Counter[str]
) -> None:
    held = await hold(pools[0], partner, at(0))
    outcomes = await together(
        alternating(pools, 20, lambda pool, n: confirm(pool, held.slot_hold_id, partner, n, at(0)))
    )
    assert kinds(outcomes) == {"BookingResult": 1, "HoldMismatch": 19}
    assert yeses["yes"] == 1
    rows = await pools[0].fetch(STATES)
    assert [tuple(row) for row in rows] == [("confirmed", 1)]


async def test_control_without_the_lock_several_confirm_it_and_a_constraint_stops_them(
    pools: tuple[Pool, Pool],
    partner: Booker,
    yeses: Counter[str],
    unlocked: None,  # noqa: ARG001
) -> None:
    await pools[0].execute("alter table intention drop constraint intention_overlap")
    held = await hold(pools[0], partner, at(0))
    outcomes = await together(
        alternating(pools, 20, lambda pool, n: confirm(pool, held.slot_hold_id, partner, n, at(0)))
    )
    assert yeses["yes"] > 1
    assert kinds(outcomes)["BookingResult"] == 1


async def test_control_without_lock_and_constraints_it_is_several_reservations(
    pools: tuple[Pool, Pool],
    partner: Booker,
    unlocked: None,  # noqa: ARG001
) -> None:
    await pools[0].execute("alter table intention drop constraint intention_overlap")
    await pools[0].execute("alter table reservation drop constraint reservation_of_hold")
    held = await hold(pools[0], partner, at(0))
    outcomes = await together(
        alternating(pools, 20, lambda pool, n: confirm(pool, held.slot_hold_id, partner, n, at(0)))
    )
    assert kinds(outcomes)["BookingResult"] > 1


async def test_confirming_races_the_expiry_and_somebody_waiting_for_it(
    pools: tuple[Pool, Pool], partner: Booker
) -> None:
    """Whoever wins, the table has one owner and the hold one end."""
    rival = site((await new_site(pools[0]))[0])
    for day in range(10):
        starts = at(24 * day)
        await move_clock(pools[0], NOON)
        held = await hold(pools[0], partner, starts)
        outcomes = await together(
            [
                confirm(pools[0], held.slot_hold_id, partner, 100 + day, starts),
                move_clock(pools[1], NOON + timedelta(seconds=60)),
                sweeps.expire_slot_holds(pools[1], CLOCK),
                book(pools[1], order(200 + day, starts=starts), rival),
                confirm(pools[1], held.slot_hold_id, partner, 300 + day, starts),
            ]
        )
        assert kinds(outcomes)["BookingResult"] <= 1, outcomes
    await move_clock(pools[0], NOON + timedelta(seconds=60))
    await sweeps.expire_slot_holds(pools[0], CLOCK)
    rows = await pools[0].fetch(STATES)
    assert {tuple(row) for row in rows} <= {("confirmed", 1), ("expired", 0)}
    twice = "select count(*) from intention group by table_id, starts having count(*) > 1"
    assert await pools[0].fetch(twice) == []


async def test_an_expired_hold_is_never_confirmed(
    pools: tuple[Pool, Pool], partner: Booker
) -> None:
    held = await hold(pools[0], partner, at(0))
    await move_clock(pools[0], held.expires_at)
    outcomes = await together(
        alternating(pools, 20, lambda pool, n: confirm(pool, held.slot_hold_id, partner, n, at(0)))
    )
    assert kinds(outcomes) == {"HoldExpired": 20}


async def test_giving_back_races_confirming(pools: tuple[Pool, Pool], partner: Booker) -> None:
    for day in range(10):
        held = await hold(pools[0], partner, at(24 * day))
        await together(
            [
                confirm(pools[0], held.slot_hold_id, partner, day, at(24 * day)),
                drop(pools[1], held.slot_hold_id, partner),
            ]
        )
    rows = await pools[0].fetch(STATES)
    assert {tuple(row) for row in rows} <= {("confirmed", 1), ("given_back", 0)}
