"""Limits of etiquette and answers of managers under a race, each with what happens without it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest

from policies.floor.orders import Seat
from policies.gestures.approvals import AnswerApproval, AskApproval
from policies.gestures.etiquette import EtiquetteObjection
from policies.gestures.gesture import Gesture
from seating.book.actions import ActionAuthor
from seating.db import open_pool, run, transaction
from seating.floor.orders import execute_command
from seating.gestures import approvals, etiquette, offers, purses
from tests.support.gestures import JONAS, MARAT, RULES, gift, give, given, open_with_rules, spent
from tests.support.house import CLOCK, HOST, SEVEN, VENUE, at, booked, move_clock, order

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from seating.db import Pool
    from seating.gestures.approvals import ApprovalResult

OLGA = ActionAuthor(staff_id="olga", actor="manager")
TOGETHER = 30.0
"""Seconds that one who has looked waits for the other: more than a busy machine needs."""


@pytest.fixture
async def pools(database: str, pool: Pool) -> AsyncIterator[tuple[Pool, Pool]]:
    """Two processes' worth of connections."""
    other = await open_pool(database, min_size=6)
    yield pool, other
    await other.close()


async def walk_ins(pool: Pool, *tables: str) -> list[UUID]:
    """Parties at these tables; returns their seatings."""
    await move_clock(pool, SEVEN)
    made = []
    for table in tables:
        seat = Seat(id=uuid4(), tables=(table,), party_size=2)
        await sit(pool, seat)
        made.append(seat.id)
    return made


async def sit(pool: Pool, seat: Seat) -> None:
    await run(pool, lambda conn: execute_command(conn, VENUE, seat, JONAS, CLOCK))


def to_seating(seating_id: UUID) -> Any:  # noqa: ANN401 - an OfferGesture
    wish = gift(uuid4())
    return type(wish)(
        id=wish.id, item="glass", line=wish.line, reason=wish.reason, seating_id=seating_id
    )


def kinds(outcomes: list[Any]) -> list[str]:
    return sorted(type(each).__name__ for each in outcomes)


async def one_each(pools: tuple[Pool, Pool], seatings: list[UUID]) -> list[Any]:
    return await asyncio.gather(
        *(
            give(
                pools[number % 2],
                to_seating(seating),
                ActionAuthor(staff_id=f"h{number}", actor="host"),
            )
            for number, seating in enumerate(seatings)
        )
    )


async def test_only_the_share_receives_one_however_many_give_at_once(
    pools: tuple[Pool, Pool],
) -> None:
    await open_with_rules(pools[0], RULES | {"etiquette": {"share_cap": 0.5}})
    answers = await one_each(pools, await walk_ins(pools[0], "1", "2", "3", "4"))
    assert kinds(answers) == ["EtiquetteObjection"] * 2 + ["Gesture"] * 2
    assert (await spent(pools[0]))["venue"] == 1000


