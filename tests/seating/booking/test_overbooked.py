"""Promises beyond the room: measured, capped, stored with their risk, and invisible outside."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import msgspec
import pytest
from asyncpg import CheckViolationError
from msgspec.structs import replace

from policies.book.picture import Risk
from policies.floor import orders
from seating.booking.changing import Change, cancel, change
from seating.booking.making import BookingResult
from seating.booking.slot_holds import ClientSlotHold, HoldRequest, hold_slot
from seating.db import run, transaction
from seating.forecast.overbooked_report import overbooking_report
from seating.turnaways.log import LoggedRefusal
from tests.support.house import (
    CLOCK,
    HOST,
    SEVEN,
    VENUE,
    at,
    book,
    booked,
    house_text,
    move_clock,
    open_house,
    order,
    site,
)
from tests.support.rules import FIRST_COME, PEAK, beyond, rule
from tests.support.stand import about, picture, promise, stand, tell

if TYPE_CHECKING:
    from seating.db import Pool

SITE = site("s")


@pytest.fixture(autouse=True)
async def full(pool: Pool) -> None:
    """Two tables of two, promised at seven; two more parties may be promised."""
    await open_house(pool, house_text(2, 2))
    await rule(pool, overbooking=beyond(2), decisions=FIRST_COME)
    await pool.execute("insert into client (client_id, name, secret_hash) values ('s', 'S', '')")
    for number in (1, 2):
        await booked(pool, order(number), SITE)


async def test_a_promise_beyond_the_room_is_kept_with_the_risk_told_then(pool: Pool) -> None:
    made = await booked(pool, order(3), SITE)
    assert (made.reservation.kind, made.tables) == ("overbooked", ())
    text = await pool.fetchval(
        "select risk::text from reservation where reservation_id = $1",
        made.reservation.reservation_id,
    )
    risk = msgspec.json.decode(text, type=Risk)
    assert risk.overload == pytest.approx(0.9**3)
    assert risk.told is not None
    assert risk.probability == risk.told.own_wait > risk.overload
    assert risk.told.any_wait >= risk.told.own_wait
    assert (risk.party_class, risk.places) == (2, 2)
    assert risk.expected == pytest.approx(2.7)
    assert [each.risk for each in (await stand(pool)).overbooked] == [risk]


async def test_the_cap_is_counted_with_holds_and_kept_by_the_database(pool: Pool) -> None:
    held = await run(
        pool,
        lambda conn: hold_slot(conn, VENUE, HoldRequest(party_size=2, starts=SEVEN), SITE, CLOCK),
    )
    assert isinstance(held, ClientSlotHold)
    await booked(pool, order(3), SITE)
    refused = await book(pool, order(4), SITE)
    assert isinstance(refused, LoggedRefusal)
    assert refused.no.code == "OVERBOOKING_CAP"
    wish = replace(order(5), slot_hold_id=held.slot_hold_id)
    confirmed = await booked(pool, wish, SITE)
    assert confirmed.reservation.kind == "overbooked"
    with pytest.raises(CheckViolationError):
        await pool.execute("update period set overbooked_parties = 3")


async def test_the_promise_becomes_physical_when_somebody_cancels(pool: Pool) -> None:
    beyond_room = await booked(pool, order(3), SITE)
    first = await pool.fetchval(
        "select reservation_id from reservation where kind = 'physical' limit 1"
    )
    await run(pool, lambda conn: cancel(conn, VENUE, first, "ill", SITE, CLOCK))
    now = await promise(pool, beyond_room.reservation.reservation_id)
    assert (now.kind, len(now.tables)) == ("physical", 1)
    assert now.risk is not None
    assert await pool.fetchval("select overbooked_parties from period") == 0


async def test_a_change_can_end_beyond_the_room_too(pool: Pool) -> None:
    made = await booked(pool, order(3, starts=at(2)), SITE)
    moved = await run(
        pool,
        lambda conn: change(
            conn,
            VENUE,
            made.reservation.reservation_id,
            Change(starts=SEVEN),
            SITE,
            CLOCK,
            version=1,
        ),
    )
    assert not isinstance(moved, LoggedRefusal)
    assert moved.kind == "overbooked"


async def test_a_risk_over_the_ceiling_is_a_no(pool: Pool) -> None:
    await pool.execute("delete from period where not exists (select from reservation)")
    await rule(pool, overbooking=beyond(2, ceiling=0.1), decisions=FIRST_COME)
    later = order(3, starts=at(24))
    for number in (4, 5):
        await booked(pool, order(number, starts=at(24)), SITE)
    refused = await book(pool, later, SITE)
    assert isinstance(refused, LoggedRefusal)
    assert refused.no.code == "RISK_OVER_CEILING"


async def test_a_host_may_overrule_beyond_the_cap_and_it_is_counted_apart(pool: Pool) -> None:
    for number in (3, 4):
        await booked(pool, order(number), SITE)
    wish = replace(order(6), overrule="our oldest friends", reservation_id=uuid4())
    made = await book(pool, wish, HOST)
    assert isinstance(made, BookingResult)
    assert await pool.fetchval("select overbooked_parties from period") == 2


async def test_what_was_told_is_kept_beside_what_happened(pool: Pool) -> None:
    made = await booked(pool, order(3), SITE)
    late = await promise(pool, made.reservation.reservation_id)
    first = next(p for p in (await picture(pool)).promises if p.kind == "physical")
    await move_clock(pool, SEVEN)
    await tell(pool, orders.Arrive(**about(late), arrived=2))
    await tell(pool, orders.NoShow(**about(first)))
    await move_clock(pool, at(0.3))
    here = await promise(pool, made.reservation.reservation_id)
    await tell(pool, orders.Seat(**about(here), tables=here.tables))
    async with transaction(pool) as conn:
        told = await overbooking_report(conn, VENUE, SEVEN.date(), SEVEN.date())
    (fared,) = told.promises
    assert fared.risk is not None
    assert fared.risk.told is not None
    own = fared.risk.told.own_wait
    assert (told.expected, told.own_expected, told.own_waited) == (own, own, 1)
    assert told.any_wait == fared.risk.told.any_wait
    assert (told.waited, told.walked) == (1, 0)
    assert (fared.state, fared.kind, fared.waited_minutes) == ("seated", "physical", 18)


@pytest.mark.parametrize(
    "tolerated",
    [
        "rules_version = (select max(version) from rules)",
        """rules_override = '{"overbooking": {"enabled": true, "tolerance_minutes": 30}}'""",
    ],
)
async def test_who_waited_is_counted_by_the_wait_that_the_house_tolerates(
    pool: Pool, tolerated: str
) -> None:
    await rule(pool, overbooking=beyond(2) | {"tolerance_minutes": 30}, decisions=FIRST_COME)
    made = await booked(pool, order(3), SITE)
    await move_clock(pool, SEVEN)
    here = await promise(pool, made.reservation.reservation_id)
    await tell(pool, orders.Arrive(**about(here), arrived=2))
    await move_clock(pool, at(0.3))
    here = await promise(pool, made.reservation.reservation_id)
    await tell(pool, orders.Seat(**about(here), tables=here.tables))
    await pool.execute(f"update period set {tolerated}")
    async with transaction(pool) as conn:
        told = await overbooking_report(conn, VENUE, SEVEN.date(), SEVEN.date())
    assert (told.waited, told.walked) == (0, 0)


async def test_where_a_held_table_would_do_the_house_hears_that_it_is_held(pool: Pool) -> None:
    await rule(
        pool, holds=[PEAK | {"count": 1}], overbooking=beyond(2, ceiling=0.0), decisions=FIRST_COME
    )
    later = at(25)
    await booked(pool, order(5, starts=later), HOST)
    refused = await book(pool, order(6, starts=later), HOST)
    assert isinstance(refused, LoggedRefusal)
    assert refused.no.code == "HELD_BACK"
