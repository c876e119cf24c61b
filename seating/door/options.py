"""Options for a party at the door, ranked by the look-ahead where the house decides by value."""

import asyncio
from datetime import datetime
from typing import Final
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from policies.book.answers import Ask
from policies.book.picture import Picture, Promise
from policies.door.option import Option
from policies.door.options import walk_in_options
from policies.door.owed import promised_options
from policies.door.waiting import ahead_of
from policies.house.house import House
from policies.house.room import Needs
from policies.house.rules import NoCode
from policies.lookahead.advice import AdvisedOptions, DoorAdvice, advise
from policies.lookahead.words import sentence
from policies.plan.calls import without_waiting
from policies.rescue.playbook import PlaybookAnswer
from policies.words.message import Param, message
from seating.book.asked import check_needs
from seating.book.in_force import house_of
from seating.book.periods import read_unlocked, tonights_or_given_up, tonights_or_none
from seating.clock import Clock
from seating.db import Connection
from seating.door.closed_day import closed_today
from seating.errors import NotFound
from seating.forecast.quote_scales import decision_forecast, scales_of

EXPECTED_STATES: Final = frozenset({"booked", "arrived", "no_show"})


class DoorOptions(Struct, frozen=True, kw_only=True):
    """Options in the order to offer them, and how many parties already wait.

    Where the house decides by value the option of highest value comes first; `advice` holds the
    values and `because` the same in a sentence. Otherwise `advice` is None. On a closed day nothing
    is offered, and `because` says so.

    Where no table can be given now but a held one, `code` names the rule that binds, with `message`
    and `params` to say it in any language, `sentence` in the house's, and `playbook`: the answers
    to that code, the ordinary one first. `version`: of the period `period_id` the options were made
    from; a live event of that period with a later one says that they may be stale.
    """

    options: tuple[Option, ...]
    parties_ahead: int
    advice: DoorAdvice | None = None
    because: str = ""
    period_id: str | None = None
    version: int = 0
    code: NoCode | None = None
    message: str | None = None
    params: dict[str, Param] = {}
    sentence: str = ""
    playbook: tuple[PlaybookAnswer, ...] = ()


async def options_for_walk_in(
    conn: Connection, venue_id: str, party_size: int, needs: Needs, clock: Clock
) -> DoorOptions:
    """Return what a walk-in can be offered now. Raises NotFound, Invalid."""
    now = await clock.now(conn)
    in_force = (await house_of(conn, venue_id)).at(now)
    check_needs(in_force.house, needs)
    period = await tonights_or_none(conn, in_force, now)
    if period is None:
        closed = closed_today(in_force, now)
        return DoorOptions(options=(), parties_ahead=0, because=closed.sentence)
    picture = await read_unlocked(conn, venue_id, in_force, period, now=now)
    listed = walk_in_options(picture, in_force.house, party_size, needs, now=now)
    request = _DoorRequest(picture, in_force.house, _ask(party_size, needs, now))
    return await _with_advice(conn, request, listed)


async def options_for_promise(
    conn: Connection, venue_id: str, reservation_id: UUID, clock: Clock
) -> DoorOptions:
    """Return what a promised party that stands here can be given now.

    Raises NotFound for a reservation that is not expected tonight.
    """
    now = await clock.now(conn)
    in_force = (await house_of(conn, venue_id)).at(now)
    period = await tonights_or_given_up(conn, in_force, now)
    picture = await read_unlocked(conn, venue_id, in_force, period, now=now)
    promise = _promise_expected(picture, reservation_id)
    listed = await asyncio.to_thread(promised_options, picture, in_force.house, promise, now=now)
    request = _DoorRequest(
        _as_arrived(picture, promise, now),
        in_force.house,
        _ask(promise.party_size, promise.needs, now),
        promise.reservation_id,
    )
    return await _with_advice(conn, request, listed)


async def options_for_waiting(
    conn: Connection, venue_id: str, wait_id: UUID, clock: Clock
) -> DoorOptions:
    """Return what a waiting party can be given now, the table kept for it among them.

    Raises NotFound for a party that does not wait tonight.
    """
    now = await clock.now(conn)
    in_force = (await house_of(conn, venue_id)).at(now)
    period = await tonights_or_given_up(conn, in_force, now)
    picture = await read_unlocked(conn, venue_id, in_force, period, now=now)
    entry = next((each for each in picture.waiting if each.wait_id == wait_id), None)
    if entry is None:
        raise NotFound(message("wait-no-such-party-tonight"), pointer="/wait_id")
    size, needs, others = entry.party_size, entry.needs, without_waiting(picture, wait_id)
    listed = walk_in_options(others, in_force.house, size, needs, now=now)
    request = _DoorRequest(others, in_force.house, _ask(size, needs, now))
    found = await _with_advice(conn, request, listed)
    return replace(found, parties_ahead=len(ahead_of(picture, wait_id)))


class _DoorRequest(Struct, frozen=True):
    """A party's request, the picture its options come from, and its reservation if it has one."""

    picture: Picture
    house: House
    ask: Ask
    promise: UUID | None = None


def _ask(party_size: int, needs: Needs, now: datetime) -> Ask:
    return Ask(party_size=party_size, starts=now, channel="walk_in", needs=needs)


def _promise_expected(picture: Picture, reservation_id: UUID) -> Promise:
    for promise in picture.promises:
        if promise.reservation_id == reservation_id and promise.state in EXPECTED_STATES:
            return promise
    raise NotFound(message("reservation-not-tonight"), pointer="/reservation_id")


def _as_arrived(picture: Picture, promise: Promise, now: datetime) -> Picture:
    """Return the picture with the party arrived: the look-ahead queues only arrived parties."""
    here = replace(promise, state="arrived", arrived_at=promise.arrived_at or now)
    return replace(
        picture,
        promises=tuple(here if each == promise else each for each in picture.promises),
    )


async def _with_advice(
    conn: Connection, request: _DoorRequest, listed: tuple[Option, ...]
) -> DoorOptions:
    ahead = len(request.picture.waiting)
    several = all(option.kind == "split" for option in listed)
    if several or not request.picture.rules.decisions.by_value:
        return DoorOptions(options=listed, parties_ahead=ahead)
    found = await _run_look_ahead(conn, request, listed)
    because = sentence(found.advice, request.house) if found.advice else ""
    return DoorOptions(
        options=found.options, parties_ahead=ahead, advice=found.advice, because=because
    )


async def _run_look_ahead(
    conn: Connection, request: _DoorRequest, listed: tuple[Option, ...]
) -> AdvisedOptions:
    """Evaluate the options in a worker thread, to keep the event loop free; no lock is held."""
    venue_id = request.house.venue.id
    forecast = await decision_forecast(conn, venue_id, request.picture)
    scales = await scales_of(conn, venue_id)
    return await asyncio.to_thread(
        advise, request.picture, request.house, forecast, scales, listed,
        ask=request.ask, promise=request.promise,
    )  # fmt: skip
