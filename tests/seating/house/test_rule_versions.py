"""Rules in force: by date, kept by the period that opened with them, overridden for a night."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal
from uuid import uuid4

import msgspec
import pytest

from policies.floor.new_rules import WindowChange
from policies.house.calendar import periods_on
from policies.house.rules import CAPACITY_RULES, CURRENT_RULES, Overbooking, Rules
from policies.house.rules_checks import RulesError
from seating.book.in_force import house_of
from seating.book.periods import lock_period, read_unlocked
from seating.db import run, transaction
from seating.errors import IdReused, Invalid, NotFound, NotPossibleNow, Stale
from seating.house.overrides import OverrideDates, override_dates, read_override
from seating.house.rule_versions import (
    DraftRules,
    PatchRules,
    PublishRules,
    RulesVersion,
    WithdrawRules,
    compare_versions,
    draft,
    list_rules,
    patch_rules,
    publish,
    withdraw_rules,
)
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
    open_house,
    order,
)
from tests.support.rules import PEAK, beyond
from tests.support.stand import stand

if TYPE_CHECKING:
    from typing import Any

    from seating.db import Pool

TODAY = SEVEN.date()
GENEROUS = {"purses": {"venue_night": 90_000}}
STRICT = {"purses": {"venue_night": 1000}}


@pytest.fixture(autouse=True)
async def _house(pool: Pool) -> None:
    await open_house(pool, house_text(2, 2))


async def in_force(pool: Pool, day: date = TODAY) -> int:
    """What tonight's purse is, by the picture that every decision looks at."""
    async with transaction(pool) as conn:
        known = await house_of(conn, VENUE)
        period = periods_on(known.house, day, house_version=known.version)[0]
        before = await read_unlocked(conn, VENUE, known, period, now=NOON)
        opened = await lock_period(conn, VENUE, known, period, now=NOON)
    assert before.rules == opened.picture.rules
    assert opened.picture.period.rules_version == await pool.fetchval(
        "select rules_version from period where service_date = $1", day
    )
    return opened.picture.rules.purses.venue_night


DEFAULT = Rules().purses.venue_night


async def test_a_house_without_rules_runs_under_the_defaults(pool: Pool) -> None:
    assert await in_force(pool) == DEFAULT


async def test_a_draft_changes_nothing(pool: Pool) -> None:
    made = await drafted(pool, GENEROUS)
    assert (made.version, made.state, made.why) == (1, "draft", "a new season")
    assert await in_force(pool) == DEFAULT


async def test_rules_are_in_force_from_their_date_on(pool: Pool) -> None:
    await published(pool, GENEROUS, date(2027, 3, 5))
    assert await in_force(pool, date(2027, 3, 4)) == DEFAULT
    assert await in_force(pool, date(2027, 3, 5)) == 90_000
    assert await in_force(pool, date(2027, 3, 20)) == 90_000


async def test_the_later_date_wins_then_the_later_publication(pool: Pool) -> None:
    await published(pool, GENEROUS, date(2027, 3, 10))
    await published(pool, STRICT, date(2027, 3, 5))
    assert await in_force(pool, date(2027, 3, 12)) == 90_000
    await published(pool, STRICT, date(2027, 3, 10))
    assert await in_force(pool, date(2027, 3, 13)) == 1000


async def test_a_period_keeps_only_the_capacity_it_opened_with(pool: Pool) -> None:
    await published(pool, GENEROUS | {"no_show_grace_minutes": 40}, TODAY)
    await booked(pool, order(), HOST)
    later = await published(pool, STRICT | {"no_show_grace_minutes": 20}, TODAY)
    assert later.open_already == (PERIOD,)
    assert await in_force(pool) == 1000
    async with transaction(pool) as conn:
        tonight = await read_override(conn, VENUE, PERIOD)
    assert (tonight.rules_version, tonight.current_version) == (1, 2)
    assert tonight.rules.no_show_grace_minutes == 40
    assert await in_force(pool, date(2027, 3, 4)) == 1000


