"""Answers by value: a table is sold where that is worth more than keeping it for others."""

import math
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from functools import cached_property
from itertools import repeat

from msgspec.structs import replace

from policies.book.answers import Answer, Ask, Explanation, No, Yes
from policies.book.picture import Promise, Risk
from policies.book.question import Question, no
from policies.booking.tables import Tables, refused_beyond, refused_by_name
from policies.forecast.risk_calibration import UNLEARNED, ToldRisk, share_walked
from policies.house.channels import BY_PHONE, SOLD
from policies.risk.overbooking_rule import may_overbook, over_cap
from policies.value.explaining import explain_value, promise_risk
from policies.value.net_value import NetValue, highest_value
from policies.value.period_value import Prospect
from policies.words.message import message

SEARCHES = 2
"""Searches for moves of others that a list of alternatives may cost."""

REACH = timedelta(minutes=30)
"""How far from their wish guests take another time."""


class ValuePolicy:
    """The tables and the prospect of one picture, asked together.

    `prospect` None: no prices yet, so nothing is overbooked. `held`: the promise being changed;
    a change is never refused for a loss smaller than what it has now.
    """

    def __init__(self, tables: Tables, prospect: Prospect | None, held: Promise | None) -> None:
        self.tables, self.prospect, self.held = tables, prospect, held
        self.rules = tables.picture.rules.decisions
        self._values: dict[Ask, NetValue] = {}
        self._risks: dict[tuple[Ask, bool], ToldRisk] = {}

    def answer(self, question: Question, *, explained: bool = True) -> Answer:
        """Return a table for the party, an overbooked promise, or why there is neither."""
        refusal = refused_by_name(question)
        if refusal is not None:
            return refusal
        room = self.tables.find(question)
        if self.prospect is None or not self._has_a_price(question):
            return room or self.tables.refusal(question)
        net = self._value(question)
        answer = self._priced(question, room, net)
        return self._with_figures(question, answer, net) if explained else answer

    def accepts(self, question: Question) -> bool:
        """Tell whether `answer` would be a Yes; faster, as no reason is looked for."""
        return refused_by_name(question) is None and self._may_have(question, repeat(0))

    def suggestion(self, question: Question, starts: Sequence[Question]) -> datetime | None:
        """Return the free start of highest value if it beats the wish by the manager's threshold.

        `starts`: the question at starts that no rule refuses.
        """
        above, prospect = self.rules.suggest_above, self.prospect
        if above is None or prospect is None or question.ask.channel not in BY_PHONE:
            return None
        wish = self._value(question)
        free = (each for each in _near(question, starts) if self.tables.fit(each) == "free")
        found = highest_value((self._value(each) for each in free), wish.start)
        least = above / self.rules.cover_value * wish.revenue
        if found is None or found.value - wish.value <= least:
            return None
        return prospect.grid.instant(found.start)

    def alternatives(
        self, question: Question, starts: Sequence[Question], most: int
    ) -> tuple[datetime, ...]:
        """Return starts to offer instead: those within reach by value, then the nearest others.

        `starts`: the question at starts that no rule refuses, the nearest first.
        """
        budget = iter(range(SEARCHES))
        near = _near(question, starts)
        good = [each for each in near if self._may_have(each, budget)]
        if self.prospect is not None and question.ask.channel in SOLD:
            good.sort(key=lambda each: -self._value(each).value)
        for each in starts:
            if len(good) >= most:
                break
            if each not in near and self._may_have(each, budget):
                good.append(each)
        return tuple(each.ask.starts for each in good[:most])

    def _may_have(self, question: Question, budget: Iterator[int]) -> bool:
        """Tell whether the start would be a Yes; a search for moves of others costs of the budget.

        In a house full all evening every search fails, and each takes milliseconds.
        """
        fit = self.tables.fit(question)
        if self.prospect is None or not self._has_a_price(question):
            return fit == "free" or (fit == "by_moving" and self._found(question, budget))
        net = self._value(question)
        if not self._worth_it(question, net):
            return False
        if fit == "free" or self._beyond_is_open(question):
            return True
        return fit == "by_moving" and self._found(question, budget)

    def _has_a_price(self, question: Question) -> bool:
        """A group larger than every table and join, at tables named for it, has no price."""
        size = question.ask.party_size
        return question.ask.channel in SOLD and size <= question.room.largest

    def _found(self, question: Question, budget: Iterator[int]) -> bool:
        return next(budget, None) is not None and self.tables.find(question) is not None

    def _beyond_is_open(self, question: Question) -> bool:
        if not may_overbook(question) or self.tables.paced_out(question):
            return False
        if over_cap(question) or self._over_ceiling(question):
            return False
        return not self.tables.too_crowded(question)

    def _over_ceiling(self, question: Question) -> bool:
        """Tell whether the party would wait more often than the manager allows."""
        told = self._told(question, beyond=True)
        return told.own_wait > question.picture.rules.overbooking.ceiling

    def _priced(self, question: Question, room: Yes | None, net: NetValue) -> Answer:
        if room is None:
            refusal = self._refused_beyond(question)
            if refusal is not None:
                return refusal
        if not self._worth_it(question, net):
            at = question.clock(question.ask.starts)
            return no("BID_PRICE", message("table-worth-more", time=at))
        return room or Yes(
            starts=question.ask.starts,
            ends=question.ends,
            tables=(),
            moved={},
            kind="overbooked",
            turn=question.turn,
        )

    def _refused_beyond(self, question: Question) -> No | None:
        """Return why the party cannot be promised a place beyond the room, if it cannot."""
        if not may_overbook(question) or self.tables.paced_out(question):
            return self.tables.refusal(question)
        too_risky = self._over_ceiling(question) or self.tables.too_crowded(question)
        too_many = over_cap(question)
        if not (too_risky or too_many):
            return None
        refusal = self.tables.refusal(question)
        if refusal.code == "HELD_BACK":
            return refusal  # a host can grant one
        return refused_beyond(question, too_risky=too_risky)

    def _worth_it(self, question: Question, net: NetValue) -> bool:
        return question.ask.by_discretion or net.value > 0.0 or net.value >= self._had

    @cached_property
    def _had(self) -> float:
        """The net value of the promise being changed, as it stands."""
        if self.held is None or self.prospect is None:
            return math.inf
        had = Ask(
            party_size=self.held.party_size,
            starts=self.held.starts,
            channel=self.held.channel or "desk",
            needs=self.held.needs,
            minutes=self.held.duration_minutes,
            tags=self.held.tags,
        )
        return self.prospect.net_value(had, had.starts, self.tables.picture.rules).value

    def _value(self, question: Question) -> NetValue:
        """Return the value of a start, worked out once: the ledger does not change meanwhile."""
        assert self.prospect is not None  # noqa: S101 - for the type checker
        if question.ask not in self._values:
            net = self.prospect.net_value(question.ask, question.ask.starts, question.picture.rules)
            self._values[question.ask] = net
        return self._values[question.ask]

    def _told(self, question: Question, *, beyond: bool) -> ToldRisk:
        """Return the risks told of a start, worked out once.

        At short notice own_wait is what the look-ahead foresees, and of those who wait as many are
        walked; the model has not said it, so a house learns nothing of the model from it (no
        `raw`).
        """
        assert self.prospect is not None  # noqa: S101 - for the type checker
        key = (question.ask, beyond)
        if key not in self._risks:
            learned = question.picture.calibration or UNLEARNED
            told = self.prospect.told_risk(
                question.ask,
                self._value(question),
                learned,
                admitted=question.admitted,
                beyond=beyond,
            )
            self._risks[key] = self._at_short_notice(question, told)
        return self._risks[key]

    def _at_short_notice(self, question: Question, told: ToldRisk) -> ToldRisk:
        prospect = self.prospect
        if prospect is None or prospect.short_notice is None:
            return told
        forecast = prospect.bids.forecast
        picture, house = question.picture, question.house
        waits = prospect.short_notice(picture, house, forecast, question.ask, question.now)
        if waits is None:
            return told
        return replace(
            told,
            own_wait=waits,
            any_wait=max(told.any_wait, waits),
            walked=waits * share_walked(told.own_wait, told.walked),
            raw=None,
        )

    def _with_figures(self, question: Question, answer: Answer, net: NetValue) -> Answer:
        assert self.prospect is not None  # noqa: S101 - for the type checker
        told = self._told(question, beyond=isinstance(answer, No) or answer.kind == "overbooked")
        explained = explain_value(self.prospect, question, net, told)
        if _rests_on_risk(answer):
            explained = _where_open(explained, self.tables.risk_where_open(question))
        answer = replace(answer, explained=explained)
        if isinstance(answer, No) or answer.kind == "physical":
            return answer
        return replace(answer, risk=promise_risk(explained, question.picture.rules.overbooking))


def _rests_on_risk(answer: Answer) -> bool:
    if isinstance(answer, No):
        return answer.code == "RISK_OVER_CEILING"
    return answer.kind == "overbooked"


def _where_open(explained: Explanation, risk: Risk | None) -> Explanation:
    """Return the figures with the risk of the tables open to the party, if that is higher."""
    if risk is None or risk.probability <= explained.risk:
        return explained
    return replace(
        explained,
        risk=risk.probability,
        told=risk.told,
        overload=max(explained.overload, risk.overload),
        tightest_at=risk.tightest_at,
        party_class=risk.party_class,
        expected=risk.expected,
        places=risk.places,
        others=risk.others,
    )


def _near(question: Question, starts: Sequence[Question]) -> list[Question]:
    return [each for each in starts if abs(each.ask.starts - question.ask.starts) <= REACH]
