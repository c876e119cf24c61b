"""The structs of a rescue: the party, its options, and whom an option moves."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from policies.book.picture import Risk
from policies.door.option import ExposedParty
from policies.house.room import Needs
from policies.house.rules import PartnerRestaurant, RescueKind
from policies.words.message import Message

SIT_NOW: frozenset[RescueKind] = frozenset({"held", "table", "join", "shorter", "move", "area"})
BOOK: frozenset[RescueKind] = frozenset({"overbook", "later", "other_day"})
OPTIONS_PER_KIND = 2
NEIGHBOURS_AT_MOST = 3
OPEN_MINUTES = 2
OPEN_AT_MOST = 2
"""At most so many options are open at once for one host, each for `OPEN_MINUTES`."""


class MovedPromise(Struct, frozen=True, kw_only=True):
    """A promise that the option moves in the plan.

    `tables`: its new ones, as `to_tables`; lists stored before know only these.
    """

    reservation_id: UUID
    name: str
    party_size: int
    starts: datetime
    tables: tuple[str, ...]
    from_tables: tuple[str, ...] = ()
    to_tables: tuple[str, ...] = ()


class RescueOption(Struct, frozen=True, kw_only=True):
    """One way to seat or place the party. `starts` to `ends`: its turn, None without a table.

    `worth`: expected value in minor currency units, for the order only. `sentence` is said to the
    guest, `because` is for the host alone (costs and value). `advised`: the first of the list.
    `wait_minutes`: at the latest, `wait_likely`: the likely wait (lists stored before know only the
    first). `free_until`: when its tables are needed next, None if not before the period closes.
    `exposes_parties`: who is left without a table. `often`, `often_said`: the risk as a frequency,
    for any language and in the house's; `may_wait_at`: around when somebody may wait, where
    the risk told is not the party's own.
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
    wait_likely: int | None = None
    moves: tuple[MovedPromise, ...] = ()
    held_id: UUID | None = None
    risk: Risk | None = None
    worth: int = 0
    neighbour: PartnerRestaurant | None = None
    advised: bool = False
    free_until: datetime | None = None
    exposes_parties: tuple[ExposedParty, ...] = ()
    often: Message | None = None
    often_said: str = ""
    may_wait_at: datetime | None = None


class RescueParty(Struct, frozen=True, kw_only=True):
    """The party to be rescued; `reservation_id`: its own promise, if it has one."""

    rescue_id: UUID
    party_size: int
    needs: Needs = Needs()
    reservation_id: UUID | None = None
