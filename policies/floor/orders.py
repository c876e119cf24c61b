"""The commands of the host stand, as sent by a tablet: one Struct each.

Class names are stored as the kind of an action and name the URLs. `id` is made by the tablet.
`version` is the version of the changed thing that the tablet saw; a stale one is refused (STALE).
`dry_run` answers what the order would, and changes nothing.
"""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, Struct

from policies.book.consequences import WarningCode
from policies.book.picture import CalledBy, WaitingPlace
from policies.house.house import Key
from policies.house.room import Needs
from policies.words.letters import LINE, LINES

Instant = Annotated[datetime, Meta(tz=True)]
Version = Annotated[int, Meta(ge=1, le=2_147_483_647)]
Covers = Annotated[int, Meta(ge=1, le=1000)]
TableId = Annotated[str, Meta(min_length=1, max_length=16, pattern=LINE)]
TableIds = Annotated[
    tuple[TableId, ...],
    Meta(min_length=1, max_length=20),
]
StaffId = Annotated[str, Meta(min_length=1, max_length=40, pattern=LINE)]
AreaId = Annotated[str, Meta(min_length=1, max_length=40, pattern=LINE)]
ReasonText = Annotated[str, Meta(min_length=1, max_length=300, pattern=LINES)]
ShortText = Annotated[str, Meta(max_length=200, pattern=LINE)]
Anyway = Annotated[tuple[WarningCode, ...], Meta(max_length=50)]
"""The codes of warnings that ask, accepted by the host who has seen them."""