async def test_without_the_venues_purse_held_more_than_the_share_receive_one(
    pools: tuple[Pool, Pool], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: everybody counts, nobody waits."""
    await open_with_rules(pools[0], RULES | {"etiquette": {"share_cap": 0.5}})
    seatings = await walk_ins(pools[0], "1", "2", "3", "4")
    count, everybody = etiquette.given_before, Barrier(4)
    open_purses = purses.open_purses

    async def opened(_: object, *given: Any) -> None:  # noqa: ANN401 - handed on
        """Open them for good: nobody waits for who opened them first."""
        async with transaction(pools[0]) as own:
            await open_purses(own, *given)

    async def unheld(*_: object) -> None:
        """Nobody waits for the venue's purse."""

    async def counted(*given: Any, **more: Any) -> Any:  # noqa: ANN401 - handed on
        found = await count(*given, **more)
        await everybody.wait()
        return found

    monkeypatch.setattr(offers, "open_purses", opened)
    monkeypatch.setattr(offers, "lock_venue_purse", unheld)
    monkeypatch.setattr(offers, "given_before", counted)
    answers = await one_each(pools, seatings)
    assert kinds(answers) == ["Gesture"] * 4


class Barrier:
    """Everybody waits until so many are here, or for a while."""

    def __init__(self, company: int) -> None:
        self.company, self.here, self.all = company, 0, asyncio.Event()

    async def wait(self) -> None:
        self.here += 1
        if self.here >= self.company:
            self.all.set()
        try:
            await asyncio.wait_for(self.all.wait(), TOGETHER)
        except TimeoutError:
            return


async def two_nights(pool: Pool) -> tuple[UUID, UUID]:
    """One guest, booked tonight and tomorrow: two periods, so no purse in common."""
    await open_with_rules(pool, RULES | {"etiquette": {"repeat_days": 30}})
    tonight = (await booked(pool, order(1), HOST)).reservation.reservation_id
    tomorrow = (await booked(pool, order(1, starts=at(24)), HOST)).reservation.reservation_id
    await move_clock(pool, SEVEN)
    return tonight, tomorrow


async def test_one_guest_is_given_the_same_once_though_two_look_at_once(
    pools: tuple[Pool, Pool], monkeypatch: pytest.MonkeyPatch
) -> None:
    parties = await two_nights(pools[0])
    look_together(monkeypatch)
    answers = await asyncio.gather(
        *(give(each, gift(party)) for each, party in zip(pools, parties, strict=True))
    )
    assert kinds(answers) == ["EtiquetteObjection", "Gesture"]
    (no,) = [each for each in answers if isinstance(each, EtiquetteObjection)]
    assert no.code == "GIVEN_BEFORE"
    assert await pools[0].fetchval("select sum(spent) from purse where owner = 'venue'") == 500


async def test_without_the_constraint_the_guest_is_given_the_same_twice(
    pools: tuple[Pool, Pool], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control."""
    parties = await two_nights(pools[0])
    await pools[0].execute("alter table gesture drop constraint gesture_not_repeated")
    look_together(monkeypatch)
    answers = await asyncio.gather(
        *(give(each, gift(party)) for each, party in zip(pools, parties, strict=True))
    )
    assert kinds(answers) == ["Gesture", "Gesture"]


def look_together(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever has looked waits until the other has too."""
    count, both = etiquette.given_before, Barrier(2)

    async def counted(*given: Any, **more: Any) -> Any:  # noqa: ANN401 - handed on
        found = await count(*given, **more)
        await both.wait()
        return found

    monkeypatch.setattr(offers, "given_before", counted)


async def question(pool: Pool) -> UUID:
    """A host asks for a magnum."""
    await open_with_rules(pool, RULES | {"purses": {"manager_shift": 9000, "venue_night": 20_000}})
    (seating,) = await walk_ins(pool, "1")
    ask = AskApproval(
        id=uuid4(), item="magnum", line="because", reason="a proposal", seating_id=seating
    )
    await run(pool, lambda conn: approvals.ask_approval(conn, VENUE, ask, JONAS, CLOCK))
    return ask.id


async def say_yes(pool: Pool, approval_id: UUID, who: ActionAuthor) -> ApprovalResult | Any:  # noqa: ANN401
    yes = AnswerApproval(id=uuid4(), approval_id=approval_id, version=1, yes=True, said="yes")
    return await run(pool, lambda conn: approvals.answer_approval(conn, VENUE, yes, who, CLOCK))


async def both_say_yes(pools: tuple[Pool, Pool]) -> list[Any]:
    approval_id = await question(pools[0])
    replies = say_yes(pools[0], approval_id, MARAT), say_yes(pools[1], approval_id, OLGA)
    outcomes: list[Any] = await asyncio.gather(*replies, return_exceptions=True)
    return outcomes


async def test_two_managers_who_say_yes_at_once_give_it_once(pools: tuple[Pool, Pool]) -> None:
    outcomes = await both_say_yes(pools)
    assert kinds(outcomes) == ["ApprovalResult", "Stale"]
    assert (await spent(pools[0]))["venue"] == 4000
    assert await pools[0].fetchval("select count(*) from gesture") == 1


async def test_without_the_questions_lock_it_is_charged_twice(
    pools: tuple[Pool, Pool], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: both read the question as it was put."""
    monkeypatch.setattr(
        approvals, "LOCK_APPROVAL", approvals.LOCK_APPROVAL.replace("for update", "")
    )
    prepare, both = offers.charge_gesture, Barrier(2)

    async def prepared(*given: Any, **more: Any) -> Any:  # noqa: ANN401 - handed on
        await both.wait()
        return await prepare(*given, **more)

    monkeypatch.setattr(approvals, "charge_gesture", prepared)
    outcomes = await both_say_yes(pools)
    assert kinds(outcomes) == ["ApprovalResult", "ApprovalResult"]
    assert (await spent(pools[0]))["venue"] == 8000
    assert await pools[0].fetchval("select sum(cost) from gesture") == 4000


async def test_the_last_of_the_share_goes_to_one_tap_sent_twice(pools: tuple[Pool, Pool]) -> None:
    await open_with_rules(pools[0], RULES | {"etiquette": {"share_cap": 0.25}})
    seatings = await walk_ins(pools[0], "1", "2", "3", "4")
    wish = to_seating(seatings[0])
    answers = await asyncio.gather(*(give(each, wish) for each in pools * 2))
    assert {type(each) for each in answers} == {Gesture}
    assert (await given(pools[0], wish)).gesture_id == wish.id
    assert (await spent(pools[0]))["venue"] == 500
