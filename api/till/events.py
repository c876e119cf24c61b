"""POST /v1/venues/{venue}/pos/events: events of a till about its checks."""

from typing import Annotated, Final
from uuid import UUID

from litestar import Response, post
from litestar.params import JSONBody
from msgspec import UNSET, Meta, Struct, UnsetType

from api.booking.answers import json_response
from api.http.access import needs_scope
from api.http.dependencies import GivenClock, GivenPartner, GivenPool
from api.http.described import response_specs
from api.http.fields import Instant, Sent, VenueId
from policies.floor.checks import TillEvent, TillEventType
from policies.house.shape import in_words
from policies.words.letters import LINE
from policies.words.message import message
from seating.db import Connection, run
from seating.partners.till import TillEventResult, receive_event

EventKey = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=100,
        pattern=LINE,
        description="Of your making; an event sent again with it is heard once.",
        examples=["event-815"],
    ),
]
CheckKey = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=100,
        pattern=in_words("^(?!event:)" + LINE.removeprefix("^"), message("value-check-id")),
        description="The till's own id of the check, never used for another one.",
        examples=["check-42"],
    ),
]
TableKey = Annotated[str, Meta(min_length=1, max_length=16, pattern=LINE, examples=["12"])]
Covers = Annotated[int, Meta(ge=1, le=1000, examples=[4])]
Money = Annotated[
    int, Meta(ge=0, le=1_000_000_000_000, description="Minor units.", examples=[8450])
]
Sequence = Annotated[
    int,
    Meta(
        ge=0,
        le=9_007_199_254_740_991,
        description="Rises with every event of a check; what comes behind a higher one is dropped.",
    ),
]


Paid = Annotated[
    bool,
    Meta(
        description=(
            "With check.closed: whether the party has paid, so that its table counts as soon free."
        ),
        examples=[True],
    ),
]


class PosEvent(Sent, frozen=True, kw_only=True):
    """An event of a check. `total` excludes the tip."""

    event_id: EventKey
    type: TillEventType
    table: TableKey
    total: Money
    tip: Money
    occurred_at: Instant
    sequence: Sequence
    check: CheckKey | None = None
    reservation_id: UUID | None = None
    covers: Covers | None = None
    paid: Paid | UnsetType = UNSET

    def event(self) -> TillEvent:
        return TillEvent(
            event_id=self.event_id,
            type=self.type,
            table_id=self.table,
            total=self.total,
            tip=self.tip,
            occurred_at=self.occurred_at,
            sequence=self.sequence,
            check_id=self.check,
            reservation_id=self.reservation_id,
            covers=self.covers,
            paid=self.paid,
        )


class PosEventSeen(Struct, frozen=True, kw_only=True):
    """`check`: the id of the check. `applied` is false if a higher sequence came before."""

    event_id: EventKey
    check: Annotated[str, Meta(max_length=120, examples=["check-42"])]
    applied: bool


@post(
    "/venues/{venue:str}/pos/events",
    guards=[needs_scope("pos")],
    status_code=202,
    operation_id="createPosEvent",
    responses=response_specs(202, PosEventSeen, 409, 422),
    tags=["pos"],
)
async def tell(
    venue: VenueId,
    data: JSONBody[PosEvent],
    partner: GivenPartner,
    pool: GivenPool,
    clock: GivenClock,
) -> Response[bytes]:
    """Send an event of a check; repeated and reordered events are handled."""

    async def work(conn: Connection) -> TillEventResult:
        return await receive_event(conn, venue, partner.client_id, data.event(), clock)

    done = await run(pool, work)
    seen = PosEventSeen(event_id=done.event_id, check=done.check_id, applied=done.applied)
    return json_response(seen, 202)


HANDLERS: Final = (tell,)