class Command(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of all commands; a command with an `id` seen before is answered, not repeated."""

    id: UUID
    reason: ReasonText | None = None


class Order(Command, frozen=True, kw_only=True):
    """Base of the stand's commands. `anyway`: the codes of warnings it accepts.

    `dry_run`: the answer is what the order would answer, a refusal included, and nothing changes.
    `happened_at`: when it was done, where the tablet had no network then (policies/floor/late);
    `by`: who did it at this tablet, where somebody else is logged in by now.
    """

    anyway: Anyway = ()
    dry_run: bool = False
    happened_at: Instant | None = None
    by: Key | None = None


class Arrive(Order, frozen=True, kw_only=True):
    """Some or all of a party are here; `arrived`: how many in all."""

    reservation_id: UUID
    version: Version
    arrived: Covers


class Resize(Order, frozen=True, kw_only=True):
    """Change the size of a promised party."""

    reservation_id: UUID
    version: Version
    party_size: Covers


class NoShow(Order, frozen=True, kw_only=True):
    """Mark a reservation as a no-show."""

    reservation_id: UUID
    version: Version


class Reopen(Order, frozen=True, kw_only=True):
    """Reopen a no-show that comes after all: at the table it had, if that is free."""

    reservation_id: UUID
    version: Version


class Walk(Order, frozen=True, kw_only=True):
    """A promised party left because it could not be seated."""

    reservation_id: UUID
    version: Version


class Assign(Order, frozen=True, kw_only=True):
    """Plan these tables for the party; `fixed`: promised to the guest, so the plan keeps them.

    Given or refused. With a reason also where others are planned, who are moved or left without a
    table; a party that sits there and a promised table stand against any reason. In another area
    than the guest wished, which is no longer asked for then, with a reason or OTHER_AREA accepted;
    at tables that an access rule keeps for others, with a reason.
    """

    reservation_id: UUID
    version: Version
    tables: TableIds
    fixed: bool = False


class Reconfirm(Order, frozen=True, kw_only=True):
    """Note that the party has said again that it comes."""

    reservation_id: UUID
    version: Version


class TellLate(Order, frozen=True, kw_only=True):
    """Note until when a party said that it is late: its grace counts from then."""

    reservation_id: UUID
    version: Version
    until: Instant


class Place(Order, frozen=True, kw_only=True):
    """Note where a party that is here waits, or that nobody knows; it goes when it is seated."""

    version: Version
    reservation_id: UUID | None = None
    wait_id: UUID | None = None
    where: WaitingPlace | None = None


class Call(Order, frozen=True, kw_only=True):
    """Note that a party that is here was called to its table, by text or by voice."""

    reservation_id: UUID
    version: Version
    by: CalledBy = "voice"


class Coming(Order, frozen=True, kw_only=True):
    """Note that a party is on its way: a booked one, or one that was called."""

    version: Version
    reservation_id: UUID | None = None
    wait_id: UUID | None = None


class Pin(Order, frozen=True, kw_only=True):
    """Pin a party to the tables it is planned at, so that only a person moves it; or unpin it."""

    reservation_id: UUID
    version: Version
    pinned: bool


class Unplan(Order, frozen=True, kw_only=True):
    """Plan a party anywhere but at the tables it has, pinned there or not; refused where it cannot.

    No promise is left without a table that it could have.
    """

    reservation_id: UUID
    version: Version


class Approve(Order, frozen=True, kw_only=True):
    """Approve a request; with a reason also where the engine says no.

    `tables` named are given as its plan, or the order is refused, as by Assign; without any the
    reason books it beyond the room.
    """

    reservation_id: UUID
    version: Version
    tables: TableIds | None = None


class Decline(Order, frozen=True, kw_only=True):
    """Decline a request."""

    reservation_id: UUID
    version: Version


class Seat(Order, frozen=True, kw_only=True):
    """Seat a reservation, a party from the waitlist or a walk-in at tables; `id` names the seating.

    Several tables are a join, whether or not the house file declares it. `held_id`: a held table
    granted to the party, for a `reason`. `until`: the end of a shorter turn the party agreed to.
    `server`: who serves it, where that is not whose section the tables are in.
    """

    tables: TableIds
    held_id: UUID | None = None
    reservation_id: UUID | None = None
    wait_id: UUID | None = None
    version: Version | None = None
    party_size: Covers | None = None
    name: ShortText = ""
    until: Instant | None = None
    server: StaffId | None = None


class Move(Order, frozen=True, kw_only=True):
    """Move a seated party to other tables."""

    seating_id: UUID
    version: Version
    tables: TableIds


class Unseat(Order, frozen=True, kw_only=True):
    """Let a seated party wait again: it has not been served, and its reservation is as before."""

    seating_id: UUID
    version: Version


class Swap(Order, frozen=True, kw_only=True):
    """Exchange the tables of two seated parties."""

    seating_id: UUID
    version: Version
    other_id: UUID
    other_version: Version


class Split(Order, frozen=True, kw_only=True):
    """Seat part of a party at other tables; `id` names the new seating."""

    seating_id: UUID
    version: Version
    party_size: Covers
    tables: TableIds


class Merge(Order, frozen=True, kw_only=True):
    """Join a seated party with another; the tables of both become one join."""

    seating_id: UUID
    version: Version
    into_id: UUID
    into_version: Version


class Serve(Order, frozen=True, kw_only=True):
    """Note that the check is down, or else that dessert is served."""

    seating_id: UUID
    version: Version
    check_down: bool


class Extend(Order, frozen=True, kw_only=True):
    """Extend the expected end by `minutes`, counted from now if it has passed."""

    seating_id: UUID
    version: Version
    minutes: Annotated[int, Meta(ge=5, le=240, multiple_of=5)]


class Pay(Order, frozen=True, kw_only=True):
    """Note that a party has paid and still sits: its table is free soon."""

    seating_id: UUID
    version: Version


class Clear(Order, frozen=True, kw_only=True):
    """Clear a seating: the party has left, and its tables are free.

    Not `ready`: they are to be reset first, where the house counts minutes for that.
    """

    seating_id: UUID
    version: Version
    ready: bool = True


class Ready(Order, frozen=True, kw_only=True):
    """Note that a table is reset: it is free at once."""

    table_id: TableId


class BlockTable(Order, frozen=True, kw_only=True):
    """Block a table; default from now until the period closes."""

    table_id: TableId
    starts: Instant | None = None
    ends: Instant | None = None


class LiftBlock(Order, frozen=True, kw_only=True):
    """Lift a block."""

    block_id: UUID
    version: Version


class Levers(Order, frozen=True, kw_only=True):
    """Set levers: pause online booking, stop seating, last orders, close early, shut areas, pace.

    None leaves a lever as it is. No version: the last command wins. `pace`: covers that may start
    per 15 minutes, or "usual": as the house file says. `until`: from then on they are back by
    themselves, else when the period closes.

    For the running period, or the next of today; else for `service_date` (`period`: its name), or
    the dates from `from_date` to `until_date` (`periods`: names), every period where none is named.
    `areas_shut` is the whole list for the running period; for dates those are shut beside what is
    shut there. `areas_open`: areas to open again. A date on which seating is stopped takes no more
    bookings, and what was promised on it stands; to give it up is a closure of the house.
    """

    online_paused: bool | None = None
    seating_stopped: bool | None = None
    last_orders: bool | None = None
    close_early: bool | None = None
    areas_shut: Annotated[tuple[AreaId, ...], Meta(max_length=50)] | None = None
    areas_open: Annotated[tuple[AreaId, ...], Meta(max_length=50)] = ()
    pace: Annotated[int, Meta(ge=0, le=1000)] | Literal["usual"] | None = None
    until: Instant | None = None
    service_date: date | None = None
    period: Key | None = None
    from_date: date | None = None
    until_date: date | None = None
    periods: Annotated[tuple[Key, ...], Meta(max_length=10)] = ()


class Section(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Tables and who serves them (a staff id); None: nobody."""

    server: StaffId | None
    tables: Annotated[tuple[TableId, ...], Meta(min_length=1, max_length=500)]


class Sections(Order, frozen=True, kw_only=True):
    """Say who serves which tables of the running service, or of the next one of today.

    Tables that are not named stay as they are. Parties that sit at a table go over to its server.
    """

    sections: Annotated[tuple[Section, ...], Meta(min_length=1, max_length=50)]


class HoldMore(Order, frozen=True, kw_only=True):
    """Hold one more table of a window of the rules until its end; `id` names the held table."""

    window: Annotated[str, Meta(min_length=1, max_length=40, pattern=LINE)]


class ReleaseHeld(Order, frozen=True, kw_only=True):
    """Release a held table to all channels."""

    held_id: UUID
    version: Version


class Wait(Order, frozen=True, kw_only=True):
    """Put a party on the waitlist; `id` names its entry. `quoted_minutes`: the wait it was told."""

    party_size: Covers
    name: ShortText = ""
    phone: Annotated[str, Meta(max_length=30, pattern=LINE)] = ""
    needs: Needs = Needs()
    quoted_minutes: Annotated[int, Meta(ge=0, le=600)] | None = None


class Notify(Order, frozen=True, kw_only=True):
    """Note that a waiting party was told that its table is ready."""

    wait_id: UUID
    version: Version


class Leave(Order, frozen=True, kw_only=True):
    """End a waitlist entry: the party left, or was turned away."""

    wait_id: UUID
    version: Version
    turned_away: bool = False


class Gone(Order, frozen=True, kw_only=True):
    """End the waitlist entry of a party that does not answer."""

    wait_id: UUID
    version: Version


class Rejoin(Order, frozen=True, kw_only=True):
    """Put a party back to its place, with the quote it had.

    One that had left, or did not answer; or one that was called and is not to come yet.
    """

    wait_id: UUID
    version: Version


class Undo(Order, frozen=True, kw_only=True):
    """Undo an earlier command; `action_id` is its `id`."""

    action_id: UUID
