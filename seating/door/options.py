"""Options for a party at the door, ranked by the look-ahead where the house decides by value."""

import asyncio
from datetime import datetime
from typing import Final
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from policies.book.answers import Ask, No
from policies.book.picture import Picture, Promise
from policies.book.question import Question
from policies.book.rotation import ServerLoad
from policies.booking.kitchen import KitchenPace, kitchen_pace
from policies.booking.tables import Tables
from policies.door.by_server import (
    ServerTurns,
    equals_for_promise,
    equals_for_walk_in,
    next_first,
    one_of_a_kind,
    turns_of,
    with_servers,
)
from policies.door.option import Option
from policies.door.options import walk_in_options
from policies.door.owed import promised_options, promised_question
from policies.door.refusal import why_no_table
from policies.door.wait_band import WaitAsked
from policies.door.waiting import ahead_of
from policies.door.words import with_bands
from policies.house.house import House
from policies.house.room import Needs
from policies.house.rules import NoCode
from policies.lookahead.advice import DoorAdvice, advise
from policies.lookahead.base_choice import BaseChoice, by_base_rule
from policies.lookahead.words import reason_of, why_kept
from policies.plan.calls import without_waiting
from policies.rescue.playbook import PlaybookAnswer, refusal_script
from policies.rescue.rehearsal import PartyAtDoor, least_harm_first, rehearsed
from policies.words.catalogue import say
from policies.words.message import Message, Param, message
from seating.book.asked import check_needs
from seating.book.in_force import HouseVersion, house_of
from seating.book.periods import read_unlocked, tonights_or_given_up, tonights_or_none
from seating.clock import Clock
from seating.db import Connection
from seating.door.closed_day import closed_today
from seating.errors import NotFound
from seating.forecast.waits import decision_forecast, quoted_for
from seating.turnaways.playbook import answers_tonight

EXPECTED_STATES: Final = frozenset({"booked", "arrived", "no_show"})


class DoorOptions(Struct, frozen=True, kw_only=True):
    """Options in the order to offer them, and how many parties already wait.

    Where the house decides by value the option of highest value comes first; `advice` holds the
    values and `because` the same in a sentence of the house's language, `reasons` in any. Otherwise
    `advice` is None, the kind of table that the base rule takes comes first, and `because` says for
    whom free tables are better kept. On a closed day nothing is offered, and `because` says so.

    Where no table can be given now but a held one, `code` names the rule that binds, with `message`
    and `params` to say it in any language, `sentence` in the house's, and `playbook`: the answers
    to that code, the ordinary one first. `version`: of the period `period_id` the options were made
    from; a live event of that period with a later one says that they may be stale. `servers`: who
    has a section, who is next first; of equal tables the first option is in that section.
    `kitchen`: how slow it is, and when it takes this party; None where it is not slowed.
    """

    options: tuple[Option, ...]
    parties_ahead: int
    advice: DoorAdvice | None = None
    because: str = ""
    reasons: tuple[Message, ...] = ()
    period_id: str | None = None
    version: int = 0
    code: NoCode | None = None
    message: str | None = None
    params: dict[str, Param] = {}
    sentence: str = ""
    playbook: tuple[PlaybookAnswer, ...] = ()
    servers: tuple[ServerLoad, ...] = ()
    kitchen: KitchenPace | None = None


async def options_for_walk_in(
    conn: Connection,
    venue_id: str,
    party_size: int,
    needs: Needs,
    clock: Clock,
    staff_id: str | None = None,
    server: str | None = None,
) -> DoorOptions:
    """Return what a walk-in can be offered now. Raises NotFound, Invalid.

    `staff_id`: who asks; the options say what the order would ask of that person. `server`: who is
    to serve the party, where that is not who is next.
    """
    now = await clock.now(conn)
    in_force = (await house_of(conn, venue_id)).at(now)
    check_needs(in_force.house, needs)
    period = await tonights_or_none(conn, in_force, now)
    if period is None:
        return await _closed(conn, in_force, now)
    picture = await read_unlocked(conn, venue_id, in_force, period, now=now)
    ask, party = _ask(party_size, needs, now), PartyAtDoor(party_size=party_size)
    turns = turns_of(picture, now, server)
    request = _DoorRequest(picture, picture, in_force.house, ask, party, staff_id, turns)
    return await _offered(conn, request)


