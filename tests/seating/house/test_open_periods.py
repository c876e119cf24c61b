"""Published rules on dates that are booked: what reaches them by itself, and what when asked."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from msgspec.structs import replace

from policies.floor import orders
from policies.floor.new_rules import WindowChange
from seating.book.in_force import rules_of_period
from seating.book.periods import read_period
from seating.booking.slot_holds import ClientSlotHold, HoldRequest, hold_slot
from seating.db import run, transaction
from seating.errors import Invalid, NotFound, NotPossibleNow
from seating.gestures.purses import ResizedPurse
from seating.house import new_rules, open_periods
from seating.house.open_periods import (
    PreviewRules,
    RulesPreview,
    preview,
    publish_rules,
    withdraw,
)
from seating.house.rule_versions import PublishRules, WithdrawRules
from tests.support.gestures import PERIOD, drafted, overridden, published
from tests.support.house import (
    CLOCK,
    HOST,
    NOON,
    SEVEN,
    VENUE,
    at,
    booked,
    house_text,
    move_clock,
    open_house,
    order,
    site,
)
from tests.support.rules import FIRST_COME, PEAK, beyond
from tests.support.stand import BORIS, picture, promise, stand, tell

if TYPE_CHECKING:
    from uuid import UUID

    from policies.floor.new_rules import CapacityChange
    from policies.house.rules import Rules
    from seating.db import Connection, Pool
    from seating.house.open_periods import Publication

TODAY = SEVEN.date()
CAKE = {"key": "cake", "name": {"en": "Cake"}, "cost": 600, "due": "bill"}
LATER = 3
"""Days on which somebody has booked, in the tests about more than one."""


@pytest.fixture(autouse=True)
async def _house(pool: Pool) -> None:
    await open_house(pool, house_text(2, 2))


async def foretold(pool: Pool, rules: dict[str, Any], from_date: date = TODAY) -> RulesPreview:
    made = await drafted(pool, rules)
    asked = PreviewRules(from_date=from_date, also_open=True)
    async with transaction(pool) as conn:
        return await preview(conn, VENUE, made.version, asked, CLOCK)


async def also_open(pool: Pool, rules: dict[str, Any]) -> CapacityChange:
    """Publish rules for today's booked dinner too: what was told of it, as the preview told it."""
    before = await foretold(pool, rules)
    done = await published(pool, rules, TODAY, also_open=True)
    assert done.periods == before.periods
    assert (done.left, done.open_already) == (0, ())
    (told,) = done.periods
    assert told.capacity is not None, told
    return told.capacity


async def tonights_rules(pool: Pool, period_id: str = PERIOD) -> Rules:
    async with transaction(pool) as conn:
        return await rules_of_period(conn, VENUE, await read_period(conn, VENUE, period_id))


async def booked_on(pool: Pool, days: int) -> list[UUID]:
    """One booking on each of the next days, today first."""
    made = [
        await booked(pool, order(day, starts=SEVEN + timedelta(days=day)), HOST)
        for day in range(days)
    ]
    return [each.reservation.reservation_id for each in made]


async def versions(pool: Pool) -> list[int | None]:
    rows = await pool.fetch("select rules_version from period order by period_id")
    return [row["rules_version"] for row in rows]


async def test_a_new_dessert_is_there_tonight_and_the_caps_are_not(pool: Pool) -> None:
    await published(pool, {"overbooking": beyond(2)}, TODAY)
    await booked(pool, order(), HOST)
    done = await published(pool, {"gestures": [CAKE], "overbooking": beyond(5)}, TODAY)
    assert done.open_already == (PERIOD,)
    rules = await tonights_rules(pool)
    assert [item.key for item in rules.gestures] == ["cake"]
    assert rules.overbooking.cap_parties == 2
    assert (await picture(pool)).rules == rules


async def test_purses_that_exist_follow_a_publication_not_below_what_is_spent(pool: Pool) -> None:
    await booked(pool, order(), HOST)
    await pool.execute(
        "insert into purse (venue_id, period_id, owner, granted, spent)"
        " values ($1, $2, 'venue', 20000, 700), ($1, $2, 'person:x', 20000, 900)",
        VENUE,
        PERIOD,
    )
    purses = {"venue_night": 5000, "manager_shift": 400, "person_shift": 300}
    small = {"purses": purses | {"host_gift": 100, "manager_gift": 200}}
    before = await foretold(pool, small)
    done = await published(pool, small, TODAY)
    assert before.periods[0].purses == done.periods[0].purses
    assert done.periods[0].purses == (
        ResizedPurse(owner="venue", before=20_000, after=5000, spent=700, rules_say=5000),
        ResizedPurse(owner="person:x", before=20_000, after=900, spent=900, rules_say=400),
    )
    assert done.periods[0].capacity is None
    rows = await pool.fetch("select granted from purse order by owner desc")
    assert [row["granted"] for row in rows] == [5000, 900]


