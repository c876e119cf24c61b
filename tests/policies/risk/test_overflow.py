"""Promising beyond the room: the probabilities against enumeration, the decision in sentences."""

from itertools import product
from math import comb, isclose

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from policies.book.answers import Ask, No, Yes
from policies.book.picture import Picture, Promise
from policies.booking.engine import acceptable_asks, decide
from policies.house.calendar import slot_starts
from policies.house.channels import Channel
from policies.house.house import House
from policies.house.rules import Decisions, Overbooking, Rules
from policies.numeric.poisson_binomial import poisson_binomial
from policies.risk.overflow import (
    ClassCapacity,
    ClassDemand,
    overflow_probability,
    wait_probability,
)
from tests.support.full_evening import YESTERDAY, a_house, at, book, dinner, promise, table

OPEN = Overbooking(
    enabled=True,
    ceiling=0.2,
    cap_parties=3,
    cap_covers=12,
    small_tables_out=0.0,
    joins_out=0.0,
    show_online=0.9,
)
WISHES = st.lists(
    st.tuples(st.integers(1, 6), st.integers(0, 20), st.sampled_from(("partner", "phone"))),
    max_size=25,
)
SHOWS = st.lists(st.floats(0.05, 0.95), max_size=4).map(tuple)


def asked(size: int = 2, clock: str = "19:00") -> Ask:
    return Ask(party_size=size, starts=at(clock), channel="partner")


def full(rules: Overbooking = OPEN, *more: Promise) -> tuple[Picture, House]:
    """Three tables of two, each promised at seven."""
    house = a_house(table("1", 2), table("2", 2), table("3", 2))
    booked = [promise(number, 2, "19:00", str(number)) for number in (1, 2, 3)]
    picture = Picture(
        period=dinner(house),
        promises=(*booked, *more),
        rules=Rules(overbooking=rules, decisions=Decisions(by_value=False)),
    )
    return picture, house


def beyond(number: int) -> Promise:
    return replace(promise(number, 2, "19:00"), kind="overbooked")


def test_equal_guests_come_like_a_binomial() -> None:
    mass = poisson_binomial((0.3,) * 5)
    for number in range(6):
        expected = comb(5, number) * 0.3**number * 0.7 ** (5 - number)
        assert isclose(mass[number], expected, abs_tol=1e-9)


@given(small=SHOWS, large=SHOWS, tables=st.tuples(st.integers(0, 3), st.integers(0, 3)))
def test_two_nested_classes_overflow_as_often_as_enumeration_says(
    small: tuple[float, ...], large: tuple[float, ...], tables: tuple[int, int]
) -> None:
    misses = 0.0
    for comes in product((0, 1), repeat=len(small) + len(large)):
        weight = 1.0
        for show, here in zip((*small, *large), comes, strict=True):
            weight *= show if here else 1 - show
        big, everybody = sum(comes[len(small) :]), sum(comes)
        if big > tables[1] or everybody > sum(tables):
            misses += weight
    crowds = (ClassDemand(0, small), ClassDemand(0, large))
    found = overflow_probability(crowds, (ClassCapacity(tables[0]), ClassCapacity(tables[1])))
    assert isclose(found, misses, abs_tol=1e-7)


@given(small=SHOWS, large=SHOWS, tables=st.tuples(st.integers(0, 4), st.integers(0, 2)))
def test_joins_serve_large_parties_with_the_small_tables_left(
    small: tuple[float, ...], large: tuple[float, ...], tables: tuple[int, int]
) -> None:
    joins = tables[0] // 2
    misses = 0.0
    for comes in product((0, 1), repeat=len(small) + len(large)):
        weight = 1.0
        for show, here in zip((*small, *large), comes, strict=True):
            weight *= show if here else 1 - show
        little, big = sum(comes[: len(small)]), sum(comes[len(small) :])
        joined = max(0, big - tables[1])
        spare = max(0, tables[1] - big)
        if joined > joins or little > tables[0] - 2 * joined + spare:
            misses += weight
    crowds = (ClassDemand(0, small), ClassDemand(0, large))
    places = (ClassCapacity(tables[0]), ClassCapacity(tables[1], joins=joins, member=0))
    assert isclose(overflow_probability(crowds, places), misses, abs_tol=1e-7)


