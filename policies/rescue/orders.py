"""The commands of a rescue: list the options, open one, take it or close it.

Class names are stored as the kind of an action.
"""

from typing import Annotated
from uuid import UUID

from msgspec import Meta

from policies.floor.orders import Command, Covers, ShortText
from policies.house.room import Needs

Number = Annotated[str, Meta(max_length=30)]


class ListRescue(Command, frozen=True, kw_only=True):
    """List the options for a turnaway or a promised party; `id` names the rescue.

    A party that is neither yet gives `party_size` and `needs`. `name` and `phone` go into the
    seating, booking or waitlist entry that is taken.
    """

    turnaway_id: UUID | None = None
    reservation_id: UUID | None = None
    party_size: Covers | None = None
    needs: Needs = Needs()
    name: ShortText = ""
    phone: Number = ""


class OpenOption(Command, frozen=True, kw_only=True):
    """Keep an option's tables for two minutes while the guest decides."""


class CloseOption(Command, frozen=True, kw_only=True):
    """The guest declines the option: its tables are released."""


class TakeOption(Command, frozen=True, kw_only=True):
    """The guest takes the option; `id` names the seating, reservation or waitlist entry made.

    A held table takes a `reason`. `accepted_house_rules`: the version read out to the guest.
    """

    name: ShortText = ""
    phone: Number = ""
    accepted_house_rules: Annotated[int, Meta(ge=1, le=2_147_483_647)] | None = None
