"""One guest books neighbouring times at once, over one booking site and over several."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from seating.book.guests import AskingGuest
from seating.booking import making
from seating.turnaways.log import LoggedRefusal
from tests.races.conftest import alternating, kinds, open_period, together
from tests.support.house import SEVEN, at, book, house_text, new_site, open_house, order, site

if TYPE_CHECKING:
    from uuid import UUID

    from seating.book.reservations import Booker
    from seating.db import Connection, Pool

ASKING = 20
GUEST = "select guest_id from guest where venue_id = $1 and phone = $2"


@pytest.fixture
async def roomy(pools: tuple[Pool, Pool]) -> None:
    """A house where tables are not what is short."""
    await open_house(pools[0], house_text(*[2] * 40))
    await open_period(pools[0], SEVEN)


@pytest.fixture
async def sites(pools: tuple[Pool, Pool]) -> list[Booker]:
    """One site, which asks both processes."""
    return [site((await new_site(pools[0]))[0])] * 2


async def race(pools: tuple[Pool, Pool], sites: list[Booker]) -> list[Any]:
    return await together(
        alternating(
            pools,
            ASKING,
            lambda pool, number: book(pool, order(7, starts=at(number % 4 / 4)), sites[number % 2]),
        )
    )


@pytest.mark.usefixtures("roomy")
async def test_the_guest_has_one_table(pools: tuple[Pool, Pool], sites: list[Booker]) -> None:
    outcomes = await race(pools, sites)
    assert kinds(outcomes) == {"BookingResult": 1, "LoggedRefusal": ASKING - 1}
    codes = {outcome.no.code for outcome in outcomes if isinstance(outcome, LoggedRefusal)}
    assert codes == {"DUPLICATE"}


@pytest.mark.usefixtures("roomy")
async def test_each_of_two_sites_has_one_table_for_the_guest_and_the_second_is_marked(
    pools: tuple[Pool, Pool],
) -> None:
    sites = [site((await new_site(pools[0]))[0]) for _ in range(2)]
    outcomes = await race(pools, sites)
    assert kinds(outcomes) == {"BookingResult": 2, "LoggedRefusal": ASKING - 2}
    rows = await pools[0].fetch("select client_id, guest_id, duplicate_allowed from reservation")
    assert {row["client_id"] for row in rows} == {each.client_id for each in sites}
    assert len({row["guest_id"] for row in rows}) == 1
    assert sorted(row["duplicate_allowed"] for row in rows) == [False, True]


@pytest.fixture
async def guest_unlocked(pools: tuple[Pool, Pool], monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: the guest is looked up without locking the guest's row."""
    await book(pools[0], order(7, starts=at(24)), site((await new_site(pools[0]))[0]))

    async def known(
        conn: Connection,
        venue_id: str,
        who: Any,  # noqa: ANN401
        **_: Any,  # noqa: ANN401
    ) -> AskingGuest:
        found: UUID = await conn.fetchval(GUEST, venue_id, who.phone)
        return AskingGuest(guest_id=found, known_id=found)

    monkeypatch.setattr(making, "asking_guest", known)


@pytest.mark.usefixtures("roomy", "guest_unlocked", "unlocked")
async def test_control_without_locks_the_constraint_stops_the_second(
    pools: tuple[Pool, Pool], sites: list[Booker]
) -> None:
    await pools[0].execute("alter table intention drop constraint intention_overlap")
    outcomes = kinds(await race(pools, sites))
    assert outcomes["BookingResult"] == 1
    assert outcomes["ExclusionViolationError"] >= 1


@pytest.mark.usefixtures("roomy", "guest_unlocked", "unlocked")
async def test_control_without_locks_and_constraints_the_guest_has_several(
    pools: tuple[Pool, Pool], sites: list[Booker]
) -> None:
    await pools[0].execute("alter table reservation drop constraint reservation_duplicate")
    await pools[0].execute("alter table intention drop constraint intention_overlap")
    assert kinds(await race(pools, sites))["BookingResult"] > 1
