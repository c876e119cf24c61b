"""Why a re-plan moved parties: which get other tables, and the reason for each."""

from collections.abc import Iterator
from datetime import datetime
from typing import Literal, assert_never
from uuid import UUID

from msgspec import Struct

from policies.book.changes import Changes, apply_changes
from policies.book.picture import Picture
from policies.house.house import House
from policies.house.room import room_of
from policies.house.wording import clock
from policies.plan.occupancy import PlannedParty, guests_of, occupancy, party_id

Cause = Literal["makes_room", "taken", "out_of_use", "gone", "rearranged"]


class MovedParty(Struct, frozen=True, kw_only=True):
    """A party with other tables. `party`: id of the reservation, slot hold or held table.

    `table`: the one it gives up. makes_room: for a party of `party_size` at `starts`. taken: a
    seating is there. out_of_use: blocked, shut or bought out. gone: no longer in the house.
    rearranged: it could have stayed.
    """

    party: UUID
    was: tuple[str, ...]
    tables: tuple[str, ...]
    cause: Cause
    table: str = ""
    party_size: int = 0
    starts: datetime | None = None


def why_moved(
    picture: Picture, changes: Changes, house: House, *, now: datetime
) -> tuple[MovedParty, ...]:
    """Return the parties of the picture whose tables the changes move, each with the reason."""
    after = apply_changes(picture, changes)
    tables = {party_id(each): each.tables for each in _parties(picture)}
    moved = [each for each in _parties(after) if each.tables and _moved(tables, each)]
    if not moved:
        return ()
    period = _After(after, house, now)
    return tuple(period.move(each, tables[party_id(each)]) for each in moved)


def reason_text(move: MovedParty, house: House) -> str:
    """Return the reason as a clause, to follow "moved because it" or "moved:"."""
    match move.cause:
        case "makes_room":
            at = f" at {clock(house, move.starts)}" if move.starts else ""
            return f"makes room for {move.party_size}{at}"
        case "taken":
            return f"table {move.table} is still taken"
        case "out_of_use":
            return f"table {move.table} is out of use"
        case "gone":
            return f"table {move.table} is not in the house any more"
        case "rearranged":
            return "tables were rearranged"
        case _:
            assert_never(move.cause)


class _After:
    """The period after the changes: what keeps a party from its former tables."""

    def __init__(self, after: Picture, house: House, now: datetime) -> None:
        built = occupancy(after, house, now=now)
        self.after, self.room, self.window = after, room_of(house), built.window
        self.facts = built.plan.facts
        self.seated = occupancy(after, house, now=now, closures=False).plan.facts

    def move(self, party: PlannedParty, was: tuple[str, ...]) -> MovedParty:
        """Return why the party no longer has its former tables."""
        cause, table = self._fact(party, was)
        others = [each for each in _parties(self.after) if _in_the_way(each, party, was)]
        if cause == "rearranged" and others:
            other = min(others, key=lambda each: (each.starts, party_id(each)))
            return MovedParty(
                party=party_id(party),
                was=was,
                tables=party.tables,
                cause="makes_room",
                table=next(name for name in was if name in other.tables),
                party_size=guests_of(other),
                starts=other.starts,
            )
        return MovedParty(
            party=party_id(party), was=was, tables=party.tables, cause=cause, table=table
        )

    def _fact(self, party: PlannedParty, was: tuple[str, ...]) -> tuple[Cause, str]:
        span = self.window.mask(party.starts, party.ends)
        for name in was:
            place = self.room.index.get(name)
            if place is None:
                return "gone", name
            if self.seated[place] & span:
                return "taken", name
            if self.facts[place] & span:
                return "out_of_use", name
        return "rearranged", ""


def _parties(picture: Picture) -> Iterator[PlannedParty]:
    yield from picture.promises
    yield from picture.slot_holds
    yield from picture.held


def _moved(tables: dict[UUID, tuple[str, ...]], party: PlannedParty) -> bool:
    was = tables.get(party_id(party), ())
    return bool(was) and sorted(was) != sorted(party.tables)


def _in_the_way(other: PlannedParty, party: PlannedParty, was: tuple[str, ...]) -> bool:
    return (
        party_id(other) != party_id(party)
        and not set(was).isdisjoint(other.tables)
        and other.starts < party.ends
        and party.starts < other.ends
    )
