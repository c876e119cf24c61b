"""A host's tap on an option of a rescue: once, in turn, on record."""

from datetime import datetime
from typing import TypeVar
from uuid import UUID

import msgspec
from msgspec import Struct

from policies.book.changes import Changes
from policies.book.lifecycles import RESCUE_OPTION, RescueEvent, step
from policies.book.picture import RescueState
from policies.floor.orders import Order
from seating.book.actions import Action, Who, fingerprint, record_action, replayed
from seating.clock import Clock
from seating.db import Connection
from seating.errors import NotFound
from seating.rescue.rows import Kept, Rescue, lock_rescue, options_of

T = TypeVar("T", bound=Struct)


class Tap(Struct, frozen=True):
    """Which option, what is to be done, and who does it."""

    rescue_id: UUID
    option_id: UUID
    order: Order
    who: Who

    @property
    def kind(self) -> str:
        """What the audit calls it."""
        return type(self.order).__name__

    @property
    def asked(self) -> str:
        """The fingerprint of the tap."""
        return fingerprint(self.option_id, self.order)


class Met(Struct, frozen=True):
    """A tap in its turn: the rescue, locked, and its option as it stands."""

    tap: Tap
    rescue: Rescue
    kept: Kept
    others: tuple[Kept, ...]
    now: datetime

    def stepped(self, event: RescueEvent) -> RescueState:
        """Return the state after the event; raises NotPossible, NotAllowed."""
        return step(RESCUE_OPTION, self.kept.state, event, self.tap.who.actor).to


async def answered_before(conn: Connection, venue_id: str, tap: Tap, answer: type[T]) -> T | None:
    """Return what this very tap was answered before; raises IdReused.

    To be asked once the rescue is locked: a twin may just have been carried out.
    """
    earlier = await replayed(conn, venue_id, tap.order.id, tap.kind, tap.asked)
    return None if earlier is None else msgspec.json.decode(earlier.answer, type=answer)


async def met(conn: Connection, venue_id: str, tap: Tap, clock: Clock) -> Met:
    """Lock the rescue and read it; raises NotFound."""
    rescue = await lock_rescue(conn, venue_id, tap.rescue_id)
    now = await clock.now(conn)
    options = await options_of(conn, venue_id, tap.rescue_id, now=now)
    for kept in options:
        if kept.option.option_id == tap.option_id:
            return Met(tap, rescue, kept, tuple(each for each in options if each != kept), now)
    raise NotFound("this rescue has no such option", pointer="/option_id")


async def put_on_record(
    conn: Connection,
    venue_id: str,
    found: Met,
    answer: Struct,
    *,
    was: Changes = Changes(),  # noqa: B008 - frozen
    after: Changes = Changes(),  # noqa: B008 - frozen
    why: str | None = None,
) -> None:
    """Keep who did it, when and why, and what it was answered."""
    tap = found.tap
    action = Action(
        action_id=tap.order.id,
        asked=tap.asked,
        kind=tap.kind,
        period_id=found.rescue.period_id,
        subject_id=tap.order.id,
        staff_id=tap.who.staff_id,
        at=found.now,
        reason=tap.order.reason or why,
        before=was,
        after=after,
        answer=msgspec.Raw(msgspec.json.encode(answer)),
    )
    await record_action(conn, venue_id, action)
