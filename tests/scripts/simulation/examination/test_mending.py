"""What a host did ahead and is not written, or happens without it, is found."""

from __future__ import annotations

from datetime import timedelta

import pytest

from scripts.simulation.examination.accounts import accounts_of
from scripts.simulation.examination.book import check_states
from scripts.simulation.examination.findings import Findings
from scripts.simulation.examination.mending import check_members, check_mended, check_pace_lowered
from scripts.simulation.examination.plans import check_plans
from tests.support.examined import DESK, DINNER, GARDEN, SEVEN, Book, broken, told

LEVER = {
    "service_date": DINNER.day.isoformat(), "period": DINNER.name, "pace": 10,
    "until": (SEVEN + timedelta(hours=1)).isoformat(),
}  # fmt: skip


def mended_broken(book: Book) -> set[str]:
    findings = Findings()
    check_mended(accounts_of(book.journal), book.at, findings)
    return broken(findings)


def test_needs_and_a_stay_that_are_not_as_mended_are_found() -> None:
    book = Book()
    row = book.books("Ada", "8")
    wish = {"needs": {"quiet": True}, "duration_minutes": 60}
    row["version"] = 2
    book.say(f"{DESK}/Ada", told(row), wish, method="PATCH")
    assert mended_broken(book) == {"needs are as mended", "a stay is as mended"}
    row["needs"]["quiet"] = True
    assert mended_broken(book) == {"a stay is as mended"}
    row["ends"] = SEVEN + timedelta(minutes=60)
    assert mended_broken(book) == set()
    row["needs"]["step_free"] = True
    assert mended_broken(book) == {"needs are as mended"}


@pytest.mark.parametrize(("stay", "found"), [(60, False), ("usual", False), (150, True)])
def test_a_plan_is_as_long_as_the_stay_that_was_mended(stay: int | str, *, found: bool) -> None:
    book, findings = Book(), Findings()
    row = book.books("Ada", "8")
    book.say(f"{DESK}/Ada", told(row), {"duration_minutes": stay}, method="PATCH")
    check_plans(accounts_of(book.journal), GARDEN, DINNER, book.at, findings)
    assert ("planned for the whole turn" in broken(findings)) == found


@pytest.mark.parametrize("about", ["/host/guests/guest Ada", f"{DESK}/Ada"])
def test_who_is_no_member_at_a_members_table_is_found(about: str) -> None:
    def members_broken() -> set[str]:
        findings = Findings()
        accounts = accounts_of(book.journal)
        check_members(accounts, book.journal, GARDEN, DINNER, book.at, findings)
        return broken(findings)

    book = Book()
    book.books("Ada", "K1", guest_tags=["regular"])
    assert members_broken() == {"a members' table is a member's"}
    book.say(about, {}, {"tags": ["press"]}, method="PATCH")
    assert members_broken() == {"a members' table is a member's"}
    book.say(about, {}, {"tags": ["regular"]}, method="PATCH")
    assert members_broken() == set()


def test_who_is_booked_beyond_a_pace_lowered_for_the_date_is_found() -> None:
    def pace_broken() -> set[str]:
        findings = Findings()
        check_pace_lowered(accounts_of(book.journal), book.journal, DINNER, findings)
        return broken(findings)

    book = Book()
    book.books("Before", party_size=8)
    book.say("/host/orders/levers", {}, LEVER)
    book.books("Fits", party_size=2)
    book.books("Later", party_size=8, starts=SEVEN + timedelta(hours=1))
    assert pace_broken() == set()
    book.books("Too many", party_size=1)
    assert pace_broken() == {"a pace lowered ahead holds"}


def test_a_cancelled_booking_that_comes_back_by_itself_is_found() -> None:
    def states_broken() -> set[str]:
        findings = Findings()
        check_states(accounts_of(book.journal), book.at, findings)
        return broken(findings)

    book = Book()
    row = book.books("Ada", "8")
    book.say(f"{DESK}/Ada/cancel", told(row, version=2, state="cancelled"))
    row["version"] = 3
    assert states_broken() == {"every step is legal"}
    book.say(f"{DESK}/Ada/reinstate", told(row))
    assert states_broken() == set()
