"""The letter of one service date, put together from reports on its closed book."""

from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from policies.advice.advice import Advice
from policies.gestures.fairness import PartyGroup
from policies.lab.trial.announced import Announcement, announcement_of
from policies.words.message import CalendarDate, message
from seating.db import Connection
from seating.errors import NotFound
from seating.floor.held_report import held_tables_report
from seating.floor.held_worth import HeldTableWorth
from seating.gestures.report import gesture_report
from seating.lab.trials import TrialState, read_trial, state_of
from seating.letter.evening import (
    Checks,
    Evening,
    Promised,
    Quotes,
    read_checks,
    read_evening,
    read_promised,
    read_quotes,
)
from seating.letter.proposals import Proposed, proposed
from seating.turnaways.report import Cause, turnaway_report

# A date without guests who were promised or sat has no letter.
LETTER_DATES = """
select p.service_date, coalesce(sum(s.party_size), 0)::int as covers
from period p left join seating s on s.venue_id = p.venue_id and s.period_id = p.period_id
    and s.merged_into is null
where p.venue_id = $1 and p.service_date <= $2
group by p.service_date
having bool_and(p.closed_at is not null or not p.served) and bool_or(p.closed_at is not null)
   and (count(s.seating_id) > 0 or bool_or(exists (
       select from reservation r where r.venue_id = p.venue_id and r.period_id = p.period_id)))
order by p.service_date desc limit $3
"""


class LetterTrial(Struct, frozen=True, kw_only=True):
    """The lab's trial of a letter's proposals: `played` of so many `evenings`.

    `announced`: what it announces, None until it is done.
    """

    state: TrialState
    evenings: int
    played: int
    announced: Announcement | None = None


class LetterDate(Struct, frozen=True, kw_only=True):
    """A service date that is over, and its guests."""

    service_date: date
    covers: int


class Refused(Struct, frozen=True, kw_only=True):
    """Who was turned away, and of them found a place after all (`recovered`)."""

    parties: int
    covers: int
    recovered: int
    causes: tuple[Cause, ...]


class Given(Struct, frozen=True, kw_only=True):
    """Gestures: how many were `given`, their `cost`, and the groups that received or never did."""

    given: int
    cost: int
    received: tuple[PartyGroup, ...]
    never: tuple[PartyGroup, ...]


class Letter(Struct, frozen=True, kw_only=True):
    """The morning letter of a service date.

    `proposals`: at most three, as advised on that morning; None where no letter was written then.
    `trial`: of them, None where there is none. `before`, `after`: the letters beside it.
    """

    service_date: date
    evening: Evening
    promised: Promised
    quotes: Quotes
    checks: Checks
    refused: Refused
    held: tuple[HeldTableWorth, ...]
    held_earned: int
    held_displaced: int
    given: Given
    proposals: tuple[Advice, ...] | None
    trial: LetterTrial | None = None
    before: date | None = None
    after: date | None = None


LETTERS_AT_MOST = 400
LAST_DAY = date.max


async def letter_dates(conn: Connection, venue_id: str) -> tuple[LetterDate, ...]:
    """Return the dates that have a letter, the latest first."""
    rows = await conn.fetch(LETTER_DATES, venue_id, LAST_DAY, LETTERS_AT_MOST)
    return tuple(LetterDate(service_date=row[0], covers=row[1]) for row in rows)


async def read_letter(conn: Connection, venue_id: str, day: date, language: str) -> Letter:
    """Return the letter of a service date. Raises NotFound for a date that is not over."""
    days = [each.service_date for each in await letter_dates(conn, venue_id)]
    if day not in days:
        raise NotFound(message("no-letter-of-date", date=CalendarDate(day, "full")))
    place = days.index(day)
    held = await held_tables_report(conn, venue_id, day, day)
    found = await proposed(conn, venue_id, day)
    return Letter(
        service_date=day,
        evening=await read_evening(conn, venue_id, day),
        promised=await read_promised(conn, venue_id, day),
        quotes=await read_quotes(conn, venue_id, day),
        checks=await read_checks(conn, venue_id, day),
        refused=await _refused(conn, venue_id, day),
        held=held.worths,
        held_earned=held.earned,
        held_displaced=held.displaced,
        given=await _given(conn, venue_id, day),
        proposals=_spoken(found.proposals, language) if found else None,
        trial=await _trial(conn, venue_id, found) if found else None,
        before=days[place + 1] if place + 1 < len(days) else None,
        after=days[place - 1] if place else None,
    )


async def _trial(conn: Connection, venue_id: str, found: Proposed) -> LetterTrial | None:
    if found.trial_run is None:
        return None
    trial = await read_trial(conn, venue_id, found.trial_run)
    if trial is None:
        return None
    state, count = state_of(trial), len(found.proposals)
    return LetterTrial(
        state=state,
        evenings=trial.nights,
        played=len(trial.played),
        announced=announcement_of(trial.played, count) if state == "done" else None,
    )


def _spoken(found: tuple[Advice, ...], language: str) -> tuple[Advice, ...]:
    return tuple(replace(each, said=each.spoken(language)) for each in found)


async def _refused(conn: Connection, venue_id: str, day: date) -> Refused:
    report = await turnaway_report(conn, venue_id, day, day)
    return Refused(
        parties=report.parties,
        covers=report.covers,
        recovered=report.recovered,
        causes=report.causes,
    )


async def _given(conn: Connection, venue_id: str, day: date) -> Given:
    report = await gesture_report(conn, venue_id, day, day)
    kinds = [each for each in report.tallies if each.by == "kind"]
    return Given(
        given=sum(
            count
            for each in kinds
            for state, count in each.states.items()
            if state in {"accepted", "delivered"}
        ),
        cost=sum(each.cost for each in kinds),
        received=report.received,
        never=report.never,
    )
