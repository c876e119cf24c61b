"""The command dispatch: each command with its handler."""

from collections.abc import Callable, Mapping
from typing import Any

from msgspec.structs import replace

from policies.book.refusals import CommandRefused
from policies.floor import held_tables, levers, orders, reservations, seatings, waitlist
from policies.floor.closing import is_over
from policies.floor.orders import Command
from policies.floor.stand import Outcome, Stand
from policies.plan.replanning import replan
from policies.words.message import CalendarDate, message

HANDLERS: Mapping[type[Command], Callable[[Stand, Any], Outcome]] = {
    orders.Arrive: reservations.arrive,
    orders.Resize: reservations.resize,
    orders.NoShow: reservations.no_show,
    orders.Reopen: reservations.reopen,
    orders.Walk: reservations.walk,
    orders.Assign: reservations.assign,
    orders.Approve: reservations.approve,
    orders.Decline: reservations.decline,
    orders.Seat: seatings.seat,
    orders.Move: seatings.move,
    orders.Swap: seatings.swap,
    orders.Split: seatings.split,
    orders.Merge: seatings.merge,
    orders.Serve: seatings.serve,
    orders.Extend: seatings.extend,
    orders.Clear: seatings.clear,
    orders.BlockTable: levers.block,
    orders.LiftBlock: levers.lift,
    orders.Levers: levers.levers,
    orders.HoldMore: held_tables.hold_more,
    orders.ReleaseHeld: held_tables.release,
    orders.Wait: waitlist.wait,
    orders.Notify: waitlist.notify,
    orders.Leave: waitlist.leave,
}


def carry_out(stand: Stand, command: Command) -> Outcome:
    """Return the command's changes and the plan settled after them.

    Raises CommandRefused, NotPossible, NotAllowed.
    """
    check_open(stand)
    done = HANDLERS[type(command)](stand, command)
    changes = replan(stand.picture, done.changes, stand.house, now=stand.now)
    if isinstance(command, orders.HoldMore):
        held_tables.check_placed(changes, command)
    return replace(done, changes=changes)


def check_open(stand: Stand) -> None:
    """Raise CommandRefused once the period is over, also before the job has closed it."""
    if is_over(stand.picture, stand.now):
        period = stand.picture.period
        detail = message(
            "period-over-on", period=period.name, day=CalendarDate(period.service_date)
        )
        raise CommandRefused("NOT_POSSIBLE_NOW", detail)