async def test_a_withdrawn_versions_purses_go_back(pool: Pool) -> None:
    await published(pool, {"purses": {"venue_night": 90_000}}, TODAY)
    await booked(pool, order(), HOST)
    await pool.execute(
        "insert into purse (venue_id, period_id, owner, granted) values ($1, $2, 'venue', 90000)",
        VENUE,
        PERIOD,
    )
    wish = WithdrawRules(id=uuid4(), reason="too generous")
    await withdraw(pool, VENUE, 1, wish, "marat", CLOCK)
    assert await pool.fetchval("select granted from purse") == 20_000
    assert (await tonights_rules(pool)).purses.venue_night == 20_000


async def test_promises_beyond_the_new_caps_stay_and_are_told(pool: Pool) -> None:
    await published(pool, {"decisions": FIRST_COME, "overbooking": beyond(3)}, TODAY)
    made = []
    for number in range(5):
        await move_clock(pool, NOON + timedelta(minutes=number))
        made.append((await booked(pool, order(number), HOST)).reservation)
    told = await also_open(pool, {"decisions": FIRST_COME, "overbooking": beyond(1)})
    assert told.rules == ("overbooking",)
    assert told.beyond_caps is not None
    assert (told.beyond_caps.parties, told.beyond_caps.cap_parties) == (3, 1)
    latest = [each.reservation_id for each in told.beyond_caps.promises]
    assert latest == [each.reservation_id for each in made[3:]]
    kept = await pool.fetch("select kind from reservation where state = 'booked'")
    assert sorted(row["kind"] for row in kept) == ["overbooked"] * 3 + ["physical"] * 2
    assert (await tonights_rules(pool)).overbooking.cap_parties == 1
    assert await pool.fetchval("select overbooking_cap_parties from period") == 3
    off = await also_open(pool, {"decisions": FIRST_COME})
    assert off.beyond_caps is not None
    assert (off.beyond_caps.cap_parties, len(off.beyond_caps.promises)) == (0, 3)


async def test_a_risk_that_is_told_differently_is_listed_and_the_promise_keeps_its_own(
    pool: Pool,
) -> None:
    await published(pool, {"decisions": FIRST_COME, "overbooking": beyond(2)}, TODAY)
    await booked(pool, order(1), HOST)
    await booked(pool, order(2), HOST)
    third = (await booked(pool, order(3), HOST)).reservation
    told = await also_open(
        pool, {"decisions": FIRST_COME, "overbooking": beyond(2, ceiling=0.5) | {"show_phone": 0.5}}
    )
    (risk,) = told.risks
    assert risk.promise.reservation_id == third.reservation_id
    assert risk.told is not None
    assert risk.told.told is not None
    assert (risk.told.ceiling, risk.ceiling) == (1.0, 0.5)
    assert risk.told.overload == pytest.approx(0.9**3)
    assert risk.before == pytest.approx(risk.told.told.own_wait, abs=1e-4)
    lacks_none = 1.0 - 0.5**3
    assert risk.after is not None
    assert 0.95 * lacks_none < 1.0 - risk.after < lacks_none, "the model of waits adds to the count"
    assert await pool.fetchval("select risk ->> 'ceiling' from reservation where risk is not null")
    again = await also_open(
        pool, {"decisions": FIRST_COME, "overbooking": beyond(2, ceiling=0.5) | {"show_phone": 0.5}}
    )
    assert again.rules == ()


async def test_held_tables_are_made_given_back_and_released_at_another_time(pool: Pool) -> None:
    await booked(pool, order(starts=at(-1)), HOST)
    assert (await also_open(pool, {"holds": [PEAK]})).windows == (
        WindowChange(window="peak", made=2),
    )
    assert [each.window for each in (await stand(pool)).held] == ["peak", "peak"]
    fewer = [PEAK | {"count": 1, "ladder": [{"minutes_before": 30, "keep": 0}]}]
    assert (await also_open(pool, {"holds": fewer})).windows == (
        WindowChange(window="peak", given_back=1, rescheduled=1),
    )
    (held,) = (await stand(pool)).held
    assert held.release_at == at(1) - timedelta(minutes=30)
    earlier = [fewer[0] | {"starts": "19:30"}]
    assert (await also_open(pool, {"holds": earlier})).windows == (
        WindowChange(window="peak", made=1, given_back=1),
    )
    assert (await also_open(pool, {})).windows == (WindowChange(window="peak", given_back=1),)
    assert (await stand(pool)).held == ()