def test_every_rule_is_either_capacity_or_current() -> None:
    """Whoever adds a rule decides whether it reaches dates that are booked, and says why."""
    assert CAPACITY_RULES.keys() | CURRENT_RULES.keys() == set(Rules.__struct_fields__)
    assert not CAPACITY_RULES.keys() & CURRENT_RULES.keys()


async def test_withdrawn_rules_hold_for_the_capacity_of_open_periods_only(pool: Pool) -> None:
    await published(pool, GENEROUS | {"no_show_grace_minutes": 40}, TODAY)
    await booked(pool, order(), HOST)
    wish = WithdrawRules(id=uuid4(), reason="too generous")
    for _ in range(2):
        gone = await run(pool, lambda conn: withdraw_rules(conn, VENUE, 1, wish, "marat", CLOCK))
        assert gone.state == "withdrawn"
    assert await in_force(pool) == DEFAULT
    async with transaction(pool) as conn:
        assert (await read_override(conn, VENUE, PERIOD)).rules.no_show_grace_minutes == 40
    assert await in_force(pool, date(2027, 3, 4)) == DEFAULT
    again = msgspec.structs.replace(wish, id=uuid4())
    with pytest.raises(NotPossibleNow):
        await run(pool, lambda conn: withdraw_rules(conn, VENUE, 1, again, "marat", CLOCK))


async def test_a_published_version_is_never_published_again(pool: Pool) -> None:
    await published(pool, GENEROUS, TODAY)
    wish = PublishRules(id=uuid4(), from_date=date(2027, 4, 1))
    with pytest.raises(NotPossibleNow, match="Version 1 is published"):
        await run(pool, lambda conn: publish(conn, VENUE, 1, wish, "marat", CLOCK))


async def test_rules_are_not_published_from_a_day_gone_by(pool: Pool) -> None:
    await drafted(pool, GENEROUS)
    wish = PublishRules(id=uuid4(), from_date=date(2027, 3, 2))
    with pytest.raises(Invalid, match="2027-03-03 or later"):
        await run(pool, lambda conn: publish(conn, VENUE, 1, wish, "marat", CLOCK))
    with pytest.raises(NotFound):
        await run(pool, lambda conn: publish(conn, VENUE, 7, wish, "marat", CLOCK))


async def test_a_draft_that_no_longer_suits_the_house_is_not_published(pool: Pool) -> None:
    wide = {"name": "peak", "period": "dinner", "starts": "19:00", "minutes": 60, "count": 1}
    await drafted(pool, {"holds": [wide | {"seats": 2, "area": "room"}]})
    await pool.execute(
        "update house set checksum = 'other', house = jsonb_set(house, '{areas}', $1::jsonb)",
        '[{"id": "hall", "name": "Hall"}]',
    )
    wish = PublishRules(id=uuid4(), from_date=TODAY)
    with pytest.raises(RulesError, match="Held tables peak: This house has no area room"):
        await run(pool, lambda conn: publish(conn, VENUE, 1, wish, "marat", CLOCK))


async def test_a_draft_sent_twice_is_one_version_and_its_id_stands_for_nothing_else(
    pool: Pool,
) -> None:
    wish = DraftRules(id=uuid4(), rules=GENEROUS, reason="a new season")
    for _ in range(2):
        made = await run(pool, lambda conn: draft(conn, VENUE, wish, "marat", CLOCK))
        assert made.version == 1
    async with transaction(pool) as conn:
        assert [each.version for each in await list_rules(conn, VENUE)] == [1]
    other = PublishRules(id=wish.id, from_date=TODAY)
    with pytest.raises(IdReused):
        await run(pool, lambda conn: publish(conn, VENUE, 1, other, "marat", CLOCK))


async def test_tonight_differs_and_the_next_night_does_not(pool: Pool) -> None:
    await published(pool, GENEROUS, TODAY)
    told = await overridden(pool, STRICT)
    assert told.rules_version == 1
    assert list(told.override) == ["purses"]
    assert await in_force(pool) == 1000
    assert await in_force(pool, date(2027, 3, 4)) == 90_000


