"""Parties that come late, and what a house makes of it: told, waited for or cancelled.

A late party is one that comes ten minutes after its start or more, by the night's own draws: about
one in eight. Five minutes before its start it tells that it is ten minutes late; how late it then
comes is the draw's affair. The same evening is played as the service does it (`told`), with nothing
told (`silent`), and where the table and the promise end with the grace (`cancel`): whoever comes
later there is a walk-in that waits as long as a promised party.
"""

from typing import TYPE_CHECKING, Literal

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from policies.book.lifecycles import NotPossible
from policies.book.refusals import CommandRefused
from policies.floor.orders import TellLate
from policies.lab.minutes.evening import TICK
from policies.lab.minutes.floor import NOBODY, EveningFloor
from policies.lab.minutes.nights import NightInMinutes, WalkInMinutes
from policies.lab.minutes.outcome import WALKS_AFTER
from policies.lab.minutes.service_desk import ServiceBookings
from policies.lab.minutes.service_host import ServiceHost

if TYPE_CHECKING:
    from policies.book.late_told import LateTold

LatePolicy = Literal["told", "silent", "cancel"]

LATE_FROM = 10
"""Minutes after its start from which a party is a late one; what it tells, too."""

TOLD_BEFORE = 5
"""Minutes before its start in which it tells."""


class LateRecord(Struct, frozen=True, kw_only=True):
    """A late party: what it was told, when it came and sat down (minutes from the opening).

    `start`, `kept_until`, `then_at` likewise; None where nothing was told. `then_promised`: with a
    table. `seated` -1: it left without one.
    """

    number: int
    start: int
    arrived: int
    seated: int = -1
    kept_until: int | None = None
    then_at: int | None = None
    then_promised: bool = False


def late_numbers(night: NightInMinutes, accepted: tuple[int, ...]) -> frozenset[int]:
    """Return which of the accepted requests come, ten minutes late or more."""
    shows = night.night.requests.shows
    return frozenset(n for n in accepted if shows[n] and night.late[n] >= LATE_FROM)


def as_walk_ins(
    night: NightInMinutes, starts: dict[int, int], grace: int
) -> tuple[NightInMinutes, dict[int, int]]:
    """Return the night in which whoever comes after the grace is a walk-in, and its row there.

    `starts`: of the late parties, by number, in minutes. The rows are by number too.
    """
    gone = [n for n in starts if night.late[n] > grace]
    if not gone:
        return night, {}
    usual, requests = night.walk_ins, night.night.requests
    count = len(gone)
    arrives = np.array([starts[n] + night.late[n] for n in gone], np.int64)
    order = np.argsort(np.concatenate([usual.arrives, arrives]), kind="stable")
    walk_ins = WalkInMinutes(
        arrives=np.concatenate([usual.arrives, arrives])[order],
        size=np.concatenate([usual.size, requests.size[gone]])[order],
        stay=np.concatenate([usual.stay, night.stay[gone]])[order],
        patience=np.concatenate([usual.patience, np.full(count, WALKS_AFTER)])[order],
        never_leaves=np.concatenate([usual.never_leaves, np.zeros(count, bool)])[order],
    )
    shows = requests.shows.copy()
    shows[gone] = False
    rows = {n: int(np.flatnonzero(order == len(usual.size) + k)[0]) for k, n in enumerate(gone)}
    inner = replace(night.night, requests=replace(requests, shows=shows))
    return replace(night, night=inner, walk_ins=walk_ins), rows


class LateHost(ServiceHost):
    """The service's host, on an evening with late parties.

    `kept_empty`: table minutes in which tables stood empty for late parties that were not here yet,
    from their start on.
    """

    def __init__(self, booked: ServiceBookings, late: frozenset[int], *, told: bool) -> None:
        super().__init__(booked)
        self.late, self.tells = late, told
        self.answers: dict[int, LateTold] = {}
        self.kept_empty = 0
        self._empty, self._since = 0, 0

    def begin(self, floor: EveningFloor) -> None:
        """See EveningHost."""
        super().begin(floor)
        numbers = self.number[np.maximum(floor.parties.booking, 0)].tolist()
        ours = floor.parties.promised.tolist()
        self.rows = {
            row: number
            for row, (number, our) in enumerate(zip(numbers, ours, strict=True))
            if our and number in self.late
        }

    def happened(self, kind: int, party: int) -> None:
        """See EveningHost: who is late tells it in time."""
        super().happened(kind, party)
        if kind == TICK and self.tells:
            for row, number in self.rows.items():
                if int(self.floor.parties.start[row]) - TOLD_BEFORE == self.floor.now:
                    self._tell(row, number)

    def minute_over(self) -> None:
        """See EveningHost."""
        super().minute_over()
        self.kept_empty += self._empty * (self.floor.now - self._since)
        self._empty, self._since = self._tables_empty(), self.floor.now

    def _tell(self, row: int, number: int) -> None:
        promise = self._promise_of(row)
        until = self.book.minute(int(self.floor.parties.start[row]) + LATE_FROM)
        order = TellLate(
            id=self.book.order_id(),
            reservation_id=promise.reservation_id,
            version=promise.version,
            until=until,
        )
        try:
            self.book.order(order, self._now())
        except (CommandRefused, NotPossible):
            return
        answer = self._promise_of(row).late_told
        if answer is not None:
            self.answers[number] = answer
            self.changes += 1

    def _tables_empty(self) -> int:
        """Return how many tables stand empty now for late parties that are due and not here."""
        due = {
            self.book.new_id(1, number)
            for row, number in self.rows.items()
            if not self.floor.here[row] and self.floor.parties.start[row] <= self.floor.now
        }
        if not due:
            return 0
        names = {
            name
            for promise in self.book.picture.promises
            if promise.reservation_id in due and promise.state == "booked"
            for name in promise.tables
        }
        return sum(int(self.floor.sitting[self.room.index[name]]) == NOBODY for name in names)
