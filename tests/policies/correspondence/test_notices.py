"""Which changes of the book are news for a guest."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import product
from typing import Any, get_args
from uuid import UUID

import pytest
from msgspec.structs import replace

from policies.book.changes import Changes
from policies.book.picture import Picture, Promise, ReservationState, WaitEntry
from policies.correspondence.notices import UNDO, calls, notice_id_of, notices_of, reminds
from policies.correspondence.templates import cost_of, templates_of
from policies.house.calendar import Period
from policies.house.channels import SITES, UNPACED, Channel
from policies.house.file import read_house
from policies.house.rules import NoticeRules, Rules
from policies.words.catalogue import LANGUAGES
from tests.support.house import house_text

NOW = datetime(2027, 3, 3, 12, 0, tzinfo=UTC)
SEVEN = datetime(2027, 3, 3, 18, 0, tzinfo=UTC)
DINNER = Period(
    period_id="dinner",
    service_date=date(2027, 3, 3),
    name="dinner",
    opens=SEVEN,
    last_seating=SEVEN,
    closes=SEVEN + timedelta(hours=5),
    house_version=1,
)
ADA = Promise(
    reservation_id=UUID(int=1),
    period_id="dinner",
    state="booked",
    party_size=2,
    starts=SEVEN,
    ends=SEVEN + timedelta(hours=2),
    channel="phone",
)
LATER = replace(ADA, starts=SEVEN + timedelta(hours=1), ends=SEVEN + timedelta(hours=3))


def told(
    was: Promise | None,
    now_so: Promise,
    *,
    by_house: bool = False,
    **rules: Any,  # noqa: ANN401
) -> list[tuple[str, datetime]]:
    """The kinds of the notices that a change causes, and when they are due."""
    before = Picture(
        period=DINNER,
        promises=(was,) if was else (),
        rules=Rules(notices=NoticeRules(**rules)),
    )
    changes = Changes(promises=(now_so,))
    found = notices_of(before, changes, by_house=by_house, now=NOW)
    return [(each.kind, each.due_at) for each in found]


@pytest.mark.parametrize(
    ("was", "state", "kind"),
    [
        (None, "booked", "confirmation"),
        ("booked", "cancelled", "cancellation"),
        ("requested", "booked", "enquiry_answer"),
        ("requested", "declined", "enquiry_answer"),
    ],
)
def test_a_guest_hears_of_the_beginning_and_the_end_of_a_promise(
    was: ReservationState | None, state: ReservationState, kind: str
) -> None:
    before = replace(ADA, state=was) if was else None
    assert told(before, replace(ADA, state=state)) == [(kind, NOW)]


def test_of_no_other_step_is_anybody_written_about() -> None:
    news = {
        ("booked", "cancelled"), ("requested", "booked"), ("requested", "declined"),
        ("None", "booked"),
    }  # fmt: skip
    states = get_args(ReservationState)
    for was, state in product((None, *states), states):
        before = replace(ADA, state=was) if was else None
        found = told(before, replace(ADA, state=state, version=2))
        assert bool(found) == ((str(was), state) in news), (was, state)


def test_who_tells_that_it_is_late_is_not_written_that_its_stay_ends_later() -> None:
    late = replace(
        ADA, late_until=SEVEN + timedelta(minutes=20), ends=ADA.ends + timedelta(minutes=20)
    )
    assert told(ADA, late) == []
    assert told(late, replace(late, party_size=3))[0][0] == "change"


def test_what_a_guest_was_promised_is_told_when_it_changes_and_the_houses_plan_is_not() -> None:
    assert told(ADA, LATER) == [("change", NOW)]
    assert told(ADA, replace(ADA, party_size=3))[0][0] == "change"
    plan = replace(ADA, tables=("4",), exposed=True, tags=("window",), reconfirmed_at=NOW)
    assert told(ADA, plan) == []


def test_what_the_house_does_waits_until_it_can_no_longer_be_taken_back() -> None:
    assert told(ADA, LATER, by_house=True) == [("change", NOW + UNDO)]


@pytest.mark.parametrize("channel", sorted(SITES))
def test_the_site_tells_its_own_guests_what_they_do_there(channel: Channel) -> None:
    theirs, moved = replace(ADA, channel=channel), replace(LATER, channel=channel)
    assert told(None, theirs) == []
    assert told(theirs, moved) == []
    assert told(theirs, moved, by_house=True) == [("change", NOW + UNDO)]
    assert told(theirs, moved, by_house=True, guests_of_sites="nothing") == []
    assert told(None, theirs, guests_of_sites="everything") == [("confirmation", NOW)]
    for asked in (reminds, calls):
        assert asked(channel, NoticeRules())
        assert not asked(channel, NoticeRules(guests_of_sites="nothing"))


@pytest.mark.parametrize("channel", sorted(UNPACED))
def test_whoever_stands_at_the_door_is_not_written_to(channel: Channel) -> None:
    assert told(None, replace(ADA, channel=channel)) == []
    assert not reminds(channel, NoticeRules())


def test_a_waiting_party_hears_of_its_call_once_whatever_is_marked_since() -> None:
    waits = WaitEntry(
        wait_id=UUID(int=2), period_id="dinner", state="waiting", party_size=2, joined_at=NOW
    )
    called = replace(waits, state="notified", notified_at=NOW, version=2)
    marked = replace(called, coming_at=NOW, version=3)

    def kinds(was: WaitEntry, now_so: WaitEntry) -> list[str]:
        before = Picture(period=DINNER, waiting=(was,))
        changes = Changes(waiting=(now_so,))
        return [each.kind for each in notices_of(before, changes, by_house=True, now=NOW)]

    assert kinds(waits, called) == ["waitlist_ready"]
    assert kinds(called, marked) == []


def test_the_same_news_is_the_same_notice_and_other_news_another() -> None:
    one = notice_id_of("bistro", ADA.reservation_id, "change", "v2")
    assert one == notice_id_of("bistro", ADA.reservation_id, "change", "v2")
    others = {
        notice_id_of("brasserie", ADA.reservation_id, "change", "v2"),
        notice_id_of("bistro", UUID(int=3), "change", "v2"),
        notice_id_of("bistro", ADA.reservation_id, "cancellation", "v2"),
        notice_id_of("bistro", ADA.reservation_id, "change", "v3"),
    }
    assert len(others | {one}) == 5


def test_a_manager_sees_what_each_text_costs_in_each_language() -> None:
    house = read_house(house_text(2, 2))
    rules = NoticeRules(text_price=7.5)
    link = "https://book.example.com/r/bistro:" + "x" * 43
    found = list(templates_of(house, rules, link=link, starts=SEVEN))
    assert {each.language for each in found} == set(LANGUAGES)
    by = {(each.telling, each.language): each for each in found}
    english, russian = by["confirmation", "en"], by["confirmation", "ru"]
    assert (english.encoding, english.segments, english.cost) == ("gsm", 1, 7.5)
    assert (russian.encoding, russian.segments, russian.cost) == ("ucs2", 3, 22.5)
    assert english.text.endswith(link)
    assert {each.encoding for each in found if each.language in {"en", "de"}} == {"gsm"}
    assert cost_of(0, rules) == 0
    assert max(each.segments for each in found) <= 4