async def test_overrides_add_up_and_null_gives_a_section_back(pool: Pool) -> None:
    await published(pool, GENEROUS, TODAY)
    await overridden(pool, STRICT)
    both = await overridden(pool, {"no_show_grace_minutes": 30})
    assert both.override.keys() == {"purses", "no_show_grace_minutes"}
    back = await overridden(pool, {"purses": None})
    assert back.override == {"no_show_grace_minutes": 30}
    assert back.rules.purses.venue_night == 90_000
    async with transaction(pool) as conn:
        read = await read_override(conn, VENUE, PERIOD)
    assert (read.override, read.rules) == (back.override, back.rules)


async def test_an_override_of_one_key_leaves_the_others_to_the_version(pool: Pool) -> None:
    await published(pool, {"overbooking": beyond(2)}, TODAY)
    told = await overridden(pool, {"overbooking": {"enabled": False}})
    assert told.override == {"overbooking": {"enabled": False}}
    limits = told.rules.overbooking
    assert (limits.enabled, limits.ceiling, limits.cap_parties) == (False, 1.0, 2)
    await published(pool, {"overbooking": beyond(4)}, TODAY, also_open=True)
    async with transaction(pool) as conn:
        later = (await read_override(conn, VENUE, PERIOD)).rules.overbooking
    assert (later.enabled, later.cap_parties) == (False, 4)
    both = await overridden(pool, {"overbooking": {"party_max": 3, "enabled": None}})
    assert both.override == {"overbooking": {"party_max": 3}}
    assert (both.rules.overbooking.enabled, both.rules.overbooking.party_max) == (True, 3)
    assert (await overridden(pool, {"overbooking": {"party_max": None}})).override == {}


async def test_an_override_that_was_stored_whole_says_what_it_said(pool: Pool) -> None:
    await published(pool, {"overbooking": beyond(2)}, TODAY)
    await booked(pool, order(), HOST)
    whole = msgspec.json.encode({"overbooking": Overbooking()}).decode()
    await pool.execute("update period set rules_override = $1::jsonb", whole)
    async with transaction(pool) as conn:
        assert (await read_override(conn, VENUE, PERIOD)).rules.overbooking == Overbooking()


async def test_held_tables_follow_an_override_and_its_end(pool: Pool) -> None:
    await published(pool, {"holds": [PEAK | {"count": 1}]}, TODAY)
    await booked(pool, order(starts=at(-1)), HOST)
    more = await overridden(pool, {"holds": [PEAK]})
    assert more.capacity is not None
    assert more.capacity.windows == (WindowChange(window="peak", made=1),)
    assert len((await stand(pool)).held) == 2
    await overridden(pool, {"holds": None})
    assert len((await stand(pool)).held) == 1
    none = await overridden(pool, {"holds": []})
    assert none.capacity is not None
    assert none.capacity.windows == (WindowChange(window="peak", given_back=1),)


async def test_one_override_for_many_dates_is_told_period_by_period(pool: Pool) -> None:
    await published(pool, GENEROUS, TODAY)
    fridays = OverrideDates(
        id=uuid4(),
        rules=STRICT,
        reason="quiet Fridays",
        from_date=TODAY,
        until=TODAY + timedelta(days=14),
        weekdays=frozenset({"fri"}),
        name="dinner",
    )
    for _ in range(2):
        done = await override_dates(pool, VENUE, fridays, "marat", CLOCK)
        assert [each.period_id[:10] for each in done.periods] == ["2027-03-05", "2027-03-12"]
        assert [each.rules and each.rules.rules.purses.venue_night for each in done.periods] == [
            1000,
            1000,
        ]
    assert await in_force(pool, date(2027, 3, 5)) == 1000
    assert await in_force(pool, date(2027, 3, 6)) == 90_000
    assert await pool.fetchval("select count(*) from action where kind = 'Override'") == 2
    (row,) = await pool.fetch("select facts::text from security_event where kind = 'OverrideRules'")
    assert json.loads(row["facts"]) == {
        "count": 2,
        "periods": ["2027-03-05.dinner", "2027-03-12.dinner"],
        "changed": ["purses/venue_night"],
    }
    some = OverrideDates(
        id=uuid4(),
        rules={"purses": {"host_gift": 10_000}},
        reason="a feast",
        dates=(date(2027, 3, 2), date(2027, 3, 6), date(2027, 3, 5)),
    )
    told = await override_dates(pool, VENUE, some, "marat", CLOCK)
    codes = [each.trouble and each.trouble.code for each in told.periods]
    assert codes == ["NOT_POSSIBLE_NOW", None, None]


