"""Every order and the function that carries it out."""

from collections.abc import Callable, Mapping
from typing import Any

from msgspec.structs import replace

from policies import arrivals, evening, floor, holding, orders, waitlist
from policies.closing import is_over
from policies.orders import Order
from policies.settling import settled
from policies.stand import Done, Impossible, Stand

COMMANDS: Mapping[type[Order], Callable[[Stand, Any], Done]] = {
    orders.Arrive: arrivals.arrive,
    orders.Resize: arrivals.resize,
    orders.NoShow: arrivals.no_show,
    orders.Reopen: arrivals.reopen,
    orders.Walk: arrivals.walk,
    orders.Assign: arrivals.assign,
    orders.Approve: arrivals.approve,
    orders.Decline: arrivals.decline,
    orders.Seat: floor.seat,
    orders.Move: floor.move,
    orders.Swap: floor.swap,
    orders.Split: floor.split,
    orders.Merge: floor.merge,
    orders.Serve: floor.serve,
    orders.Extend: floor.extend,
    orders.Clear: floor.clear,
    orders.BlockTable: evening.block,
    orders.LiftBlock: evening.lift,
    orders.Levers: evening.levers,
    orders.HoldMore: holding.hold_more,
    orders.ReleaseHeld: holding.release,
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
        holding.check_placed(changes, order)
    return replace(done, changes=changes)


def check_open(stand: Stand) -> None:
    """Raise Impossible once the period is over, whether or not the job has closed it yet."""
    if is_over(stand.picture, stand.now):
        period = stand.picture.period
        told = f"the {period.name} of {period.service_date:%d %B} is over"
        raise Impossible("NOT_POSSIBLE_NOW", told)
