"""Every order and the function that carries it out."""

from collections.abc import Callable, Mapping
from typing import Any

from msgspec.structs import replace

from policies import arrivals, evening, floor, orders
from policies.changes import settled
from policies.orders import Done, Order, Room

COMMANDS: Mapping[type[Order], Callable[[Room, Any], Done]] = {
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
    orders.Wait: evening.wait,
    orders.Notify: evening.notify,
    orders.Leave: evening.leave,
}


def carry_out(room: Room, order: Order) -> Done:
    """Return what the order changes, the plan settled with it. Raises Impossible, NotPossible."""
    done = COMMANDS[type(order)](room, order)
    changes = settled(room.picture, done.changes, room.house, now=room.now)
    return replace(done, changes=changes)
