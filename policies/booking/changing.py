"""Changing a promise: judged as making one, except for what the promise already has."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from policies.book.answers import Answer, Ask, Explanation, No, Yes
from policies.book.changes import without_intentions
from policies.book.lifecycles import RESERVATION, STAFF, Actor, transition
from policies.book.picture import Picture, Promise, ReservationState, with_fixed_tables
from policies.book.question import Question
from policies.booking.cutoff import cancel_deadline
from policies.booking.engine import availability, decide, enquiry_refusal
from policies.booking.tables import Tables
from policies.house.calendar import Period, needs_approval, slot_starts, turn_minutes
from policies.house.channels import TAKES_ENQUIRIES
from policies.house.house import House
from policies.value.period_value import Prospect


class Standing(Struct, frozen=True, kw_only=True):
    """The promise to be changed as it stands, and who asks for the change (`by`).

    `made_at`: when it was booked.
    """

    reservation_id: UUID
    state: ReservationState
    starts: datetime
    party_size: int
    made_at: datetime
    by: Actor
    guest_id: UUID | None = None


class Judged(Struct, frozen=True, kw_only=True):
    """The changed promise, and the plan's moves that make room for it (tables by id)."""

    promise: Promise
    moved: dict[UUID, tuple[str, ...]] = {}
    explained: Explanation | None = None


def is_new_demand(standing: Standing, ask: Ask) -> bool:
    """Tell whether the change asks for more than was promised: another start, or more guests."""
    return ask.starts != standing.starts or ask.party_size > standing.party_size


def asks_a_person(house: House, period: Period, by: Actor) -> bool:
    """Tell whether a promise in this period waits for the house's approval; staff approve it."""
    return by not in STAFF and needs_approval(house, period)


def escapes_cutoff(
    standing: Standing, ask: Ask, house: House, period: Period, *, now: datetime
) -> bool:
    """Tell whether the change would make a promise past its cut-off free to be cancelled again.

    That is to cancel it, and judged so: the house is asked. `period`: of the new start.
    """
    if standing.by in STAFF or standing.state != "booked" or not is_new_demand(standing, ask):
        return False
    if now <= cancel_deadline(house, standing.starts, standing.made_at):
        return False
    later = now <= cancel_deadline(house, ask.starts, standing.made_at)
    return later or asks_a_person(house, period, standing.by)


def judge_change(
    picture: Picture,
    promise: Promise,
    standing: Standing,
    ask: Ask,
    house: House,
    *,
    now: datetime,
    prospect: Prospect | None = None,
) -> Judged | No:
    """Return the promise after the change, or the rule that refuses it.

    `picture`: of the period of the new start. Fewer guests at the same start are no new demand, so
    no rule is asked. What a person has to approve becomes a request (an enquiry stays one), all
    else is decided as a new booking would be, the promise itself left out. Whether it escapes the
    cut-off is asked before (`escapes_cutoff`).
    """
    if not is_new_demand(standing, ask):
        return _no_larger(picture, promise, ask, house, now)
    moved = moved_to(promise, picture.period, ask, house)
    if promise.state == "requested" and ask.channel in TAKES_ENQUIRIES:
        return enquiry_refusal(picture, ask, house, now=now) or Judged(promise=moved)
    answer = _answer(picture, promise, ask, house, now, prospect)
    if isinstance(answer, No):
        return _open_to(answer, standing, ask, house, picture.period, now)
    if promise.state == "requested":
        return Judged(promise=moved)
    if asks_a_person(house, picture.period, standing.by):
        to = transition(RESERVATION, promise.state, "request", standing.by).to
        return Judged(promise=as_request(moved, to), explained=answer.explained)
    return Judged(promise=accepted(moved, answer), moved=answer.moved, explained=answer.explained)


def moved_to(promise: Promise, period: Period, ask: Ask, house: House) -> Promise:
    """Return the promise at the start and size asked for, one version on; its tables unchanged."""
    return replace(
        promise,
        version=promise.version + 1,
        period_id=period.period_id,
        starts=ask.starts,
        ends=_turn_end(house, ask),
        party_size=ask.party_size,
        needs=ask.needs,
        late_at=None,
    )


