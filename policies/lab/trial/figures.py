"""Two versions of the rules compared night by night: means, differences, and their intervals."""

from collections.abc import Callable, Sequence
from typing import Literal

from msgspec import Struct

from policies.lab.trial.playing import TrialNight
from policies.numeric.intervals import MeanInterval, student_interval

FigureName = Literal["guests", "walk_ins", "waited", "walked", "refused", "given", "net"]
"""`walk_ins` is the percent given a table, `given` and `net` are minor units; all are a night."""


class Figure(Struct, frozen=True, kw_only=True):
    """A figure's mean a night with the draft, with the rules in force, and the paired difference.

    None where it is not known: no wait ladder, or nobody walked in.
    """

    name: FigureName
    draft: float | None
    in_force: float | None
    difference: MeanInterval

    @property
    def is_shown(self) -> bool:
        """Whether the nights show a difference: its interval leaves out 0."""
        low, high = self.difference.low, self.difference.high
        return low is not None and high is not None and (low > 0.0 or high < 0.0)


class NightMark(Struct, frozen=True, kw_only=True):
    """A night as one mark: guests more or fewer than in force.

    `waited`, `walked`: promised parties with the draft; `*_more`: than in force. `hurt`: a promised
    party waited or walked that would not have.
    """

    night: int
    guests_more: int
    waited: int
    waited_more: int
    walked: int
    walked_more: int

    @property
    def hurt(self) -> bool:
        """Whether the draft would have hurt a promise that the rules in force keep."""
        return self.waited_more > 0 or self.walked_more > 0


Pairs = Sequence[tuple[TrialNight, TrialNight]]
"""The same nights with the draft and with the rules in force."""


def figures_of(pairs: Pairs) -> tuple[Figure, ...]:
    """Return the figures of these nights, at least one."""
    return (
        _figure("guests", pairs, lambda each: each.covers),
        _walk_ins(pairs),
        _figure("waited", pairs, lambda each: each.waited),
        _figure("walked", pairs, lambda each: each.walked),
        _figure("refused", pairs, lambda each: each.refused),
        _given(pairs),
        _figure("net", pairs, lambda each: each.net),
    )


def mark_of(number: int, draft: TrialNight, in_force: TrialNight) -> NightMark:
    """Return the mark of a night."""
    return NightMark(
        night=number,
        guests_more=draft.covers - in_force.covers,
        waited=draft.waited,
        waited_more=draft.waited - in_force.waited,
        walked=draft.walked,
        walked_more=draft.walked - in_force.walked,
    )


def _figure(name: FigureName, pairs: Pairs, value: Callable[[TrialNight], float]) -> Figure:
    ours, theirs = [value(one) for one, _ in pairs], [value(other) for _, other in pairs]
    return Figure(
        name=name,
        draft=sum(ours) / len(pairs),
        in_force=sum(theirs) / len(pairs),
        difference=student_interval([a - b for a, b in zip(ours, theirs, strict=True)]),
    )


def _walk_ins(pairs: Pairs) -> Figure:
    """Return the share given a table, of all nights together; as many came with both."""
    came = sum(one.walk_ins for one, _ in pairs)
    if came == 0:
        return _unknown("walk_ins")
    of_one = 100.0 * len(pairs) / came
    return _figure("walk_ins", pairs, lambda each: of_one * each.walk_ins_seated)


def _given(pairs: Pairs) -> Figure:
    """Return what ladders owe; a version without one owes nothing where the other has one."""
    if all(one.given is None and other.given is None for one, other in pairs):
        return _unknown("given")
    return _figure("given", pairs, lambda each: each.given or 0)


def _unknown(name: FigureName) -> Figure:
    return Figure(name=name, draft=None, in_force=None, difference=MeanInterval(of=0, mean=None))
