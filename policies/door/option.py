"""The structs of what is offered at the door."""

from datetime import datetime
from typing import Final, Literal
from uuid import UUID

from msgspec import Struct

OptionKind = Literal["table", "join", "split", "wait"]


Preference = Literal["area", "quiet"]


PREFERENCES: Final[tuple[Preference, ...]] = ("area", "quiet")


class Option(Struct, frozen=True, kw_only=True):
    """One table, join, split or wait that can be offered.

    `split`: a group larger than any join, at several tables near each other. `interchangeable`: how
    many more tables of the same area, seats and kind are free for the whole turn. `turn_ends`: the
    end of the party's turn; `full_turn`: whether that is the whole turn time. `free_until`: when
    the tables are needed next (a plan, a held table, a block, a private event), None if not before
    the period closes. `moved`: new tables
    by reservation, slot hold or held table. `ready_at`, `wait_minutes`: for a wait only. `held_id`:
    the held table to be granted with it. For a party with a reservation only: `exposes`, the
    reservations left without a table, and `unmet_needs`, the preferences not met there. Where the
    house decides by value (`policies.lookahead.advice`): `worth`, the shortfall to the best option
    in minor currency units, None where it was not evaluated, and `advised`.
    """

    kind: OptionKind
    tables: tuple[str, ...]
    area: str
    seats: int
    turn_ends: datetime
    full_turn: bool
    moved: dict[UUID, tuple[str, ...]]
    sentence: str
    free_until: datetime | None = None
    interchangeable: int = 0
    ready_at: datetime | None = None
    wait_minutes: int = 0
    held_id: UUID | None = None
    exposes: tuple[UUID, ...] = ()
    unmet_needs: tuple[Preference, ...] = ()
    worth: int | None = None
    advised: bool = False


class OptionsByKind(Struct, frozen=True, kw_only=True):
    """Options of every kind: tables free `now`, a held table if `granted`, a `wait`."""

    now: tuple[Option, ...] = ()
    granted: Option | None = None
    wait: Option | None = None