@pytest.mark.parametrize(
    ("dates", "pointer"),
    [
        ({}, "/dates"),
        ({"dates": (TODAY,), "from_date": TODAY}, "/dates"),
        ({"from_date": TODAY}, "/until"),
        ({"from_date": TODAY, "until": date(2027, 3, 1)}, "/until"),
        ({"from_date": TODAY, "until": date(2029, 3, 1)}, "/until"),
        ({"from_date": TODAY, "until": TODAY, "weekdays": frozenset({"mon"})}, "/weekdays"),
        ({"dates": (TODAY,), "name": "brunch"}, "/name"),
    ],
)
async def test_dates_that_make_no_sense_are_told_and_nothing_is_stored(
    pool: Pool, dates: dict[str, Any], pointer: str
) -> None:
    wish = OverrideDates(id=uuid4(), rules=STRICT, reason="a try", **dates)
    with pytest.raises(Invalid) as refused:
        await override_dates(pool, VENUE, wish, "marat", CLOCK)
    assert refused.value.pointer == pointer
    wrong = OverrideDates(id=uuid4(), rules={"tips": 1}, reason="a try", dates=(TODAY,))
    with pytest.raises(RulesError, match="Unknown key tips"):
        await override_dates(pool, VENUE, wrong, "marat", CLOCK)
    assert await pool.fetchval("select count(*) from action") == 0
    assert await pool.fetchval("select count(*) from period") == 0


async def test_dates_at_the_ends_of_the_calendar_have_no_period(pool: Pool) -> None:
    ends = date.min, date.max
    wish = OverrideDates(id=uuid4(), rules=STRICT, reason="a try", dates=ends)
    done = await override_dates(pool, VENUE, wish, "marat", CLOCK)
    assert (done.periods, done.left, done.without_period) == ((), 0, ends)


async def patched(pool: Pool, **wish: Any) -> RulesVersion:  # noqa: ANN401 - fields of the command
    command = PatchRules(id=uuid4(), reason="one thing", **wish)
    return await run(pool, lambda conn: patch_rules(conn, VENUE, command, "marat", CLOCK))


async def test_a_patch_changes_one_key_of_the_version_in_force(pool: Pool) -> None:
    await published(pool, GENEROUS | {"overbooking": beyond(2)}, TODAY)
    await published(pool, STRICT, date(2027, 3, 10))
    made = await patched(pool, patch={"overbooking": {"ceiling": 0.2}})
    assert (made.version, made.state) == (3, "draft")
    assert (made.rules.overbooking.ceiling, made.rules.overbooking.cap_parties) == (0.2, 2)
    assert made.rules.purses.venue_night == 90_000
    back = await patched(pool, from_version=2, patch={"purses": {"venue_night": None}})
    assert back.rules == Rules()
    with pytest.raises(NotFound):
        await patched(pool, from_version=77, patch={"purses": {}})
    with pytest.raises(RulesError, match="Expected a number from 0"):
        await patched(pool, patch={"overbooking": {"ceiling": 7}})
    async with transaction(pool) as conn:
        assert len(await list_rules(conn, VENUE)) == 4


