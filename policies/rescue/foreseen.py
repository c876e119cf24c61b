"""Refusals to come: promised parties without a table, and callers the engine would refuse.

The host is prompted to look for a rescue before the party hears a no.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Literal
from uuid import UUID

from msgspec import Struct

from policies.book.answers import Ask, No
from policies.book.picture import Picture, Promise
from policies.booking.engine import decide
from policies.house.house import House
from policies.house.wording import clock
from policies.rescue.cases import time_waited, tolerance_of, unplaced_soon
from policies.value.period_value import Prospect
from policies.words.catalogue import say
from policies.words.message import Message, Param, message

Why = Literal["overbooked", "exposed", "waits", "would_be_refused"]


class ForeseenRefusal(Struct, frozen=True, kw_only=True):
    """A party that may be refused. `no`: for a caller, the engine's answer.

    `prompt`: for the host, in the house's language; `message`, `params`: in any.
    """

    why: Why
    party_size: int
    starts: datetime
    prompt: str
    name: str = ""
    reservation_id: UUID | None = None
    guest_id: UUID | None = None
    no: No | None = None
    message: str = ""
    params: dict[str, Param] = {}


class Caller(Struct, frozen=True, kw_only=True):
    """A guest who calls or stands at the door. `name` is empty if unknown."""

    ask: Ask
    name: str = ""


def likely_refusals(
    picture: Picture, house: House, *, now: datetime
) -> tuple[ForeseenRefusal, ...]:
    """Return the promised parties without a table near their start, and those that wait already.

    Waiting counts from half the tolerance on.
    """
    return tuple(_promised(picture, house, now))


def refusal_for(
    picture: Picture,
    house: House,
    caller: Caller,
    *,
    now: datetime,
    prospect: Prospect | None = None,
) -> ForeseenRefusal | None:
    """Return the refusal the caller would get, None when there is a table."""
    answer = decide(picture, caller.ask, house, now=now, quick=True, prospect=prospect)
    if not isinstance(answer, No):
        return None
    ask = caller.ask
    said = _caller(caller.name, ask.party_size, clock(house, ask.starts))
    return ForeseenRefusal(
        why="would_be_refused",
        party_size=ask.party_size,
        starts=ask.starts,
        name=caller.name,
        guest_id=ask.guest_id,
        no=answer,
        prompt=_prompt(house, said),
        message=said.key,
        params=said.params,
    )


def _promised(picture: Picture, house: House, now: datetime) -> Iterator[ForeseenRefusal]:
    listed: set[UUID] = set()
    for promise in unplaced_soon(picture, now):
        listed.add(promise.reservation_id)
        yield _foreseen(promise, "exposed" if promise.exposed else "overbooked", house)
    for promise in picture.promises:
        waits = promise.state == "arrived" and time_waited(promise, now) > tolerance_of(picture) / 2
        if waits and promise.reservation_id not in listed:
            yield _foreseen(promise, "waits", house)


def _foreseen(promise: Promise, why: Why, house: House) -> ForeseenRefusal:
    told = _waits if why == "waits" else _no_table
    said = told(promise.name, promise.party_size, clock(house, promise.starts))
    return ForeseenRefusal(
        why=why,
        party_size=promise.party_size,
        starts=promise.starts,
        name=promise.name,
        reservation_id=promise.reservation_id,
        guest_id=promise.guest_id,
        prompt=_prompt(house, said),
        message=said.key,
        params=said.params,
    )


def _prompt(house: House, said: Message) -> str:
    return say(said, house.venue.locale)


def _no_table(name: str, size: int, at: str) -> Message:
    if not name:
        return message("foreseen-no-table-unnamed", size=size, at=at)
    return message("foreseen-no-table", name=name, size=size, at=at)


def _waits(name: str, size: int, at: str) -> Message:
    if not name:
        return message("foreseen-waits-unnamed", size=size, at=at)
    return message("foreseen-waits", name=name, size=size, at=at)


def _caller(name: str, size: int, at: str) -> Message:
    if not name:
        return message("foreseen-caller-unnamed", size=size, at=at)
    return message("foreseen-caller", name=name, size=size, at=at)
