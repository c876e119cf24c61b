"""Acts that a tablet recorded without the network and that reach the service later.

What was done in the room is a fact with a time of its own. It wins over what was meant meanwhile:
neither a version of a plan nor a warning refuses it, and what it overrides is planned anew and
told. Only another fact stands against it, such as a party that somebody else seated at the table.
A wish about the evening (a plan, a pin, a lever) that comes late is asked for as any other.
"""

from datetime import datetime, timedelta
from typing import Protocol

from msgspec.structs import replace

from policies.floor import orders
from policies.floor.orders import Order
from policies.floor.stand import Stand


class ToldLater(Protocol):
    """A command that may be sent after it was done: when, and by whom at that tablet."""

    @property
    def happened_at(self) -> datetime | None:
        """When it was done; None: as it is sent."""

    @property
    def by(self) -> str | None:
        """Whose act it was (a staff id), where somebody else is logged in by now."""


LATEST = timedelta(hours=12)
"""So long after it was done an act is still taken: longer than any service lasts."""

FACTS: frozenset[type[Order]] = frozenset(
    {
        orders.Arrive,
        orders.Resize,
        orders.NoShow,
        orders.Reopen,
        orders.Walk,
        orders.Reconfirm,
        orders.TellLate,
        orders.Place,
        orders.Call,
        orders.Coming,
        orders.Seat,
        orders.Move,
        orders.Swap,
        orders.Split,
        orders.Merge,
        orders.Serve,
        orders.Extend,
        orders.Pay,
        orders.Clear,
        orders.Ready,
        orders.Wait,
        orders.Notify,
        orders.Leave,
        orders.Gone,
        orders.Rejoin,
    }
)
"""What happened in the room, or was said to a guest there."""


def is_late_fact(command: Order) -> bool:
    """Whether the command tells what was done before it could be sent."""
    return command.happened_at is not None and type(command) in FACTS


def is_too_late(command: ToldLater, now: datetime) -> bool:
    """Whether the command was done longer ago than LATEST."""
    return command.happened_at is not None and command.happened_at < now - LATEST


def happened(command: ToldLater, now: datetime) -> datetime:
    """Return when the command was done: `now` unless it tells an earlier instant.

    A tablet whose clock is ahead has done nothing in the future.
    """
    return now if command.happened_at is None else min(command.happened_at, now)


def as_it_happened(stand: Stand, command: Order) -> Stand:
    """Return the stand that the command's handler decides on: at its time, of any version."""
    if not is_late_fact(command):
        return stand
    return replace(stand, now=happened(command, stand.now), any_version=True)