async def test_a_draft_kept_again_takes_its_place_unless_somebody_was_faster(pool: Pool) -> None:
    first = await patched(pool, patch={"overbooking": {"ceiling": 0.2}})
    wish = {"from_version": first.version, "replaces": True}
    second = await patched(pool, **wish, patch={"overbooking": {"ceiling": 0.3}})
    assert await states(pool) == {first.version: "withdrawn", second.version: "draft"}
    with pytest.raises(Stale):  # two had it open: the other's is not lost, and nothing is made
        await patched(pool, **wish, patch={"overbooking": {"ceiling": 0.1}})
    order = PublishRules(id=uuid4(), from_date=TODAY)
    await run(pool, lambda conn: publish(conn, VENUE, second.version, order, "anna", CLOCK))
    for late in (
        lambda: patched(
            pool,
            from_version=second.version,
            replaces=True,
            patch={"overbooking": {"ceiling": 0.1}},
        ),
        lambda: withdrawn(pool, second.version, "draft"),
    ):
        with pytest.raises(Stale):  # it was published meanwhile, and holds on
            await late()
    assert await states(pool) == {first.version: "withdrawn", second.version: "published"}
    await withdrawn(pool, second.version, "published")


async def withdrawn(pool: Pool, version: int, state: Literal["draft", "published"]) -> None:
    command = WithdrawRules(id=uuid4(), reason="no more", state=state)
    await run(pool, lambda conn: withdraw_rules(conn, VENUE, version, command, "marat", CLOCK))


async def states(pool: Pool) -> dict[int, str]:
    async with transaction(pool) as conn:
        return {each.version: each.state for each in await list_rules(conn, VENUE)}


async def test_windows_and_gestures_are_patched_by_name_and_compared(pool: Pool) -> None:
    cake = {"key": "cake", "name": {"en": "Cake"}, "cost": 600, "due": "bill"}
    await published(pool, {"holds": [PEAK], "gestures": [cake]}, TODAY)
    change = {"holds": {"peak": {"count": 1, "ladder": []}}, "gestures": {"cake": {"cost": 700}}}
    made = await patched(pool, patch=change | {"wait_ladder": {"15": {"gesture": "cake"}}})
    assert [(window.count, window.seats) for window in made.rules.holds] == [(1, 2)]
    assert [(rung.minutes, rung.gesture) for rung in made.rules.wait_ladder] == [(15, "cake")]
    async with transaction(pool) as conn:
        found = await compare_versions(conn, VENUE, made.version, None, CLOCK)
        assert await compare_versions(conn, VENUE, made.version, made.version, CLOCK) == ()
        with pytest.raises(NotFound):
            await compare_versions(conn, VENUE, 77, None, CLOCK)
    told = {each.pointer: (each.before, each.after) for each in found}
    assert told["/holds/peak/count"] == (2, 1)
    assert told["/gestures/cake/cost"] == (600, 700)
    assert told["/wait_ladder/15"][0] is None
    assert found[0].sentence.en == "Held tables “peak”: tables held 1 instead of 2."
    with pytest.raises(RulesError, match="There is no brunch to remove"):
        await patched(pool, patch={"holds": {"brunch": None}})


async def test_a_window_is_overridden_by_its_name(pool: Pool) -> None:
    await published(pool, {"holds": [PEAK]}, TODAY)
    told = await overridden(pool, {"holds": {"peak": {"count": 1, "ladder": []}}})
    assert [(window.count, window.seats) for window in told.rules.holds] == [(1, 2)]
    assert (await overridden(pool, {"holds": {"peak": None}})).override == {"holds": []}
    assert (await overridden(pool, {"holds": None})).rules.holds[0].count == 2


async def test_a_house_without_rules_is_patched_from_the_defaults(pool: Pool) -> None:
    made = await patched(pool, patch={"offer_minutes": 15})
    assert made.rules == msgspec.structs.replace(Rules(), offer_minutes=15)


async def test_a_draft_tells_what_is_allowed_but_odd(pool: Pool) -> None:
    lost = {"key": "lost", "name": {"en": "Lost"}, "cost": 0, "due": "leaving", "kind": "claim"}
    made = await drafted(pool, {"gestures": [lost | {"cap": 6000}]})
    assert [each.pointer for each in made.warnings] == ["/rules/gestures/0/cap"]
    assert "a host's purse of the shift holds €50" in made.warnings[0].detail
    assert (await drafted(pool, {"gestures": [lost | {"cap": 5000}]})).warnings == ()


