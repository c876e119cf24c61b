"""Orders that a tablet recorded without the network: in whose name, and what is against them."""

from uuid import UUID

from msgspec.structs import replace

from api.http.dependencies import who_of
from policies.access.rights import Right, has_right, lowest_with
from policies.book.refusals import Refusal
from policies.floor.late.facts import ToldLater
from policies.floor.orders import Order
from policies.words.message import message
from seating.access.sessions import StaffMember, role_of_who_was_here
from seating.book.actions import ActionAuthor
from seating.clock import Clock
from seating.db import Pool, run
from seating.door.journal import JournalEntry, last_on
from seating.errors import NotAllowed

SUBJECTS = ("reservation_id", "seating_id", "wait_id", "held_id", "block_id")


async def author_of(pool: Pool, staff: StaffMember, order: ToldLater, right: Right) -> ActionAuthor:
    """Whose act an order is: of who is logged in, or of who was at this tablet when it was done.

    Raises NotAllowed for somebody who was not, or whose role has not this `right`.
    """
    if order.happened_at is None or order.by in {None, staff.staff_id}:
        return who_of(staff)
    named = order.by or ""
    role = await run(pool, lambda conn: role_of_who_was_here(conn, staff, named))
    if role is None:
        raise NotAllowed(message("late-not-here"), pointer="/by")
    if not has_right(role, right):
        raise NotAllowed(message("role-needed", role=lowest_with(right)))
    return who_of(replace(staff, staff_id=named, role=role))


async def other_side(
    pool: Pool, venue_id: str, order: Order, refusal: Refusal, clock: Clock
) -> JournalEntry | None:
    """What was done meanwhile that stands against a late order, and by whom."""
    subjects = subjects_of(order) | subjects_of(refusal.now)
    return await run(pool, lambda conn: last_on(conn, venue_id, list(subjects), clock))


def subjects_of(thing: object) -> set[UUID]:
    """The ids of what an order or a state is about."""
    found = (getattr(thing, name, None) for name in SUBJECTS)
    return {each for each in found if each is not None}
