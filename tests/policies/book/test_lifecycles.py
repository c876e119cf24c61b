"""Every state with every event of every lifecycle, against lists written by hand."""

from collections.abc import Mapping
from datetime import timedelta
from itertools import product
from typing import Any, get_args

import pytest

from policies.book.lifecycles import (
    APPROVAL,
    GESTURE,
    RESCUE_OPTION,
    RESERVATION,
    SEATING,
    SLOT_HOLD,
    WAITLIST,
    Actor,
    ActorNotAllowed,
    ApprovalEvent,
    GestureEvent,
    NotPossible,
    RescueEvent,
    ReservationEvent,
    SeatingEvent,
    SlotHoldEvent,
    TooLate,
    Transition,
    WaitEvent,
    possible_events,
    state_before,
    transition,
)
from policies.book.picture import (
    ApprovalState,
    GestureState,
    RescueState,
    ReservationState,
    SeatingState,
    SlotHoldState,
    WaitState,
)

# Who: g guest, p partner, h host, m manager, j job.
RESERVATION_BY_HAND = """
requested approve           -> booked    hm
requested decline           -> declined  hmj
requested change            -> requested gphm
requested change_party_size -> requested gphm
requested cancel            -> cancelled gphm
booked    change            -> booked    gphm
booked    change_party_size -> booked    gphm
booked    request           -> requested gp
booked    move_table        -> booked    hm
booked    cancel            -> cancelled gphm
booked    arrive            -> arrived   hm
booked    seat              -> seated    hm
booked    mark_no_show      -> no_show   hmj
booked    walk              -> walked    hmj
arrived   arrive            -> arrived   hm
arrived   unarrive          -> booked    hm
arrived   change_party_size -> arrived   hm
arrived   move_table        -> arrived   hm
arrived   seat              -> seated    hm
arrived   cancel            -> cancelled hm
arrived   walk              -> walked    hmj
seated    arrive            -> seated    hm
seated    change_party_size -> seated    hm
seated    move_table        -> seated    hm
seated    unseat            -> arrived   hm
seated    finish            -> finished  hmj
no_show   arrive            -> arrived   hm
no_show   seat              -> seated    hm
no_show   reopen            -> booked    hm
cancelled reinstate         -> booked    hm
declined  reinstate         -> booked    hm
walked    reinstate         -> booked    hm
booked    reconfirm         -> booked    ghm
booked    tell_late         -> booked    ghm
booked    coming            -> booked    ghm
booked    pin               -> booked    hm
arrived   pin               -> arrived   hm
arrived   place             -> arrived   hm
arrived   call              -> arrived   hm
arrived   coming            -> arrived   hm
"""

SLOT_HOLD_BY_HAND = """
held confirm   -> confirmed  gp
held give_back -> given_back gp
held expire    -> expired    j
"""

WAITLIST_BY_HAND = """
waiting  change    -> waiting     hm
waiting  notify    -> notified    hmj
waiting  seat      -> seated      hm
waiting  leave     -> left        ghmj
waiting  turn_away -> turned_away hmj
waiting  place     -> waiting     hm
waiting  coming    -> waiting     ghm
notified change    -> notified    hm
notified notify    -> notified    hmj
notified requeue   -> waiting     hmj
notified seat      -> seated      hm
notified leave     -> left        ghmj
notified turn_away -> turned_away hmj
notified place     -> notified    hm
notified coming    -> notified    ghm
notified no_answer -> gone        hm
left     rejoin    -> waiting     hm
gone     rejoin    -> waiting     hm
"""

SEATING_BY_HAND = """
seated     dessert           -> dessert    hmj
seated     check_down        -> check_down hmj
seated     move              -> seated     hm
seated     split             -> seated     hm
seated     merge             -> seated     hm
seated     extend            -> seated     hmj
seated     change_party_size -> seated     hm
seated     unseat            -> cleared    hm
seated     clear             -> cleared    hmj
dessert    check_down        -> check_down hmj
dessert    move              -> dessert    hm
dessert    split             -> dessert    hm
dessert    merge             -> dessert    hm
dessert    extend            -> dessert    hmj
dessert    change_party_size -> dessert    hm
dessert    clear             -> cleared    hmj
check_down dessert           -> dessert    hmj
check_down move              -> check_down hm
check_down split             -> check_down hm
check_down merge             -> check_down hm
check_down extend            -> check_down hmj
check_down change_party_size -> check_down hm
check_down clear             -> cleared    hmj
seated     pay               -> paid       hmj
dessert    pay               -> paid       hmj
check_down pay               -> paid       hmj
paid       check_down        -> check_down hmj
paid       move              -> paid       hm
paid       split             -> paid       hm
paid       merge             -> paid       hm
paid       extend            -> paid       hmj
paid       change_party_size -> paid       hm
paid       clear             -> cleared    hmj
"""

GESTURE_BY_HAND = """
suggested offer   -> offered   hm
suggested void    -> voided    hmj
suggested expire  -> expired   j
offered   accept  -> accepted  hm
offered   decline -> declined  hm
offered   deliver -> delivered hm
offered   void    -> voided    hm
offered   expire  -> expired   j
accepted  decline -> declined  hm
accepted  deliver -> delivered hm
accepted  void    -> voided    hm
accepted  expire  -> expired   j
"""

RESCUE_BY_HAND = """
listed open  -> opened hm
listed take  -> taken  hm
listed lapse -> lapsed hmj
opened take  -> taken  hm
opened lapse -> lapsed hmj
"""