async def options_for_promise(
    conn: Connection,
    venue_id: str,
    reservation_id: UUID,
    clock: Clock,
    staff_id: str | None = None,
    server: str | None = None,
) -> DoorOptions:
    """Return what a promised party that stands here can be given now; `staff_id`: who asks.

    `server`: as for a walk-in.
    Raises NotFound for a reservation that is not expected tonight.
    """
    now = await clock.now(conn)
    in_force = (await house_of(conn, venue_id)).at(now)
    period = await tonights_or_given_up(conn, in_force, now)
    picture = await read_unlocked(conn, venue_id, in_force, period, now=now)
    promise = _promise_expected(picture, reservation_id)
    ask = _ask(promise.party_size, promise.needs, now)
    party = PartyAtDoor(party_size=promise.party_size, promise=promise)
    turns = turns_of(picture, now, server)
    request = _DoorRequest(picture, picture, in_force.house, ask, party, staff_id, turns)
    return await _offered(conn, request)


async def options_for_waiting(
    conn: Connection,
    venue_id: str,
    wait_id: UUID,
    clock: Clock,
    staff_id: str | None = None,
    server: str | None = None,
) -> DoorOptions:
    """Return what a waiting party can be given now, the table kept for it among them.

    `staff_id`: who asks; `server`: as for a walk-in. Raises NotFound for a party that does not wait
    tonight.
    """
    now = await clock.now(conn)
    in_force = (await house_of(conn, venue_id)).at(now)
    period = await tonights_or_given_up(conn, in_force, now)
    picture = await read_unlocked(conn, venue_id, in_force, period, now=now)
    entry = next((each for each in picture.waiting if each.wait_id == wait_id), None)
    if entry is None:
        raise NotFound(message("wait-no-such-party-tonight"), pointer="/wait_id")
    others, ask = without_waiting(picture, wait_id), _ask(entry.party_size, entry.needs, now)
    party = PartyAtDoor(party_size=entry.party_size, entry=entry)
    turns = turns_of(picture, now, server)
    request = _DoorRequest(picture, others, in_force.house, ask, party, staff_id, turns)
    found = await _offered(conn, request)
    return replace(found, parties_ahead=len(ahead_of(picture, wait_id)))


async def _closed(conn: Connection, in_force: HouseVersion, now: datetime) -> DoorOptions:
    """Return that nothing is offered on a day without service, and what is said then."""
    closed = closed_today(in_force, now)
    script = await answers_tonight(conn, in_force.house.venue.id, "CLOSED", now=now)
    return DoorOptions(
        options=(),
        parties_ahead=0,
        because=closed.sentence,
        reasons=(closed.message,),
        code="CLOSED",
        message=closed.message.key,
        params=closed.message.params,
        sentence=closed.sentence,
        playbook=script.answers,
    )


class _DoorRequest(Struct, frozen=True):
    """A party's request; the picture with all in it, and the one without the party if it waits."""

    picture: Picture
    others: Picture
    house: House
    ask: Ask
    party: PartyAtDoor
    staff_id: str | None
    turns: ServerTurns | None = None

    @property
    def now(self) -> datetime:
        return self.ask.starts


def _ask(party_size: int, needs: Needs, now: datetime) -> Ask:
    return Ask(party_size=party_size, starts=now, channel="walk_in", needs=needs)


def _promise_expected(picture: Picture, reservation_id: UUID) -> Promise:
    for promise in picture.promises:
        if promise.reservation_id == reservation_id and promise.state in EXPECTED_STATES:
            return promise
    raise NotFound(message("reservation-not-tonight"), pointer="/reservation_id")


def _as_arrived(picture: Picture, promise: Promise | None, now: datetime) -> Picture:
    """Return the picture with the party arrived: the look-ahead queues only arrived parties."""
    if promise is None:
        return picture
    here = replace(promise, state="arrived", arrived_at=promise.arrived_at or now)
    return replace(
        picture,
        promises=tuple(here if each == promise else each for each in picture.promises),
    )


async def _offered(conn: Connection, request: _DoorRequest) -> DoorOptions:
    """Return the options, advised where the house decides by value, with what their orders do.

    The work is done in threads, which keeps the event loop free; no lock is held.
    """
    listed, equals = await asyncio.to_thread(_listed, request)
    ranked, advice, reason = await _with_advice(conn, request, listed, equals)
    told = await asyncio.to_thread(_told, request, ranked, by_worth=advice is not None)
    period = request.picture.period
    if request.turns is not None:
        told = _by_servers(told, request.turns)
    size, now = request.ask.party_size, request.now
    kitchen = kitchen_pace(request.others, request.house, size, now=now)
    return replace(
        told,
        advice=advice,
        because=say(reason, request.house.venue.locale) if reason else "",
        reasons=(reason,) if reason else (),
        period_id=period.period_id,
        version=period.version,
        kitchen=None if request.party.promise else kitchen,
    )


