"""Suggestions: few, fitting, with a reason, and not to be counted on."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from policies.gestures.etiquette import GivingHistory
from policies.gestures.fairness import PartyCount, never_given, refunds, shares_by_group, tip_shares
from policies.gestures.purses import PurseBalances
from policies.gestures.suggestions import (
    SuggestionContext,
    causes_of,
    choose_suggestions,
    is_timely,
)
from policies.gestures.visit import Visit
from policies.gestures.words import half_line
from policies.house.rules import CatalogueItem, Etiquette, GestureCause, Rules, WaitRung
from policies.numeric.intervals import student_interval, student_quantile, wilson_interval

NOON = datetime(2027, 3, 3, 12, tzinfo=UTC)
ADA = Visit(party_id=UUID(int=1), party_name="Ada", party_size=2, here=True, guest_id=UUID(int=9))


def item(key: str, **more: Any) -> CatalogueItem:  # noqa: ANN401 - of an item
    terms: dict[str, Any] = {"cost": 300, "due": "bill", "contains": ()} | more
    return CatalogueItem(key=key, name={"en": key}, **terms)


ITEMS = (item("cake"), item("tea"), item("sorbet"), item("book"), item("walk"))
KNOWN = SuggestionContext(
    venue_id="bistro",
    period_id="2027-03-03.dinner",
    locale="en",
    visit=ADA,
    history=GivingHistory(parties=10, others=0),
    again={},
    rules=Rules(gestures=ITEMS),
    left=PurseBalances(person=5000, venue=5000),
    by="host",
    now=NOON,
)


def causes(**more: Any) -> set[GestureCause]:  # noqa: ANN401 - of a visit
    return {cause for cause, _ in causes_of(replace(KNOWN, visit=replace(ADA, **more)))}


@pytest.mark.parametrize(
    ("of_visit", "expected"),
    [
        ({}, {"first_visit"}),
        ({"guest_id": None}, set()),
        ({"visits": 1}, set()),
        ({"visits": 3}, {"regular"}),
        ({"visits": 1, "notes": "День рождения мамы"}, {"occasion"}),
        ({"visits": 1, "special_request": "Our anniversary"}, {"occasion"}),
        ({"visits": 1, "guest_notes": "Hochzeitstag im März"}, {"occasion"}),
        ({"visits": 1, "complaint_id": UUID(int=3)}, {"complaint"}),
        ({"visits": 1, "exposed": True}, {"walked"}),
        ({"visits": 1, "turned_away": True}, {"turned_away"}),
        ({"visits": 1, "seated_at": NOON - timedelta(minutes=150)}, {"long_stay"}),
        (
            {
                "visits": 1,
                "promised_at": NOON - timedelta(minutes=10),
                "arrived_at": NOON - timedelta(minutes=30),
            },
            {"long_wait"},
        ),
    ],
)
def test_what_speaks_for_a_gesture_is_seen(
    of_visit: dict[str, Any], expected: set[GestureCause]
) -> None:
    assert causes(**of_visit) == expected


def test_whoever_received_one_is_only_for_an_encore() -> None:
    begun = replace(KNOWN, history=replace(KNOWN.history, mine=True, begun=True))
    assert [cause for cause, _ in causes_of(begun)] == ["encore"]
    assert {each.cause for each in choose_suggestions(begun)} == {"encore"}
    assert choose_suggestions(replace(begun, history=replace(begun.history, encored=True))) == ()
    offered = replace(KNOWN, history=replace(KNOWN.history, mine=True))
    assert choose_suggestions(offered) == ()


@given(st.integers(0, 1000), st.integers(1, 10_000))
def test_at_most_three_different_ones_the_same_whenever_asked(draw: int, party: int) -> None:
    rules = Rules(gestures=ITEMS, etiquette=Etiquette(draw=draw))
    known = replace(KNOWN, rules=rules, visit=replace(ADA, party_id=UUID(int=party), visits=4))
    found = choose_suggestions(known)
    assert len({each.item.key for each in found}) == len(found) == 3
    assert found == choose_suggestions(known)


def test_another_party_another_night_another_number_is_another_draw() -> None:
    def keys(known: SuggestionContext) -> tuple[str, ...]:
        return tuple(each.item.key for each in choose_suggestions(known))

    parties = (replace(ADA, party_id=uuid5(ADA.party_id, str(n))) for n in range(10))
    assert len({keys(replace(KNOWN, visit=party)) for party in parties}) > 3
    nights = (replace(KNOWN, period_id=f"2027-03-{day:02}.dinner") for day in range(1, 11))
    assert len({keys(night) for night in nights}) > 3
    drawn = (Rules(gestures=ITEMS, etiquette=Etiquette(draw=n)) for n in range(10))
    assert len({keys(replace(KNOWN, rules=rules)) for rules in drawn}) > 3


def test_only_what_fits_is_suggested() -> None:
    unfit = (
        item("dear", cost=1501),
        item("nutty", contains=("nuts",)),
        item("again"),
        item("aside"),
        item("waiters", fits=("long_wait",)),
        item("back", cost=0, kind="refund"),
        item("arrival", due="arrival"),
    )
    visit = replace(ADA, allergies="nuts", seated_at=NOON - timedelta(minutes=30))
    known = replace(
        KNOWN,
        rules=Rules(gestures=unfit),
        visit=visit,
        again={"again": NOON + timedelta(days=1)},
        dismissed=frozenset({"aside"}),
    )
    assert choose_suggestions(known) == ()
    full = replace(KNOWN, history=GivingHistory(parties=10, others=10))
    rules = Rules(
        gestures=ITEMS,
        etiquette=Etiquette(share_cap=0.1),
        wait_ladder=(WaitRung(minutes=10, gesture="tea"),),
    )
    assert choose_suggestions(replace(full, rules=rules)) == ()
    waited = replace(ADA, promised_at=NOON - timedelta(minutes=15), arrived_at=NOON)
    late = replace(full, rules=rules, visit=waited, now=NOON + timedelta(minutes=15))
    assert [each.item.key for each in choose_suggestions(late)] == ["tea"]


def test_a_moment_that_has_passed_is_not_suggested_for() -> None:
    seated = replace(ADA, seated_at=NOON, seat_state="seated")
    assert is_timely("arrival", seated, NOON + timedelta(minutes=20))
    assert not is_timely("arrival", seated, NOON + timedelta(minutes=21))
    assert is_timely("mains", seated, NOON)
    assert not is_timely("mains", replace(seated, seat_state="check_down"), NOON)
    assert is_timely("leaving", replace(seated, seat_state="check_down"), NOON)
    assert not is_timely("leaving", replace(seated, seat_state="cleared"), NOON)


def test_the_host_reads_their_language_and_the_guest_hears_theirs() -> None:
    half = half_line("long_wait", "ru-RU", "de", 12)
    assert half.because == "Ждали на 12 минут дольше обещанного"
    assert half.line == "weil Sie so geduldig auf uns gewartet haben"
    assert half_line("long_wait", "fr", None, 12).because == "Waited 12 minutes past their time"


def test_the_intervals_are_those_of_the_tables() -> None:
    assert wilson_interval(5, 10).low == pytest.approx(0.2366, abs=1e-4)
    assert wilson_interval(5, 10).high == pytest.approx(0.7634, abs=1e-4)
    assert (wilson_interval(0, 0).low, wilson_interval(0, 0).high) == (0.0, 1.0)
    for freedom, quantile in ((1, 12.706), (3, 3.182), (4, 2.776), (10, 2.228), (100, 1.984)):
        assert student_quantile(freedom) == pytest.approx(quantile, abs=0.01)
    found = student_interval([0.1, 0.2, 0.3])
    assert found.mean == pytest.approx(0.2)
    assert found.high == pytest.approx(0.2 + 4.30265 * 0.1 / 3**0.5, abs=1e-4)
    assert (student_interval([]).mean, student_interval([0.5]).low) == (None, None)


def test_groups_that_are_passed_over_are_named_the_largest_first() -> None:
    def of(channel: str, size: int, parties: int, given: int, *, known: bool = True) -> PartyCount:
        return PartyCount(
            channel=channel,
            party_size=size,
            service_date=NOON.date(),
            known=known,
            parties=parties,
            given=given,
        )

    found = shares_by_group(
        [of("phone", 2, 8, 2), of("walk_in", 1, 6, 0, known=False), of("desk", 7, 4, 0)]
    )
    by = {(each.by, each.key): each.received for each in found}
    assert (by["channel", "phone"].count, by["channel", "phone"].of) == (2, 8)
    assert by["weekday", "wed"].of == 18
    assert by["party_size", "5 and more"].of == 4
    assert [(each.by, each.key) for each in never_given(found)] == [
        ("channel", "walk_in"),
        ("party_size", "1"),
        ("guest", "unknown"),
    ]


def test_refunds_without_a_noted_complaint_count_but_have_no_time() -> None:
    found = refunds([(1900, 4.0), (500, None), (800, 10.0)])
    assert (found.refunds, found.amount, found.timed) == (3, 3200, 2)
    assert (found.median_minutes, found.slowest_minutes) == (7.0, 10.0)
    assert refunds([]).median_minutes is None


def test_every_pattern_is_told_of_even_without_a_check() -> None:
    found = tip_shares([("one", 0.1), ("one", 0.2)])
    assert [(each.pattern, each.share.of) for each in found] == [
        ("none", 0),
        ("one", 2),
        ("encore", 0),
    ]