def test_a_shortage_counts_only_while_it_lasts() -> None:
    assert wait_probability((0.1, 0.9, 0.1, 0.3, 0.4), 1) == 0.9
    assert wait_probability((0.1, 0.9, 0.1, 0.3, 0.4), 2) == 0.3


def test_a_full_house_takes_one_more_when_the_risk_is_under_the_ceiling() -> None:
    picture, house = full(replace(OPEN, ceiling=0.7))
    answer = decide(picture, asked(), house, now=YESTERDAY)
    assert isinstance(answer, Yes)
    assert answer.kind == "overbooked"
    assert answer.tables == ()
    assert answer.risk is not None
    assert isclose(answer.risk.overload, 0.9**4, abs_tol=1e-6)
    assert answer.risk.others == 1.0  # all come, and one of the others has no table
    assert answer.risk.told is not None
    assert answer.risk.probability == answer.risk.told.own_wait >= answer.risk.overload


def test_a_full_house_refuses_one_more_over_the_ceiling() -> None:
    picture, house = full(replace(OPEN, ceiling=0.5))
    answer = decide(picture, asked(), house, now=YESTERDAY)
    assert isinstance(answer, No)
    assert answer.code == "RISK_OVER_CEILING"


def test_nothing_is_overbooked_unless_the_manager_said_so() -> None:
    picture, house = full(Overbooking(ceiling=1.0, cap_parties=9, cap_covers=90))
    answer = decide(picture, asked(), house, now=YESTERDAY)
    assert isinstance(answer, No)
    assert answer.code == "NO_TABLE_FITS"


def test_the_cap_stands_whatever_the_risk() -> None:
    rules = replace(OPEN, ceiling=1.0, cap_parties=1)
    picture, house = full(rules, beyond(9))
    answer = decide(picture, asked(), house, now=YESTERDAY)
    assert isinstance(answer, No)
    assert answer.code == "OVERBOOKING_CAP"


def test_sizes_and_walk_ins_left_out_are_never_overbooked() -> None:
    picture, house = full(replace(OPEN, ceiling=1.0, party_max=1))
    assert isinstance(decide(picture, asked(), house, now=YESTERDAY), No)
    picture, house = full(replace(OPEN, ceiling=1.0))
    walk_in = Ask(party_size=2, starts=at("19:00"), channel="walk_in")
    assert isinstance(decide(picture, walk_in, house, now=YESTERDAY), No)


@given(ceiling=st.floats(0, 1), stricter=st.floats(0, 1), others=st.integers(0, 2))
def test_a_stricter_ceiling_never_accepts_more(
    ceiling: float, stricter: float, others: int
) -> None:
    low, high = sorted((ceiling, stricter))
    more = tuple(beyond(10 + number) for number in range(others))
    answers = []
    for limit in (low, high):
        picture, house = full(replace(OPEN, ceiling=limit), *more)
        answers.append(isinstance(decide(picture, asked(), house, now=YESTERDAY), Yes))
    assert answers[0] <= answers[1]


@settings(max_examples=25, deadline=None, derandomize=True)
@given(WISHES, st.sampled_from((0.0, 0.2, 1.0)))
def test_a_look_up_and_a_decision_are_of_one_mind(
    wishes: list[tuple[int, int, Channel]], ceiling: float
) -> None:
    """However full the house, and whatever may be promised beyond it."""
    house = a_house(
        table("1", 2), table("2", 2), table("3", 4), table("4", 4, "bar"), joins=[(("1", "2"), 4)]
    )
    rules = Rules(overbooking=replace(OPEN, ceiling=ceiling), decisions=Decisions(by_value=False))
    told, starts = Picture(period=dinner(house), rules=rules), slot_starts(house, dinner(house))
    for number, (size, place, channel) in enumerate(wishes, start=1):
        wish = Ask(party_size=size, starts=starts[place % len(starts)], channel=channel)
        told, _ = book(told, wish, house, number)
    asks = [
        Ask(party_size=size, starts=each, channel="google")
        for size, each in product((1, 2, 4, 5), starts)
    ]
    decided = [decide(told, each, house, now=YESTERDAY, quick=True) for each in asks]
    yes = {ask for ask, answer in zip(asks, decided, strict=True) if isinstance(answer, Yes)}
    assert acceptable_asks(told, asks, house, now=YESTERDAY) == yes
