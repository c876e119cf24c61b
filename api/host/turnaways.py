"""Turnaways told at the door, and the playbook answers given to them."""

from typing import Annotated, Final, Literal
from uuid import UUID

from litestar import get, post
from litestar.params import FromPath, JSONBody
from msgspec import Meta

from api.host.fields import Minutes
from api.http.dependencies import GivenClock, GivenConnection, GivenPool, GivenStaff, booker_of
from api.http.fields import AskedDate, Instant, PartySize, Phone, Sent
from policies.house.rules import NoCode
from policies.words.letters import LINE
from seating.book.guests import local_e164
from seating.db import Connection, run
from seating.turnaways.at_the_door import DoorTurnaway, RecordedTurnaway, record_door_turnaway
from seating.turnaways.log import TurnawayCount, turnaways_of
from seating.turnaways.playbook import AnswerGiven, GiveAnswer, give_answer


class NewTurnaway(Sent, frozen=True, kw_only=True):
    """`denial`: the house refused. `regret`: the guest declined what was offered.

    `name` and `phone` if the party gave them; without country code, of the venue's country.
    """

    id: UUID
    party_size: PartySize
    code: NoCode
    kind: Literal["denial", "regret"]
    asked_for: Instant | None = None
    quoted_minutes: Minutes | None = None
    wait_id: UUID | None = None
    name: Annotated[str, Meta(max_length=200, pattern=LINE)] = ""
    phone: Phone | None = None

    def said(self, phone: str | None) -> DoorTurnaway:
        return DoorTurnaway(
            turnaway_id=self.id,
            party_size=self.party_size,
            code=self.code,
            kind=self.kind,
            asked_for=self.asked_for,
            quoted_minutes=self.quoted_minutes,
            wait_id=self.wait_id,
            name=self.name,
            phone=phone,
        )


@post("/turnaways", tags=["turnaways"])
async def turn_away(
    data: JSONBody[NewTurnaway], staff: GivenStaff, pool: GivenPool, clock: GivenClock
) -> RecordedTurnaway:
    """Log a turnaway told at the door."""

    async def work(conn: Connection) -> RecordedTurnaway:
        phone = await local_e164(conn, staff.venue_id, data.phone, pointer="/phone")
        return await record_door_turnaway(
            conn, staff.venue_id, data.said(phone), booker_of(staff), clock
        )

    return await run(pool, work)


@post("/turnaways/{turnaway_id:uuid}/answers", tags=["turnaways"])
async def answered(
    turnaway_id: FromPath[UUID],
    data: JSONBody[GiveAnswer],
    staff: GivenStaff,
    pool: GivenPool,
    clock: GivenClock,
) -> AnswerGiven:
    """Record which answer of the playbook a party was given."""

    async def work(conn: Connection) -> AnswerGiven:
        person = (staff.staff_id, staff.role)
        return await give_answer(conn, staff.venue_id, turnaway_id, data, person, clock)

    return await run(pool, work)


@get("/turnaways", tags=["turnaways"])
async def turnaways(
    date: AskedDate, staff: GivenStaff, conn: GivenConnection
) -> tuple[TurnawayCount, ...]:
    """The turnaways of a date, by reason."""
    return await turnaways_of(conn, staff.venue_id, date)


HANDLERS: Final = (turn_away, answered, turnaways)
