"""Every order and the function that carries it out."""

from collections.abc import Callable, Mapping
from typing import Any

from msgspec.structs import replace

from policies.floor import held_tables, levers, orders, reservations, seatings, waitlist
from policies.floor.closing import is_over
from policies.floor.orders import Order
from policies.floor.stand import Done, Impossible, Stand
from policies.plan.replanning import settled

COMMANDS: Mapping[type[Order], Callable[[Stand, Any], Done]] = {
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


def carry_out(stand: Stand, order: Order) -> Done:
    """Return what the order changes, the plan settled with it. Raises Impossible, NotPossible."""
    check_open(stand)
    done = COMMANDS[type(order)](stand, order)
    changes = settled(stand.picture, done.changes, stand.house, now=stand.now)
    if isinstance(order, orders.HoldMore):
        held_tables.check_placed(changes, order)
    return replace(done, changes=changes)


def check_open(stand: Stand) -> None:
    """Raise Impossible once the period is over, whether or not the job has closed it yet."""
    if is_over(stand.picture, stand.now):
        period = stand.picture.period
        told = f"the {period.name} of {period.service_date:%d %B} is over"
        raise Impossible("NOT_POSSIBLE_NOW", told)
