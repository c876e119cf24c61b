"""What a person at the desk is told of a reservation they write, and asked before it is written."""

from collections.abc import Iterable

from policies.book.changes import Changes
from policies.book.consequences import Consequences, WarningCode
from policies.book.refusals import CommandRefused
from policies.floor.warnings import check_accepted, consequences
from seating.book.periods import LockedPeriod
from seating.errors import NeedsAnyway


class Telling:
    """Hears the changes of one write before they are written; `told`: what they mean.

    `by`: the id of who writes. `anyway`: the codes of warnings that the person accepts. Booking
    sites and guests are told nothing, so nothing is worked out for them.
    """

    def __init__(self, anyway: Iterable[WarningCode] = (), by: str | None = None) -> None:
        self.anyway, self.by = frozenset(anyway), by or ""
        self.told = Consequences()

    def hear(self, locked: LockedPeriod, changes: Changes, named: tuple[str, ...] = ()) -> None:
        """Add what the changes mean. Raises NeedsAnyway for a likely mistake not accepted."""
        more = consequences(
            locked.picture, changes, locked.house, now=locked.now, by=self.by, named=named
        )
        self.told = Consequences(
            warnings=self.told.warnings + more.warnings, moved=self.told.moved + more.moved
        )
        try:
            check_accepted(self.told, self.anyway)
        except CommandRefused as asked:
            raise NeedsAnyway(asked.said, pointer=asked.pointer, told=asked.told) from None
