"""Tables given to whom the house does not give them, shares passed and wishes lost are found."""

from __future__ import annotations

import pytest

from scripts.simulation.examination.access import (
    check_access,
    check_offered,
    check_preferences,
    check_shares,
)
from scripts.simulation.examination.accounts import accounts_of
from scripts.simulation.examination.findings import Findings
from scripts.simulation.examination.plans import check_plans
from tests.support.examined import DESK, DINNER, GARDEN, SITE, Book, broken, told

PLANNED = "planned only where its channel may be"


def access_broken(book: Book) -> set[str]:
    findings = Findings()
    check_access(accounts_of(book.journal), GARDEN, DINNER, book.at, findings)
    return broken(findings)


@pytest.mark.parametrize(
    ("table", "may", "may_not"),
    [
        ("B1", "walk_in", "phone"),
        ("1", "phone", "partner"),
        ("P1", "desk", "google"),
        ("T1", "google", None),
    ],
)
def test_a_table_of_another_channel_is_found(table: str, may: str, may_not: str | None) -> None:
    book = Book()
    book.books("Ada", table, channel=may)
    assert access_broken(book) == set()
    if may_not:
        book.books("Ben", table, channel=may_not)
        assert access_broken(book) == {PLANNED}


def test_only_who_asked_and_who_staff_placed_has_a_table_by_request() -> None:
    book = Book()
    row = book.books("Ada", "P1", state="requested", party_size=12)
    row |= {"state": "booked", "version": 2}
    book.say("/host/orders/approve", {"reservations": [told(row)]})
    book.books("Ben", "P1", fixed=True)
    assert access_broken(book) == set()
    book.books("Carla", "P1")
    assert access_broken(book) == {PLANNED}


def test_what_staff_changed_or_booked_again_has_the_tables_of_who_phones() -> None:
    book = Book()
    ada, ben = book.books("Ada", "1"), book.books("Ben", "2")
    assert access_broken(book) == {PLANNED}
    book.say(f"{DESK}/Ada/reinstate", told(ada))
    book.say(f"{DESK}/Ben", told(ben), {"needs": {}}, method="PATCH")
    assert access_broken(book) == set()


def test_the_private_room_is_no_way_out_for_a_promise_that_did_not_ask() -> None:
    book, findings = Book(), Findings()
    book.books("Ada")
    everywhere_else = [name for name in GARDEN.tables if name != "P1"]
    blocked = {"starts": DINNER.opens, "ends": DINNER.closes, "lifted_at": None}
    book.rows["block"] += [blocked | {"table_id": name} for name in everywhere_else]
    check_plans(accounts_of(book.journal), GARDEN, DINNER, book.at, findings)
    assert broken(findings) == set()
    book.rows["block"].pop()
    book.rows["block"] = [row for row in book.rows["block"] if row["table_id"] != "8"]
    check_plans(accounts_of(book.journal), GARDEN, DINNER, book.at, findings)
    assert broken(findings) == {"every promise has a table"}


def test_an_offer_at_the_door_of_what_walk_ins_may_not_have_is_found() -> None:
    book, findings = Book(), Findings()
    offer = {"kind": "now", "tables": ["B1", "B2"], "full_turn": True}
    seen = {"options": [offer], "enabled": []}
    book.say("/host/door?party_size=2", seen, method="GET")
    check_offered(book.journal, GARDEN, DINNER, findings)
    assert broken(findings) == set()
    offer["tables"] = ["K1"]
    check_offered(book.journal, GARDEN, DINNER, findings)
    assert broken(findings) == {"walk-ins are offered what they may have"}


def test_more_than_the_share_of_the_sites_is_found_but_not_what_a_person_approved() -> None:
    def shares_broken() -> set[str]:
        findings = Findings()
        check_shares(accounts_of(book.journal), DINNER, book.at, findings)
        return broken(findings)

    book = Book()
    for number in range(3):
        book.books(f"Guest {number}", party_size=6)
    book.books("Ada", party_size=8, channel="phone")
    row = book.books("Ben", party_size=12, state="requested")
    row |= {"state": "booked", "version": 2}
    book.say("/host/orders/approve", {"reservations": [told(row)]})
    assert shares_broken() == set()
    book.books("Carla", party_size=3)
    assert shares_broken() == {"shares of the pace kept"}


def test_a_preference_that_was_lost_is_found() -> None:
    book, findings = Book(), Findings()
    row = book.books("Ada", preferences={"quiet": True})
    made = next(each for each in book.journal.exchanges if each.path == DESK)
    made.path, made.body = f"{SITE}/reservations", {"preferences": {"quiet": True}}
    made.answer = {
        "id": "Ada", "version": 1, "status": "booked", "party_size": 2, "cancel_until": "",
        "start": row["starts"].isoformat(),
    }  # fmt: skip
    check_preferences(accounts_of(book.journal), book.at, findings)
    assert broken(findings) == set()
    row["preferences"] = None
    check_preferences(accounts_of(book.journal), book.at, findings)
    assert broken(findings) == {"preferences kept"}
