"""/demo: the movable business clock, and the room for everybody at this machine to look at.

The routes exist only with MAITRED_DEMO. Who is at this machine may pair a browser: the demo's
PINs, which log in on it, are printed there too, and there is nobody in its book.
"""

from datetime import datetime
from typing import Annotated, Final

from litestar import Router, get, post
from litestar.params import JSONBody
from msgspec import Meta, Struct

from api.http.access import OPEN, needs_role, staff_only
from api.http.cookies import at_this_machine
from api.http.dependencies import GivenClock, GivenConnection, GivenPool
from seating.access.devices import make_pairing_code
from seating.access.owners import venues_here
from seating.clock import Clock, read_rate, set_clock
from seating.db import Connection, transaction
from seating.door.locked_view import LockedView
from seating.door.tonight import read_locked_view
from seating.jobs.sweeps import sweep_all


class NewClock(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`rate`: business seconds per second, 0 stops the clock. `sweep`: run the jobs as well."""

    to: Annotated[datetime, Meta(tz=True)]
    rate: Annotated[float, Meta(ge=0, le=100_000)]
    sweep: bool = True


class NewPace(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`rate`: business seconds per second."""

    rate: Annotated[float, Meta(gt=0, le=600)]


class ClockFace(Struct, frozen=True, kw_only=True):
    now: datetime
    rate: float


async def face(conn: Connection, clock: Clock) -> ClockFace:
    return ClockFace(now=await clock.now(conn), rate=await read_rate(conn))


@get("/clock")
async def read_clock(conn: GivenConnection, clock: GivenClock) -> ClockFace:
    """Business time and its rate."""
    return await face(conn, clock)


@post("/clock", status_code=200)
async def move_clock(data: JSONBody[NewClock], pool: GivenPool, clock: GivenClock) -> ClockFace:
    """Set business time and rate; with `sweep`, run every job that is due then."""
    async with transaction(pool) as conn:
        await set_clock(conn, data.to, data.rate)
    if data.sweep:
        await sweep_all(pool, clock)
    async with pool.acquire() as conn:
        return await face(conn, clock)


@post("/pace", status_code=200, guards=[staff_only])
async def keep_pace(data: JSONBody[NewPace], pool: GivenPool, clock: GivenClock) -> ClockFace:
    """Let business time run on from where it is, at another rate: at 60 nobody can work."""
    async with transaction(pool) as conn:
        await set_clock(conn, await clock.now(conn), data.rate)
        return await face(conn, clock)


@post("/sweep", status_code=204)
async def sweep(pool: GivenPool, clock: GivenClock) -> None:
    """Run every job that is due now."""
    await sweep_all(pool, clock)


class DemoRoom(Struct, frozen=True, kw_only=True):
    """The demo's house and what a locked tablet of it would show: nothing about anybody."""

    venue: str
    shown: LockedView


@get("/room", opt=OPEN, guards=[at_this_machine])
async def room(pool: GivenPool, conn: GivenConnection, clock: GivenClock) -> DemoRoom:
    """The living room, for a browser on this machine that is not paired yet."""
    venue = (await venues_here(pool))[0]
    return DemoRoom(venue=venue, shown=await read_locked_view(conn, venue, clock))


class DemoCode(Struct, frozen=True, kw_only=True):
    """A code that pairs a tablet with the venue, once and soon."""

    venue: str
    code: str


@post("/pairing-code", opt=OPEN, guards=[at_this_machine])
async def pairing_code(pool: GivenPool) -> DemoCode:
    """A code for the browser on this machine. A page of elsewhere cannot read the answer."""
    async with transaction(pool) as conn:
        venue = (await venues_here(conn))[0]
        made = await make_pairing_code(conn, venue, None)
    return DemoCode(venue=venue, code=made.code)


CLOCK: Final = Router(
    "/",
    route_handlers=[read_clock, move_clock, sweep],
    guards=[staff_only, needs_role("manager")],
)
DEMO: Final = Router("/demo", route_handlers=[CLOCK, keep_pace, room, pairing_code], tags=["demo"])
