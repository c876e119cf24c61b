"""What every order answers with: the things it changed as the stand's view shows them, in words."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from policies.book.consequences import MovedParty, OrderWarning
from policies.book.picture import Block
from policies.book.rotation import ServerLoad
from policies.door.pressure import QuarterPressure
from policies.house.calendar import Period
from policies.words.message import Param
from seating.book.levers import LeverShown
from seating.door.given_up import GivenUpTable
from seating.door.stand_view import (
    HeldTableView,
    HostHoldView,
    NextReservation,
    ReservationView,
    SeatingView,
    StandCounts,
    TableResetView,
    WaitEntryView,
)


class PromisedThen(Struct, frozen=True, kw_only=True):
    """What stands in a service that a lever was pulled for: promises stay promises.

    `requests` wait for a person's yes; `exposed`: parties without a table in the plan.
    """

    period_id: str
    reservations: int
    covers: int
    requests: int
    exposed: int


class ChangeInWords(Struct, frozen=True, kw_only=True):
    """What was done, as the journal shows it.

    `message` with `params` for any language, `said` in the house's.
    """

    message: str = ""
    params: dict[str, Param] = {}
    said: str = ""


class OrderAnswer(Struct, frozen=True, kw_only=True):
    """What an order changed: each thing in its state after it, as GET /host/tonight shows it.

    What has ended is in its list with its last state, and its id under `removed_...`: the view of
    the period holds it no longer. `held`: held tables that changed and are still held; `held_lost`:
    those that gave way, and what for. `warnings`: what the host should know. `moved`: reservations
    replanned to other tables; `exposed`: those left without a table. `undo_until`: until when it
    can be taken back, None if not at all. `dry_run`: nothing was changed. `period_version`: of the
    period as the order left it, so that an event of a lower one brings nothing new; 0: of none.
    `shown_version`: of the period when the rest was read, others' orders since then among it; a
    view of a later one knows better. What the desk wrote is shown as it was read then, too.
    `levers`: pulled, or taken back; `promised`: what stands in the services they are for, where
    anything does. The rest is whole, as in the view: `host_holds`, `resets`, `next_by_table`,
    `servers`, `counts`, `pressure` (the last two as they are, also in a dry run on the floor).

    Sent again, an order is answered with what it did then; what surrounds it is as of now.
    """

    action_id: UUID
    period_version: int
    changed: ChangeInWords
    shown_version: int = 0
    period_id: str | None = None
    period: Period | None = None
    reservations: tuple[ReservationView, ...] = ()
    seatings: tuple[SeatingView, ...] = ()
    waiting: tuple[WaitEntryView, ...] = ()
    held: tuple[HeldTableView, ...] = ()
    blocks: tuple[Block, ...] = ()
    levers: tuple[LeverShown, ...] = ()
    removed_reservations: tuple[UUID, ...] = ()
    removed_seatings: tuple[UUID, ...] = ()
    removed_wait_entries: tuple[UUID, ...] = ()
    removed_held: tuple[UUID, ...] = ()
    removed_blocks: tuple[UUID, ...] = ()
    held_lost: tuple[GivenUpTable, ...] = ()
    warnings: tuple[OrderWarning, ...] = ()
    moved: tuple[MovedParty, ...] = ()
    exposed: tuple[UUID, ...] = ()
    undo_until: datetime | None = None
    promised: tuple[PromisedThen, ...] = ()
    host_holds: tuple[HostHoldView, ...] = ()
    resets: tuple[TableResetView, ...] = ()
    next_by_table: dict[str, NextReservation] = {}
    counts: StandCounts = StandCounts()
    pressure: tuple[QuarterPressure, ...] = ()
    servers: tuple[ServerLoad, ...] = ()
    dry_run: bool = False
