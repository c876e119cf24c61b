"""What an overbooking ceiling rests on: the risks told on past evenings, and what came of them."""

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from policies.forecast.evidence import NEEDED_EVENINGS, SeenEvening, latest, same_weekday
from policies.forecast.learning import NO_SHOW_WEIGHT
from policies.house.calendar import Period
from policies.house.house import House
from policies.house.rules import Rules
from policies.house.wording import evenings_in
from policies.numeric.intervals import ShareInterval, wilson_interval
from policies.words.catalogue import say
from policies.words.message import Message, message


class RiskyEvening(Struct, frozen=True, kw_only=True):
    """An evening with promises beyond the room.

    `told`: the largest probability told that somebody waits over the tolerance; `waited`: somebody
    promised a table did, or left.
    """

    service_date: date
    promises: int
    told: float
    waited: bool


class CeilingEvidence(Struct, frozen=True, kw_only=True):
    """A period's ceiling, and what the risks measured against it rest on.

    `evenings` learned from, `comparable` on the same day of the week. Of those with promises beyond
    the room, `waited` is the share on which somebody waited over the tolerance or left, None below
    `needed`; `expected`: on how many the risks told expected it. `bookings`: those whose fate
    the show-up shares were learned from, of which the prior is `prior_share` (all of it where the
    rules do not decide by value: then the manager wrote the shares).
    """

    period_id: str
    enabled: bool
    ceiling: float
    evenings: int
    comparable: int
    risky: int
    promises: int
    needed: int
    enough: bool
    waited: ShareInterval | None
    expected: float
    bookings: int
    prior_share: float
    sentence: str


def ceiling_evidence(
    house: House,
    rules: Rules,
    period: Period,
    *,
    seen: Sequence[SeenEvening],
    risky: Sequence[RiskyEvening],
    bookings: int,
) -> CeilingEvidence:
    """Return the evidence beside the ceiling of a period; `seen`, `risky`: the latest first."""
    enough, waited = len(risky) >= NEEDED_EVENINGS, sum(each.waited for each in risky)
    expected = sum(each.told for each in risky)
    learned = NO_SHOW_WEIGHT / (NO_SHOW_WEIGHT + bookings)
    said = _seen(rules, risky, waited, expected) if enough else _too_early(rules, seen, risky)
    return CeilingEvidence(
        period_id=period.period_id,
        enabled=rules.overbooking.enabled,
        ceiling=rules.overbooking.ceiling,
        evenings=len(latest(seen)),
        comparable=len(same_weekday(seen, period)),
        risky=len(risky),
        promises=sum(each.promises for each in risky),
        needed=NEEDED_EVENINGS,
        enough=enough,
        waited=wilson_interval(waited, len(risky)) if enough else None,
        expected=round(expected, 3),
        bookings=bookings,
        prior_share=round(learned, 3) if rules.decisions.by_value else 1.0,
        sentence=say(said, house.venue.locale),
    )


def _too_early(rules: Rules, seen: Sequence[SeenEvening], risky: Sequence[RiskyEvening]) -> Message:
    limit, of = evenings_in(rules.overbooking.ceiling)
    return message(
        "ceiling-too-early",
        limit=limit,
        of=of,
        needed=NEEDED_EVENINGS,
        risky=len(risky),
        evenings=len(latest(seen)),
    )


def _seen(rules: Rules, risky: Sequence[RiskyEvening], waited: int, expected: float) -> Message:
    limit, of = evenings_in(rules.overbooking.ceiling)
    return message(
        "ceiling-seen",
        limit=limit,
        of=of,
        risky=len(risky),
        waited=waited,
        expected=round(expected, 1),
    )
