"""Where the plan and the prices disagree about a request, counted on the service's own path.

The plan says whether there is a table (free, by moving others, none); the prices say whether the
party is worth it. The reasons are those of the answer given.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

import numpy as np
from msgspec import Struct

from policies.book.answers import Ask, No, Yes
from policies.book.question import Question
from policies.booking.tables import Fit, Tables
from policies.forecast.forecast import Forecast
from policies.house.house import House
from policies.house.rules import Rules
from policies.lab.minutes.nights import NightInMinutes
from policies.lab.minutes.service_desk import ServiceDesk

Reason = Literal[
    "both say yes",
    "both say no",
    "kept for guests worth more",
    "others would wait or walk",
    "sold beyond the room",
    "over the risk ceiling",
    "over the cap of promises beyond",
    "too few tables for more",
    "another rule of the house",
]
"""Why plan and prices differ, or why a party worth its place got none all the same."""

_REFUSED: dict[str, Reason] = {
    "RISK_OVER_CEILING": "over the risk ceiling",
    "OVERBOOKING_CAP": "over the cap of promises beyond",
    "NO_TABLE_FITS": "too few tables for more",
    "TURN_TOO_SHORT": "too few tables for more",
}


class RequestVerdict(Struct, frozen=True, kw_only=True):
    """What plan and prices said of one request at the time it asked for.

    `covers`: guests. Money in minor units: `revenue`, `displaced` (of the requests it would
    displace), `risk_cost` (of those who would wait or walk); 0 where the answer tells none.
    """

    plan: Fit
    accepted: bool
    reason: Reason
    covers: int
    revenue: int = 0
    displaced: int = 0
    risk_cost: int = 0


class VerdictCount(Struct, frozen=True, kw_only=True):
    """The requests of one kind: how many a night, and their mean covers and money."""

    plan: Fit
    accepted: bool
    reason: Reason
    a_night: float
    covers: float
    revenue: float
    displaced: float
    risk_cost: float


class WatchingDesk(ServiceDesk):
    """The service's desk that notes what plan and prices say of each request's own wish."""

    def __init__(
        self, night: NightInMinutes, house: House, believed: Forecast, rules: Rules
    ) -> None:
        super().__init__(night, house, believed, rules)
        self.verdicts: list[RequestVerdict] = []

    def _decide(self, ask: Ask, now: datetime, *, quick: bool) -> Yes | No:  # noqa: ARG002 - theirs
        """Decide as the desk does, and with the figures behind every answer, `quick` or not."""
        answer = super()._decide(ask, now, quick=False)
        if len(self.verdicts) == self.book.requests:  # the wish, not a start offered instead
            self.verdicts.append(verdict_of(self._fit(ask, now), ask, answer))
        return answer

    def _fit(self, ask: Ask, now: datetime) -> Fit:
        picture, house = self.book.picture, self.house
        question = Question(picture=picture, ask=ask, house=house, now=now)
        return Tables(picture, house, now).fit(question)


def count_verdicts(verdicts: Iterable[RequestVerdict], nights: int) -> tuple[VerdictCount, ...]:
    """Return the verdicts counted by plan, answer and reason, the most frequent first."""
    groups: dict[tuple[Fit, bool, Reason], list[RequestVerdict]] = {}
    for each in verdicts:
        groups.setdefault((each.plan, each.accepted, each.reason), []).append(each)
    counts = (
        VerdictCount(
            plan=plan,
            accepted=accepted,
            reason=reason,
            a_night=len(found) / nights,
            covers=_mean(each.covers for each in found),
            revenue=_mean(each.revenue for each in found),
            displaced=_mean(each.displaced for each in found),
            risk_cost=_mean(each.risk_cost for each in found),
        )
        for (plan, accepted, reason), found in groups.items()
    )
    return tuple(sorted(counts, key=lambda each: -each.a_night))


def verdict_of(plan: Fit, ask: Ask, answer: Yes | No) -> RequestVerdict:
    """Return the verdict on a request that was answered so while the plan was this."""
    told = answer.explained
    return RequestVerdict(
        plan=plan,
        accepted=isinstance(answer, Yes),
        reason=_reason(plan, answer),
        covers=ask.party_size,
        revenue=told.revenue if told else 0,
        displaced=told.displaced_value if told else 0,
        risk_cost=told.risk_cost if told else 0,
    )


def _reason(plan: Fit, answer: Yes | No) -> Reason:
    told = answer.explained
    if isinstance(answer, Yes):
        return "both say yes" if answer.kind == "physical" else "sold beyond the room"
    if plan == "none" and told is not None and told.value <= 0:
        return "both say no"
    if answer.code != "BID_PRICE" or told is None:
        return _REFUSED.get(answer.code, "another rule of the house")
    if told.displaced_value >= told.risk_cost:
        return "kept for guests worth more"
    return "others would wait or walk"


def _mean(values: Iterable[int]) -> float:
    return float(np.mean([*values]))
