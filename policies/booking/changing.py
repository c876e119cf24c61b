"""Changing a promise: judged as making one, except for what the promise already has."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from policies.book.answers import Answer, Ask, Explanation, No, Yes
from policies.book.changes import without_intentions
from policies.book.lifecycles import RESERVATION, STAFF, Actor, transition
from policies.book.picture import (
    Picture,
    Promise,
    ReservationState,
    expected_at,
    is_kept_in_place,
    late_by,
    minutes_since_start,
    with_fixed_tables,
)
from policies.book.question import Question, turn_asked, turn_end
from policies.booking.cutoff import cancel_deadline
from policies.booking.engine import availability, decide, enquiry_refusal
from policies.booking.tables import Tables
from policies.house.calendar import Period, needs_approval, slot_starts
from policies.house.channels import TAKES_ENQUIRIES
from policies.house.house import House
from policies.value.period_value import Prospect


class Standing(Struct, frozen=True, kw_only=True):
    """The promise to be changed as it stands, and who asks for the change (`by`).

    `made_at`: when it was booked, `client_id`: by which booking site. `duration_minutes`: its own
    turn, where staff set one.
    """

    reservation_id: UUID
    state: ReservationState
    starts: datetime
    ends: datetime
    party_size: int
    duration_minutes: int | None = None
    made_at: datetime
    by: Actor
    guest_id: UUID | None = None
    client_id: str | None = None


class Judged(Struct, frozen=True, kw_only=True):
    """The changed promise, and the plan's moves that make room for it (tables by id)."""

    promise: Promise
    moved: dict[UUID, tuple[str, ...]] = {}
    explained: Explanation | None = None


def is_new_demand(standing: Standing, ask: Ask, house: House, period: Period) -> bool:
    """Tell whether the change asks for more than was promised: start, guests, or a longer stay.

    `period`: of the start asked for. What the house has changed of its turn times since the promise
    was made asks for nothing.
    """
    if moves_or_grows(standing, ask):
        return True
    if ask.minutes == standing.duration_minutes:
        return False
    return turn_end(house, period, ask) > standing.ends


def moves_or_grows(standing: Standing, ask: Ask) -> bool:
    """Tell whether the change asks for another start or for more guests."""
    return ask.starts != standing.starts or ask.party_size > standing.party_size


def asks_a_person(house: House, period: Period, by: Actor, ask: Ask) -> bool:
    """Tell whether a promise in this period waits for the house's approval; staff approve it.

    So does one that no other tables will do for than those given on request.
    """
    return by not in STAFF and (
        needs_approval(house, period) or only_by_request(house, period, ask)
    )


def only_by_request(house: House, period: Period, ask: Ask) -> bool:
    """Tell whether only tables by request will do for the party in this period."""
    if not house.access:
        return False
    picture = Picture(period=period)
    return Question(picture=picture, ask=ask, house=house, now=ask.starts).by_request


def escapes_cutoff(
    standing: Standing, ask: Ask, house: House, period: Period, *, now: datetime
) -> bool:
    """Tell whether the change would make a promise past its cut-off free to be cancelled again.

    That is to cancel it, and judged so: the house is asked. `period`: of the new start.
    """
    if standing.by in STAFF or standing.state != "booked":
        return False
    if not is_new_demand(standing, ask, house, period):
        return False
    if now <= cancel_deadline(house, standing.starts, standing.made_at):
        return False
    later = now <= cancel_deadline(house, ask.starts, standing.made_at)
    return later or asks_a_person(house, period, standing.by, ask)


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
    if not is_new_demand(standing, ask, house, picture.period):
        return _no_larger(picture, promise, ask, house, now)
    moved = moved_to(promise, picture.period, ask, house)
    if promise.state == "requested" and ask.channel in TAKES_ENQUIRIES:
        return enquiry_refusal(picture, ask, house, now=now) or Judged(promise=moved)
    answer = _answer(picture, promise, ask, house, now, prospect)
    if isinstance(answer, No):
        return _open_to(answer, standing, ask, house, picture.period, now)
    if promise.state == "requested":
        return Judged(promise=moved)
    if asks_a_person(house, picture.period, standing.by, ask):
        to = transition(RESERVATION, promise.state, "request", standing.by).to
        return Judged(promise=as_request(moved, to), explained=answer.explained)
    return Judged(promise=accepted(moved, answer), moved=answer.moved, explained=answer.explained)


