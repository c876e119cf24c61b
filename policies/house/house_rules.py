"""House rules: few, told beforehand, and binding only whom they were shown to.

A rule is enforced by its key: what a party acknowledged are the keys of the version it was shown,
so a later version neither adds to it nor takes away (DESIGN.md R13, invariant 11).
"""

from collections.abc import Iterable

from policies.house.house import HouseRule, HouseRules

LATENESS = "late"
"""The rule by which a party that comes past the grace has given its table up."""


def keys_of(rules: HouseRules | None) -> tuple[str, ...]:
    """Return the keys of the rules, in the house's order."""
    return tuple(rule.key for rule in rules.rules) if rules else ()


def may_enforce(key: str, shown: Iterable[Iterable[str]]) -> bool:
    """Tell whether a rule may be held against a party with these acknowledgements."""
    return any(key in keys for keys in shown)


def text_of(rule: HouseRule, *locales: str | None) -> str:
    """Return the rule in the first of these languages it is written in, else in its first."""
    for locale in locales:
        wished = (locale or "").lower()
        for written, text in rule.text.items():
            if (
                wished
                and written.lower().partition("-")[0] == wished.replace("_", "-").partition("-")[0]
            ):
                return text
    return next(iter(rule.text.values()))
