"""A change of the rules or the house, as advice brings it, to be tried beside what is in force."""

from itertools import combinations
from typing import Any

import msgspec
from msgspec import Struct

from policies.drafts.documents import patched_house
from policies.drafts.patch import patched
from policies.house.house import House
from policies.house.rules import Rules
from policies.house.rules_checks import read_rules, rules_json


class TriedChange(Struct, frozen=True, kw_only=True):
    """Merge patches (policies.drafts.patch) of the rules and of the house, applied in order."""

    rules: tuple[dict[str, Any], ...] = ()
    house: tuple[dict[str, Any], ...] = ()

    def of_house(self, house: House) -> House:
        """Return the house changed. Raises drafts.documents.DocumentError."""
        for patch in self.house:
            house = patched_house(house, patch)
        return house

    def of_rules(self, rules: Rules, house: House) -> Rules:
        """Return the rules changed; `house`: as changed. Raises RulesError, PatchError."""
        if not self.rules:
            return rules
        document = msgspec.json.decode(rules_json(rules))
        for patch in self.rules:
            document = patched(document, patch)
        return read_rules(document, house)


def subsets(count: int) -> tuple[tuple[int, ...], ...]:
    """Return every choice of one or more of `count` changes, by places; the single ones first."""
    sizes = range(1, count + 1)
    return tuple(chosen for size in sizes for chosen in combinations(range(count), size))


def together(changes: tuple[TriedChange, ...]) -> TriedChange:
    """Return all of these changes as one."""
    return TriedChange(
        rules=tuple(patch for each in changes for patch in each.rules),
        house=tuple(patch for each in changes for patch in each.house),
    )
