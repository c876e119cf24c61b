"""/v1/venues/{venue}/slot-holds: hold a place for some minutes while a guest decides."""

from typing import Final
from uuid import UUID

from litestar import Response, delete, get, post
from litestar.params import FromPath, JSONBody

from api.booking.answers import SlotHoldSeen, json_response, slot_hold_answer, slot_hold_seen
from api.booking.dependencies import GivenBooker, GivenOnce, GivenReader
from api.booking.fields import (
    AreaKey,
    NeedsSent,
    PreferencesSent,
    Seconds,
    needs_of,
    preferences_of,
)
from api.http.access import needs_scope
from api.http.dependencies import GivenClock, GivenPool
from api.http.described import response_specs
from api.http.fields import Instant, PartySize, Sent, VenueId
from seating.book.in_force import house_of
from seating.booking.slot_holds import HoldRequest, give_back_hold, hold_slot, read_hold
from seating.db import Connection, run

BOOKINGS: Final = [needs_scope("bookings")]


class NewSlotHold(Sent, frozen=True, kw_only=True):
    """What to hold, and for how many seconds at most."""

    start: Instant
    party_size: PartySize
    area: AreaKey | None = None
    needs: NeedsSent = NeedsSent()
    preferences: PreferencesSent | None = None
    ttl_s: Seconds | None = None

    def order(self) -> HoldRequest:
        return HoldRequest(
            party_size=self.party_size,
            starts=self.start,
            needs=needs_of(self.area, self.needs),
            preferences=preferences_of(self.preferences),
            ttl_s=self.ttl_s,
        )


@post(
    "/venues/{venue:str}/slot-holds",
    guards=BOOKINGS,
    operation_id="createSlotHold",
    responses=response_specs(201, SlotHoldSeen, 409, 422),
    tags=["slot holds"],
)
async def hold(
    venue: VenueId,
    data: JSONBody[NewSlotHold],
    booker: GivenBooker,
    clock: GivenClock,
    once: GivenOnce,
) -> Response[bytes]:
    """Hold a place; nobody else can book it until it is confirmed, given back or expired."""

    async def work(conn: Connection) -> Response[bytes]:
        done = await hold_slot(conn, venue, data.order(), booker, clock)
        return slot_hold_answer((await house_of(conn, venue)).house, done)

    return await once(data, work)


@get(
    "/venues/{venue:str}/slot-holds/{slot_hold_id:uuid}",
    guards=BOOKINGS,
    operation_id="getSlotHold",
    responses=response_specs(200, SlotHoldSeen),
    tags=["slot holds"],
)
async def held(
    venue: VenueId,
    slot_hold_id: FromPath[UUID],
    booker: GivenBooker,
    clock: GivenClock,
    reader: GivenReader,
) -> Response[bytes]:
    """Read a slot hold of yours."""
    found = await read_hold(reader, venue, slot_hold_id, booker, clock)
    return json_response(slot_hold_seen((await house_of(reader, venue)).house, found), 200)


@delete(
    "/venues/{venue:str}/slot-holds/{slot_hold_id:uuid}",
    guards=BOOKINGS,
    operation_id="deleteSlotHold",
    responses=response_specs(204, None),
    tags=["slot holds"],
)
async def give_up(
    venue: VenueId,
    slot_hold_id: FromPath[UUID],
    booker: GivenBooker,
    clock: GivenClock,
    pool: GivenPool,
) -> None:
    """Give a slot hold back; doing so again, or after its end, changes nothing."""
    await run(pool, lambda conn: give_back_hold(conn, venue, slot_hold_id, booker, clock))


HANDLERS: Final = (hold, held, give_up)