def accepted(promise: Promise, answer: Yes) -> Promise:
    """Return the promise with what a Yes gives it; its own tables stay fixed if it keeps them."""
    kept = promise.fixed and set(answer.tables) == set(promise.tables)
    return replace(
        with_fixed_tables(promise, fixed=kept),
        ends=answer.ends,
        tables=answer.tables,
        kind=answer.kind,
        risk=answer.risk,
        overruled=False,
        exposed=answer.kind == "physical" and not answer.tables,
    )


def as_request(promise: Promise, state: ReservationState) -> Promise:
    """Return the promise waiting for approval: it holds no table."""
    return replace(
        with_fixed_tables(promise, fixed=False),
        state=state,
        tables=(),
        kind="physical",
        risk=None,
        overruled=False,
        exposed=False,
    )


def availability_of_change(
    picture: Picture,
    standing: Standing,
    ask: Ask,
    house: House,
    *,
    now: datetime,
    prospect: Prospect | None = None,
    why_not: bool = True,
) -> tuple[tuple[datetime, Answer], ...]:
    """Answer the change for the starts of the period as `judge_change` would.

    The promise itself is left out of the picture; its own start is among the starts, also off the
    slots. Starts that would escape the cut-off are left out. Without `why_not` only the Yes.
    """
    found = dict(_answers(picture, standing, ask, house, now, prospect, why_not=why_not))
    same = replace(ask, starts=standing.starts)
    period = picture.period
    if period.opens <= same.starts <= period.last_seating and not is_new_demand(standing, same):
        found[same.starts] = _free(house, same)
    return tuple(
        (starts, found[starts])
        for starts in sorted(found)
        if not escapes_cutoff(standing, replace(ask, starts=starts), house, period, now=now)
    )


def _answers(
    picture: Picture,
    standing: Standing,
    ask: Ask,
    house: House,
    now: datetime,
    prospect: Prospect | None,
    *,
    why_not: bool,
) -> Iterator[tuple[datetime, Answer]]:
    if standing.state != "requested" or ask.channel not in TAKES_ENQUIRIES:
        yield from availability(
            picture,
            ask,
            house,
            now=now,
            prospect=prospect,
            why_not=why_not,
            without=standing.reservation_id,
        )
        return
    for starts in slot_starts(house, picture.period):
        there = replace(ask, starts=starts)
        refusal = enquiry_refusal(picture, there, house, now=now)
        if refusal is None or why_not:
            yield starts, refusal or _free(house, there)


def _free(house: House, ask: Ask) -> Yes:
    return Yes(starts=ask.starts, ends=_turn_end(house, ask), tables=(), moved={})


def _no_larger(picture: Picture, promise: Promise, ask: Ask, house: House, now: datetime) -> Judged:
    """Fewer guests, or as many, at the same start: at smaller tables if some are free."""
    smaller = replace(
        promise,
        version=promise.version + 1,
        party_size=ask.party_size,
        ends=min(promise.ends, _turn_end(house, ask)),
    )
    as_many = ask.party_size == promise.party_size
    if as_many or promise.state != "booked" or promise.fixed or promise.kind == "overbooked":
        return Judged(promise=smaller)
    left = without_intentions(picture, promise.reservation_id, None)
    question = Question(picture=left, ask=ask, house=house, now=now)
    found = Tables(left, house, now).find(question)
    if found is None or (found.moved and promise.tables):
        return Judged(promise=smaller)
    return Judged(promise=replace(smaller, tables=found.tables, exposed=False), moved=found.moved)


def _answer(
    picture: Picture,
    promise: Promise,
    ask: Ask,
    house: House,
    now: datetime,
    prospect: Prospect | None,
) -> Answer:
    """Ask for the tables that were promised, then for any; for named ones only for these."""
    kept = promise.fixed and promise.tables and not ask.tables
    asks = [replace(ask, tables=promise.tables)] if kept else []
    for wish in (*asks, ask):
        answer = decide(
            picture, wish, house, now=now, without=promise.reservation_id, prospect=prospect
        )
        if isinstance(answer, Yes):
            break
    return answer


def _open_to(
    no: No, standing: Standing, ask: Ask, house: House, period: Period, now: datetime
) -> No:
    """Return the refusal with the alternatives that would be open to this promise."""
    return replace(
        no,
        alternatives=tuple(
            starts
            for starts in no.alternatives
            if not escapes_cutoff(standing, replace(ask, starts=starts), house, period, now=now)
        ),
    )


def _turn_end(house: House, ask: Ask) -> datetime:
    return ask.starts + timedelta(minutes=turn_minutes(house, ask.party_size))