async def test_an_override_is_on_record_and_moves_the_period(pool: Pool) -> None:
    await overridden(pool, STRICT)
    row = await pool.fetchrow("select kind, staff_id, reason, period_id, answer from action")
    assert row is not None
    assert (row["kind"], row["staff_id"], row["reason"]) == ("Override", "marat", "a big night")
    assert row["period_id"] == PERIOD
    assert await pool.fetchval("select version from period where period_id = $1", PERIOD) == 1


@pytest.mark.parametrize(
    ("patch", "said"),
    [
        ({"purses": {"host_gift": -1}}, "Expected an integer from 0"),
        ({"wait_ladder": [{"minutes": 5, "gesture": "cake"}]}, "This house has no gesture cake"),
        ({"tips": 1}, "Unknown key tips"),
        ({"tips": {}}, "Unknown key tips"),
        ({"tips": None}, "Unknown key tips"),
        ({"overbooking": {"enabeld": None}}, "Unknown key enabeld. Expected one of enabled, "),
        ({"offer_minutes": {}}, "Expected an integer from 1 to 240, got"),
    ],
)
async def test_a_wrong_override_is_told_by_its_key_and_changes_nothing(
    pool: Pool, patch: dict[str, Any], said: str
) -> None:
    with pytest.raises(RulesError, match=said):
        await overridden(pool, patch)
    assert await in_force(pool) == DEFAULT
    if not any(isinstance(value, list) for value in patch.values()):
        with pytest.raises(RulesError, match=said):
            await patched(pool, patch=patch)


async def test_a_mistake_in_a_patch_is_pointed_at_as_it_was_sent(pool: Pool) -> None:
    await published(pool, {"holds": [PEAK]}, TODAY)
    wrong: dict[str, Any] = {"holds": {"peak": {"count": "3"}, "late": {}}}
    with pytest.raises(RulesError) as refused:
        await patched(pool, patch=wrong)
    assert refused.value.member == "patch"
    paths = [path for path, _ in refused.value.problems]
    assert paths[0] == ("holds", "peak", "count")
    assert ("holds", "late", "starts") in paths
    with pytest.raises(RulesError) as refused:
        await overridden(pool, wrong)
    assert refused.value.problems[0][0] == ("holds", "peak", "count")
    with pytest.raises(RulesError) as refused:
        await patched(pool, patch={"holds": [PEAK | {"count": "3"}]})
    assert refused.value.problems[0][0] == ("holds", 0, "count")


@pytest.mark.parametrize(
    "period_id", ["2027-03-03.lunch", "2027-03-03", "tonight", "2027-02-31.dinner"]
)
async def test_a_period_the_house_does_not_serve_cannot_be_overridden(
    pool: Pool, period_id: str
) -> None:
    with pytest.raises(NotFound):
        await overridden(pool, STRICT, period_id)


async def test_a_period_that_is_over_cannot_be_overridden(pool: Pool) -> None:
    with pytest.raises(NotPossibleNow):
        await overridden(pool, STRICT, "2027-03-02.dinner")


async def test_rules_written_when_a_ceiling_meant_anybody_say_once_what_it_means_now(
    pool: Pool,
) -> None:
    limits = {"overbooking": beyond(ceiling=0.03)}
    await published(pool, limits, TODAY)
    async with transaction(pool) as conn:
        assert (await list_rules(conn, VENUE))[0].warnings == ()
    await pool.execute("update rules set ceiling_of = 'any_wait'")
    async with transaction(pool) as conn:
        (shown, *_) = await list_rules(conn, VENUE)
    assert [each.message for each in shown.warnings] == ["ceiling-means-own-wait"]
    assert "your limit of 3 in 100 now means that the party itself" in shown.warnings[0].detail
    first, second = [await drafted(pool, limits) for _ in range(2)]
    assert [each.message for each in first.warnings] == ["ceiling-means-own-wait"]
    assert second.warnings == ()
    async with transaction(pool) as conn:
        assert (await list_rules(conn, VENUE))[0].warnings == ()