async def test_a_window_without_room_is_told_and_no_promise_moves_out(pool: Pool) -> None:
    for number in (1, 2):
        await booked(pool, order(number, starts=at(1)), HOST)
    told = await also_open(pool, {"holds": [PEAK]})
    assert told.windows == (WindowChange(window="peak", without_place=2),)
    planned = await pool.fetchval("select count(*) from intention where kind = 'reservation'")
    assert planned == 2


async def test_what_was_granted_or_held_by_hand_is_no_matter_of_a_publication(pool: Pool) -> None:
    await published(pool, {"holds": [PEAK]}, TODAY)
    await booked(pool, order(starts=at(-1)), HOST)
    one = max((await stand(pool)).held, key=lambda held: held.release_at)
    gone = orders.ReleaseHeld(
        id=uuid4(), held_id=one.held_id, version=one.version, reason="a quiet night"
    )
    await tell(pool, gone, BORIS)
    more = orders.HoldMore(id=uuid4(), window="peak", reason="a critic")
    await tell(pool, more, BORIS)
    told = await also_open(pool, {"holds": [PEAK], "overbooking": beyond(1)})
    assert (told.rules, told.windows) == (("overbooking",), ())
    (wider,) = (await also_open(pool, {"holds": [PEAK | {"count": 3}]})).windows
    assert (wider.made + wider.without_place, wider.given_back) == (1, 0)
    by_hand = await pool.fetchval("select state from held_table where rung = -1")
    assert by_hand == "held"


async def test_a_freed_table_goes_to_a_promise_beyond_the_room(pool: Pool) -> None:
    await published(
        pool,
        {"holds": [PEAK | {"count": 1}], "decisions": FIRST_COME, "overbooking": beyond(2)},
        TODAY,
    )
    await booked(pool, order(1, starts=at(1)), HOST)
    third = (await booked(pool, order(2, starts=at(1)), HOST)).reservation
    assert third.kind == "overbooked"
    told = await also_open(pool, {"decisions": FIRST_COME, "overbooking": beyond(2)})
    assert [each.reservation_id for each in told.placed] == [third.reservation_id]
    assert await pool.fetchval("select count(*) from reservation where kind = 'physical'") == 2


async def test_a_shorter_grace_tells_whose_table_it_frees_at_once(pool: Pool) -> None:
    late = (await booked(pool, order(), HOST)).reservation
    await move_clock(pool, SEVEN + timedelta(minutes=8))
    told = await also_open(pool, {"no_show_grace_minutes": 5})
    assert [each.reservation_id for each in told.no_shows] == [late.reservation_id]


async def test_dates_of_a_later_version_stay_with_it(pool: Pool) -> None:
    await booked_on(pool, LATER)
    await published(pool, {"overbooking": beyond(2)}, TODAY + timedelta(days=2), also_open=True)
    assert await versions(pool) == [None, None, 1]
    done = await published(
        pool, {"overbooking": beyond(1)}, TODAY + timedelta(days=1), also_open=True
    )
    assert [each.service_date.day for each in done.periods] == [TODAY.day + 1]
    assert await versions(pool) == [None, 2, 1]


async def sent_again(pool: Pool, wish: PublishRules, version: int = 1) -> Publication:
    return await publish_rules(pool, VENUE, version, wish, "marat", CLOCK)


