"""A re-plan told: which parties are meant to sit elsewhere from now on, and why each of them."""

from collections.abc import Iterator
from datetime import datetime
from typing import Literal, assert_never
from uuid import UUID

from msgspec import Struct

from policies.book.changes import Changes, applied
from policies.book.picture import Picture
from policies.house.house import House
from policies.house.room import room_of
from policies.house.wording import clock
from policies.plan.occupancy import Party, occupancy, party_id, party_size

Cause = Literal["makes_room", "taken", "out_of_use", "gone", "rearranged"]


class Move(Struct, frozen=True, kw_only=True):
    """A party with a new place. `party`: id of the reservation, slot hold or held table.

    `table` is the one it gives up. makes_room: for a party of `party_size` at `starts`. taken:
    somebody sits there. out_of_use: blocked, shut or bought out. gone: not in the house any more.
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
) -> tuple[Move, ...]:
    """Return the parties of the picture whose tables the changes move, each with the reason."""
    after = applied(picture, changes)
    tables = {party_id(each): each.tables for each in _parties(picture)}
    moved = [each for each in _parties(after) if each.tables and _moved(tables, each)]
    if not moved:
        return ()
    seen = _Seen(after, house, now)
    return tuple(seen.move(each, tables[party_id(each)]) for each in moved)


def told(move: Move, house: House) -> str:
    """Return the reason in words, as after "moved because it" or "moved:"."""
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


class _Seen:
    """The period after the changes: what keeps a party from where it was."""

    def __init__(self, after: Picture, house: House, now: datetime) -> None:
        built = occupancy(after, house, now=now)
        self.after, self.room, self.window = after, room_of(house), built.window
        self.facts = built.plan.facts
        self.seated = occupancy(after, house, now=now, closures=False).plan.facts

    def move(self, party: Party, was: tuple[str, ...]) -> Move:
        """Return why the party sits no longer where it was."""
        cause, table = self._fact(party, was)
        others = [each for each in _parties(self.after) if _in_the_way(each, party, was)]
        if cause == "rearranged" and others:
            other = min(others, key=lambda each: (each.starts, party_id(each)))
            return Move(
                party=party_id(party),
                was=was,
                tables=party.tables,
                cause="makes_room",
                table=next(name for name in was if name in other.tables),
                party_size=party_size(other),
                starts=other.starts,
            )
        return Move(party=party_id(party), was=was, tables=party.tables, cause=cause, table=table)

    def _fact(self, party: Party, was: tuple[str, ...]) -> tuple[Cause, str]:
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


def _parties(picture: Picture) -> Iterator[Party]:
    yield from picture.promises
    yield from picture.slot_holds
    yield from picture.held


def _moved(tables: dict[UUID, tuple[str, ...]], party: Party) -> bool:
    was = tables.get(party_id(party), ())
    return bool(was) and sorted(was) != sorted(party.tables)


def _in_the_way(other: Party, party: Party, was: tuple[str, ...]) -> bool:
    return (
        party_id(other) != party_id(party)
        and not set(was).isdisjoint(other.tables)
        and other.starts < party.ends
        and party.starts < other.ends
    )
