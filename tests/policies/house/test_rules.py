# ruff: noqa: E501 - one mistake a line, read across
"""Rules: what a manager may write, and every sentence that may come back instead."""

from typing import Any

import msgspec
import pytest

from policies.drafts.keys import pointer_to
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
from policies.words.catalogue import say
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
    return [f"{pointer_to(*path)}: {say(said)}" for path, said in refused.value.problems]


def test_what_is_left_out_has_its_default() -> None:
    rules = read_rules(GOOD, HOUSE)
    assert rules.purses.venue_night == 9000
    assert rules.purses.host_gift == Rules().purses.host_gift
    assert read_rules({}, HOUSE) == Rules()


def test_what_is_kept_spells_out_every_default() -> None:
    kept = msgspec.json.decode(rules_json(read_rules({}, HOUSE)))
    assert kept["decisions"]["by_value"] is True
    assert kept.keys() == set(Rules.__struct_fields__)
    assert read_rules(kept, HOUSE) == Rules()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"holds": [PEAK | {"count": -1}]}, "/holds/0/count: Held tables peak: Expected an integer from 0 to 100, got -1."),
        ({"holds": [{"name": "peak"}]}, "/holds/0/period: Held tables peak: This is missing. Expected a key of small letters, digits, - and _, at most 40."),
        ({"tips": 1}, "/tips: Unknown key tips. Expected one of holds, overbooking, decisions, no_show_grace_minutes, gestures, wait_ladder, purses, etiquette, approvals, mains_minutes, offer_minutes, call_minutes, listing_house_rules, neighbours, playbook, notices."),
        (
            {"decisions": {"late_cost": 20_000}},
            "/decisions/walked_cost: A party turned away cannot cost less than a late one. Expected at least €200, got €100.",
        ),
        ({"decisions": {"stay_caution": 0.3}}, "/decisions/stay_caution: Expected a number from 0.0 to 0.2, got 0.3."),
        ({"decisions": {"cover_value": 0}}, "/decisions/cover_value: Expected an integer from 1 to 100000000, got 0."),
        ({"overbooking": {"ceiling": 2}}, "/overbooking/ceiling: Expected a number from 0.0 to 1.0, got 2."),
        ({"holds": [PEAK, PEAK]}, "/holds/1/name: Held tables peak: Expected each only once. Entry 1 of this list says the same."),
        ({"holds": [PEAK | {"period": "tea"}]}, "/holds/0/period: Held tables peak: This house has no period tea. It has dinner."),
        ({"holds": [PEAK | {"area": "roof"}]}, "/holds/0/area: Held tables peak: This house has no area roof. It has room, terrace."),
        ({"holds": [PEAK | {"seats": 5}]}, "/holds/0/seats: Held tables peak: There is no table for 5 guests to hold. Expected at most 4."),
        ({"holds": [PEAK | {"seats": 4, "area": "room"}]}, "/holds/0/seats: Held tables peak: There is no table for 4 guests to hold. Expected at most 2."),
        ({"holds": [PEAK | {"starts": "17:30"}]}, "/holds/0/starts: Held tables peak: The window from 17:30 for 90 minutes does not lie within the hours, 18:00 to 23:55."),
        ({"holds": [PEAK | {"starts": "23:00"}]}, "/holds/0/starts: Held tables peak: The window from 23:00 for 90 minutes does not lie within the hours, 18:00 to 23:55."),
        ({"holds": [PEAK | {"starts": "19:02"}]}, "/holds/0/starts: Held tables peak: Times go in steps of 5 minutes. This is 19:02."),
        (
            {"holds": [PEAK | {"ladder": [{"minutes_before": 45, "keep": 3}]}]},
            "/holds/0/ladder/0/keep: Held tables peak: Only 2 tables are held, so 3 cannot be kept.",
        ),
        (
            {
                "holds": [
                    PEAK
                    | {"ladder": [{"minutes_before": m, "keep": k} for m, k in ((15, 0), (45, 1))]}
                ]
            },
            "/holds/0/ladder/1/minutes_before: Held tables peak: Each step comes later than the one before. Expected less than 15 minutes, got 45.",
        ),
        ({"overbooking": {"areas_excluded": ["roof"]}}, "/overbooking/areas_excluded: This house has no area roof. It has room, terrace."),
        ({"overbooking": {"cap_parties": 3}}, "/overbooking/cap_covers: Expected at least as many guests as parties, 3, not 0."),
        ({"gestures": [CAKE, CAKE]}, "/gestures/1/key: Gesture cake: Expected each only once. Entry 1 of this list says the same."),
        ({"gestures": [CAKE | {"cost": 20_000}]}, "/gestures/0/cost: Gesture cake: A manager may give €100 at most, and this comes to €200."),
        ({"gestures": [CAKE | {"name": {"ru": "Торт"}}]}, "/gestures/0/name: Gesture cake: The text is missing in the language of the house, en. Add it."),
        ({"gestures": [CAKE | {"kind": "refund"}]}, "/gestures/0/cost: Gesture cake: The amount of this is told when it is given. Set the cost to 0."),
        ({"gestures": [CAKE | {"kind": "claim", "cost": 0}]}, "/gestures/0/cap: Gesture cake: Say how much may be paid without asking anybody."),
        ({"gestures": [CAKE | {"kind": "spend_linked"}]}, "/gestures/0/per_amount: Gesture cake: Say for which amount on the check one is given."),
        ({"gestures": [CAKE | {"units_max": 2}]}, "/gestures/0/units_max: Gesture cake: Only a gesture linked to the spending has several units. Set this to 1."),
        ({"gestures": [CAKE | {"cap": 20_000}]}, "/gestures/0/cap: Gesture cake: A manager may give €100 at most, and this comes to €200."),
        ({"gestures": []}, "/wait_ladder/0/gesture: This house has no gesture cake. It has none."),
        ({"wait_ladder": [LATE, LATE]}, "/wait_ladder/1/minutes: Expected each only once. Entry 1 of this list says the same."),
        ({"purses": {"host_gift": 500, "manager_gift": 400}}, "/purses/manager_gift: A manager may give no less than a host. Expected at least €5, got €4."),
        ({"listing_house_rules": 2}, "/listing_house_rules: The house rules in force are version 3, not 2."),
        ({"purses": {"manager_shift": 10}}, "/purses/manager_shift: A manager may give no less than a host. Expected at least €50, got €0.10."),
    ],
)  # fmt: skip
def test_a_mistake_is_told_by_its_key(change: dict[str, Any], said: str) -> None:
    assert any(said in problem for problem in problems_of(change)), problems_of(change)


