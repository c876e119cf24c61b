"""/v1/venues/{venue}/waitlist: join tonight's waitlist, see the place on it, leave."""

from typing import Annotated, Any, Final, Literal
from uuid import UUID, uuid4

from litestar import Request, Response, delete, get, post
from litestar.params import FromPath, JSONBody
from msgspec import Meta, Struct

from api.booking.answers import json_response
from api.booking.dependencies import GivenBooker, GivenOnce, GivenReader
from api.booking.fields import (
    AreaKey,
    GuestSent,
    Minutes,
    NeedsSent,
    Notes,
    Reference,
    RulesVersion,
    Version,
    needs_of,
)
from api.edge.public_address import page_link
from api.http.access import needs_scope
from api.http.dependencies import GivenClock, GivenPool
from api.http.described import response_specs
from api.http.fields import Moment, PartySize, Sent, VenueId, VenueKey
from api.http.refusals import waitlist_refusal_response
from policies.house.calendar import zone_of
from policies.house.house import House
from seating.book.in_force import house_of
from seating.db import Connection, run
from seating.floor.leaving import leave_waitlist
from seating.turnaways.log import LoggedRefusal
from seating.waitlist.entries import WaitlistPlace, read_own_entry
from seating.waitlist.joining import JoinRequest, join

WaitStatus = Literal["waiting", "notified", "seated", "left", "turned_away"]
"""What a site knows of a party: that it did not answer is between the house and its guest."""

WAITLIST: Final = [needs_scope("waitlist")]
ONE: Final = "/venues/{venue:str}/waitlist/{wait_id:uuid}"


class NewWait(Sent, frozen=True, kw_only=True):
    """A party that wants to join tonight's waitlist."""

    party_size: PartySize
    guest: GuestSent
    area: AreaKey | None = None
    needs: NeedsSent = NeedsSent()
    notes: Notes = ""
    partner_reference: Reference | None = None
    accepted_house_rules: RulesVersion | None = None

    def join(self) -> JoinRequest:
        return JoinRequest(
            wait_id=uuid4(),
            party_size=self.party_size,
            guest=self.guest.contact(),
            needs=needs_of(self.area, self.needs),
            notes=self.notes,
            partner_reference=self.partner_reference,
            accepted_house_rules=self.accepted_house_rules,
        )


class WaitSeen(Struct, frozen=True, kw_only=True):
    """A waiting party that this booking site added.

    `quote_minutes` is the wait at the latest it was told when it joined. The present estimate:
    `wait_likely` and `wait_latest` minutes from now, which is at `seats_from` and `seats_until`.
    """

    id: UUID
    venue: VenueKey
    status: WaitStatus
    version: Version
    party_size: PartySize
    quote_minutes: Minutes | None
    parties_ahead: Annotated[int, Meta(ge=0, le=10_000, examples=[2])]
    wait_likely: Minutes | None
    wait_latest: Minutes | None
    seats_from: Moment | None
    seats_until: Moment | None
    joined_at: Moment
    partner_reference: Reference | None
    page_url: (
        Annotated[
            str,
            Meta(
                max_length=400,
                description="The party's own page; told only when it joins.",
                examples=["https://book.example/w/bistro:a-secret"],
            ),
        ]
        | None
    )


def wait_seen(house: House, entry: WaitlistPlace, page_url: str | None) -> WaitSeen:
    zone = zone_of(house)
    return WaitSeen(
        id=entry.wait_id,
        venue=house.venue.id,
        status="left" if entry.state == "gone" else entry.state,
        version=entry.version,
        party_size=entry.party_size,
        quote_minutes=entry.quoted_minutes,
        parties_ahead=entry.parties_ahead,
        wait_likely=entry.wait_likely,
        wait_latest=entry.wait_latest,
        seats_from=entry.seats_from.astimezone(zone) if entry.seats_from else None,
        seats_until=entry.seats_until.astimezone(zone) if entry.seats_until else None,
        joined_at=entry.joined_at.astimezone(zone),
        partner_reference=entry.partner_reference,
        page_url=page_url,
    )


@post(
    "/venues/{venue:str}/waitlist",
    guards=WAITLIST,
    operation_id="joinWaitlist",
    responses=response_specs(201, WaitSeen, 409, 422),
    tags=["waitlist"],
)
async def wait(
    request: Request[Any, Any, Any],
    venue: VenueId,
    data: JSONBody[NewWait],
    booker: GivenBooker,
    clock: GivenClock,
    once: GivenOnce,
) -> Response[bytes]:
    """Join tonight's waitlist; the answer holds the quoted wait."""

    async def work(conn: Connection) -> Response[bytes]:
        done = await join(conn, venue, data.join(), booker, clock)
        if isinstance(done, LoggedRefusal):
            return waitlist_refusal_response(done.no)
        house = (await house_of(conn, venue)).house
        page_url = page_link(request, "w", done.token) if done.token else None
        where = f"/v1/venues/{venue}/waitlist/{done.wait_id}"
        headers = {"ETag": f'"v{done.version}"', "Location": where}
        return json_response(wait_seen(house, done, page_url), 201, headers)

    return await once(data, work)


@get(
    ONE,
    guards=WAITLIST,
    operation_id="getWaitlistEntry",
    responses=response_specs(200, WaitSeen),
    tags=["waitlist"],
)
async def waiting(
    venue: VenueId,
    wait_id: FromPath[UUID],
    booker: GivenBooker,
    clock: GivenClock,
    reader: GivenReader,
) -> Response[bytes]:
    """Read a waiting party of yours and its present place."""
    entry = await read_own_entry(reader, venue, wait_id, booker, clock)
    seen = wait_seen((await house_of(reader, venue)).house, entry, None)
    return json_response(seen, 200, {"ETag": f'"v{entry.version}"', "Cache-Control": "no-store"})


@delete(
    ONE,
    guards=WAITLIST,
    operation_id="leaveWaitlist",
    responses=response_specs(204, None, 409),
    tags=["waitlist"],
)
async def go(
    venue: VenueId, wait_id: FromPath[UUID], booker: GivenBooker, clock: GivenClock, pool: GivenPool
) -> None:
    """Take the party off the waitlist; doing so again changes nothing."""
    await run(pool, lambda conn: leave_waitlist(conn, venue, wait_id, booker, clock))


HANDLERS: Final = (wait, waiting, go)
