"""Gestures: never beyond a limit, due once and for good, and a wait earns its rungs in order."""

from datetime import UTC, date, datetime, timedelta
from typing import get_args
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from policies.book.lifecycles import ActorNotAllowed, GestureEvent, NotPossible
from policies.gestures.gesture import (
    REFUNDED,
    Gesture,
    Recipient,
    VisitProgress,
    advance_gesture,
    is_due,
    make_offer,
    waited_minutes,
)
from policies.gestures.orders import OfferGesture
from policies.gestures.purses import PurseBalances, gift_limit, over_limit, shift_purse
from policies.gestures.visit import rungs_reached
from policies.house.calendar import Period
from policies.house.rules import CatalogueItem, DueAt, Purses, Rules, WaitRung

NOON = datetime(2027, 3, 3, 12, tzinfo=UTC)
PERIOD = Period(
    period_id="2027-03-03.dinner",
    service_date=date(2027, 3, 3),
    name="dinner",
    opens=NOON,
    last_seating=NOON + timedelta(hours=4),
    closes=NOON + timedelta(hours=6),
    house_version=1,
)
CAKE = CatalogueItem(key="cake", name={"en": "Cake"}, cost=600, due="bill", carrier="kitchen")
ORDER = OfferGesture(
    id=UUID(int=1), item="cake", line="because you waited", reason="wait", wait_id=UUID(int=2)
)
ADA = Recipient(party_id=UUID(int=2), party_name="Ada")
money = st.integers(min_value=0, max_value=3000)
minutes = st.integers(min_value=0, max_value=300)
instants = st.none() | minutes.map(lambda after: NOON + timedelta(minutes=after))


@st.composite
def all_rules(draw: st.DrawFn) -> Rules:
    """Rules in which a manager's limits are no lower than a host's."""
    gift, shift = draw(money), draw(money)
    return Rules(
        purses=Purses(
            host_gift=gift,
            manager_gift=gift + draw(money),
            person_shift=shift,
            manager_shift=shift + draw(money),
            venue_night=draw(money),
        )
    )


def ladder(*steps: int) -> Rules:
    return Rules(wait_ladder=tuple(WaitRung(minutes=step, gesture=f"g{step}") for step in steps))


def cake(at: datetime = NOON, rules: Rules | None = None) -> Gesture:
    terms = ORDER, CAKE, PERIOD, rules or Rules(), ADA
    return make_offer(*terms, by="jonas", owner="person:jonas", now=at)


@given(all_rules(), money, money, money)
def test_nobody_gives_beyond_a_limit_or_a_purse(
    rules: Rules, cost: int, person: int, venue: int
) -> None:
    left, item = PurseBalances(person=person, venue=venue), replace(CAKE, cost=cost)
    for by in ("host", "manager"):
        beyond = over_limit(rules, by, item, left)
        allowed = cost <= min(gift_limit(rules, by), person, venue)
        assert (beyond is None) == allowed


@given(all_rules(), money, money, money)
def test_a_manager_gives_whatever_a_host_gives(
    rules: Rules, cost: int, person: int, venue: int
) -> None:
    left, item = PurseBalances(person=person, venue=venue), replace(CAKE, cost=cost)
    assert shift_purse(rules, "manager") >= shift_purse(rules, "host")
    if over_limit(rules, "host", item, left) is None:
        assert over_limit(rules, "manager", item, left) is None


@given(all_rules(), money, money, money, money)
def test_more_in_a_purse_never_turns_a_yes_into_a_no(
    rules: Rules, cost: int, person: int, venue: int, more: int
) -> None:
    item = replace(CAKE, cost=cost)
    if over_limit(rules, "host", item, PurseBalances(person=person, venue=venue)) is None:
        richer = PurseBalances(person=person + more, venue=venue + more)
        assert over_limit(rules, "host", item, richer) is None


@given(all_rules(), money, money, money)
def test_a_manager_said_to_be_able_to_give_it_is(
    rules: Rules, cost: int, person: int, venue: int
) -> None:
    item, left = replace(CAKE, cost=cost), PurseBalances(person=person, venue=venue)
    beyond = over_limit(rules, "host", item, left)
    if beyond is not None and beyond.manager_can == "give":
        fresh = PurseBalances(person=cost, venue=venue)
        assert over_limit(rules, "manager", item, fresh) is None


def test_the_refusal_names_its_cause_what_is_left_and_the_way_out() -> None:
    rules = Rules(purses=Purses(host_gift=500, person_shift=900, venue_night=1000))
    dear = over_limit(rules, "host", CAKE, PurseBalances(person=900, venue=1000))
    assert dear is not None
    assert (dear.code, dear.limit, dear.left.person) == ("OVER_LIMIT", 500, 900)
    assert (dear.manager_can, dear.detail) == (
        "give",
        "This is over your limit of ¤5. A manager can give it.",
    )
    small = replace(CAKE, cost=400)
    spent = over_limit(rules, "host", small, PurseBalances(person=300, venue=1000))
    assert spent is not None
    assert (spent.code, spent.manager_can) == ("PURSE_EMPTY", "give")
    dry = over_limit(rules, "host", small, PurseBalances(person=900, venue=100))
    assert dry is not None
    assert (dry.code, dry.manager_can) == ("PURSE_EMPTY", "raise")