def _by_servers(told: DoorOptions, turns: ServerTurns) -> DoorOptions:
    options = with_servers(one_of_a_kind(told.options), turns)
    return replace(told, options=options, servers=turns.loads)


def _equals(request: _DoorRequest, listed: tuple[Option, ...]) -> tuple[Option, ...]:
    """Return tables equal to those listed, in the sections of other servers; none without any."""
    turns, promise, now = request.turns, request.party.promise, request.now
    if turns is None:
        return ()
    if promise is not None:
        return equals_for_promise(request.picture, request.house, turns, listed, promise, now=now)
    party = request.ask.party_size, request.ask.needs
    return equals_for_walk_in(request.others, request.house, turns, listed, party, now=now)


def _listed(request: _DoorRequest) -> tuple[tuple[Option, ...], tuple[Option, ...]]:
    """Return the options, and the tables equal to them in the sections of other servers."""
    promise, house, now = request.party.promise, request.house, request.now
    if promise is not None:
        listed = promised_options(request.picture, house, promise, now=now)
    else:
        size, needs = request.ask.party_size, request.ask.needs
        listed = walk_in_options(request.others, house, size, needs, now=now)
    return listed, _equals(request, listed)


async def _with_advice(
    conn: Connection,
    request: _DoorRequest,
    listed: tuple[Option, ...],
    equals: tuple[Option, ...],
) -> tuple[tuple[Option, ...], DoorAdvice | None, Message | None]:
    """Return the options in order, the advice by value, and why the first is the first."""
    if all(option.kind == "split" for option in listed):
        return listed, None, None
    house, promise, turns = request.house, request.party.promise, request.turns
    whole = _as_arrived(request.picture, promise, request.now)
    told = await quoted_for(conn, whole, house, _asked(request), now=request.now)
    band = None if told is None else told.band
    if not whole.rules.decisions.by_value:
        chosen = await asyncio.to_thread(_by_base_rule, request, listed)
        kept = why_kept(chosen.kept_for, house) if chosen.kept_for else None
        options = chosen.options if promise else with_bands(chosen.options, band, house)
        return (next_first(options, equals, turns) if turns else options), None, kept
    picture = _as_arrived(request.others, promise, request.now)
    forecast = await decision_forecast(conn, house.venue.id, picture)
    found = await asyncio.to_thread(
        advise, picture, house, forecast, band, (*listed, *equals),
        ask=request.ask, promise=promise.reservation_id if promise else None, turns=turns,
    )  # fmt: skip
    options = one_of_a_kind(found.options, spare=True) if turns else found.options
    return options, found.advice, reason_of(found.advice, house) if found.advice else None


def _by_base_rule(request: _DoorRequest, listed: tuple[Option, ...]) -> BaseChoice:
    party = request.party
    picture = _as_arrived(request.picture, party.promise, request.now)
    waits = party.entry.wait_id if party.entry else None
    if party.promise is not None:
        waits = party.promise.reservation_id
    return by_base_rule(picture, request.house, listed, ask=request.ask, waits=waits)


def _asked(request: _DoorRequest) -> WaitAsked:
    """Return whose wait the options tell: in its place if it waits already."""
    party, ask = request.party, request.ask
    return WaitAsked(
        ask.party_size,
        ask.needs,
        party.entry.wait_id if party.entry else None,
        party.promise.reservation_id if party.promise else None,
    )


def _told(request: _DoorRequest, options: tuple[Option, ...], *, by_worth: bool) -> DoorOptions:
    """Return the options with what their orders do, and why where no table can be given."""
    told = rehearsed(
        options, request.picture, request.house, request.party,
        now=request.now, staff_id=request.staff_id,
    )  # fmt: skip
    told = told if by_worth else least_harm_first(told)
    found = DoorOptions(options=told, parties_ahead=len(request.others.waiting))
    if any(option.kind != "wait" and option.held_id is None for option in told):
        return found
    refused = _refusal(request)
    locale = request.house.venue.locale
    return replace(
        found,
        code=refused.code,
        message=refused.said.key,
        params=refused.said.params,
        sentence=say(refused.said, locale),
        playbook=refusal_script(request.picture.rules, refused.code, locale).answers,
    )


def _refusal(request: _DoorRequest) -> No:
    promise, house, now = request.party.promise, request.house, request.now
    if promise is not None:
        question = promised_question(request.picture, house, promise, now=now)
    else:
        question = Question(picture=request.others, ask=request.ask, house=house, now=now)
    return why_no_table(Tables(question.picture, house, now), question)
