"""What a party asks of the book, and the answers: yes, or no with its reason."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from policies.explained import Explained
from policies.room import Needs
from policies.rules import NoCode
from policies.terms import Channel, PromiseKind, Risk


class Ask(Struct, frozen=True, kw_only=True):
    """What somebody wants: a party at a time, over a channel."""

    party_size: int
    starts: datetime
    channel: Channel
    needs: Needs = Needs()
    guest_id: UUID | None = None
    accepted_house_rules: int | None = None
    tables: tuple[str, ...] = ()


class No(Struct, frozen=True, kw_only=True):
    """A refusal: the rule that bound, in a code and a sentence, and what could be had instead."""

    code: NoCode
    detail: str
    alternatives: tuple[datetime, ...] = ()
    explained: Explained | None = None


class Yes(Struct, frozen=True, kw_only=True):
    """An acceptance: the tables meant for the party, and whom the plan moves to make room.

    `moved` maps a reservation or slot hold to its new tables. `suggestion`: another start that is
    worth more to the house by the manager's threshold; for staff to mention, never for guests.
    """

    starts: datetime
    ends: datetime
    tables: tuple[str, ...]
    moved: dict[UUID, tuple[str, ...]]
    kind: PromiseKind = "physical"
    risk: Risk | None = None
    explained: Explained | None = None
    suggestion: datetime | None = None


Answer = Yes | No
