"""What all commands on a rescue option share: replay of the answer, the lock, the action record."""

from datetime import datetime
from typing import TypeVar
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from policies.book.changes import Changes
from policies.book.lifecycles import RESCUE_OPTION, RescueEvent, transition
from policies.book.picture import RescueState
from policies.floor.orders import Command
from policies.words.message import message
from seating.book.actions import ActionAuthor, ActionKey, keep_answer, key_of, replayed_answer
from seating.clock import Clock
from seating.db import Connection
from seating.errors import NotFound
from seating.rescue.rows import OptionStatus, Rescue, lock_rescue, read_options

T = TypeVar("T", bound=Struct)


class OptionCommand(Struct, frozen=True):
    """A command on a rescue option, and who gives it."""

    rescue_id: UUID
    option_id: UUID
    command: Command
    who: ActionAuthor

    @property
    def key(self) -> ActionKey:
        """What recognises the same command on the same option sent again."""
        return key_of(self.command, self.option_id)


class LockedOption(Struct, frozen=True):
    """The command's rescue, its row locked, and the states of its option and the others now."""

    tap: OptionCommand
    rescue: Rescue
    status: OptionStatus
    others: tuple[OptionStatus, ...]
    now: datetime

    def stepped(self, event: RescueEvent) -> RescueState:
        """Return the state after the event; raises NotPossible, NotAllowed."""
        return transition(RESCUE_OPTION, self.status.state, event, self.tap.who.actor).to


async def earlier_answer(
    conn: Connection, venue_id: str, tap: OptionCommand, answer: type[T]
) -> T | None:
    """Return the stored answer of this command, if it was carried out; raises IdReused.

    To be called with the rescue locked: a duplicate may just have been carried out.
    """
    return await replayed_answer(conn, venue_id, tap.key, answer)


async def lock_option(
    conn: Connection, venue_id: str, tap: OptionCommand, clock: Clock
) -> LockedOption:
    """Lock the rescue and read its options; raises NotFound."""
    rescue = await lock_rescue(conn, venue_id, tap.rescue_id)
    now = await clock.now(conn)
    options = await read_options(conn, venue_id, tap.rescue_id, now=now)
    for status in options:
        if status.option.option_id == tap.option_id:
            return LockedOption(
                tap, rescue, status, tuple(each for each in options if each != status), now
            )
    raise NotFound(message("no-such-option"), pointer="/option_id")


async def record_option_command(
    conn: Connection,
    venue_id: str,
    target: LockedOption,
    answer: Struct,
    *,
    was: Changes = Changes(),  # noqa: B008 - frozen
    after: Changes = Changes(),  # noqa: B008 - frozen
    why: str | None = None,
) -> None:
    """Record the action with its answer."""
    tap = target.tap
    await keep_answer(
        conn,
        venue_id,
        replace(tap.key, reason=tap.command.reason or why),
        answer,
        by=tap.who.staff_id,
        at=target.now,
        period_id=target.rescue.period_id,
        subject_id=tap.command.id,
        before=was,
        after=after,
    )
