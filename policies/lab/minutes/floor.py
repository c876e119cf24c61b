"""The floor of one evening: who sits where and who waits, as it is. Hosts look, and seat."""

from collections.abc import Sequence

import numpy as np
from msgspec import Struct

from policies.house.layout import Layout
from policies.lab.minutes.outcome import NEVER_HERE
from policies.lab.minutes.parties import PartiesInMinutes
from policies.numeric.compiled import Flags, Ints

NOBODY = -1


class SeatParty(Struct, frozen=True):
    """A host's order: this party sits down at these tables (places in the room) now."""

    party: int
    tables: tuple[int, ...]


class EveningFloor:
    """Tables, queue and the parties still expected, at minute `now`.

    `sitting` [T]: party at each table, NOBODY. `shut` [T]: tables that take nobody any more.
    `queue`: parties here without a table, promised ones first, each by arrival. `here` [P]: who has
    come. `seated` [P]: minute, NEVER_HERE. `gone` [P]: left unseated.
    """

    def __init__(self, layout: Layout, parties: PartiesInMinutes) -> None:
        count = len(parties.size)
        self.layout, self.parties, self.now = layout, parties, 0
        self.sitting: Ints = np.full(len(layout.table_seats), NOBODY, np.int64)
        self.shut: Flags = np.zeros(len(layout.table_seats), bool)
        self.queue: list[int] = []
        self.here: Flags = np.zeros(count, bool)
        self.seated: Ints = np.full(count, NEVER_HERE, np.int64)
        self.gone: Flags = np.zeros(count, bool)
        self._promised = parties.promised
        self._configs: dict[int, Ints] = {}

    @property
    def free(self) -> Flags:
        """Which tables are free and in use [T]."""
        return np.asarray((self.sitting == NOBODY) & ~self.shut)

    def may_sit(self, party: int) -> bool:
        """Tell whether the party may be seated by now: no promise more than ten minutes early."""
        return bool(self.now >= self.parties.from_minute[party])

    def anything_fits(self) -> bool:
        """Tell whether a free table or join seats somebody who waits and may sit."""
        if not self.queue:
            return False
        sizes = {int(self.parties.size[party]) for party in self.queue if self.may_sit(party)}
        free = self.free
        return any(self.fits(size, free) for size in sizes)

    def fits(self, size: int, free: Flags) -> bool:
        """Tell whether one of the `free` [T] tables, or a join of them, seats such a party."""
        padded = np.append(free, True)  # the last for the place -1
        return bool(padded[self._tables(size)].all(axis=1).any())

    def expected(self) -> Ints:
        """Return the promised parties that have not come [E]; the floor knows no no-shows."""
        return np.flatnonzero(self._promised & ~self.here)

    def arrive(self, party: int) -> None:
        """Put the party in the queue."""
        self.here[party] = True
        self.queue.append(party)
        self.queue.sort(
            key=lambda each: (not self._promised[each], self.parties.arrives[each], each)
        )

    def seat(self, order: SeatParty) -> None:
        """Seat a waiting party; raises ValueError for an order that cannot be carried out."""
        party, tables = order.party, list(order.tables)
        if party not in self.queue or not self.may_sit(party):
            raise ValueError(f"party {party} does not wait to be seated at {self.now}")
        if not self.free[tables].all():
            raise ValueError(f"tables {tables} are not free at {self.now}")
        if not self._seats(self.parties.size[party], order.tables):
            raise ValueError(f"tables {tables} do not seat party {party}")
        self.queue.remove(party)
        self.sitting[tables] = party
        self.seated[party] = self.now

    def clear(self, party: int) -> None:
        """Free the party's tables."""
        self.sitting[self.sitting == party] = NOBODY

    def leave(self, party: int) -> None:
        """Take a party that will not wait any longer out of the queue."""
        self.queue.remove(party)
        self.gone[party] = True

    def shut_tables(self, places: Sequence[int]) -> None:
        """Seat nobody at these tables from now on; who sits there stays."""
        self.shut[list(places)] = True

    def _tables(self, size: int) -> Ints:
        found = self._configs.get(size)
        if found is None:
            found = self._configs[size] = self.layout.configs[self.layout.configs_for(size)]
        return found

    def _seats(self, size: int, tables: tuple[int, ...]) -> bool:
        wanted = set(tables)
        return any({place for place in row if place >= 0} == wanted for row in self._tables(size))
