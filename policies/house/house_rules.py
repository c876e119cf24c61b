"""House rules: which keys a version holds, whether a rule can be enforced, its text by language.

A party's acknowledgement lists the keys of the version it was shown, so publishing a later version
neither adds rules to it nor removes any. No record of an acknowledgement means not shown.
"""

from collections.abc import Iterable

from policies.house.house import HouseRule, HouseRules

LATENESS_RULE = "late"
"""Key of the rule that a party arriving after the grace forfeits its table."""


def keys_of(rules: HouseRules | None) -> tuple[str, ...]:
    """Return the keys of the rules, in the house's order."""
    return tuple(rule.key for rule in rules.rules) if rules else ()


def may_enforce(key: str, shown: Iterable[Iterable[str]]) -> bool:
    """Tell whether any of a party's acknowledgements (sets of keys) contains the rule."""
    return any(key in keys for keys in shown)


def text_of(rule: HouseRule, *locales: str | None) -> str:
    """Return the text in the first of `locales` it has (by primary subtag), else its first text."""
    for locale in locales:
        wished = (locale or "").lower()
        for written, text in rule.text.items():
            if (
                wished
                and written.lower().partition("-")[0] == wished.replace("_", "-").partition("-")[0]
            ):
                return text
    return next(iter(rule.text.values()))
