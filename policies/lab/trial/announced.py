"""What a letter may announce of its proposals: the paired difference that the lab saw.

A proposal that surely lost on the house's own evenings is set aside. What is announced of following
the letter is the trial of exactly the others together. The interval is that of the evenings played;
that only what they speak for is left, which flatters it a little, is not corrected.
"""

from collections.abc import Mapping, Sequence
from typing import Literal

from msgspec import Struct

from policies.lab.trial.change import subsets
from policies.lab.trial.figures import Figure, FigureName, figures_of
from policies.lab.trial.playing import TrialNight
from policies.numeric.intervals import MeanInterval

LEAST_EVENINGS = 7
"""Evenings below which nothing is announced, however alike they are."""

Standing = Literal["gain", "unsure", "loss"]
"""By the net: its interval lies above 0, holds 0, lies below 0."""


class Announced(Struct, frozen=True, kw_only=True):
    """The difference to what is in force, an evening: `net` in minor units, and parties `waited`.

    `evenings`: on which it was played; `waited`: promised parties over ten minutes, walked too.
    """

    evenings: int
    net: MeanInterval
    waited: MeanInterval
    standing: Standing


class Announcement(Struct, frozen=True, kw_only=True):
    """What a letter announces: of `each` proposal, and of `following` those at the places `kept`.

    `following`: None where every proposal is set aside.
    """

    each: tuple[Announced, ...]
    kept: tuple[int, ...]
    following: Announced | None


def announced_of(pairs: Sequence[tuple[TrialNight, TrialNight]]) -> Announced:
    """Return what these evenings, at least one, show of a change: with it, and as in force."""
    found: Mapping[FigureName, Figure] = {each.name: each for each in figures_of(pairs)}
    net = found["net"].difference
    return Announced(
        evenings=len(pairs),
        net=net,
        waited=found["waited"].difference,
        standing=_standing(net),
    )


def announcement_of(
    nights: Sequence[tuple[TrialNight, ...]], proposals: int
) -> Announcement | None:
    """Return what a trial of so many proposals announces; None without an evening.

    `nights`: of each evening what came as in force, then with each of `subsets(proposals)`.
    """
    if not nights:
        return None
    chosen = subsets(proposals)
    found = {
        places: announced_of([(night[number], night[0]) for night in nights])
        for number, places in enumerate(chosen, start=1)
    }
    each = tuple(found[(place,)] for place in range(proposals))
    kept = tuple(place for place, of_it in enumerate(each) if of_it.standing != "loss")
    return Announcement(each=each, kept=kept, following=found.get(kept))


def _standing(net: MeanInterval) -> Standing:
    if net.low is None or net.high is None or net.of < LEAST_EVENINGS:
        return "unsure"
    if net.low > 0.0:
        return "gain"
    return "loss" if net.high < 0.0 else "unsure"
