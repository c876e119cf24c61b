"""What a locked tablet shows: which tables are taken and until when, and not by whom."""

from datetime import datetime

from msgspec import Struct

from seating.door.stand_view import StandView


class TakenTable(Struct, frozen=True, kw_only=True):
    """Tables that are taken, by how many and from when to when; not by whom."""

    tables: tuple[str, ...]
    party_size: int
    starts: datetime
    ends: datetime


class LockedView(Struct, frozen=True, kw_only=True):
    """What a tablet shows while nobody is logged in: no name, number, note or allergy.

    `seated`: parties at tables, until their expected end. `expected`: reservations still to come.
    `waiting`: parties on the waitlist.
    """

    now: datetime
    seated: tuple[TakenTable, ...] = ()
    expected: tuple[TakenTable, ...] = ()
    waiting: int = 0


def locked_view(view: StandView) -> LockedView:
    """Return what a locked tablet shows of the stand view."""
    return LockedView(
        now=view.now,
        seated=tuple(
            TakenTable(
                tables=each.tables,
                party_size=each.party_size,
                starts=each.seated_at,
                ends=each.expected_end,
            )
            for each in view.seatings
        ),
        expected=tuple(
            TakenTable(
                tables=each.tables,
                party_size=each.party_size,
                starts=each.starts,
                ends=each.ends,
            )
            for each in view.reservations
            if each.state in {"booked", "arrived"}
        ),
        waiting=sum(each.state in {"waiting", "notified"} for each in view.waiting),
    )
