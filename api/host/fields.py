"""Field types of /host with their bounds, and the `needs` dependency."""

from typing import Annotated, Final
from uuid import UUID

from litestar.di import NamedDependency, Provide
from litestar.params import QueryParameter, SkipValidation
from msgspec import Meta, Struct

from policies.house.room import Needs
from policies.words.letters import LINE, LINES, NAME
from seating.access.sessions import StaffMember
from seating.clock import Clock
from seating.db import Pool, run
from seating.door.answering import Touched, answer_to
from seating.door.order_answer import OrderAnswer


class Colleague(Struct, frozen=True, kw_only=True):
    staff_id: str
    name: str


Version = Annotated[int, Meta(ge=1, le=2_147_483_647)]
Name = Annotated[str, Meta(min_length=1, max_length=200, pattern=LINE)]
PersonName = Annotated[str, Meta(min_length=1, max_length=200, pattern=NAME)]
Text = Annotated[str, Meta(max_length=1000, pattern=LINES)]
NameOrNone = Annotated[str, Meta(max_length=200, pattern=LINE)]
Tag = Annotated[str, Meta(min_length=1, max_length=40, pattern=LINE)]
Tags = Annotated[tuple[Tag, ...], Meta(max_length=20)]
Why = Annotated[str, Meta(min_length=3, max_length=300, pattern=LINES)]
Minutes = Annotated[int, Meta(ge=0, le=600)]
Stay = Annotated[
    int, Meta(ge=15, le=720, multiple_of=5, description="Minutes the party keeps its table.")
]

AskedSize = Annotated[int, QueryParameter(ge=1, le=1000)]
AskedStay = Annotated[
    int | None,
    QueryParameter(
        ge=15, le=720, multiple_of=5, description="Minutes the party would keep its table."
    ),
]
AskedChairs = Annotated[int, QueryParameter(ge=0, le=50)]
AskedArea = Annotated[str | None, QueryParameter(max_length=40)]
AskedPeriod = Annotated[str | None, QueryParameter(max_length=60)]
ToChange = Annotated[
    UUID | None, QueryParameter(description="A reservation to be changed, with its own needs.")
]
ForGuest = Annotated[
    UUID | None, QueryParameter(description="For whom: some tables are for guests with a tag.")
]
Flag = Annotated[bool, QueryParameter()]
Sought = Annotated[str, QueryParameter(min_length=2, max_length=100)]


async def as_shown(pool: Pool, staff: StaffMember, touched: Touched, clock: Clock) -> OrderAnswer:
    """What an order changed, as the stand shows it to the person who gave it."""
    asked = (staff.venue_id, touched, staff.staff_id, clock)
    return await run(pool, lambda conn: answer_to(conn, *asked))


def once_each(tags: tuple[str, ...] | None) -> tuple[str, ...] | None:
    """The tags without repetitions, in their order."""
    return None if tags is None else tuple(dict.fromkeys(tags))


def needs(
    *,
    area: AskedArea = None,
    step_free: Flag = False,
    quiet: Flag = False,
    high_chairs: AskedChairs = 0,
) -> Needs:
    return Needs(area=area, step_free=step_free, quiet=quiet, high_chairs=high_chairs)


DEPENDENCIES: Final = {"needs": Provide(needs, sync_to_thread=False)}
GivenNeeds = NamedDependency[SkipValidation[Needs]]