def moved_to(promise: Promise, period: Period, ask: Ask, house: House) -> Promise:
    """Return the promise at the start and size asked for, one version on; its tables unchanged.

    That it is late is of its start: of another one nothing was told yet.
    """
    ends, same_start = turn_end(house, period, ask), ask.starts == promise.starts
    late_until = expected_at(promise)
    return replace(
        promise,
        version=promise.version + 1,
        period_id=period.period_id,
        starts=ask.starts,
        ends=ends,
        party_size=ask.party_size,
        duration_minutes=ask.minutes,
        preferences=ask.preferences,
        needs=ask.needs,
        late_at=None,
        late_until=promise.late_until if same_start and late_until < ends else None,
        late_told=None,
    )


def accepted(promise: Promise, answer: Yes) -> Promise:
    """Return the promise with what a Yes gives it; its own tables stay fixed if it keeps them."""
    same = set(answer.tables) == set(promise.tables)
    return replace(
        with_fixed_tables(promise, fixed=promise.fixed and same),
        pinned_by=promise.pinned_by if same else None,
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
    in_hours = period.opens <= same.starts <= period.last_seating
    if in_hours and not is_new_demand(standing, same, house, period):
        found[same.starts] = _free(house, period, same)
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
            yield starts, refusal or _free(house, picture.period, there)


def _free(house: House, period: Period, ask: Ask) -> Yes:
    ends, turn = turn_end(house, period, ask), turn_asked(house, period, ask)
    return Yes(starts=ask.starts, ends=ends, tables=(), moved={}, turn=turn)


def _no_larger(picture: Picture, promise: Promise, ask: Ask, house: House, now: datetime) -> Judged:
    """Fewer guests, or as many, at the same start: at smaller tables if some are free."""
    smaller = replace(
        promise,
        version=promise.version + 1,
        party_size=ask.party_size,
        ends=min(promise.ends, turn_end(house, picture.period, ask) + late_by(promise)),
        duration_minutes=ask.minutes,
        preferences=ask.preferences,
    )
    as_many = ask.party_size == promise.party_size
    stays = is_kept_in_place(promise) or promise.kind == "overbooked"
    if as_many or promise.state != "booked" or stays:
        return Judged(promise=smaller)
    left = without_intentions(picture, promise.reservation_id, None)
    question = Question(picture=left, ask=ask, house=house, now=now)
    found = Tables(left, house, now).find(question)
    if found is None or (found.moved and promise.tables):
        return Judged(promise=smaller)
    return Judged(promise=replace(smaller, tables=found.tables, exposed=False), moved=found.moved)


def preferring(
    picture: Picture, promise: Promise, ask: Ask, house: House, *, now: datetime
) -> Judged:
    """Return the promise with other preferences, at a table it likes if one is free.

    Nobody moves for it; one that is promised its tables keeps them.
    """
    liking = replace(promise, version=promise.version + 1, preferences=ask.preferences)
    stays = is_kept_in_place(promise) or promise.kind != "physical"
    planned = promise.state == "booked" and not stays
    if ask.preferences is None or not planned:
        return Judged(promise=liking)
    left = without_intentions(picture, promise.reservation_id, None)
    there = replace(ask, minutes=minutes_since_start(promise))
    question = Question(picture=left, ask=there, house=house, now=now)
    found = Tables(left, house, now).find(question)
    if found is None or found.moved:
        return Judged(promise=liking)
    seat = question.room.table_set(found.tables) or ()
    if not question.room.likes(seat, ask.preferences):
        return Judged(promise=liking)
    return Judged(promise=replace(liking, tables=found.tables, exposed=False))


def _answer(
    picture: Picture,
    promise: Promise,
    ask: Ask,
    house: House,
    now: datetime,
    prospect: Prospect | None,
) -> Answer:
    """Ask for the tables it is kept at, then for any; for named ones only for these."""
    kept = is_kept_in_place(promise) and promise.tables and not ask.tables
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
