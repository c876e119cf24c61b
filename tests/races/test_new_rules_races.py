"""New rules for an evening on which everybody books at once: no promise lost, no cap passed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from seating.booking.making import BookingResult
from seating.house import new_rules, open_periods
from seating.house.open_periods import Publication, publish_rules
from seating.house.rule_versions import PublishRules
from tests.races.conftest import alternating, open_period, together
from tests.support.gestures import drafted
from tests.support.house import CLOCK, SEVEN, VENUE, book, order
from tests.support.rules import FIRST_COME, PEAK, beyond, rule

if TYPE_CHECKING:
    import pytest

    from seating.book.reservations import Booker
    from seating.db import Pool

ASKING = 30
WIDE, NARROW = 6, 2


async def rush(pools: tuple[Pool, Pool], partner: Booker, asking: int) -> int:
    """Book and publish narrower caps at once; how many the rules or the publication allow.

    Every promise that was made is in the book afterwards.
    """
    version = (await drafted(pools[0], {"overbooking": beyond(NARROW), "holds": [PEAK]})).version
    wish = PublishRules(id=uuid4(), from_date=SEVEN.date(), also_open=True)
    bookings = alternating(pools, asking, lambda pool, number: book(pool, order(number), partner))
    publishing = [publish_rules(pool, VENUE, version, wish, "anna", CLOCK) for pool in pools]
    outcomes = await together([*bookings[:4], *publishing, *bookings[4:]])
    made = {
        outcome.reservation.reservation_id
        for outcome in outcomes
        if isinstance(outcome, BookingResult)
    }
    rows = await pools[0].fetch("select reservation_id from reservation where state = 'booked'")
    assert made <= {row["reservation_id"] for row in rows}
    one, other = (each for each in outcomes if isinstance(each, Publication))
    assert one.periods == other.periods
    return allowed_by(one)


def allowed_by(done: Publication) -> int:
    """Parties beyond the room: the new cap, or those told to be there already."""
    (told,) = done.periods
    assert told.capacity is not None, told
    return told.capacity.beyond_caps.parties if told.capacity.beyond_caps else NARROW


BEYOND = "select count(*) from reservation where kind = 'overbooked' and state = 'booked'"


async def test_bookings_and_two_publications_at_once_lose_no_promise_and_pass_no_cap(
    pools: tuple[Pool, Pool], partner: Booker
) -> None:
    await rule(pools[0], overbooking=beyond(WIDE), decisions=FIRST_COME)
    await open_period(pools[0], SEVEN)
    allowed = await rush(pools, partner, ASKING)
    assert allowed <= WIDE
    assert await pools[0].fetchval(BEYOND) == allowed
    assert await pools[0].fetchval("select count(*) from action where kind = 'NewRules'") == 1


async def test_control_without_the_lock_promises_are_made_beyond_what_was_told(
    pools: tuple[Pool, Pool],
    partner: Booker,
    unlocked: None,  # noqa: ARG001
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The publication has read the evening, everybody books, then it writes."""
    await rule(pools[0], overbooking=beyond(WIDE), decisions=FIRST_COME)
    await open_period(pools[0], SEVEN)
    await pools[0].execute("alter table period drop constraint period_overbooking_cap")
    await book(pools[0], order(999), partner)
    bring = new_rules.bring_under

    async def after_the_rush(*given: Any, **more: Any) -> Any:  # noqa: ANN401 - handed on
        await together(alternating(pools, 8, lambda pool, n: book(pool, order(n), partner)))
        return await bring(*given, **more)

    monkeypatch.setattr(open_periods, "bring_under", after_the_rush)
    version = (await drafted(pools[0], {"overbooking": beyond(NARROW)})).version
    wish = PublishRules(id=uuid4(), from_date=SEVEN.date(), also_open=True)
    done = await publish_rules(pools[0], VENUE, version, wish, "anna", CLOCK)
    assert allowed_by(done) == NARROW
    assert await pools[0].fetchval(BEYOND) > NARROW
