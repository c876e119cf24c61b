"""Seated parties: dessert, check, extensions, moves, swaps, splits, merges, undo, clearing."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from scripts.simulation.evenings import HOSTS_GO_HOME
from scripts.simulation.views import seatings_in, taken_tables

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from random import Random

    from scripts.simulation.journal import Exchange
    from scripts.simulation.night import Json, Night
    from scripts.simulation.parties import Party
    from scripts.simulation.tablets import Tablet
    from scripts.simulation.written_house import WrittenHouse

SOON = timedelta(minutes=3)
AGAIN = timedelta(minutes=5)
FORGOTTEN = 0.004
HAPPENINGS = {
    "move": 0.05,
    "swap": 0.03,
    "split": 0.03,
    "merge": 0.03,
    "unseat": 0.04,
    "squeeze": 0.03,
}


@dataclass(kw_only=True)
class Floor:
    """All seated parties and the tablets. `turned` is called after each table cleared.

    `parts`: the seatings of those who were split off a party. `till`: is told of each party.
    """

    night: Night
    tablets: Sequence[Tablet]
    parties: list[Party] = field(default_factory=list)
    parts: set[str] = field(default_factory=set)
    turned: Callable[[], Awaitable[None]] | None = None
    till: Callable[[Party], None] | None = None

    def sits(self, party: Party, answer: Exchange) -> None:
        """Take over a party just seated; schedule its stay and perhaps a random event."""
        (seating,) = [s for s in answer.answer["seatings"] if s["seating_id"] == answer.body["id"]]
        note(party, seating)
        self.parties.append(party)
        self._plan(party)
        if self.till is not None:
            self.till(party)
        kind = happening(party.dice)
        if kind == "unseat":
            self.night.schedule.after(timedelta(minutes=1), lambda: self._undo_seat(party, answer))
        elif kind:
            wait = party.stay * (0.1 + 0.5 * party.dice.random())
            self.night.schedule.after(wait, lambda: self._happens(party, kind))

    def takes_over(self, party: Party, leaves_at: datetime) -> None:
        """Look after a party that somebody else seated: its check, and its table once it leaves."""
        self.parties.append(party)
        self.night.schedule.at(leaves_at - party.stay * 0.1, lambda: self._check(party))
        self.leaves(party, leaves_at)

    def leaves(self, party: Party, at: datetime) -> None:
        """Clear its table then."""
        party.leaves_at = at
        self.night.schedule.at(at, lambda: self._clear(party))

    def _plan(self, party: Party) -> None:
        schedule, stay = self.night.schedule, party.stay
        party.leaves_at = self.night.now + stay
        schedule.after(stay * 0.8, lambda: self._dessert(party))
        schedule.after(stay * 0.9, lambda: self._check(party))
        if party.expected_end and party.leaves_at > party.expected_end + SOON:
            self.night.count("overruns")
            if party.dice.random() < 0.5:
                schedule.at(party.expected_end - SOON, lambda: self._extend(party))
        if party.dice.random() >= FORGOTTEN:
            schedule.after(stay, lambda: self._clear(party))
        else:
            self.night.count("parties forgotten at their table")

    async def _dessert(self, party: Party) -> None:
        if party.sits and party.dice.random() < 0.3:
            await self._order("serve", party, {"check_down": False})

    async def _check(self, party: Party) -> None:
        if party.sits:
            await self._order("serve", party, {"check_down": True})

    async def _extend(self, party: Party) -> None:
        if party.sits and party.leaves_at and party.expected_end:
            over = party.leaves_at - party.expected_end
            minutes = min(240, max(5, 5 * round(over.total_seconds() / 300)))
            await self._order("extend", party, {"minutes": minutes})
            self.night.count("stays extended")

    async def _clear(self, party: Party) -> None:
        if not party.sits:
            return
        answer = await self._order("clear", party, {})
        if answer is None and await self._look(party) and self._somebody_looks():
            self.night.schedule.after(AGAIN, lambda: self._clear(party))
        elif answer is None:
            party.gone = True
            self.night.count("parties whose table was cleared already")
        elif party.dice.random() < 0.02:
            await self._undo_clear(party, answer)
        else:
            self._left(party)

    def _somebody_looks(self) -> bool:
        return self.night.now < self.night.hours.closes + HOSTS_GO_HOME

    def _left(self, party: Party) -> None:
        party.gone = True
        self.night.count("tables cleared")
        if self.turned is not None:
            self.night.schedule.at(self.night.now, self.turned)

    async def _undo_clear(self, party: Party, answer: Exchange) -> None:
        """Undo a clear of the wrong table; the party leaves 5 minutes later."""
        undone = await self._undo(party, answer)
        if undone is None:
            self._left(party)
            return
        await self._look(party)
        self.night.schedule.after(AGAIN, lambda: self._clear(party))

    async def _undo_seat(self, party: Party, answer: Exchange) -> None:
        """Undo a seating and seat the party again."""
        undone = await self._undo(party, answer) if party.sits else None
        if undone is None:
            return
        party.seating_id, wish = None, {"tables": list(party.tables), "party_size": party.size}
        if party.record:
            (seen,) = [
                r
                for r in undone.answer["reservations"]
                if r["reservation_id"] == party.record.reservation_id
            ]
            party.record.version, party.record.state = seen["version"], seen["state"]
            wish |= {"reservation_id": seen["reservation_id"], "version": seen["version"]}
        elif party.wait_id:
            party.wait_version = undone.answer["waiting"][0]["version"]
            wish |= {"wait_id": party.wait_id, "version": party.wait_version}
        again = await self._tablet(party).order("seat", wish | {"name": party.name}, party.dice)
        if again.acknowledged:
            self._note_told(party, again)
            party.seating_id = again.body["id"]
            self._follow(party, again)
        else:
            party.gone = True
            self.night.count("parties lost after an undo")

    def _follow(self, party: Party, answer: Exchange) -> None:
        for seating in answer.answer["seatings"]:
            if seating["seating_id"] == party.seating_id:
                note(party, seating)
        if party.record:
            for seen in answer.answer["reservations"]:
                if seen["reservation_id"] == party.record.reservation_id:
                    party.record.version, party.record.state = seen["version"], seen["state"]

    async def _undo(self, party: Party, answer: Exchange) -> Exchange | None:
        body = {"action_id": answer.body["id"]}
        undone = await self._tablet(party).order("undo", body, party.dice)
        self.night.count("taps taken back" if undone.acknowledged else "undos refused")
        return undone if undone.acknowledged else None

    async def _happens(self, party: Party, kind: str) -> None:
        if not party.sits:
            return
        if kind == "move":
            await self._move(party)
        elif kind == "squeeze":
            await self._squeeze(party)
        elif kind == "split":
            await self._split(party)
        else:
            await self._with_another(party, kind)

    async def _move(self, party: Party) -> None:
        tables = await self._free_tables(party, party.size)
        if tables and await self._order("move", party, {"tables": [tables[0]]}):
            self.night.count("parties moved")

    async def _squeeze(self, party: Party) -> None:
        """Move a party to a table with too few seats, because it wants to sit there."""
        free = await self._free_tables(party, 1)
        small = [name for name in free if self.night.house.tables[name].seats <= party.size - 2]
        if small and await self._order("move", party, {"tables": [small[-1]]}):
            self.night.count("parties squeezed in anyway")

    async def _split(self, party: Party) -> None:
        some = party.size // 2
        tables = await self._free_tables(party, some)
        if party.size < 4 or not tables:
            return
        answer = await self._order("split", party, {"party_size": some, "tables": [tables[0]]})
        if answer:
            self.night.count("parties split")
            self._part_leaves(party, answer, some)

    def _part_leaves(self, party: Party, answer: Exchange, some: int) -> None:
        party.size -= some
        body: Json = {"seating_id": answer.body["id"]}
        self.parts.add(body["seating_id"])
        left = (party.leaves_at or self.night.now) - self.night.now
        self.night.schedule.after(left * 0.9, lambda: self._clear_part(party, body))

    async def _clear_part(self, party: Party, body: Json) -> None:
        tablet = self._tablet(party)
        for seating in seatings_in(await tablet.look_again()):
            if seating["seating_id"] == body["seating_id"]:
                wish = body | {"version": seating["version"]}
                answer = await tablet.order("clear", wish, party.dice)
                if not answer.acknowledged and self._somebody_looks():
                    self.night.schedule.after(AGAIN, lambda: self._clear_part(party, body))

    async def _with_another(self, party: Party, kind: str) -> None:
        other = self._neighbour(party, can_swap if kind == "swap" else can_merge)
        if other is None or other.seating_id is None:
            return
        if kind == "swap":
            wish = {"other_id": other.seating_id, "other_version": other.version}
        else:
            wish = {"into_id": other.seating_id, "into_version": other.version}
        answer = await self._order(kind, party, wish)
        if answer is None:
            return
        self.night.count(f"parties {kind}{'ped' if kind == 'swap' else 'd'}")
        self._follow(other, answer)
        if kind == "merge":
            party.gone = True
            other.size += party.size

    def _neighbour(
        self, party: Party, suits: Callable[[WrittenHouse, Party, Party], bool]
    ) -> Party | None:
        others = [
            each
            for each in self.parties
            if each.sits and each is not party and suits(self.night.house, party, each)
        ]
        return party.dice.choice(others) if others else None

    async def _free_tables(self, party: Party, seats: int) -> list[str]:
        taken = taken_tables(await self._tablet(party).look())
        written = self.night.house.tables.values()
        fit = [table for table in written if table.seats >= seats and table.name not in taken]
        fit.sort(key=lambda table: table.seats)
        return [table.name for table in fit]

    async def _order(self, verb: str, party: Party, wish: Json) -> Exchange | None:
        """Send a command about a party; again when its version was stale. None when refused."""
        tablet = self._tablet(party)
        for _ in range(3):
            body = {"seating_id": party.seating_id, "version": party.version} | wish
            answer = await tablet.order(verb, body, party.dice)
            if answer.acknowledged:
                self._follow(party, answer)
                return answer
            if answer.code != "STALE" or not await self._look(party):
                break
        self.night.count(f"{verb} refused: {answer.code}")
        return None

    async def _look(self, party: Party) -> bool:
        for seating in seatings_in(await self._tablet(party).look_again()):
            if seating["seating_id"] == party.seating_id:
                note(party, seating)
                return True
        return False

    def _note_told(self, party: Party, answer: Exchange) -> None:
        for seating in answer.answer["seatings"]:
            if seating["seating_id"] == answer.body["id"]:
                note(party, seating)

    def _tablet(self, party: Party) -> Tablet:
        return party.dice.choice(self.tablets)


def note(party: Party, seating: Json) -> None:
    """Take over what the service answered about a seated party."""
    party.seating_id = seating["seating_id"]
    party.version = seating["version"]
    party.tables = tuple(seating["tables"])
    party.expected_end = datetime.fromisoformat(seating["expected_end"])


def can_swap(house: WrittenHouse, one: Party, other: Party) -> bool:
    """Whether each party finds a chair for everybody at the other's tables."""
    return house.has_chairs(other.tables, one.size) and house.has_chairs(one.tables, other.size)


def can_merge(house: WrittenHouse, one: Party, other: Party) -> bool:
    """Whether the tables of both can be joined, and have a chair for everybody then."""
    both = house.joins.get(frozenset(one.tables) | frozenset(other.tables))
    return both is not None and both >= one.size + other.size


def happening(dice: Random) -> str:
    """Draw a random event for a party; mostly none."""
    drawn = dice.random()
    for kind, share in HAPPENINGS.items():
        drawn -= share
        if drawn < 0:
            return kind
    return ""
