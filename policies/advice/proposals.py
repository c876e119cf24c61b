"""Which advice a morning letter proposes: the best borne out, one a topic, three at most."""

from policies.advice.advice import Advice

AT_MOST = 3


def proposals_of(advice: tuple[Advice, ...]) -> tuple[Advice, ...]:
    """Return the changes advised that rest on the most evenings, of each topic the first."""
    changes = [each for each in advice if each.standing == "change" and each.patch is not None]
    ranked = sorted(changes, key=lambda each: (-each.strength.evenings, -each.strength.cases))
    first = {each.topic: each for each in reversed(ranked)}
    return tuple(each for each in ranked if first[each.topic] is each)[:AT_MOST]
