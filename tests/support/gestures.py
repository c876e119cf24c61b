"""A dining room with rules for giving: a cake, a glass, purses, and parties to give to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from policies.floor.orders import Arrive, Seat
from policies.gestures.gesture import Gesture
from policies.gestures.orders import AnswerGesture, OfferGesture
from seating.book.actions import ActionAuthor
from seating.db import run, transaction
from seating.floor.orders import execute_command
from seating.gestures.offers import answer_gesture, offer_gesture
from seating.house.open_periods import publish_rules
from seating.house.overrides import Override, override
from seating.house.rule_versions import DraftRules, PublishRules, draft
from tests.support.house import (
    CLOCK,
    DATE,
    HOST,
    SEVEN,
    VENUE,
    booked,
    house_text,
    move_clock,
    open_house,
    order,
)

if TYPE_CHECKING:
    from datetime import date

    from policies.gestures.etiquette import EtiquetteObjection
    from policies.gestures.purses import OverLimit
    from seating.db import Pool
    from seating.house.open_periods import Publication
    from seating.house.overrides import PeriodRules
    from seating.house.rule_versions import RulesVersion

PERIOD = f"{DATE}.dinner"
JONAS = ActionAuthor(staff_id="jonas", actor="host")
MARAT = ActionAuthor(staff_id="marat", actor="manager")
RULES: dict[str, Any] = {
    "gestures": [
        {"key": "cake", "name": {"en": "Cake"}, "cost": 600, "due": "bill", "carrier": "kitchen"},
        {"key": "glass", "name": {"en": "A glass"}, "cost": 500, "due": "arrival"},
        {"key": "magnum", "name": {"en": "Magnum"}, "cost": 4000, "due": "mains"},
    ],
    "wait_ladder": [{"minutes": 15, "gesture": "glass"}, {"minutes": 30, "gesture": "cake"}],
    "purses": {"person_shift": 1500, "manager_shift": 6000, "venue_night": 5000},
}


async def drafted(pool: Pool, rules: dict[str, Any]) -> RulesVersion:
    wish = DraftRules(id=uuid4(), rules=rules, reason="a new season")
    return await run(pool, lambda conn: draft(conn, VENUE, wish, "marat", CLOCK))


async def published(
    pool: Pool, rules: dict[str, Any], from_date: date, *, also_open: bool = False
) -> Publication:
    made = await drafted(pool, rules)
    wish = PublishRules(id=uuid4(), from_date=from_date, also_open=also_open)
    done = await publish_rules(pool, VENUE, made.version, wish, "marat", CLOCK)
    while done.left:  # a cold machine may have compiled kernels for longer than a request takes
        done = await publish_rules(pool, VENUE, made.version, wish, "marat", CLOCK)
    return done


async def overridden(pool: Pool, patch: dict[str, Any], period_id: str = PERIOD) -> PeriodRules:
    wish = Override(id=uuid4(), rules=patch, reason="a big night")
    return await run(pool, lambda conn: override(conn, VENUE, period_id, wish, "marat", CLOCK))


async def open_with_rules(pool: Pool, rules: dict[str, Any] | None = None) -> None:
    """The house with its people, rules in force, seven o'clock of a Wednesday."""
    await open_house(pool, house_text(2, 2, 2, 4))
    async with transaction(pool) as conn:
        for name, role in (("jonas", "host"), ("sofia", "host"), ("marat", "manager")):
            await conn.execute(
                "insert into staff (venue_id, staff_id, name, role) values ($1, $2, $2, $3)",
                VENUE,
                name,
                role,
            )
    await published(pool, rules or RULES, SEVEN.date())


async def arrived(pool: Pool, number: int = 0) -> UUID:
    """A party that booked for seven and is here at seven."""
    found = (await booked(pool, order(number), HOST)).reservation
    await move_clock(pool, SEVEN)
    come = Arrive(id=uuid4(), reservation_id=found.reservation_id, version=1, arrived=2)
    await run(pool, lambda conn: execute_command(conn, VENUE, come, JONAS, CLOCK))
    return found.reservation_id


async def seated(pool: Pool, reservation_id: UUID, table: str = "1") -> UUID:
    seat = Seat(id=uuid4(), tables=(table,), reservation_id=reservation_id, version=2)
    told = await run(pool, lambda conn: execute_command(conn, VENUE, seat, JONAS, CLOCK))
    return told.seatings[0].seating_id


def gift(reservation_id: UUID, item: str = "glass") -> OfferGesture:
    return OfferGesture(
        id=uuid4(),
        item=item,
        line="because you waited for us",
        reason="long wait",
        reservation_id=reservation_id,
    )


async def give(
    pool: Pool, wish: OfferGesture, who: ActionAuthor = JONAS
) -> Gesture | OverLimit | EtiquetteObjection:
    return await run(pool, lambda conn: offer_gesture(conn, VENUE, wish, who, CLOCK))


async def given(pool: Pool, wish: OfferGesture, who: ActionAuthor = JONAS) -> Gesture:
    gesture = await give(pool, wish, who)
    assert isinstance(gesture, Gesture), gesture
    return gesture


async def tap(pool: Pool, wish: AnswerGesture, who: ActionAuthor = JONAS) -> Gesture:
    return await run(pool, lambda conn: answer_gesture(conn, VENUE, wish, who, CLOCK))


async def spent(pool: Pool) -> dict[str, int]:
    rows = await pool.fetch("select owner, spent from purse where venue_id = $1", VENUE)
    return {row["owner"]: row["spent"] for row in rows}
