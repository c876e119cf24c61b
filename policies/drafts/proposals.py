"""What the engine proposes for a party that lost its place: another table, another start, a person.

Asked of the same engine that books, on the book as it would be then.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from policies.book.answers import Ask, Yes
from policies.book.picture import Picture, Promise
from policies.booking.engine import decide
from policies.drafts.book import Day, DayOf
from policies.drafts.stranding import Stranded
from policies.house.calendar import Period, local_instant, local_time, zone_of
from policies.house.room import Needs

ALTERNATIVE_DAYS = 3
"""Dates after the promised one on which a start is looked for when that one has none."""

ProposalKind = Literal["another_table", "another_start", "a_person_decides"]


class Proposal(Struct, frozen=True, kw_only=True):
    """What could be offered. `tables`: at the promised start. `starts`: the nearest others."""

    kind: ProposalKind = "a_person_decides"
    tables: tuple[str, ...] = ()
    starts: tuple[datetime, ...] = ()


def proposal_for(
    stranded: Stranded, pictures: Mapping[str, Picture], day_of: DayOf, *, now: datetime
) -> Proposal:
    """Return what the engine would accept for the party now. `pictures`: by period id."""
    promise = stranded.promise
    if promise is None:
        return Proposal()
    for day, period, starts in _places_to_look(promise, stranded.period, day_of):
        if period.closes <= now:
            continue
        picture = _without(pictures.get(period.period_id) or Picture(period=period), promise)
        answer = decide(picture, _ask(promise, starts, promise.needs), day.house, now=now)
        if starts == promise.starts and promise.needs.area and not isinstance(answer, Yes):
            # In another area: an order to assign these tables, with a reason, lets go of the wish.
            elsewhere = _ask(promise, starts, replace(promise.needs, area=None))
            second = decide(picture, elsewhere, day.house, now=now, quick=True)
            answer = second if isinstance(second, Yes) else answer
        if isinstance(answer, Yes) and starts == promise.starts:
            return Proposal(kind="another_table", tables=answer.tables)
        found = (answer.starts,) if isinstance(answer, Yes) else answer.alternatives
        if found:
            return Proposal(kind="another_start", starts=found)
    return Proposal()


def _places_to_look(
    promise: Promise, period: Period, day_of: DayOf
) -> Iterator[tuple[Day, Period, datetime]]:
    """Yield the periods of the date, the nearest first, then those of the next dates."""
    for ahead in range(ALTERNATIVE_DAYS + 1):
        day = day_of(period.service_date + timedelta(days=ahead))
        zone = zone_of(day.house)
        local = local_time(zone, promise.starts)
        wish = promise.starts
        if ahead:
            wish = local_instant(zone, local.date() + timedelta(days=ahead), local.time())
        for each in sorted(day.periods, key=lambda found: _distance(found, wish)):
            yield day, each, wish


def _distance(period: Period, wish: datetime) -> timedelta:
    return max(period.opens - wish, wish - period.last_seating, timedelta(0))


def _ask(promise: Promise, starts: datetime, needs: Needs) -> Ask:
    return Ask(
        party_size=promise.party_size,
        starts=starts,
        channel="desk",
        needs=needs,
        guest_name=promise.name,
        minutes=promise.duration_minutes,
        tags=promise.tags,
        preferences=promise.preferences,
    )


def _without(picture: Picture, promise: Promise) -> Picture:
    others = (each for each in picture.promises if each.reservation_id != promise.reservation_id)
    return replace(picture, promises=tuple(others))
