"""One way to seat a party at the door, and the list of them."""

from datetime import datetime
from typing import Final, Literal
from uuid import UUID

from msgspec import Struct

OptionKind = Literal["table", "join", "split", "wait"]


Wish = Literal["area", "quiet"]


WISHES: Final[tuple[Wish, ...]] = ("area", "quiet")


class Option(Struct, frozen=True, kw_only=True):
    """One thing to offer. `alike`: how many more of the kind could be had on the same terms.

    A `split` group sits at several tables near each other.

    `free_until`: the party's turn ends then; `full_turn`: that is its whole turn. `moved`:
    reservations and slot holds that get other tables. `ready_at`, `wait_minutes`: only for a wait.
    `held_id`: the held table that has to be granted for it. To a promised party only: `exposes`,
    reservations that would be left without a table, and `lacks`, what it asked for and would not
    have there (an area, quiet), for the guest to choose. Where the house decides by value
    (policies/lookahead/advice.py): `worth`, what it brings less than the best, minor units, None where
    that was not weighed, and whether it is `advised`.
    """

    kind: OptionKind
    tables: tuple[str, ...]
    area: str
    seats: int
    free_until: datetime
    full_turn: bool
    moved: dict[UUID, tuple[str, ...]]
    sentence: str
    alike: int = 0
    ready_at: datetime | None = None
    wait_minutes: int = 0
    held_id: UUID | None = None
    exposes: tuple[UUID, ...] = ()
    lacks: tuple[Wish, ...] = ()
    worth: int | None = None
    advised: bool = False


class Ways(Struct, frozen=True, kw_only=True):
    """Every kind of thing there is to offer: tables now, a held table, a wait."""

    now: tuple[Option, ...] = ()
    granted: Option | None = None
    wait: Option | None = None
