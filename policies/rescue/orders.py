"""What a host tells about a rescue: list the ways, open one, take it, or let it go."""

from typing import Annotated
from uuid import UUID

from msgspec import Meta

from policies.floor.orders import Called, Covers, Order
from policies.house.room import Needs

Number = Annotated[str, Meta(max_length=20)]


class ListRescue(Order, frozen=True, kw_only=True):
    """Look for ways to say yes to a party told no, or to a promised one; `id` names the list.

    A party that has been told nothing yet is named by its size. `name` and `phone` are kept with
    what is taken, as far as they are known.
    """

    turnaway_id: UUID | None = None
    reservation_id: UUID | None = None
    party_size: Covers | None = None
    needs: Needs = Needs()
    name: Called = ""
    phone: Number = ""


class OpenOption(Order, frozen=True, kw_only=True):
    """Keep an option's tables for two minutes while the guest decides."""


class CloseOption(Order, frozen=True, kw_only=True):
    """The guest does not want it: what was kept is free again."""


class TakeOption(Order, frozen=True, kw_only=True):
    """The guest takes it: seated, booked or on the list; `id` names the seating, booking or entry.

    `reason` is asked for a held table. `accepted_house_rules`: the version read out.
    """

    name: Called = ""
    phone: Number = ""
    accepted_house_rules: Annotated[int, Meta(ge=1, le=2_147_483_647)] | None = None
