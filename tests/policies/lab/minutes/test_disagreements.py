"""Where plan and prices disagree about a request is told with the reason of the answer given."""

from datetime import UTC, datetime

import pytest

from policies.book.answers import Ask, Explanation, No, Yes
from policies.house.rules import NoCode
from policies.lab.minutes.disagreements import count_verdicts, verdict_of
from policies.words.message import message

SEVEN = datetime(2026, 3, 4, 19, tzinfo=UTC)
ASK = Ask(party_size=3, starts=SEVEN, channel="phone")


def figures(revenue: int, displaced: int, risk_cost: int) -> Explanation:
    return Explanation(
        tightest_at=SEVEN,
        party_class=2,
        overload=0.0,
        expected=1.0,
        places=2,
        drivers=(),
        revenue=revenue,
        risk_cost=risk_cost,
        displaced_value=displaced,
        value=revenue - displaced - risk_cost,
        risk=0.0,
        ceiling=0.05,
        walked=0.0,
        walked_expected=0.0,
        late=0.0,
        made_at=SEVEN,
    )


def refused(code: NoCode, told: Explanation) -> No:
    return No(code=code, said=message("no-table-free"), explained=told)


DEAR, RISKY, WORTH_IT = figures(100, 120, 0), figures(100, 10, 95), figures(100, 10, 0)


@pytest.mark.parametrize(
    ("plan", "answer", "reason"),
    [
        ("free", refused("BID_PRICE", DEAR), "kept for guests worth more"),
        ("free", refused("BID_PRICE", RISKY), "others would wait or walk"),
        ("none", refused("RISK_OVER_CEILING", WORTH_IT), "over the risk ceiling"),
        ("none", refused("RISK_OVER_CEILING", DEAR), "both say no"),
        ("none", refused("OVERBOOKING_CAP", WORTH_IT), "over the cap of promises beyond"),
        ("by_moving", refused("PACING_FULL", WORTH_IT), "another rule of the house"),
    ],
)
def test_a_no_is_told_by_what_stood_against_it(plan: str, answer: No, reason: str) -> None:
    assert verdict_of(plan, ASK, answer).reason == reason  # type: ignore[arg-type]


def test_verdicts_are_counted_a_night_the_most_frequent_first() -> None:
    def taken(kind: str) -> Yes:
        return Yes(starts=SEVEN, ends=SEVEN, tables=(), moved={}, kind=kind, explained=WORTH_IT)  # type: ignore[arg-type]

    beyond = verdict_of("none", ASK, taken("overbooked"))
    free = verdict_of("free", ASK, taken("physical"))
    first, second = count_verdicts([beyond, free, free], 2)
    assert (first.reason, first.a_night, first.covers) == ("both say yes", 1.0, 3.0)
    assert (second.reason, second.a_night, second.displaced) == ("sold beyond the room", 0.5, 10.0)