APPROVAL_BY_HAND = """
waiting approve -> approved m
waiting refuse  -> refused  m
waiting expire  -> expired  j
"""

ACTORS: tuple[Actor, ...] = get_args(Actor)
Table = Mapping[tuple[str, str], Transition[str]]
Written = dict[tuple[str, str], tuple[str, set[str]]]

LIFECYCLES: dict[str, tuple[Any, Any, Any, str]] = {
    "reservation": (RESERVATION, ReservationState, ReservationEvent, RESERVATION_BY_HAND),
    "slot hold": (SLOT_HOLD, SlotHoldState, SlotHoldEvent, SLOT_HOLD_BY_HAND),
    "waitlist": (WAITLIST, WaitState, WaitEvent, WAITLIST_BY_HAND),
    "seating": (SEATING, SeatingState, SeatingEvent, SEATING_BY_HAND),
    "gesture": (GESTURE, GestureState, GestureEvent, GESTURE_BY_HAND),
    "rescue option": (RESCUE_OPTION, RescueState, RescueEvent, RESCUE_BY_HAND),
    "approval": (APPROVAL, ApprovalState, ApprovalEvent, APPROVAL_BY_HAND),
}


def by_hand(text: str) -> Written:
    letters = {actor[0]: actor for actor in ACTORS}
    rows = [line.split() for line in text.strip().splitlines()]
    return {(row[0], row[1]): (row[3], {letters[who] for who in row[4]}) for row in rows}


CELLS = [
    pytest.param(table, by_hand(text), state, event, actor, id=f"{name}-{state}-{event}-{actor}")
    for name, (table, states, events, text) in LIFECYCLES.items()
    for state, event, actor in product(get_args(states), get_args(events), ACTORS)
]


@pytest.mark.parametrize(("table", "written", "state", "event", "actor"), CELLS)
def test_every_state_with_every_event_by_everybody(
    table: Table, written: Written, state: str, event: str, actor: Actor
) -> None:
    to, allowed = written.get((state, event), (None, set()))
    if to is None:
        with pytest.raises(NotPossible):
            transition(table, state, event, actor)
    elif actor not in allowed:
        with pytest.raises(ActorNotAllowed):
            transition(table, state, event, actor)
    else:
        assert transition(table, state, event, actor).to == to


@pytest.mark.parametrize("name", LIFECYCLES)
def test_no_list_by_hand_names_what_does_not_exist(name: str) -> None:
    table, states, events, text = LIFECYCLES[name]
    written = by_hand(text)
    assert written.keys() == table.keys()
    assert {state for state, _ in written} | {to for to, _ in written.values()} == set(
        get_args(states)
    )
    assert {event for _, event in written} == set(get_args(events))


@pytest.mark.parametrize("name", LIFECYCLES)
def test_a_manager_may_do_all_a_host_may(name: str) -> None:
    table: Table = LIFECYCLES[name][0]
    assert all("manager" in found.by for found in table.values() if "host" in found.by)


def test_nothing_follows_an_end_but_a_reinstatement() -> None:
    assert possible_events(RESERVATION, "finished") == ()
    for end in ("cancelled", "declined", "walked"):
        assert possible_events(RESERVATION, end) == ("reinstate",)
    assert possible_events(SLOT_HOLD, "confirmed") == possible_events(SLOT_HOLD, "expired") == ()
    assert possible_events(SEATING, "cleared") == ()


def test_the_refusal_says_what_cannot_be_done_and_why() -> None:
    with pytest.raises(NotPossible) as caught:
        transition(RESERVATION, "no_show", "cancel", "host")
    assert str(caught.value) == "This cannot be cancelled now: it did not come."
    assert (caught.value.state, caught.value.event) == ("no_show", "cancel")
    assert caught.value.possible == ("arrive", "seat", "reopen")


def test_the_refusal_at_an_end_says_that_it_has_ended() -> None:
    with pytest.raises(NotPossible, match="This cannot be finished now: it has finished"):
        transition(RESERVATION, "finished", "finish", "host")


def test_the_refusal_of_an_actor_says_for_whom_it_is() -> None:
    with pytest.raises(ActorNotAllowed) as caught:
        transition(RESERVATION, "arrived", "cancel", "guest")
    assert str(caught.value) == "Only the staff can do this."
    assert caught.value.allowed == {"host", "manager"}


def test_a_slip_is_undone_within_its_seconds_and_not_after() -> None:
    limit = RESERVATION["booked", "seat"].undo_seconds
    assert limit is not None
    age = timedelta(seconds=limit)
    assert state_before(RESERVATION, "booked", "seat", "host", age=age) == "booked"
    with pytest.raises(TooLate, match=f"This could be taken back for {limit} seconds only"):
        state_before(RESERVATION, "booked", "seat", "host", age=age + timedelta(seconds=1))


def test_a_cancellation_is_never_undone_since_its_table_is_on_sale_again() -> None:
    with pytest.raises(TooLate, match="This cannot be taken back"):
        state_before(RESERVATION, "booked", "cancel", "manager", age=timedelta())


def test_only_staff_undo() -> None:
    with pytest.raises(ActorNotAllowed):
        state_before(RESERVATION, "booked", "seat", "guest", age=timedelta())


def test_what_never_happened_is_not_undone() -> None:
    with pytest.raises(NotPossible):
        state_before(RESERVATION, "finished", "seat", "host", age=timedelta())
