"""The host stand: what an order is carried out in, and what comes of it."""

from datetime import datetime
from typing import TypeVar
from uuid import UUID

from msgspec import Struct

from policies.book.changes import Changes
from policies.book.lifecycles import SLIP_SECONDS, Actor
from policies.book.picture import Block, HeldTable, Picture, Promise, Seating, WaitEntry
from policies.house.house import House

T = TypeVar("T", Promise, Seating, Block, WaitEntry, HeldTable)


class Impossible(Exception):
    """An order that the room as it is does not allow. `code` is one of seating/errors.py."""

    def __init__(
        self, code: str, detail: str, pointer: str | None = None, *, now: Struct | None = None
    ) -> None:
        """`pointer`: the JSON pointer of the wrong field; `now`: what is true instead."""
        super().__init__(detail)
        self.code = code
        self.detail = detail
        self.pointer = pointer
        self.now = now


class Done(Struct, frozen=True, kw_only=True):
    """What an order changes, what it was about, and for how many seconds it can be undone."""

    changes: Changes
    subject: UUID
    undo_seconds: int | None = SLIP_SECONDS


class Stand(Struct, frozen=True, kw_only=True):
    """The picture, the house, business time and who gives the order."""

    picture: Picture
    house: House
    now: datetime
    by: Actor

    def promise(self, reservation_id: UUID, version: int | None = None) -> Promise:
        """Return an open reservation; raises Impossible."""
        for promise in self.picture.promises:
            if promise.reservation_id == reservation_id:
                return fresh(promise, version, "reservation")
        raise Impossible("NOT_FOUND", "tonight has no such open reservation", "/reservation_id")

    def held(self, held_id: UUID, version: int | None = None) -> HeldTable:
        """Return a table held back now; raises Impossible."""
        for held in self.picture.held:
            if held.held_id == held_id and held.state == "held":
                return fresh(held, version, "held table")
        raise Impossible("NOT_FOUND", "that table is not held back any more", "/held_id")

    def seating(self, seating_id: UUID, version: int | None = None) -> Seating:
        """Return a seated party; raises Impossible."""
        for seating in self.picture.seatings:
            if seating.seating_id == seating_id:
                return fresh(seating, version, "seating")
        raise Impossible("NOT_FOUND", "no such party is seated now", "/seating_id")

    def waiting(self, wait_id: UUID, version: int | None = None) -> WaitEntry:
        """Return a waiting party; raises Impossible."""
        for entry in self.picture.waiting:
            if entry.wait_id == wait_id:
                return fresh(entry, version, "waitlist entry")
        raise Impossible("NOT_FOUND", "no such party is waiting now", "/wait_id")

    def block(self, block_id: UUID, version: int | None = None) -> Block:
        """Return a block in force; raises Impossible."""
        for block in self.picture.blocks:
            if block.block_id == block_id:
                return fresh(block, version, "block")
        raise Impossible("NOT_FOUND", "no such block is in force", "/block_id")


def fresh(thing: T, seen: int | None, what: str) -> T:
    """Return the thing; raises Impossible (STALE) when the caller saw another version of it."""
    if seen is not None and seen != thing.version:
        told = f"the {what} has changed: it is at version {thing.version} by now"
        raise Impossible("STALE", told, "/version", now=thing)
    return thing
