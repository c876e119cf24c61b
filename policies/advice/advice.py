"""A piece of advice: a number of the rules or of the house, and what the evenings say of it."""

from datetime import datetime
from typing import Any, Literal

from msgspec import Struct

from policies.words.catalogue import say
from policies.words.message import Message

Topic = Literal["holds", "ladder", "beyond", "turn_times", "grace"]
Document = Literal["rules", "house"]
Standing = Literal["change", "keep", "unknown"]
"""`change`: other than written; `keep`: what is written is borne out; `unknown`: too few seen."""

Values = dict[str, Any]
"""Values by the JSON pointer of each in its document, entries of lists by key."""


class Strength(Struct, frozen=True, kw_only=True):
    """What a piece of advice rests on: so many `evenings` of the `needed`, with `cases` counted.

    `share` decides it, between `low` and `high` with 95 % confidence (of turn times: minutes).
    """

    evenings: int
    needed: int
    cases: int
    share: float | None = None
    low: float | None = None
    high: float | None = None


class Advice(Struct, frozen=True, kw_only=True):
    """One piece of advice, about the place `about` (a JSON pointer) of a document.

    `present`: what is written there; `advised`: what would change, empty unless `standing` is
    "change", and `patch` the merge patch (policies.drafts.patch) that changes it. `said`: the
    sentence, the reason and the evidence in the language that was asked for.
    """

    key: str
    topic: Topic
    document: Document
    about: str
    standing: Standing
    present: Values
    advised: Values
    sentence: Message
    reason: Message
    evidence: tuple[Message, ...]
    strength: Strength
    patch: dict[str, Any] | None = None
    said: tuple[str, ...] = ()

    def messages(self) -> tuple[Message, ...]:
        """Return all that is said, the advice first."""
        return (self.sentence, self.reason, *self.evidence)

    def spoken(self, language: str) -> tuple[str, ...]:
        """Return all that is said, in a language."""
        return tuple(say(each, language) for each in self.messages())


class AdviceReport(Struct, frozen=True, kw_only=True):
    """All advice of a house, as of `made_at`."""

    made_at: datetime
    advice: tuple[Advice, ...]
