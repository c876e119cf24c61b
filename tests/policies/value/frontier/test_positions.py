"""One knob sets three rules together, and any rules have a place along it."""

from __future__ import annotations

from itertools import pairwise

import msgspec
import pytest

from policies.drafts.patch import patched
from policies.house.rules import Decisions, Overbooking, Rules
from policies.house.rules_checks import rules_json
from policies.value.frontier.positions import (
    POSITIONS,
    USUAL,
    KnobPosition,
    place_of,
    settings_of,
    stand_alike,
)

LAST = len(POSITIONS) - 1


def rules(caution: float, stay_caution: float, ceiling: float) -> Rules:
    return Rules(
        decisions=Decisions(caution=caution, stay_caution=stay_caution),
        overbooking=Overbooking(ceiling=ceiling),
    )


@pytest.mark.parametrize("position", POSITIONS, ids=lambda each: each.name)
def test_rules_patched_with_a_position_stand_exactly_there_and_keep_all_else(
    position: KnobPosition,
) -> None:
    before = Rules(
        decisions=Decisions(cover_value=7000),
        overbooking=Overbooking(enabled=True, cap_parties=4),
        mains_minutes=35,
    )
    document = patched(msgspec.json.decode(rules_json(before)), position.settings.patch())
    after = msgspec.convert(document, Rules)
    place = place_of(after)
    assert (place.nearest, place.exact) == (position.name, True)
    assert place.place == POSITIONS.index(position)
    assert (after.decisions.cover_value, after.overbooking.cap_parties) == (7000, 4)
    assert (after.overbooking.enabled, after.mains_minutes) == (True, 35)


def test_rules_in_which_nobody_set_anything_stand_at_a_position() -> None:
    place = place_of(Rules())
    assert (place.nearest, place.exact) == (USUAL, True)


def test_from_never_waiting_to_a_full_room_every_value_goes_one_way() -> None:
    for one, other in pairwise(each.settings for each in POSITIONS):
        assert one != other
        assert one.caution >= other.caution
        assert one.stay_caution >= other.stay_caution
        assert one.ceiling <= other.ceiling


@pytest.mark.parametrize(
    ("written", "nearest", "between"),
    [
        (rules(6.0, 0.19, 0.012), "never_wait", (0.0, 0.5)),
        (rules(2.5, 0.08, 0.05), "balanced", (2.0, 2.5)),
        (rules(2.5, 0.06, 0.05), "fuller", (2.5, 3.0)),
        (rules(1.6, 0.005, 0.09), "fill_room", (3.5, 4.0)),
    ],
)
def test_rules_of_their_own_stand_between_the_positions_they_lie_between(
    written: Rules, nearest: str, between: tuple[float, float]
) -> None:
    place = place_of(written)
    assert (place.nearest, place.exact) == (nearest, False)
    assert between[0] < place.place < between[1]


@pytest.mark.parametrize(("written", "end"), [((100.0, 0.2, 0.0), 0), ((0.0, 0.0, 1.0), LAST)])
def test_rules_beyond_an_end_of_the_knob_stand_at_that_end(
    written: tuple[float, float, float], end: int
) -> None:
    place = place_of(rules(*written))
    assert (place.place, place.exact) == (end, False)


def test_one_value_far_beyond_the_knob_does_not_outweigh_the_others() -> None:
    assert place_of(rules(0.0, 0.2, 0.01)).place < 2.0
    assert place_of(rules(2.5, 0.0, 0.0)).place > 1.0


def test_evenings_tell_of_other_rules_only_where_nothing_they_hang_on_was_changed() -> None:
    usual = Rules()
    beyond = Rules(overbooking=Overbooking(enabled=True))
    first_come = Rules(decisions=Decisions(by_value=False))
    assert stand_alike(usual, Rules(mains_minutes=40))
    assert not stand_alike(usual, beyond)
    assert not stand_alike(usual, first_come)
    assert not stand_alike(usual, rules(2.5, 0.01, 0.05))
    assert settings_of(beyond) == settings_of(usual)
