# ruff: noqa: E501 - one mistake a line, read across
"""Rules: what a manager may write, and every sentence that may come back instead."""

from typing import Any

import msgspec
import pytest

from policies.house.file import read_house
from policies.house.rules import Rules
from policies.house.rules_checks import (
    RulesError,
    overridden,
    override_of,
    patched_override,
    read_rules,
    rule_warnings,
    rules_json,
)
from tests.support.house import house_text

HOUSE = read_house(house_text(2, 2, 4, terrace=1))
PEAK = {
    "name": "peak",
    "period": "dinner",
    "starts": "19:00",
    "minutes": 90,
    "count": 2,
    "seats": 2,
}
CAKE = {"key": "cake", "name": {"en": "Cake"}, "cost": 600, "due": "bill"}
LATE = {"minutes": 15, "gesture": "cake"}
GOOD: dict[str, Any] = {
    "holds": [PEAK | {"ladder": [{"minutes_before": 45, "keep": 1}]}],
    "overbooking": {"enabled": True, "cap_parties": 2, "cap_covers": 8},
    "gestures": [CAKE],
    "wait_ladder": [LATE],
    "purses": {"venue_night": 9000},
}


def problems_of(change: dict[str, Any]) -> list[str]:
    with pytest.raises(RulesError) as refused:
        read_rules(GOOD | change, HOUSE)
    return str(refused.value).splitlines()


def test_what_is_left_out_has_its_default() -> None:
    rules = read_rules(GOOD, HOUSE)
    assert rules.purses.venue_night == 9000
    assert rules.purses.host_gift == Rules().purses.host_gift
    assert read_rules({}, HOUSE) == Rules()


