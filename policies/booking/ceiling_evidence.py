"""What an overbooking ceiling rests on: the risks told on past evenings, and what came of them."""

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from policies.forecast.evidence import NEEDED_EVENINGS, SeenEvening, latest, same_weekday
from policies.forecast.learning import NO_SHOW_WEIGHT
from policies.house.calendar import Period
from policies.house.house import House
from policies.house.rules import Rules
from policies.house.rules_checks import RuleWarning
from policies.house.wording import evenings_in
from policies.numeric.intervals import ShareInterval, wilson_interval
from policies.words.catalogue import say
from policies.words.message import Message, message


class RiskyEvening(Struct, frozen=True, kw_only=True):
    """An evening with promises beyond the room.

    any_wait: `told`: the largest probability told that somebody promised waits over the tolerance;
    `waited`: somebody did, or left. own_wait: of the promises beyond the room `own_came` parties
    came, of which `own_told` were expected to wait over the tolerance or leave, and `own_waited`
    did; promises made before own_wait was told are not among them.
    """

    service_date: date
    promises: int
    told: float
    waited: bool
    own_came: int = 0
    own_told: float = 0.0
    own_waited: int = 0


class CeilingEvidence(Struct, frozen=True, kw_only=True):
    """A period's ceiling, and what the risks measured against it rest on.

    own_wait, which the ceiling means: of `own_came` parties promised beyond the room that came,
    `own_waited` is the share that waited over the tolerance or left, None where fewer evenings than
    `needed` have any; `own_expected`: how many were told to. any_wait: `evenings` learned from,
    `comparable` on the same day of the week. Of those with promises beyond the room, `waited` is
    the share on which somebody promised waited over the tolerance or left, None below `needed`;
    `expected`: on how many the risks told expected it. `told_from`: evenings of its own on which
    the house's told risks rest, 0: they were learned on synthetic nights. `bookings`: those whose
    fate the show-up shares were learned from, of which the prior is `prior_share` (all of it where
    the rules do not decide by value: then the manager wrote the shares).
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
    own_came: int = 0
    own_waited: ShareInterval | None = None
    own_expected: float = 0.0
    told_from: int = 0


def ceiling_evidence(
    house: House,
    rules: Rules,
    period: Period,
    *,
    seen: Sequence[SeenEvening],
    risky: Sequence[RiskyEvening],
    bookings: int,
    told_from: int = 0,
) -> CeilingEvidence:
    """Return the evidence beside the ceiling of a period; `seen`, `risky`: the latest first."""
    enough, waited = len(risky) >= NEEDED_EVENINGS, sum(each.waited for each in risky)
    expected = sum(each.told for each in risky)
    learned = NO_SHOW_WEIGHT / (NO_SHOW_WEIGHT + bookings)
    own = [each for each in risky if each.own_came]
    own_enough, own_came = len(own) >= NEEDED_EVENINGS, sum(each.own_came for each in own)
    own_waited = sum(each.own_waited for each in own)
    said = _seen(rules, own) if own_enough else _too_early(rules, seen, own)
    sentences = [said, *_anybody(risky, waited, expected), _rests_on(told_from)]
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
        sentence=" ".join(say(each, house.venue.locale) for each in sentences),
        own_came=own_came,
        own_waited=wilson_interval(own_waited, own_came) if own_enough else None,
        own_expected=round(sum(each.own_told for each in own), 3),
        told_from=told_from,
    )


def ceiling_warning(rules: Rules) -> RuleWarning:
    """Return what is said once of a ceiling written to mean that anybody promised waits."""
    limit, of = evenings_in(rules.overbooking.ceiling)
    said = message(
        "ceiling-means-own-wait",
        limit=limit,
        of=of,
        minutes=rules.overbooking.tolerance_minutes,
    )
    return RuleWarning(
        pointer="/rules/overbooking/ceiling", detail=say(said), message=said.key, params=said.params
    )


def _too_early(rules: Rules, seen: Sequence[SeenEvening], own: Sequence[RiskyEvening]) -> Message:
    limit, of = evenings_in(rules.overbooking.ceiling)
    return message(
        "own-ceiling-too-early",
        limit=limit,
        of=of,
        minutes=rules.overbooking.tolerance_minutes,
        needed=NEEDED_EVENINGS,
        risky=len(own),
        evenings=len(latest(seen)),
    )


def _seen(rules: Rules, own: Sequence[RiskyEvening]) -> Message:
    limit, of = evenings_in(rules.overbooking.ceiling)
    return message(
        "own-ceiling-seen",
        limit=limit,
        of=of,
        minutes=rules.overbooking.tolerance_minutes,
        came=sum(each.own_came for each in own),
        waited=sum(each.own_waited for each in own),
        expected=round(sum(each.own_told for each in own), 1),
    )


def _anybody(risky: Sequence[RiskyEvening], waited: int, expected: float) -> list[Message]:
    """Tell how often somebody promised waited, with which no limit is compared."""
    if len(risky) < NEEDED_EVENINGS:
        return []
    told = message("any-wait-seen", risky=len(risky), waited=waited, expected=round(expected, 1))
    return [told]


def _rests_on(told_from: int) -> Message:
    if told_from:
        return message("risks-learned", evenings=told_from)
    return message("risks-of-synthetic-nights")
