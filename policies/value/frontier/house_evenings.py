"""The house's own evenings, to be laid beside the frontier."""

from collections.abc import Sequence

from msgspec import Struct

from policies.forecast.evidence import NEEDED_EVENINGS
from policies.value.frontier.frontier import NightMean, night_mean, share_of


class HouseEvening(Struct, frozen=True, kw_only=True):
    """A closed period's promises, counted as those of `FrontierPoint`.

    `requests`: promises made and refused beforehand, cancelled ones too. `same`: it ran under rules
    that stand where today's do.
    """

    requests: int
    booked: int
    walked: int
    waiting: int
    same: bool


class HouseEvenings(Struct, frozen=True, kw_only=True):
    """What came of the house's evenings under rules that stand where today's do.

    `of`: closed evenings of the last half year with promises, `evenings` of them under such rules.
    Means and shares are None below `needed` of these. `requests`: a night, of all.
    """

    of: int
    evenings: int
    needed: int
    requests: float | None
    walked: NightMean | None = None
    waiting: NightMean | None = None
    walked_share: NightMean | None = None
    waiting_share: NightMean | None = None


def house_evenings(seen: Sequence[HouseEvening]) -> HouseEvenings:
    """Return what came of the evenings."""
    promised = [each for each in seen if each.booked]
    same = [each for each in promised if each.same]
    asked = night_mean([each.requests for each in promised]).mean if promised else None
    found = HouseEvenings(
        of=len(promised), evenings=len(same), needed=NEEDED_EVENINGS, requests=asked
    )
    if len(same) < NEEDED_EVENINGS:
        return found
    booked = [each.booked for each in same]
    walked, waiting = [each.walked for each in same], [each.waiting for each in same]
    return HouseEvenings(
        of=found.of,
        evenings=found.evenings,
        needed=found.needed,
        requests=asked,
        walked=night_mean(walked),
        waiting=night_mean(waiting),
        walked_share=share_of(walked, booked),
        waiting_share=share_of(waiting, booked),
    )