def test_what_is_kept_spells_out_every_default() -> None:
    kept = msgspec.json.decode(rules_json(read_rules({}, HOUSE)))
    assert kept.keys() == set(Rules.__struct_fields__)
    assert read_rules(kept, HOUSE) == Rules()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"holds": [PEAK | {"count": -1}]}, 'holds[0] "peak".count: expected an integer from 0'),
        ({"holds": [{"name": "peak"}]}, 'holds[0] "peak".period: missing; expected a key'),
        ({"tips": 1}, "tips: unknown key; expected one of holds"),
        (
            {"decisions": {"late_cost": 20_000}},
            "decisions.walked_cost: expected at least late_cost (20000), got 10000",
        ),
        ({"decisions": {"stay_caution": 0.3}}, "decisions.stay_caution: expected a number from 0"),
        ({"decisions": {"cover_value": 0}}, "decisions.cover_value: expected an integer from 1"),
        ({"overbooking": {"ceiling": 2}}, "overbooking.ceiling: expected a number from 0"),
        ({"holds": [PEAK, PEAK]}, 'holds[1] "peak".name: expected each only once'),
        ({"holds": [PEAK | {"period": "tea"}]}, "period: expected a period of this house (dinner)"),
        ({"holds": [PEAK | {"area": "roof"}]}, "area: expected an area of this house (room, terr"),
        ({"holds": [PEAK | {"seats": 5}]}, "seats: expected at most 4 guests, got 5"),
        ({"holds": [PEAK | {"seats": 4, "area": "room"}]}, "seats: expected at most 2 guests"),
        ({"holds": [PEAK | {"starts": "17:30"}]}, "starts: expected a window within 18:00 to 23:55"),
        ({"holds": [PEAK | {"starts": "23:00"}]}, "got 23:00 for 90 minutes"),
        ({"holds": [PEAK | {"starts": "19:02"}]}, "starts: expected full 5 minutes"),
        (
            {"holds": [PEAK | {"ladder": [{"minutes_before": 45, "keep": 3}]}]},
            "ladder[0].keep: expected at most the 2 held, got 3",
        ),
        (
            {
                "holds": [
                    PEAK
                    | {"ladder": [{"minutes_before": m, "keep": k} for m, k in ((15, 0), (45, 1))]}
                ]
            },
            "ladder[1].minutes_before: expected less than 15, got 45",
        ),
        ({"overbooking": {"areas_excluded": ["roof"]}}, "areas_excluded: expected areas of this"),
        ({"overbooking": {"cap_parties": 3}}, "cap_covers: expected at least a guest for each of 3"),
        ({"gestures": [CAKE, CAKE]}, 'gestures[1] "cake".key: expected each only once'),
        ({"gestures": [CAKE | {"cost": 20_000}]}, "cost: expected at most a manager's gift (10000)"),
        ({"gestures": [CAKE | {"name": {"ru": "Торт"}}]}, "expected a name in the house's language"),
        ({"gestures": [CAKE | {"kind": "refund"}]}, "cost: expected 0, because the amount of a refund"),
        ({"gestures": [CAKE | {"kind": "claim", "cost": 0}]}, "cap: expected the most that is paid"),
        ({"gestures": [CAKE | {"kind": "spend_linked"}]}, "per_amount: expected an amount for a"),
        ({"gestures": [CAKE | {"units_max": 2}]}, "units_max: expected 1 for a gesture of kind item"),
        ({"gestures": [CAKE | {"cap": 20_000}]}, "cap: expected at most a manager's gift (10000)"),
        ({"gestures": []}, "wait_ladder[0].gesture: expected a gesture of the catalogue"),
        ({"wait_ladder": [LATE, LATE]}, "wait_ladder[1].minutes: expected each only once"),
        ({"purses": {"host_gift": 500, "manager_gift": 400}}, "manager_gift: expected at least host"),
        ({"listing_house_rules": 2}, "expected the house rules in force (version 3), got 2"),
        ({"purses": {"manager_shift": 10}}, "manager_shift: expected at least person_shift (5000)"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_by_its_key(change: dict[str, Any], said: str) -> None:
    assert any(said in problem for problem in problems_of(change)), problems_of(change)


def test_every_mistake_is_told_at_once() -> None:
    assert len(problems_of({"holds": [PEAK | {"count": -1, "seats": 0}], "purses": 3})) == 3


def test_days_on_which_the_period_is_not_served_are_refused() -> None:
    text = house_text(2).replace('"mon", ', "")
    with pytest.raises(RulesError, match='days on which "dinner" is served, got mon'):
        read_rules({"holds": [PEAK | {"days": ["mon", "tue"]}]}, read_house(text))


def test_a_window_after_midnight_belongs_to_the_evening_before() -> None:
    night = read_house(house_text(2).replace('"23:55"', '"02:00"'))
    late = PEAK | {"starts": "00:30", "minutes": 90}
    assert read_rules({"holds": [late]}, night).holds[0].minutes == 90
    with pytest.raises(RulesError):
        read_rules({"holds": [late | {"minutes": 95}]}, night)


def test_a_patch_of_an_override_leaves_other_keys_and_null_gives_one_back() -> None:
    tonight = {"purses": {"host_gift": 1}, "holds": [], "approvals": {"minutes": 5}}
    patch = {"purses": {"venue_night": 2}, "holds": None, "approvals": {"minutes": None}}
    assert patched_override(tonight, patch) == {"purses": {"host_gift": 1, "venue_night": 2}}
    assert tonight["purses"] == {"host_gift": 1}
    assert patched_override({}, {"holds": [{"area": None}]}) == {"holds": [{"area": None}]}


def test_what_is_overridden_in_a_section_leaves_its_other_keys_to_the_version() -> None:
    version = {"purses": {"host_gift": 1, "venue_night": 9}, "holds": [PEAK]}
    assert overridden(version, {"purses": {"host_gift": 2}, "holds": []}) == {
        "purses": {"host_gift": 2, "venue_night": 9},
        "holds": [],
    }
    stored = override_of(read_rules(GOOD, HOUSE), {"purses": {"venue_night": 1}, "holds": []})
    assert stored["purses"] == {"venue_night": 9000}
    holds = stored["holds"]
    assert isinstance(holds, list)
    assert holds[0]["starts"] == "19:00:00"


CLAIM = {"key": "lost", "name": {"en": "Lost"}, "cost": 0, "due": "leaving", "kind": "claim"}


@pytest.mark.parametrize(
    ("change", "pointer", "said"),
    [
        ({"gestures": [CLAIM | {"cap": 9000}]}, "/gestures/0/cap", "a host's shift purse (5000)"),
        (
            {"gestures": [CLAIM | {"cap": 4000}], "purses": {"venue_night": 3000}},
            "/gestures/0/cap",
            "a claim above the night's purse (3000) always needs approval, up to 4000",
        ),
        (
            {"gestures": [CAKE | {"cost": 1600}], "wait_ladder": [LATE]},
            "/wait_ladder/0/gesture",
            "a host always has to ask: cake costs 1600, a host gives 1500",
        ),
        ({"purses": {"host_gift": 6000}}, "/purses/host_gift", "6000 is more than person_shift"),
        ({"purses": {"venue_night": 9999}}, "/purses/manager_gift", "more than venue_night (9999)"),
        ({"holds": [PEAK | {"count": 4}]}, "/holds/0/count", "3 tables and joins seat 2, not 4"),
        (
            {"holds": [PEAK | {"ladder": [{"minutes_before": 45, "keep": 2}]}]},
            "/holds/0/ladder/0",
            "releases nothing: 2 are kept still",
        ),
        ({"overbooking": {"enabled": True}}, "/overbooking/cap_parties", "nobody is overbooked"),
    ],
)
def test_what_is_allowed_but_odd_is_warned_of(
    change: dict[str, Any], pointer: str, said: str
) -> None:
    warned = {each.pointer: each.detail for each in rule_warnings(read_rules(change, HOUSE), HOUSE)}
    assert said in warned["/rules" + pointer]


def test_rules_that_are_as_they_should_be_are_not_warned_of() -> None:
    assert rule_warnings(Rules(), HOUSE) == ()
    good = GOOD | {"gestures": [CAKE, CLAIM | {"cap": 5000}], "purses": {}}
    assert rule_warnings(read_rules(good, HOUSE), HOUSE) == ()
