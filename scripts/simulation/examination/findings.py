"""What was looked at and what was found wrong."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Violation:
    """One broken promise: which rule, and the evidence for it."""

    rule: str
    evidence: str


@dataclass
class Findings:
    """`looked` counts what was checked by rule; an examination that looked at nothing says so."""

    looked: Counter[str] = field(default_factory=Counter)
    violations: list[Violation] = field(default_factory=list)
    notes: Counter[str] = field(default_factory=Counter)

    def look(self, rule: str, *, holds: bool, evidence: str) -> None:
        """Note that a rule was checked, and the evidence when it does not hold."""
        self.looked[rule] += 1
        found = Violation(rule, evidence)
        if not holds and found not in self.violations:
            self.violations.append(found)
