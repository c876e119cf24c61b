"""What a command of the host stand runs on, and its outcome or refusal."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import TypeVar
from uuid import UUID

from msgspec import Struct

from policies.book.changes import Changes
from policies.book.consequences import Consequences, OrderWarning
from policies.book.lifecycles import SLIP_SECONDS, Actor
from policies.book.picture import Block, HeldTable, Picture, Promise, Seating, WaitEntry
from policies.book.refusals import CommandRefused
from policies.house.house import House
from policies.plan.giving_way import SYSTEM
from policies.words.message import message

T = TypeVar("T", Promise, Seating, Block, WaitEntry, HeldTable)


class Outcome(Struct, frozen=True, kw_only=True):
    """The changes of a command, the id of its subject, and how long it can be undone.

    `overruled`: its reason overrules the engine. `noted`: warnings that the command's handler alone
    can tell. `told`: all, once it is settled.
    """

    changes: Changes
    subject: UUID
    undo_seconds: int | None = SLIP_SECONDS
    overruled: bool = False
    noted: tuple[OrderWarning, ...] = ()
    told: Consequences = Consequences()


class Stand(Struct, frozen=True, kw_only=True):
    """The picture, the house, business time and the actor, `staff_id` if it is a person.

    `suggested`: the tables shown for a waiting party, by the id of its entry. `any_version`: what
    the tablet saw may have changed since (policies/floor/late/facts.py).
    """

    picture: Picture
    house: House
    now: datetime
    by: Actor
    staff_id: str | None = None
    suggested: Mapping[UUID, tuple[str, ...]] = MappingProxyType({})
    any_version: bool = False

    @property
    def who(self) -> str:
        """The id of the person who acts, else "system"."""
        return self.staff_id or SYSTEM

    def promise(self, reservation_id: UUID, version: int | None = None) -> Promise:
        """Return an open reservation; raises CommandRefused."""
        for promise in self.picture.promises:
            if promise.reservation_id == reservation_id:
                return self._at_version(promise, version, "reservation")
        raise CommandRefused("NOT_FOUND", message("tonight-no-such-reservation"), "/reservation_id")

    def held(self, held_id: UUID, version: int | None = None) -> HeldTable:
        """Return a table held back now; raises CommandRefused."""
        for held in self.picture.held:
            if held.held_id == held_id and held.state == "held":
                return self._at_version(held, version, "held")
        raise CommandRefused("NOT_FOUND", message("table-not-held-now"), "/held_id")

    def seating(self, seating_id: UUID, version: int | None = None) -> Seating:
        """Return a seated party; raises CommandRefused."""
        for seating in self.picture.seatings:
            if seating.seating_id == seating_id:
                return self._at_version(seating, version, "seating")
        raise CommandRefused("NOT_FOUND", message("no-such-party-seated"), "/seating_id")

    def waiting(self, wait_id: UUID, version: int | None = None) -> WaitEntry:
        """Return a waiting party; raises CommandRefused."""
        for entry in self.picture.waiting:
            if entry.wait_id == wait_id:
                return self._at_version(entry, version, "waiting")
        raise CommandRefused("NOT_FOUND", message("no-such-party-waiting"), "/wait_id")

    def block(self, block_id: UUID, version: int | None = None) -> Block:
        """Return a block in force; raises CommandRefused."""
        for block in self.picture.blocks:
            if block.block_id == block_id:
                return self._at_version(block, version, "block")
        raise CommandRefused("NOT_FOUND", message("no-such-block"), "/block_id")

    def _at_version(self, thing: T, version: int | None, what: str) -> T:
        """Return the thing; raises CommandRefused (STALE) if its version is not the one seen."""
        if not self.any_version and version is not None and version != thing.version:
            said = message("changed-since", what=what)
            raise CommandRefused("STALE", said, "/version", now=thing)
        return thing
