"""Answers by value: a table is sold where that is worth more than keeping it for others."""

import math
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from functools import cached_property
from itertools import repeat

from msgspec.structs import replace

from policies.book.answers import Answer, Ask, No, Yes
from policies.book.picture import Channel, Promise
from policies.book.question import Question, no
from policies.booking.tables import Tables, refused_beyond, refused_by_name
from policies.risk.overbooking_rule import SOLD, may_overbook, over_cap
from policies.value.explaining import explained_by, risk_told
from policies.value.net_value import Judgement, best
from policies.value.period_value import Prospect

SEARCHES = 2
"""Searches for others to move that alternatives may cost."""

REACH = timedelta(minutes=30)
"""How far from their wish guests take another time."""

PRIVATELY: frozenset[Channel] = frozenset({"phone", "desk"})
"""Channels on which a person may mention another time."""


class ByValue:
    """The tables and the prospect of one picture, asked together.

    `prospect` None: no prices yet, so nothing is promised beyond the room. `held`: the promise
    being changed; a change is never refused for a loss smaller than what it has now.
    """

    def __init__(self, tables: Tables, prospect: Prospect | None, held: Promise | None) -> None:
        self.tables, self.prospect, self.held = tables, prospect, held
        self.rules = tables.picture.rules.decisions
        self._known: dict[Ask, Judgement] = {}

    def answer(self, case: Question, *, explained: bool = True) -> Answer:
        """Return a table for the case's party, a promise beyond the room, or why there is none."""
        refusal = refused_by_name(case)
        if refusal is not None:
            return refusal
        room = self.tables.find(case)
        if self.prospect is None or case.ask.channel not in SOLD:
            return room or self.tables.refusal(case)
        judged = self._judged(case)
        answer = self._priced(case, room, judged)
        return self._told(case, answer, judged) if explained else answer

    def takes(self, case: Question) -> bool:
        """Tell whether `answer` would be a Yes; faster, for nobody asks why not."""
        return refused_by_name(case) is None and self._may_have(case, repeat(0))

    def suggestion(self, case: Question, starts: Sequence[Question]) -> datetime | None:
        """Return another start worth more by the manager's threshold, the most first, if any.

        `starts`: the case at starts that no rule refuses. Only those with a table free count.
        """
        above, prospect = self.rules.suggest_above, self.prospect
        if above is None or prospect is None or case.ask.channel not in PRIVATELY:
            return None
        wish = self._judged(case)
        free = (each for each in _near(case, starts) if self.tables.outlook(each) == "free")
        found = best((self._judged(each) for each in free), wish.start)
        least = above / self.rules.cover_value * wish.revenue
        if found is None or found.value - wish.value <= least:
            return None
        return prospect.grid.instant(found.start)

    def alternatives(
        self, case: Question, starts: Sequence[Question], most: int
    ) -> tuple[datetime, ...]:
        """Return starts to offer instead: those within reach by value, then the nearest others.

        `starts`: the case at starts that no rule refuses, the nearest first.
        """
        budget = iter(range(SEARCHES))
        near = _near(case, starts)
        good = [each for each in near if self._may_have(each, budget)]
        if self.prospect is not None and case.ask.channel in SOLD:
            good.sort(key=lambda each: -self._judged(each).value)
        for each in starts:
            if len(good) >= most:
                break
            if each not in near and self._may_have(each, budget):
                good.append(each)
        return tuple(each.ask.starts for each in good[:most])

    def _may_have(self, case: Question, budget: Iterator[int]) -> bool:
        """Tell whether the start would be a yes; a search for others to move costs of the budget.

        In a house full all evening every search fails, and each takes milliseconds.
        """
        outlook = self.tables.outlook(case)
        if self.prospect is None or case.ask.channel not in SOLD:
            return outlook == "free" or (outlook == "crowded" and self._found(case, budget))
        judged = self._judged(case)
        if not self._worth_it(judged):
            return False
        if outlook == "free" or self._beyond_is_open(case, judged):
            return True
        return outlook == "crowded" and self._found(case, budget)

    def _found(self, case: Question, budget: Iterator[int]) -> bool:
        return next(budget, None) is not None and self.tables.find(case) is not None

    def _beyond_is_open(self, case: Question, judged: Judgement) -> bool:
        ceiling = case.picture.rules.overbooking.ceiling
        return may_overbook(case) and judged.toll.risk <= ceiling and not over_cap(case)

    def _priced(self, case: Question, room: Yes | None, judged: Judgement) -> Answer:
        if room is None:
            refusal = self._refused_beyond(case, judged)
            if refusal is not None:
                return refusal
        if not self._worth_it(judged):
            return no(
                "BID_PRICE",
                f"At {case.clock(case.ask.starts)} this table means more to guests still expected.",
            )
        return room or Yes(
            starts=case.ask.starts, ends=case.ends, tables=(), moved={}, kind="overbooked"
        )

    def _refused_beyond(self, case: Question, judged: Judgement) -> No | None:
        """Return why the party cannot be promised a place the room does not have, if it cannot."""
        if not may_overbook(case):
            return self.tables.refusal(case)
        too_risky = judged.toll.risk > case.picture.rules.overbooking.ceiling
        too_many = over_cap(case)
        if not (too_risky or too_many):
            return None
        refusal = self.tables.refusal(case)
        if refusal.code == "HELD_BACK":
            return refusal  # a host can grant one
        return refused_beyond(case, too_risky=too_risky)

    def _worth_it(self, judged: Judgement) -> bool:
        return judged.value > 0.0 or judged.value >= self._had

    @cached_property
    def _had(self) -> float:
        """What the promise being changed is worth as it stands."""
        if self.held is None or self.prospect is None:
            return math.inf
        had = Ask(
            party_size=self.held.party_size,
            starts=self.held.starts,
            channel=self.held.channel or "desk",
            needs=self.held.needs,
        )
        return self.prospect.judge(had, had.starts, self.rules).value

    def _judged(self, case: Question) -> Judgement:
        """Judge a start once for all who ask: the ledger stands still meanwhile."""
        assert self.prospect is not None  # noqa: S101 - for the type checker
        if case.ask not in self._known:
            judged = self.prospect.judge(case.ask, case.ask.starts, self.rules)
            self._known[case.ask] = judged
        return self._known[case.ask]

    def _told(self, case: Question, answer: Answer, judged: Judgement) -> Answer:
        assert self.prospect is not None  # noqa: S101 - for the type checker
        explained = explained_by(self.prospect, case, judged)
        answer = replace(answer, explained=explained)
        if isinstance(answer, No) or answer.kind == "physical":
            return answer
        return replace(answer, risk=risk_told(explained))


def _near(case: Question, starts: Sequence[Question]) -> list[Question]:
    return [each for each in starts if abs(each.ask.starts - case.ask.starts) <= REACH]
