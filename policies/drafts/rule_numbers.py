"""The version of changed house rules: guests acknowledge a version, so one names one text."""

from collections.abc import Sequence

from msgspec.structs import replace

from policies.house.house import House, HouseRules


def with_rules_numbered(house: House, shown: Sequence[HouseRules]) -> House:
    """Return the house with its house rules under a version of their own.

    `shown`: the rules of every published version of the house. Rules that were shown before get
    their version back; others keep their number if it is above all that were used, else get the
    next.
    """
    rules = house.house_rules
    if rules is None:
        return house
    same = [each.version for each in shown if each.rules == rules.rules]
    highest = max((each.version for each in shown), default=0)
    if same:
        version = rules.version if rules.version in same else max(same)
    else:
        version = max(rules.version, highest + 1)
    return replace(house, house_rules=replace(rules, version=version))