def test_every_mistake_is_told_at_once() -> None:
    assert len(problems_of({"holds": [PEAK | {"count": -1, "seats": 0}], "purses": 3})) == 3


def test_days_on_which_the_period_is_not_served_are_refused() -> None:
    text = house_text(2).replace('"mon", ', "")
    with pytest.raises(RulesError, match="Held tables peak: dinner is not served on Mon"):
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
        (
            {"gestures": [CLAIM | {"cap": 9000}]},
            "/gestures/0/cap",
            "This always needs approval, up to €90: a host's purse of the shift holds €50.",
        ),
        (
            {"gestures": [CLAIM | {"cap": 4000}], "purses": {"venue_night": 3000}},
            "/gestures/0/cap",
            "This always needs approval, up to €40: the purse of the night holds €30.",
        ),
        (
            {"gestures": [CAKE | {"cost": 1600}], "wait_ladder": [LATE]},
            "/wait_ladder/0/gesture",
            "A host always has to ask for this: it costs €16, and a host may give €15.",
        ),
        (
            {"purses": {"host_gift": 6000}},
            "/purses/host_gift",
            "This is never reached: a gift may cost €60, and the purse holds €50.",
        ),
        (
            {"purses": {"venue_night": 9999}},
            "/purses/manager_gift",
            "This is never reached: a gift may cost €100, and the purse holds €99.99.",
        ),
        (
            {"holds": [PEAK | {"count": 4}]},
            "/holds/0/count",
            "The room has only 3 tables and joins for 2 guests, not 4.",
        ),
        (
            {"holds": [PEAK | {"ladder": [{"minutes_before": 45, "keep": 2}]}]},
            "/holds/0/ladder/0",
            "This step releases nothing: 2 tables are still kept.",
        ),
        (
            {"overbooking": {"enabled": True}},
            "/overbooking/cap_parties",
            "Overbooking is on, but at 0 nobody is overbooked.",
        ),
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
