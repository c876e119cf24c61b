"""The positions of the manager's knob, from "never keep a guest waiting" to "fill the room".

A position sets three of the rules together: how much a waiting or walked guest counts (`caution`),
how much longer than forecast stays are assumed (`stay_caution`), how often a party promised beyond
the room may wait (`ceiling`). Everything else stays as the manager has it. Each was chosen by what
it did to walked and waiting parties on tuning nights; `frontier` says what that is.
"""

import math
from itertools import pairwise
from typing import Literal, get_args

from msgspec import Struct

from policies.house.rules import Rules

PositionName = Literal["never_wait", "seldom_wait", "balanced", "fuller", "fill_room"]
"""Names of the positions, in the order of the knob."""

NAMES: tuple[PositionName, ...] = get_args(PositionName)


class KnobSettings(Struct, frozen=True, kw_only=True):
    """The values that the knob sets in `Decisions` and `Overbooking`."""

    caution: float
    stay_caution: float
    ceiling: float

    def patch(self) -> dict[str, dict[str, float]]:
        """Return the merge patch (RFC 7396) of the rules that sets these values."""
        return {
            "decisions": {"caution": self.caution, "stay_caution": self.stay_caution},
            "overbooking": {"ceiling": self.ceiling},
        }


class KnobPosition(Struct, frozen=True):
    """A position of the knob."""

    name: PositionName
    settings: KnobSettings


POSITIONS = (
    KnobPosition("never_wait", KnobSettings(caution=6.0, stay_caution=0.2, ceiling=0.01)),
    KnobPosition("seldom_wait", KnobSettings(caution=4.0, stay_caution=0.15, ceiling=0.02)),
    KnobPosition("balanced", KnobSettings(caution=2.5, stay_caution=0.1, ceiling=0.05)),
    KnobPosition("fuller", KnobSettings(caution=2.5, stay_caution=0.05, ceiling=0.05)),
    KnobPosition("fill_room", KnobSettings(caution=1.5, stay_caution=0.0, ceiling=0.1)),
)


class KnobPlace(Struct, frozen=True, kw_only=True):
    """Where rules stand: `place` along the knob, from 0 (the first position) to the last one's.

    `nearest`: the position there; `exact`: the rules have that position's very values.
    """

    place: float
    nearest: PositionName
    exact: bool


def settings_at(name: PositionName) -> KnobSettings:
    """Return the values of a position."""
    return POSITIONS[NAMES.index(name)].settings


def settings_of(rules: Rules) -> KnobSettings:
    """Return the values that rules have of those the knob sets."""
    return KnobSettings(
        caution=rules.decisions.caution,
        stay_caution=rules.decisions.stay_caution,
        ceiling=rules.overbooking.ceiling,
    )


def place_of(rules: Rules) -> KnobPlace:
    """Return where rules stand: their nearest point on the line through the positions.

    Distances are of the logarithms of `caution` and `ceiling` and of `stay_caution`, each as a
    share of its range on the knob; values beyond the range count as its end.
    """
    own = settings_of(rules)
    here, line = _scaled(own), [_scaled(each.settings) for each in POSITIONS]
    stretches = [_nearest_on(left, right, here) for left, right in pairwise(line)]
    first = min(range(len(stretches)), key=lambda each: stretches[each][1])
    place = first + stretches[first][0]
    nearest = POSITIONS[round(place)]
    return KnobPlace(place=round(place, 3), nearest=nearest.name, exact=nearest.settings == own)


def stand_alike(one: Rules, other: Rules) -> bool:
    """Tell whether evenings under either rules tell of the same place on the frontier."""
    decided = one.decisions.by_value == other.decisions.by_value
    beyond = one.overbooking.enabled == other.overbooking.enabled
    return decided and beyond and settings_of(one) == settings_of(other)


_Point = tuple[float, float, float]


def _scaled(values: KnobSettings) -> _Point:
    first, last = POSITIONS[0].settings, POSITIONS[-1].settings
    return (
        _share(_log(values.caution), _log(first.caution), _log(last.caution)),
        _share(values.stay_caution, first.stay_caution, last.stay_caution),
        _share(_log(values.ceiling), _log(first.ceiling), _log(last.ceiling)),
    )


def _log(value: float) -> float:
    return math.log(max(value, 1e-9))


def _share(value: float, first: float, last: float) -> float:
    return min(1.0, max(0.0, (value - first) / (last - first)))


def _nearest_on(left: _Point, right: _Point, here: _Point) -> tuple[float, float]:
    """Return the share of a stretch where it is nearest to a point, and its distance there."""
    along = [b - a for a, b in zip(left, right, strict=True)]
    toward = [b - a for a, b in zip(left, here, strict=True)]
    length = sum(each * each for each in along)
    share = sum(a * b for a, b in zip(along, toward, strict=True)) / length
    share = min(1.0, max(0.0, share))
    return share, math.dist(toward, [share * each for each in along])


USUAL: PositionName = place_of(Rules()).nearest
"""The position of rules in which nobody has set anything."""