async def test_a_publication_sent_again_goes_on_where_it_stopped_and_does_nothing_twice(
    pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    await booked_on(pool, LATER)
    await drafted(pool, {"holds": [PEAK | {"count": 1}]})
    wish = PublishRules(id=uuid4(), from_date=TODAY, also_open=True)
    bring = open_periods._bring_locked

    async def crashes(conn: Connection, work: Any, period: Any) -> Any:  # noqa: ANN401
        if period.service_date > TODAY:
            raise SystemExit
        return await bring(conn, work, period)

    monkeypatch.setattr(open_periods, "_bring_locked", crashes)
    with pytest.raises(SystemExit):
        await sent_again(pool, wish)
    assert await versions(pool) == [1, None, None]
    monkeypatch.undo()
    first = await sent_again(pool, wish)
    assert [each.trouble for each in first.periods] == [None] * LATER
    assert await versions(pool) == [1, 1, 1]
    moved = await pool.fetch("select version from period")
    assert await sent_again(pool, wish) == first
    assert await pool.fetch("select version from period") == moved
    assert await pool.fetchval("select count(*) from held_table") == LATER
    kinds = await pool.fetchval("select count(*) from action where kind = 'NewRules'")
    assert kinds == LATER


async def test_a_request_ends_in_time_and_tells_how_many_periods_are_left(
    pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    await booked_on(pool, LATER)
    await drafted(pool, {})
    wish = PublishRules(id=uuid4(), from_date=TODAY, also_open=True)
    monkeypatch.setattr(new_rules, "ENOUGH_SECONDS", 0.0)
    done = await sent_again(pool, wish)
    assert (done.left, done.periods) == (LATER, ())
    monkeypatch.undo()
    assert (await sent_again(pool, wish)).left == 0


async def test_one_periods_trouble_is_told_and_undoes_no_other(pool: Pool) -> None:
    await booked_on(pool, LATER)
    first = await published(pool, {"holds": [PEAK]}, TODAY, also_open=True)
    assert [each.trouble for each in first.periods] == [None] * LATER
    odd = {"purses": {"host_gift": 9000, "person_shift": 9000}}
    second = f"{(TODAY + timedelta(days=1)).isoformat()}.dinner"
    await overridden(pool, odd, second)
    small = {"purses": {"manager_gift": 2000}, "overbooking": beyond(1)}
    before = await foretold(pool, small)
    done = await published(pool, small, TODAY, also_open=True)
    assert done.periods == before.periods
    troubles = [each.trouble and each.trouble.code for each in done.periods]
    assert troubles == [None, "INVALID_RULES", None]
    assert done.open_already == (second,)
    assert await versions(pool) == [3, 1, 3]
    held = await pool.fetch("select period_id from held_table where state = 'held'")
    assert {row["period_id"] for row in held} == {second}


async def test_a_preview_writes_nothing_and_refuses_what_could_not_be_published(
    pool: Pool,
) -> None:
    await booked_on(pool, 1)
    before = await pool.fetch("select * from period"), await pool.fetch("select * from action")
    told = await foretold(pool, {"holds": [PEAK]})
    assert [each.capacity is not None for each in told.periods] == [True]
    assert await pool.fetchval("select count(*) from held_table") == 0
    assert await pool.fetch("select * from period") == before[0]
    with pytest.raises(Invalid, match="2027-03-03 or later"):
        await foretold(pool, {}, TODAY - timedelta(days=1))
    asked = PreviewRules(from_date=TODAY)
    async with transaction(pool) as conn:
        with pytest.raises(NotFound):
            await preview(conn, VENUE, 77, asked, CLOCK)
    wish = WithdrawRules(id=uuid4(), reason="no")
    await withdraw(pool, VENUE, 1, wish, "marat", CLOCK)
    async with transaction(pool) as conn:
        with pytest.raises(NotPossibleNow, match="withdrawn"):
            await preview(conn, VENUE, 1, asked, CLOCK)


async def test_tablets_hear_of_it_period_by_period(pool: Pool) -> None:
    await booked_on(pool, 2)
    heard: list[str] = []

    def hear(*said: Any) -> None:  # noqa: ANN401 - connection, process, channel, what is said
        heard.append(said[-1])

    async with pool.acquire() as conn:
        await conn.add_listener("maitred", hear)
        await published(pool, {"holds": [PEAK]}, TODAY, also_open=True)
        await conn.fetchval("select 1")
        await conn.remove_listener("maitred", hear)
    assert sum('"rules.published"' in each for each in heard) == 2


async def test_whoever_was_promised_beyond_the_room_under_wider_caps_comes_late_and_with_more(
    pool: Pool,
) -> None:
    """No check of the database refuses a promise that stood, whatever the caps are by now."""
    await published(pool, {"decisions": FIRST_COME, "overbooking": beyond(3)}, TODAY)
    await pool.execute("insert into client (client_id, name, secret_hash) values ('s', 'S', '')")
    for number in (1, 2):
        await booked(pool, order(number), HOST)
    late = (await booked(pool, order(3), HOST)).reservation.reservation_id
    wish = HoldRequest(party_size=2, starts=SEVEN)
    held = await run(pool, lambda conn: hold_slot(conn, VENUE, wish, site("s"), CLOCK))
    assert isinstance(held, ClientSlotHold)
    assert (await also_open(pool, {"decisions": FIRST_COME})).beyond_caps is not None
    confirmed = replace(order(4), slot_hold_id=held.slot_hold_id)
    assert (await booked(pool, confirmed, site("s"))).reservation.kind == "overbooked"
    await move_clock(pool, SEVEN + timedelta(minutes=20))
    gone = await promise(pool, late)
    assert gone.state == "no_show"
    come = orders.Arrive(id=uuid4(), reservation_id=late, version=gone.version, arrived=3)
    await tell(pool, come)
    assert (await promise(pool, late)).party_size == 3
