"""The structs of what is offered at the door."""

from datetime import datetime
from typing import Final, Literal
from uuid import UUID

from msgspec import Struct

from policies.book.consequences import MovedParty, OrderWarning, WarningCode

OptionKind = Literal["table", "join", "split", "wait"]


Preference = Literal["area", "quiet"]


PREFERENCES: Final[tuple[Preference, ...]] = ("area", "quiet")


class ExposedParty(Struct, frozen=True, kw_only=True):
    """A reservation that a choice leaves without a table; `due`: it is here or nearly."""

    reservation_id: UUID
    name: str
    party_size: int
    starts: datetime
    due: bool = False


class SeatingOrder(Struct, frozen=True, kw_only=True):
    """What the order to seat says to carry the option out, besides its id.

    `anyway`: the codes of the warnings it would ask for, which the option tells.
    """

    tables: tuple[str, ...]
    party_size: int | None = None
    reservation_id: UUID | None = None
    wait_id: UUID | None = None
    version: int | None = None
    held_id: UUID | None = None
    until: datetime | None = None
    anyway: tuple[WarningCode, ...] = ()
    server: str | None = None


class Option(Struct, frozen=True, kw_only=True):
    """One table, join, split or wait that can be offered.

    `split`: a group larger than any join, at several tables near each other. `interchangeable`: how
    many more tables of the same area, seats and kind are free for the whole turn. `turn_ends`: the
    end of the party's turn; `full_turn`: whether that is the whole turn time. `free_until`: when
    the tables are needed next (a plan, a held table, a block, a private event), None if not before
    the period closes. `moved`: new tables
    by reservation, slot hold or held table. For a wait only: `ready_at`, when the plan has the
    table; `wait_minutes`, the wait at the latest, and `wait_likely`. `held_id`: the held table to
    be granted with it. For a party with a reservation only: `exposes`, the
    reservations left without a table, and `unmet_needs`, the preferences not met there. Where the
    house decides by value (`policies.lookahead.advice`): `worth`, the shortfall to the best option
    in minor currency units, None where it was not evaluated, and `advised`.

    What the order to seat the party there would do, worked out by the order's own rules
    (`policies.floor`): `order`, its body (None for a wait; a `held_id` takes a reason besides),
    `moves`: reservations planned at other tables, `exposes_parties`: those left without one,
    `held_lost`: held tables that give way, `warnings`: all it tells, `asks`: their codes that it
    asks for first. `server`: the staff id of who would serve the party, where there are sections.
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
    wait_likely: int = 0
    held_id: UUID | None = None
    exposes: tuple[UUID, ...] = ()
    unmet_needs: tuple[Preference, ...] = ()
    worth: int | None = None
    advised: bool = False
    moves: tuple[MovedParty, ...] = ()
    exposes_parties: tuple[ExposedParty, ...] = ()
    held_lost: tuple[UUID, ...] = ()
    warnings: tuple[OrderWarning, ...] = ()
    asks: tuple[WarningCode, ...] = ()
    order: SeatingOrder | None = None
    server: str | None = None


class OptionsByKind(Struct, frozen=True, kw_only=True):
    """Options of every kind: tables free `now`, a held table if `granted`, a `wait`."""

    now: tuple[Option, ...] = ()
    granted: Option | None = None
    wait: Option | None = None
