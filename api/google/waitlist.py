"""BatchGetWaitEstimates, CreateWaitlistEntry, GetWaitlistEntry, DeleteWaitlistEntry."""

from typing import Final

from litestar import post
from litestar.params import JSONBody
from msgspec import Struct

from api.google.answers import parts_of
from api.google.dependencies import GivenBooker, GivenFacade, GivenReader
from api.google.proto import required
from api.google.slots import merchant_of
from api.google.waits import (
    CreateWaitlistEntryRequest,
    EntryRequest,
    GetWaitlistEntryResponse,
    Joined,
    NotJoined,
    WaitEstimatesRequest,
    WaitEstimatesResponse,
    entry_seen,
    estimates_seen,
    joined,
)
from api.http.dependencies import GivenClock, GivenPool
from seating.db import Connection, run
from seating.floor.leaving import leave_waitlist
from seating.turnaways.log import LoggedRefusal
from seating.waitlist.entries import WaitlistPlace, read_own_entry
from seating.waitlist.joining import estimates, join


class Empty(Struct, frozen=True):
    """google.protobuf.Empty."""


@post("/BatchGetWaitEstimates", status_code=200)
async def waits(
    data: JSONBody[WaitEstimatesRequest],
    facade: GivenFacade,
    booker: GivenBooker,
    reader: GivenReader,
    clock: GivenClock,
) -> WaitEstimatesResponse:
    """The estimated wait of parties of these sizes, if they joined now."""
    venue = merchant_of(facade, data.merchant_id)
    return estimates_seen(await estimates(reader, venue, data.parties(), booker, clock))


@post("/CreateWaitlistEntry", status_code=200)
async def sign_on(
    data: JSONBody[CreateWaitlistEntryRequest],
    facade: GivenFacade,
    booker: GivenBooker,
    pool: GivenPool,
    clock: GivenClock,
) -> Joined | NotJoined:
    """Join; a repeated idempotency_token returns its entry, after a failure it tries again."""
    venue = merchant_of(facade, data.merchant_id)

    async def work(conn: Connection) -> WaitlistPlace | LoggedRefusal:
        return await join(conn, venue, await data.join(conn, venue, booker), booker, clock)

    return joined(venue, await run(pool, work))


@post("/GetWaitlistEntry", status_code=200)
async def entry(
    data: JSONBody[EntryRequest],
    facade: GivenFacade,
    booker: GivenBooker,
    reader: GivenReader,
    clock: GivenClock,
) -> GetWaitlistEntryResponse:
    """The state of a waitlist entry."""
    venue, subject = parts_of(facade, required(data.waitlist_entry_id, "$.waitlist_entry_id"))
    return entry_seen(await read_own_entry(reader, venue, subject, booker, clock))


@post("/DeleteWaitlistEntry", status_code=200)
async def sign_off(
    data: JSONBody[EntryRequest],
    facade: GivenFacade,
    booker: GivenBooker,
    pool: GivenPool,
    clock: GivenClock,
) -> Empty:
    """Leave the waitlist; repeating it gives the same answer."""
    venue, subject = parts_of(facade, required(data.waitlist_entry_id, "$.waitlist_entry_id"))
    await run(pool, lambda conn: leave_waitlist(conn, venue, subject, booker, clock))
    return Empty()


HANDLERS: Final = (waits, sign_on, entry, sign_off)
