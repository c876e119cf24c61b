"""Why a start was given or refused: messages for staff, to be said in any language.

They say what would happen to whom, never whose fault it is; every number in them is one of
`Explanation`.
"""

from typing import Literal

from policies.book.answers import Explanation
from policies.house.house import House
from policies.house.wording import about, clock, evenings_in, how_often
from policies.words.catalogue import say
from policies.words.message import Message, message

Outcome = Literal["given", "worth_more", "too_risky"]

NO_SHORTAGE = 0.005
"""Below this probability the tables are said to do."""


def reasons_of(explained: Explanation, house: House, outcome: Outcome) -> tuple[Message, ...]:
    """Return why the start was given or refused, a message a sentence."""
    if outcome == "too_risky":
        said = [_too_risky(explained)]
    else:
        said = [_worth(explained, house, outcome), *_waits(explained, house)]
    return (*said, _tightest(explained, house), *_drivers(explained))


def explain(reasons: tuple[Message, ...], house: House) -> str:
    """Return the reasons in the house's language."""
    return " ".join(say(each, house.venue.locale) for each in reasons)


def outcome_of_code(code: str | None) -> Outcome:
    """Return what a "no" of this code came from; None was a yes."""
    if code is None:
        return "given"
    return "too_risky" if code == "RISK_OVER_CEILING" else "worth_more"


def _worth(explained: Explanation, house: House, outcome: Outcome) -> Message:
    revenue = about(explained.revenue, house)
    displaced = about(explained.displaced_value, house)
    if displaced.minor <= 0:
        if outcome == "given":
            return message("booking-taken-unrivalled", revenue=revenue)
        return message("booking-costs-more", revenue=revenue)
    if outcome == "given":
        return message("booking-taken", revenue=revenue, displaced=displaced)
    return message("booking-kept-for-others", revenue=revenue, displaced=displaced)


def _waits(explained: Explanation, house: House) -> list[Message]:
    cost = about(explained.risk_cost, house)
    return [message("booking-waits-cost", cost=cost)] if cost.minor > 0 else []


def _too_risky(explained: Explanation) -> Message:
    limit, of = evenings_in(explained.ceiling)
    risk = round(explained.risk * of)
    if explained.told is None:
        if risk <= limit:
            return message("booking-just-too-tight", limit=limit, of=of)
        return message("booking-too-tight", risk=risk, limit=limit, of=of)
    if risk <= limit:
        return message("booking-just-would-wait", limit=limit, of=of)
    return message("booking-would-wait", risk=risk, limit=limit, of=of)


def _tightest(explained: Explanation, house: House) -> Message:
    at, size = clock(house, explained.tightest_at), explained.party_class
    expected, places = max(round(explained.expected), 1), explained.places
    shortage = message("shortage-hardly")
    if explained.overload >= NO_SHORTAGE:
        shortage = shortage_often(explained.overload, explained.others)
    if size == 1:
        return message(
            "booking-tightest-any-size", at=at, expected=expected, places=places, shortage=shortage
        )
    return message(
        "booking-tightest", at=at, expected=expected, size=size, places=places, shortage=shortage
    )


def shortage_often(overload: float, others: float) -> Message:
    """Return how often more come than fit, and how many others then wait, where that is told."""
    often, count = how_often(overload), round(others)
    if not count:
        return message("shortage-often", often=often)
    return message("shortage-others-wait", often=often, others=count)


def _drivers(explained: Explanation) -> list[Message]:
    if not explained.drivers or explained.overload < NO_SHORTAGE:
        return []
    return [message("booking-depends-on", count=len(explained.drivers))]
