"""The host's commands, one route each: `POST /host/orders/{name}`."""

from typing import Any, Final

from litestar import post
from litestar.handlers import HTTPRouteHandler
from litestar.params import JSONBody

from api.host.fields import as_shown
from api.host.roles.late import author_of, other_side
from api.host.roles.table import right_of
from api.http.dependencies import GivenClock, GivenPool, GivenStaff
from policies.book.refusals import Refusal
from policies.floor import orders
from policies.floor.orders import Order
from seating.db import run
from seating.door.order_answer import OrderAnswer
from seating.floor.answers import touched_by
from seating.floor.orders import execute_command

ROUTES: Final[dict[str, type[Order]]] = {
    "arrive": orders.Arrive,
    "resize": orders.Resize,
    "no-show": orders.NoShow,
    "reopen": orders.Reopen,
    "walk": orders.Walk,
    "assign": orders.Assign,
    "reconfirm": orders.Reconfirm,
    "tell-late": orders.TellLate,
    "place": orders.Place,
    "call": orders.Call,
    "coming": orders.Coming,
    "pin": orders.Pin,
    "unplan": orders.Unplan,
    "approve": orders.Approve,
    "decline": orders.Decline,
    "seat": orders.Seat,
    "move": orders.Move,
    "unseat": orders.Unseat,
    "swap": orders.Swap,
    "split": orders.Split,
    "merge": orders.Merge,
    "serve": orders.Serve,
    "extend": orders.Extend,
    "pay": orders.Pay,
    "clear": orders.Clear,
    "ready": orders.Ready,
    "block": orders.BlockTable,
    "lift": orders.LiftBlock,
    "levers": orders.Levers,
    "sections": orders.Sections,
    "hold-more": orders.HoldMore,
    "release-held": orders.ReleaseHeld,
    "wait": orders.Wait,
    "notify": orders.Notify,
    "leave": orders.Leave,
    "gone": orders.Gone,
    "rejoin": orders.Rejoin,
    "undo": orders.Undo,
}


def handler_of(name: str, order: type[Order]) -> HTTPRouteHandler:
    """The route of one command; its body is the command's Struct."""
    right = right_of("POST", f"/host/orders/{name}") or "host"

    async def handle(
        data: JSONBody[Any], staff: GivenStaff, pool: GivenPool, clock: GivenClock
    ) -> OrderAnswer:
        venue_id, who = staff.venue_id, await author_of(pool, staff, data, right)
        try:
            done = await run(pool, lambda conn: execute_command(conn, venue_id, data, who, clock))
        except Refusal as refusal:
            if data.happened_at is not None:
                refusal.against = await other_side(pool, venue_id, data, refusal, clock)
            raise
        return await as_shown(pool, staff, touched_by(done, data), clock)

    handle.__name__ = f"order_{name.replace('-', '_')}"
    handle.__doc__ = order.__doc__
    handle.__annotations__["data"] = JSONBody[order]  # type: ignore[misc, valid-type]
    return post(f"/orders/{name}", status_code=200, tags=["orders"])(handle)


HANDLERS: Final = tuple(handler_of(name, order) for name, order in ROUTES.items())
