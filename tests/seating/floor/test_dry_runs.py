"""A dry run answers what the order would, and leaves nothing behind."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import msgspec
import pytest
from asyncpg import ReadOnlySQLTransactionError
from msgspec.structs import replace

from policies.floor import orders
from seating.book.actions import key_of
from seating.db import transaction
from seating.errors import NeedsAnyway, TableOccupied
from seating.floor import orders as carrying_out
from tests.support.house import SEVEN, at, house_text, move_clock, open_house
from tests.support.stand import about, of, picture, reserve, tell, walk_in

if TYPE_CHECKING:
    from policies.floor.orders import Order
    from seating.db import Pool
    from seating.floor.answers import CommandResult

TABLES = "select tablename from pg_tables where schemaname = 'public' order by tablename"
CONTENT = "select md5(coalesce(string_agg(r::text, ',' order by r::text), '')) from {} r"


@pytest.fixture(autouse=True)
async def evening(pool: Pool) -> None:
    await open_house(pool, house_text(2, 2, 4, 4, 6, joins=[("1", "2")], terrace=1))
    await move_clock(pool, SEVEN)


async def content(pool: Pool) -> dict[str, str]:
    """A checksum of each table of the database."""
    names = [row["tablename"] for row in await pool.fetch(TABLES)]
    return {name: await pool.fetchval(CONTENT.format(name)) for name in names}


def told(result: CommandResult) -> CommandResult:
    """The answer without what only a real order has."""
    period = replace(result.period, version=0) if result.period else None
    return replace(result, dry_run=False, period_version=0, period=period)


async def an_evening_of_orders(pool: Pool) -> list[Order]:
    """Orders that move, expose, warn and block, each possible at once."""
    due = await reserve(pool, 1, party_size=4, starts=at(0.1))
    later = await reserve(pool, 2, party_size=6, starts=at(1))
    sits = await walk_in(pool, "1")
    here = await reserve(pool, 3, party_size=2, starts=at(0.1))
    seat = orders.Seat(**about(here), tables=("2",))
    (promised,) = (await tell(pool, seat)).seatings
    return [
        orders.Seat(id=uuid4(), tables=due.tables, party_size=4),
        orders.Seat(id=uuid4(), tables=later.tables, party_size=6),
        orders.Resize(**about(later), party_size=4),
        orders.Assign(**about(due), tables=("4",), fixed=True),
        orders.Move(**of(sits), tables=("3",)),
        orders.Unplan(**about(due)),
        orders.Extend(**of(sits), minutes=60),
        orders.BlockTable(id=uuid4(), table_id=due.tables[0]),
        orders.Levers(id=uuid4(), areas_shut=("terrace",)),
        orders.Wait(id=uuid4(), party_size=2, name="Vera"),
        orders.Arrive(**about(due), arrived=4),
        orders.Unseat(**of(promised)),
        orders.Clear(**of(sits)),
    ]


async def as_seen_now(pool: Pool, order: Order) -> Order:
    """The order with the versions of now: an undo before it makes one more."""
    seen = await picture(pool)
    for name, things in (("seating_id", seen.seatings), ("reservation_id", seen.promises)):
        for thing in things:
            if getattr(order, name, None) == getattr(thing, name):
                return replace(order, version=thing.version)
    return order


async def test_a_dry_run_tells_what_the_order_then_does_and_changes_nothing(pool: Pool) -> None:
    for wish in await an_evening_of_orders(pool):
        order = await as_seen_now(pool, wish)
        before = await content(pool)
        dry = await tell(pool, replace(order, dry_run=True))
        assert (dry.dry_run, await content(pool)) == (True, before)
        real = await tell(pool, order)
        assert told(dry) == told(real), order
        assert real.period_version > dry.period_version
        undo = orders.Undo(id=uuid4(), action_id=order.id)
        if real.undo_until is not None:
            rehearsed = await tell(pool, replace(undo, dry_run=True))
            assert told(rehearsed) == told(await tell(pool, undo))


async def test_a_dry_run_is_refused_as_the_order_is_and_waits_for_nobody(pool: Pool) -> None:
    await walk_in(pool, "1")
    taken = orders.Seat(id=uuid4(), tables=("1",), party_size=2)
    small = orders.Seat(id=uuid4(), tables=("2",), party_size=6)
    for order, error in ((taken, TableOccupied), (small, NeedsAnyway)):
        said = []
        for each in (replace(order, dry_run=True), order):
            with pytest.raises(error) as refused:
                await tell(pool, each)
            said.append((refused.value.detail, refused.value.pointer, refused.value.told))
        assert said[0] == said[1]
    async with transaction(pool) as conn:
        await conn.execute("select from period for update")
        free = orders.Seat(id=uuid4(), tables=("3",), party_size=4, dry_run=True)
        assert (await tell(pool, free)).seatings


async def test_what_would_write_fails_in_a_dry_run(
    pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(carrying_out, "preview_period", writing)
    wish = orders.Seat(id=uuid4(), tables=("3",), party_size=4, dry_run=True)
    with pytest.raises(ReadOnlySQLTransactionError):
        await tell(pool, wish)


async def writing(conn: Any, *_: object, **__: object) -> None:  # noqa: ANN401
    await conn.execute("update period set version = version + 1")


async def test_an_order_sent_again_with_an_anyway_is_the_same_order(pool: Pool) -> None:
    squeezed = orders.Seat(id=uuid4(), tables=("2",), party_size=6, anyway=("TOO_FEW_SEATS",))
    first = await tell(pool, squeezed)
    again = await tell(pool, replace(squeezed, anyway=()))
    assert msgspec.json.encode(again) == msgspec.json.encode(first)
    assert [each.code for each in first.warnings] == ["TOO_FEW_SEATS"]


def test_an_order_has_the_fingerprint_it_had_before_it_could_be_rehearsed() -> None:
    wish = orders.Notify(id=uuid4(), wait_id=uuid4(), version=3, anyway=("OTHER_AREA",))
    was = {"id": wish.id, "reason": None, "wait_id": wish.wait_id, "version": 3}
    assert key_of(wish).asked == sha256(b"[" + msgspec.json.encode(was) + b"]").hexdigest()


async def test_an_answer_that_named_the_moved_by_id_only_is_read(pool: Pool) -> None:
    due = await reserve(pool, 1, party_size=4, starts=at(0.1))
    wish = orders.Seat(id=uuid4(), tables=due.tables, party_size=4)
    real = await tell(pool, wish)
    assert [each.reservation_id for each in real.moved] == [due.reservation_id]
    await pool.execute(
        "update action set answer = jsonb_set(answer, '{moved}', jsonb_build_array($2::text))"
        " - 'warnings' - 'dry_run' where action_id = $1",
        wish.id,
        str(due.reservation_id),
    )
    again = await tell(pool, wish)
    assert [each.reservation_id for each in again.moved] == [due.reservation_id]
    assert again.moved[0].to_tables == ()
