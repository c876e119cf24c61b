"""What a host may tell the room: one Struct a command, with the id its tablet made.

`version` is the one the tablet saw of the thing it changes; a stale one is refused.
"""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from policies.house.room import Needs

Instant = Annotated[datetime, Meta(tz=True)]
Version = Annotated[int, Meta(ge=1, le=2_147_483_647)]
Covers = Annotated[int, Meta(ge=1, le=1000)]
TableId = Annotated[str, Meta(min_length=1, max_length=16)]
TableIds = Annotated[
    tuple[TableId, ...],
    Meta(min_length=1, max_length=20),
]
AreaId = Annotated[str, Meta(min_length=1, max_length=40)]
Said = Annotated[str, Meta(min_length=1, max_length=300)]
Called = Annotated[str, Meta(max_length=200)]


class Order(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A command: `id` makes it happen once however often it is sent."""

    id: UUID
    reason: Said | None = None


class Arrive(Order, frozen=True, kw_only=True):
    """So many of the party are here (all told)."""

    reservation_id: UUID
    version: Version
    arrived: Covers


class Resize(Order, frozen=True, kw_only=True):
    """The party comes as more or fewer than were booked."""

    reservation_id: UUID
    version: Version
    party_size: Covers


class NoShow(Order, frozen=True, kw_only=True):
    """The party will not come."""

    reservation_id: UUID
    version: Version


class Reopen(Order, frozen=True, kw_only=True):
    """A party counted as a no-show called: it is on its way."""

    reservation_id: UUID
    version: Version


class Walk(Order, frozen=True, kw_only=True):
    """A promised party left because it could not be seated."""

    reservation_id: UUID
    version: Version


class Assign(Order, frozen=True, kw_only=True):
    """Mean these tables for the party; `fixed` if the guest was promised them."""

    reservation_id: UUID
    version: Version
    tables: TableIds
    fixed: bool = False


class Approve(Order, frozen=True, kw_only=True):
    """Say yes to a request; with tables named, those; with a reason, against the engine."""

    reservation_id: UUID
    version: Version
    tables: TableIds | None = None


class Decline(Order, frozen=True, kw_only=True):
    """Say no to a request."""

    reservation_id: UUID
    version: Version


class Seat(Order, frozen=True, kw_only=True):
    """Seat a reservation, a party from the waitlist or a walk-in at tables; `id` names the seating.

    Several tables are a join, declared or made on the spot. `held_id` grants a held table to the
    party, with a reason. `until`: the party was told that the tables are needed again then.
    """

    tables: TableIds
    held_id: UUID | None = None
    reservation_id: UUID | None = None
    wait_id: UUID | None = None
    version: Version | None = None
    party_size: Covers | None = None
    name: Called = ""
    until: Instant | None = None


class Move(Order, frozen=True, kw_only=True):
    """Move a seated party to other tables."""

    seating_id: UUID
    version: Version
    tables: TableIds


class Swap(Order, frozen=True, kw_only=True):
    """Two seated parties change places."""

    seating_id: UUID
    version: Version
    other_id: UUID
    other_version: Version


class Split(Order, frozen=True, kw_only=True):
    """Some of a party sit at tables of their own from now on; `id` names their seating."""

    seating_id: UUID
    version: Version
    party_size: Covers
    tables: TableIds


class Merge(Order, frozen=True, kw_only=True):
    """A seated party joins another at that one's tables and its own."""

    seating_id: UUID
    version: Version
    into_id: UUID
    into_version: Version


class Serve(Order, frozen=True, kw_only=True):
    """How far a party is: the check is down, or dessert is served."""

    seating_id: UUID
    version: Version
    check_down: bool


class Extend(Order, frozen=True, kw_only=True):
    """A party stays longer than expected (minutes from the present expectation or from now)."""

    seating_id: UUID
    version: Version
    minutes: Annotated[int, Meta(ge=5, le=240, multiple_of=5)]


class Clear(Order, frozen=True, kw_only=True):
    """A party has left and its tables are free."""

    seating_id: UUID
    version: Version


class BlockTable(Order, frozen=True, kw_only=True):
    """A table is out of use from `starts` (now) to `ends` (the close of the period)."""

    table_id: TableId
    starts: Instant | None = None
    ends: Instant | None = None


class LiftBlock(Order, frozen=True, kw_only=True):
    """A blocked table can be used again."""

    block_id: UUID
    version: Version


class Levers(Order, frozen=True, kw_only=True):
    """Pull or release the evening's levers; None leaves one as it is.

    No version: every lever is set to what the host says, whatever it was.
    """

    online_paused: bool | None = None
    seating_stopped: bool | None = None
    last_orders: bool | None = None
    close_early: bool | None = None
    areas_shut: Annotated[tuple[AreaId, ...], Meta(max_length=50)] | None = None


class HoldMore(Order, frozen=True, kw_only=True):
    """Hold one more table of a window of tonight's rules, to its end; `id` names it."""

    window: Annotated[str, Meta(min_length=1, max_length=40)]


class ReleaseHeld(Order, frozen=True, kw_only=True):
    """Give a held table back now: it is on sale everywhere at once."""

    held_id: UUID
    version: Version


class Wait(Order, frozen=True, kw_only=True):
    """A party waits for a table; `id` names its entry. The quote is minutes, as told."""

    party_size: Covers
    name: Called = ""
    phone: Annotated[str, Meta(max_length=20)] = ""
    needs: Needs = Needs()
    quoted_minutes: Annotated[int, Meta(ge=0, le=600)] | None = None


class Notify(Order, frozen=True, kw_only=True):
    """A waiting party is told that its table is ready."""

    wait_id: UUID
    version: Version


class Leave(Order, frozen=True, kw_only=True):
    """A waiting party leaves by itself, or is turned away."""

    wait_id: UUID
    version: Version
    turned_away: bool = False


class Undo(Order, frozen=True, kw_only=True):
    """Take an order back."""

    action_id: UUID
