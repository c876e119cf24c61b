"""A host with held tables in the minute world: who has waited and has no other table is given one.

What a granted table is worth beyond its guests (a regular kept, a critic seated) is the manager's
to say; the lab counts how many were granted and what that cost.
"""

from datetime import datetime, timedelta

from policies.book.consequences import ASKS
from policies.book.lifecycles import NotPossible
from policies.book.refusals import CommandRefused
from policies.door.option import Option
from policies.door.options import walk_in_options
from policies.floor.orders import Seat
from policies.house.room import Needs
from policies.lab.minutes.service_desk import ServiceBookings
from policies.lab.minutes.service_host import ServiceHost
from policies.plan.calls import without_waiting

GRANTED_AFTER = timedelta(minutes=5)
"""A walk-in is granted a held table once it has waited so long for another [A]."""

REASON = "has waited"


class GrantingHost(ServiceHost):
    """The host who does what the stand advises, and grants held tables to walk-ins who wait."""

    def __init__(self, booked: ServiceBookings) -> None:
        super().__init__(booked)
        self.granted = 0

    def _seat(self, party: int, now: datetime) -> tuple[int, ...] | None:
        seated = super()._seat(party, now)
        if seated is not None or not self._may_be_granted(party, now):
            return seated
        for option in self._held_options(party, now):
            if self._grant(party, option, now):
                self.granted += 1
                return tuple(self.room.index[name] for name in option.tables)
        return None

    def _may_be_granted(self, party: int, now: datetime) -> bool:
        if self.floor.parties.booking[party] >= 0 or not self.book.picture.held:
            return False
        came = self.book.minute(int(self.floor.parties.arrives[party]))
        return now - came >= GRANTED_AFTER and self._entry_of(party) is not None

    def _held_options(self, party: int, now: datetime) -> tuple[Option, ...]:
        others = without_waiting(self.book.picture, self._wait_id(party))
        size = int(self.floor.parties.size[party])
        listed = walk_in_options(others, self.book.house, size, Needs(), now=now)
        return tuple(option for option in listed if option.held_id is not None)

    def _grant(self, party: int, option: Option, now: datetime) -> bool:
        entry = self._entry_of(party)
        assert entry is not None  # noqa: S101 - only who waits is granted a table
        order = Seat(
            id=self.book.order_id(),
            tables=option.tables,
            wait_id=entry.wait_id,
            version=entry.version,
            held_id=option.held_id,
            reason=REASON,
            until=None if option.full_turn else option.turn_ends,
            anyway=tuple(ASKS),
        )
        try:
            self.book.order(order, now)
        except (CommandRefused, NotPossible):
            return False
        self.seatings[party] = order.id
        return True