@pytest.mark.parametrize("by", ["guest", "partner", "job"])
def test_who_is_not_staff_gives_nothing(by: str) -> None:
    full = PurseBalances(person=10_000, venue=10_000)
    assert over_limit(Rules(), by, CAKE, full) is not None  # type: ignore[arg-type]
    with pytest.raises(ActorNotAllowed):
        advance_gesture(cake(), "accept", by, None, now=NOON)  # type: ignore[arg-type]


@given(st.sampled_from(get_args(DueAt)), instants, instants, st.booleans(), minutes, minutes)
def test_what_is_due_stays_due(
    due: DueAt,
    arrived: datetime | None,
    seated: datetime | None,
    check_down: bool,  # noqa: FBT001
    early: int,
    later: int,
) -> None:
    moments = VisitProgress(arrived_at=arrived, seated_at=seated, check_down=check_down)
    now = NOON + timedelta(minutes=early)
    if is_due(due, moments, mains_minutes=25, now=now):
        then = now + timedelta(minutes=later)
        assert is_due(due, moments, mains_minutes=25, now=then)
        assert is_due(due, replace(moments, gone=True), mains_minutes=25, now=then)


@pytest.mark.parametrize(
    ("due", "moments", "minute", "expected"),
    [
        ("arrival", VisitProgress(), 60, False),
        ("arrival", VisitProgress(arrived_at=NOON), 0, True),
        ("mains", VisitProgress(arrived_at=NOON), 60, False),
        ("mains", VisitProgress(seated_at=NOON), 24, False),
        ("mains", VisitProgress(seated_at=NOON), 25, True),
        ("bill", VisitProgress(seated_at=NOON), 90, False),
        ("bill", VisitProgress(seated_at=NOON, check_down=True), 0, True),
        ("leaving", VisitProgress(seated_at=NOON, gone=True), 0, True),
    ],
)
def test_a_gesture_is_due_at_its_moment(
    due: DueAt,
    moments: VisitProgress,
    minute: int,
    expected: bool,  # noqa: FBT001
) -> None:
    now = NOON + timedelta(minutes=minute)
    assert is_due(due, moments, mains_minutes=25, now=now) is expected


@given(st.lists(minutes, max_size=5), minutes, minutes)
def test_a_longer_wait_earns_at_least_as_much_in_the_same_order(
    steps: list[int], waited: int, longer: int
) -> None:
    rules = ladder(*steps)
    short, long = rungs_reached(rules, waited), rungs_reached(rules, waited + longer)
    assert long[: len(short)] == short
    assert [rung.minutes for rung in long] == sorted(s for s in steps if s <= waited + longer)


def test_coming_early_is_not_waiting() -> None:
    early = NOON - timedelta(minutes=20)
    assert waited_minutes(NOON, early, NOON - timedelta(minutes=1)) == 0
    assert waited_minutes(NOON, early, NOON + timedelta(minutes=15)) == 15
    assert waited_minutes(NOON, NOON + timedelta(minutes=5), NOON + timedelta(minutes=15)) == 10


@given(st.lists(st.sampled_from(get_args(GestureEvent)), max_size=6))
def test_money_goes_back_at_most_once_whatever_is_tapped(events: list[GestureEvent]) -> None:
    gesture, refunds = cake(), 0
    for event in events:
        by = "job" if event == "expire" else "host"
        try:
            gesture = advance_gesture(gesture, event, by, "jonas", now=NOON)  # type: ignore[arg-type]
        except NotPossible:
            continue
        refunds += gesture.state in REFUNDED
    assert refunds <= 1
    assert (gesture.state in REFUNDED) == (refunds == 1) == (gesture.ended_at is not None)


def test_an_offer_waits_its_minutes_and_no_longer_than_the_period() -> None:
    assert cake().expires_at == NOON + timedelta(minutes=30)
    assert cake(PERIOD.closes - timedelta(minutes=5)).expires_at == PERIOD.closes
    after = PERIOD.closes + timedelta(minutes=5)
    assert cake(after).expires_at == after + timedelta(minutes=30)


def test_an_offer_whose_time_is_over_cannot_be_accepted_job_or_no_job() -> None:
    late = NOON + timedelta(minutes=30)
    with pytest.raises(NotPossible, match="This cannot be accepted now: it has expired"):
        advance_gesture(cake(), "accept", "host", "jonas", now=late)
    assert advance_gesture(cake(), "expire", "job", None, now=late).state == "expired"


def test_bringing_it_at_once_answers_it_too() -> None:
    brought = advance_gesture(cake(), "deliver", "host", "sofia", now=NOON)
    assert (brought.state, brought.delivered_by, brought.answered_at) == (
        "delivered",
        "sofia",
        NOON,
    )
