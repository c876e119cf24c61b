"""The words of a rescue: its options by kind, whom they move, what they cost."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from policies.book.picture import Risk
from policies.house.room import Needs
from policies.house.rules import Neighbour, RescueKind

SIT_NOW: frozenset[RescueKind] = frozenset({"held", "table", "join", "shorter", "move", "area"})
BOOK: frozenset[RescueKind] = frozenset({"overbook", "later", "other_day"})
EACH_KIND = 2
NEIGHBOURS = 3
OPEN_MINUTES = 2
OPEN_AT_MOST = 2
"""How many options one host may keep open, and for how long."""


class Moved(Struct, frozen=True, kw_only=True):
    """A promise that gets other tables: whose, when it comes, where it sits then."""

    reservation_id: UUID
    name: str
    party_size: int
    starts: datetime
    tables: tuple[str, ...]


class RescueOption(Struct, frozen=True, kw_only=True):
    """One way to say yes. `starts` to `ends` is the party's turn, None where there is no table.

    `worth`: minor units expected of it, for the order. `sentence` is for the guest, `because` for
    the host alone: what it costs. `advised`: the one to begin with.
    """

    option_id: UUID
    kind: RescueKind
    sentence: str = ""
    because: str = ""
    tables: tuple[str, ...] = ()
    area: str | None = None
    starts: datetime | None = None
    ends: datetime | None = None
    wait_minutes: int | None = None
    moves: tuple[Moved, ...] = ()
    held_id: UUID | None = None
    risk: Risk | None = None
    worth: int = 0
    neighbour: Neighbour | None = None
    advised: bool = False


class Turned(Struct, frozen=True, kw_only=True):
    """The party to be rescued; `reservation_id` is its own promise, which protects nobody else."""

    rescue_id: UUID
    party_size: int
    needs: Needs = Needs()
    reservation_id: UUID | None = None
