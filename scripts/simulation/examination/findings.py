"""Counts of checked rules, and the violations found."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Violation:
    """One violation: the rule and its evidence."""

    rule: str
    evidence: str


@dataclass
class Findings:
    """`looked` counts checks by rule, so that a rule that was never checked is noticed."""

    looked: Counter[str] = field(default_factory=Counter)
    violations: list[Violation] = field(default_factory=list)
    notes: Counter[str] = field(default_factory=Counter)

    def look(self, rule: str, *, holds: bool, evidence: str) -> None:
        """Count a check; record a violation when it does not hold."""
        self.looked[rule] += 1
        found = Violation(rule, evidence)
        if not holds and found not in self.violations:
            self.violations.append(found)
