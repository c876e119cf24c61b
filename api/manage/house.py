"""The house: what is in force, its versions, drafts edited by patches, and the TOML file."""

from typing import Annotated, Any, Final, TypeVar
from uuid import UUID

import msgspec
from litestar import MediaType, Response, delete, get, patch, post
from litestar.params import JSONBody, PathParameter, QueryParameter

from api.http.access import confirmed, needs_role
from api.http.dependencies import GivenClock, GivenConnection, GivenPool, GivenStaff
from seating.access.audit import keep_record
from seating.db import Connection, run
from seating.house import house_drafts
from seating.house.house_drafts import (
    DraftHouse,
    EditionWithHouse,
    HouseDraft,
    HouseEdition,
    HouseInForce,
    PatchHouse,
)

MANAGER: Final = [needs_role("manager")]
SURE: Final = [needs_role("manager"), confirmed]
Version = Annotated[int, PathParameter(ge=1, le=2_147_483_647)]
ActionId = Annotated[UUID, QueryParameter(name="id")]
T = TypeVar("T")


def in_order(answer: T, status: int = 200) -> Response[T]:
    """The answer as JSON, its sets sorted: the same house reads the same every time."""
    body: Any = msgspec.json.encode(answer, order="deterministic")
    return Response(body, status_code=status, media_type=MediaType.JSON)


@get("/house", guards=MANAGER, tags=["house"])
async def in_force(
    staff: GivenStaff, conn: GivenConnection, clock: GivenClock
) -> Response[HouseInForce]:
    """The house in force today, and what is published for later."""
    return in_order(await house_drafts.read_house_in_force(conn, staff.venue_id, clock))


@get("/house/versions", guards=MANAGER, tags=["house"])
async def versions(staff: GivenStaff, conn: GivenConnection) -> tuple[HouseEdition, ...]:
    """Every version of the house, drafts included, the latest first."""
    return await house_drafts.list_houses(conn, staff.venue_id)


@get("/house/versions/{version:int}", guards=MANAGER, tags=["house"])
async def one_version(
    version: Version, staff: GivenStaff, conn: GivenConnection
) -> Response[EditionWithHouse]:
    """A version of the house."""
    return in_order(await house_drafts.read_house_version(conn, staff.venue_id, version))


@get("/house/export", guards=SURE, tags=["house"])
async def export(staff: GivenStaff, conn: GivenConnection, clock: GivenClock) -> Response[str]:
    """The house in force as a TOML file, its staff from the accounts."""
    text = await house_drafts.exported_house(conn, staff.venue_id, clock)
    await keep_record(conn, staff.venue_id, "ExportHouse", {}, by=staff.staff_id)
    name = f'attachment; filename="{staff.venue_id}.toml"'
    return Response(text, media_type=MediaType.TEXT, headers={"Content-Disposition": name})


@post("/house/drafts", guards=MANAGER, tags=["house"])
async def draft(
    data: JSONBody[DraftHouse], staff: GivenStaff, pool: GivenPool, clock: GivenClock
) -> Response[HouseDraft]:
    """Draft a house from the one in force, a whole document or a TOML file."""

    async def work(conn: Connection) -> HouseDraft:
        return await house_drafts.draft_house(conn, staff.venue_id, data, staff.staff_id, clock)

    return in_order(await run(pool, work), 201)


@get("/house/drafts/{version:int}", guards=MANAGER, tags=["house"])
async def read(
    version: Version, staff: GivenStaff, conn: GivenConnection, clock: GivenClock
) -> Response[HouseDraft]:
    """A draft with its problems and its differences from the house in force on its date."""
    return in_order(await house_drafts.read_draft(conn, staff.venue_id, version, clock))


@patch("/house/drafts/{version:int}", guards=MANAGER, tags=["house"])
async def change(
    version: Version,
    data: JSONBody[PatchHouse],
    staff: GivenStaff,
    pool: GivenPool,
    clock: GivenClock,
) -> Response[HouseDraft]:
    """Change a draft by a merge patch (RFC 7396); null removes.

    An object for a list names its entries by key: a table `T5`, a join `T5+T6`, a period
    `dinner fri+sat` (`dinner` if there is one), a special day `2026-12-24`, a closure or an event
    by date and name, a turn time by its party. `{"tables": {"T5": {"seats_max": 6}, "T9": null}}`
    """

    async def work(conn: Connection) -> HouseDraft:
        return await house_drafts.patch_draft(
            conn, staff.venue_id, version, data, staff.staff_id, clock
        )

    return in_order(await run(pool, work))


@delete("/house/drafts/{version:int}", guards=MANAGER, status_code=200, tags=["house"])
async def withdraw(
    version: Version, sent: ActionId, staff: GivenStaff, pool: GivenPool, clock: GivenClock
) -> Response[EditionWithHouse]:
    """Withdraw a draft; `id` is made by the client, as for every write."""

    async def work(conn: Connection) -> EditionWithHouse:
        return await house_drafts.withdraw_draft(
            conn, staff.venue_id, version, sent, staff.staff_id, clock
        )

    return in_order(await run(pool, work))


HANDLERS: Final = (in_force, versions, one_version, export, draft, read, change, withdraw)
