"""Migration 0024: JSON stored under the old field names is read by the code of today."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import msgspec
import pytest

from policies.book.answers import Explanation, No, RiskDriver
from policies.book.picture import Risk
from policies.floor import orders
from policies.gestures.approvals import Approval
from policies.gestures.orders import OfferGesture
from policies.gestures.purses import OverLimit, PurseBalances
from policies.house.room import Needs
from policies.rescue.option import RescueOption
from policies.words.message import message
from seating.book.actions import Action, read_action, record_action
from seating.booking.desk.entries import entry_of
from seating.booking.desk.writing import DeskAnswer
from seating.booking.slot_holds import HoldRequest, hold_slot
from seating.db import run, transaction
from seating.forecast.overbooked_report import overbooking_report
from seating.gestures.approvals import ApprovalResult
from seating.migrate import MIGRATIONS
from seating.rescue.rows import Rescue, keep_rescue, read_options
from seating.rescue.taking import RescueOutcome
from seating.turnaways.log import LoggedRefusal
from tests.support.house import (
    CLOCK,
    HOST,
    NOON,
    SEVEN,
    VENUE,
    book,
    house_text,
    move_clock,
    open_house,
    order,
    site,
)
from tests.support.stand import about, of, picture, reserve, state, take_back, tell, waits, walk_in

if TYPE_CHECKING:
    from seating.db import Pool

OLD = {
    "tightest_at": "bucket",
    "walked_expected": "foretold",
    "displaced_value": "displaced",
    "removed_seatings": "unseated",
    "removed_wait_entries": "forgotten",
    "result": "told",
    "over_limit": "beyond",
}
STORED = [
    ("reservation", "explained"),
    ("reservation", "risk"),
    ("turnaway", "explained"),
    ("slot_hold", "risk"),
    ("rescue_option", "body"),
    ("action", "before"),
    ("action", "after"),
    ("action", "answer"),
]
RISK = Risk(
    probability=0.05,
    tightest_at=SEVEN,
    party_class=2,
    expected=1.5,
    places=2,
    ceiling=0.1,
    tolerance_minutes=10,
)
EXPLAINED = Explanation(
    tightest_at=SEVEN,
    party_class=2,
    overload=0.05,
    expected=1.5,
    places=2,
    drivers=(RiskDriver(reservation_id=uuid4(), contribution=0.5),),
    revenue=9000,
    risk_cost=500,
    displaced_value=2500,
    value=6000,
    risk=0.05,
    ceiling=0.1,
    walked=0.01,
    walked_expected=0.25,
    late=0.02,
    made_at=NOON,
)
REASON = 'they said "bucket": no'
"""With the text of an old key in it, which is not one."""


@pytest.fixture(autouse=True)
async def evening(pool: Pool) -> None:
    await open_house(pool, house_text(2, 2, 4))


def with_old_names(value: Any) -> Any:  # noqa: ANN401 - any JSON
    if isinstance(value, list):
        return [with_old_names(each) for each in value]
    if isinstance(value, dict):
        return {OLD.get(name, name): with_old_names(each) for name, each in value.items()}
    return value


async def turn_back(pool: Pool) -> None:
    """Give the fields of all stored JSON the names that the code used before the migration."""
    for table, column in STORED:
        for row in await pool.fetch(f"select ctid::text, {column}::text as body from {table}"):
            if row["body"]:
                body = json.dumps(with_old_names(json.loads(row["body"])))
                await pool.execute(
                    f"update {table} set {column} = $2::jsonb where ctid = $1::text::tid",
                    row["ctid"],
                    body,
                )


async def rename(pool: Pool) -> None:
    await pool.execute((MIGRATIONS / "0024_plain_names.sql").read_text())


async def stored(pool: Pool) -> dict[tuple[str, str], list[Any]]:
    """All JSON stored, decoded."""
    return {
        (table, column): [
            json.loads(row["body"])
            for row in await pool.fetch(
                f"select {column}::text as body from {table} where {column} is not null"
                f" order by {column}::text"
            )
        ]
        for table, column in STORED
    }


async def set_json(pool: Pool, table: str, column: str, document: msgspec.Struct) -> None:
    body = msgspec.json.encode(document).decode()
    assert await pool.execute(f"update {table} set {column} = $1::jsonb", body) == "UPDATE 1"


async def test_an_explanation_and_a_risk_are_read(pool: Pool) -> None:
    made = await reserve(pool)
    assert isinstance(await book(pool, order(1, party_size=40), HOST), LoggedRefusal)
    await pool.execute("insert into client (client_id, name, secret_hash) values ('s', 'S', '')")
    wish = HoldRequest(party_size=2, starts=SEVEN)
    await run(pool, lambda conn: hold_slot(conn, VENUE, wish, site("s"), CLOCK))
    await set_json(pool, "reservation", "explained", EXPLAINED)
    await set_json(pool, "turnaway", "explained", EXPLAINED)
    await set_json(pool, "reservation", "risk", RISK)
    await set_json(pool, "slot_hold", "risk", RISK)
    await turn_back(pool)
    await rename(pool)
    seen = await picture(pool)
    risks = [each.risk for each in seen.promises] + [each.risk for each in seen.slot_holds]
    assert risks == [RISK, RISK]
    async with transaction(pool) as conn:
        entry = await entry_of(conn, VENUE, made.reservation_id, HOST, CLOCK)
        report = await overbooking_report(conn, VENUE, SEVEN.date(), SEVEN.date())
    assert entry.explained == EXPLAINED
    assert [each.risk for each in report.promises] == [RISK]
    assert report.walked_expected == EXPLAINED.walked_expected
    refused = await pool.fetchval("select explained::text from turnaway")
    assert msgspec.json.decode(refused, type=Explanation) == EXPLAINED


async def test_an_option_of_a_rescue_is_read(pool: Pool) -> None:
    option = RescueOption(option_id=uuid4(), kind="table", because=REASON, risk=RISK)
    rescue = Rescue(
        rescue_id=uuid4(),
        period_id=(await picture(pool)).period.period_id,
        turnaway_id=None,
        reservation_id=None,
        party_size=2,
        needs=Needs(),
        name="",
        phone=None,
        staff_id="anna",
        listed_at=NOON,
    )
    async with transaction(pool) as conn:
        await keep_rescue(conn, VENUE, rescue, (option,))
    await turn_back(pool)
    await rename(pool)
    async with transaction(pool) as conn:
        (found,) = await read_options(conn, VENUE, rescue.rescue_id, now=NOON)
    assert found.option == option


async def test_what_was_done_before_can_be_taken_back_and_is_answered_again(pool: Pool) -> None:
    await move_clock(pool, SEVEN)
    seating = await walk_in(pool, "1")
    moved = await tell(pool, orders.Move(**of(seating), tables=("2",)))
    told = await tell(pool, orders.Seat(id=uuid4(), tables=("3",), party_size=3))
    undo = orders.Undo(id=uuid4(), action_id=told.action_id)
    unseated = await tell(pool, undo)
    listed = await tell(pool, orders.Wait(id=uuid4(), party_size=2))
    unlisted = await take_back(pool, listed)
    assert unseated.removed_seatings == (told.seatings[0].seating_id,)
    assert unlisted.removed_wait_entries == (waits(listed)["wait_id"],)
    await turn_back(pool)
    await rename(pool)
    assert await tell(pool, undo) == unseated
    async with transaction(pool) as conn:
        first = await read_action(conn, VENUE, unseated.action_id)
        second = await read_action(conn, VENUE, unlisted.action_id)
    assert first is not None
    assert first.after.removed_seatings == unseated.removed_seatings
    assert second is not None
    assert second.after.removed_wait_entries == unlisted.removed_wait_entries
    await take_back(pool, moved)
    assert [each.tables for each in (await picture(pool)).seatings] == [("1",)]


async def test_every_kept_answer_is_read(pool: Pool) -> None:
    await move_clock(pool, SEVEN)
    told = await tell(pool, orders.Seat(id=uuid4(), tables=("3",), party_size=3))
    result = await take_back(pool, told)
    approval = Approval(
        approval_id=uuid4(),
        period_id="p",
        state="waiting",
        wish=OfferGesture(id=uuid4(), item="cake", line="because", reason=REASON),
        kind="item",
        cost=2000,
        over_limit=OverLimit(
            code="OVER_LIMIT",
            detail="more than you may give",
            cost=2000,
            limit=1500,
            left=PurseBalances(person=1500, venue=5000),
            manager_can="give",
        ),
        party_name="Ada",
        asked_by="anna",
        asked_at=NOON,
        expires_at=SEVEN,
    )
    no = No(code="BID_PRICE", said=message("table-worth-more", time="19:00"), explained=EXPLAINED)
    answers: list[msgspec.Struct] = [
        RescueOutcome(action_id=uuid4(), option_id=uuid4(), kind="table", result=result),
        RescueOutcome(action_id=uuid4(), option_id=uuid4(), kind="partner"),
        approval,
        ApprovalResult(approval=approval),
        DeskAnswer(no=no, because=REASON),
    ]
    kept = {uuid4(): answer for answer in answers}
    async with transaction(pool) as conn:
        for key, answer in kept.items():
            raw = msgspec.Raw(msgspec.json.encode(answer))
            action = Action(action_id=key, kind="Test", staff_id="anna", at=NOON, answer=raw)
            await record_action(conn, VENUE, action)
    await turn_back(pool)
    await rename(pool)
    async with transaction(pool) as conn:
        for key, answer in kept.items():
            found = await read_action(conn, VENUE, key)
            assert found is not None
            assert msgspec.json.decode(found.answer, type=type(answer)) == answer


async def test_all_that_was_renamed_has_its_new_name_and_nothing_else_is_changed(
    pool: Pool,
) -> None:
    made = await reserve(pool)
    await set_json(pool, "reservation", "risk", RISK)
    await move_clock(pool, SEVEN)
    told = await tell(pool, orders.Seat(id=uuid4(), tables=("3",), party_size=3))
    await take_back(pool, told)
    await tell(pool, orders.Arrive(**about(made), arrived=2))
    assert await state(pool, made.reservation_id) == "arrived"
    before = await stored(pool)
    await rename(pool)
    assert await stored(pool) == before
    await turn_back(pool)
    assert await stored(pool) != before
    await rename(pool)
    assert await stored(pool) == before
