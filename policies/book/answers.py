"""What a party asks of the book, and the answers: yes, or no with its reason."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from policies.book.picture import Channel, PromiseKind, Risk
from policies.house.room import Needs
from policies.house.rules import NoCode


class Driver(Struct, frozen=True, kw_only=True):
    """A booking, and by how much it raises the chance of an overload."""

    reservation_id: UUID
    contribution: float


class Explained(Struct, frozen=True, kw_only=True):
    """Why a start was given or refused. Money in minor units; `made_at` is the prices'.

    It binds in the five minutes from `bucket` for parties of `party_class` guests or more: there,
    the asking party counted, `expected` of them are at a table of `places`, and with chance
    `overload` more than that come (exact, Poisson-binomial); `drivers` raise it most. `risk`: the
    chance that anybody promised then waits over the tolerance, `ceiling` the most the manager
    allows beyond the room. `walked`, `late`: parties more that would be sent away, kept
    waiting, as weighed; `foretold`: walked in the evening as it will be, walk-ins at the door too.
    `value` = `revenue` - `risk_cost` - `displaced`, each weighed by the chance to come.
    """

    bucket: datetime
    party_class: int
    overload: float
    expected: float
    places: int
    drivers: tuple[Driver, ...]
    revenue: int
    risk_cost: int
    displaced: int
    value: int
    risk: float
    ceiling: float
    walked: float
    foretold: float
    late: float
    made_at: datetime


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
