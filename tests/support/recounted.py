"""What the reports should say of a reported book: each figure counted again from its rows."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.reported_book import Book, Row

Counted = dict[str, float]


def visits(book: Book) -> list[Row]:
    return [*book.of("reservation", state="finished"), *book.of("seating", reservation_id=None)]


def covers(rows: list[Row]) -> int:
    return sum(row["party_size"] for row in rows)


def minutes(row: Row, since: str, until: str) -> float:
    return float((row[until] - row[since]) / timedelta(minutes=1))


def seated_at(book: Book, promise: Row) -> Row | None:
    found = book.of("seating", reservation_id=promise["reservation_id"])
    return found[0] if found else None


def waited(book: Book, promise: Row) -> float:
    sat = seated_at(book, promise)
    return (sat["seated_at"] - promise["starts"]) / timedelta(minutes=1) if sat else 0.0


def checks(book: Book) -> Counted:
    rows = book.of("till_check")
    takings, guests = sum(row["total"] for row in rows), sum(row["covers"] for row in rows)
    return {
        "checks": len(rows),
        "takings": takings,
        "per_check": takings / len(rows),
        "per_guest": takings / guests,
    }


def parties(book: Book) -> Counted:
    return {"parties": len(visits(book)), "covers": covers(visits(book))}


def given(book: Book) -> Counted:
    taken = [
        row["party_id"]
        for state in ("accepted", "delivered")
        for row in book.of("gesture", state=state, amends=False)
    ]
    return {"parties": len(visits(book)), "received": len(set(taken))}


def fates(book: Book) -> Counted:
    booked, missed = book.of("reservation"), book.of("reservation", state="no_show")
    cancelled = book.of("reservation", state="cancelled")
    return {
        "booked": len(booked),
        "covers": covers(booked),
        "missed": len(missed),
        "missed_share": len(missed) / (len(booked) - len(cancelled)),
        "cancelled_share": len(cancelled) / len(booked),
    }


def turned_away(book: Book) -> Counted:
    rows = book.of("turnaway")
    recovered = [row for row in rows if row["recovered_at"]]
    return {
        "parties": len(rows),
        "denied": len(book.of("turnaway", kind="denial")),
        "recovered": len(recovered),
        "recovered_share": len(recovered) / len(rows),
    }


def beyond(book: Book) -> Counted:
    rows = book.of("reservation", kind="overbooked")
    came = [row for row in rows if row["state"] in {"finished", "walked"}]
    late = [row for row in came if row["state"] == "walked" or waited(book, row) > 10]
    expected = sum(row["risk"]["told"]["own_wait"] for row in came)
    return {
        "beyond": len(rows),
        "came": len(came),
        "told_waits": expected,
        "waited_told": len(late),
        "waited_long": len(late),
    }


def gestures(book: Book) -> Counted:
    alive = [
        row for row in book.of("gesture") if row["state"] in {"offered", "accepted", "delivered"}
    ]
    return {
        "offered": len(book.of("gesture")),
        "delivered": len(book.of("gesture", state="delivered")),
        "forgotten": len(book.of("gesture", state="expired")),
        "cost": sum(row["cost"] for row in alive),
    }


def claims(book: Book) -> Counted:
    rows = book.of("gesture", kind="claim", state="delivered")
    return {"claims": len(rows), "cost": sum(row["cost"] for row in rows)}


def held(book: Book) -> Counted:
    rows = book.of("held_table")
    timely = book.of("held_table", state="released", ended_by=None)
    granted = book.of("held_table", state="granted")
    sat = {str(row["seating_id"]): row["party_size"] for row in book.of("seating")}
    used = [row for row in granted if row["ended_for"]]
    return {
        "held": len(rows),
        "released_in_time": len(timely),
        "gave_way": len(book.of("held_table", state="cancelled")),
        "used": len(used),
        "earned": sum(5000 * sat[row["ended_for"]["id"]] for row in used),
    }


def quotes(book: Book) -> Counted:
    sat = book.of("wait_entry", state="seated")
    kept = [row for row in sat if minutes(row, "joined_at", "ended_at") <= row["quoted_minutes"]]
    return {"quoted": len(sat), "kept": len(kept), "kept_share": len(kept) / len(sat)}


def waits(book: Book) -> Counted:
    rows = book.of("wait_entry")
    return {"parties": len(rows), "gave_up": len(book.of("wait_entry", state="left"))}


def promised(book: Book) -> Counted:
    walked = book.of("reservation", state="walked")
    late = [row for row in book.of("reservation", state="finished") if waited(book, row) > 10]
    return {"walked": len(walked), "waited_long": len(walked) + len(late)}


def shown(book: Book) -> Counted:
    living = [row for row in book.of("reservation") if row["state"] != "cancelled"]
    known = {row["reservation_id"] for row in book.of("acknowledgement")}
    return {
        "booked": len(living),
        "shown": len([row for row in living if row["reservation_id"] in known]),
    }


def asked_for(book: Book) -> Counted:
    wished = [row for row in book.of("reservation") if row["special_request"]]
    return {"asked_for": len(wished)}


def referred(book: Book) -> Counted:
    rows = book.of("reservation", referral_code="OPERA")
    came = [row for row in rows if row["state"] == "finished"]
    return {"booked": len(rows), "came": len(came), "came_covers": covers(came)}


def tagged(book: Book) -> Counted:
    living = [row for row in book.of("reservation") if row["state"] != "cancelled"]
    return {"booked": sum(bool(row["tags"]) + bool(row["guest_id"]) for row in living)}


def complaints(book: Book) -> Counted:
    paid = book.of("gesture", kind="refund", state="delivered")
    return {
        "complained": len(book.of("complaint")),
        "refunded": len(paid),
        "refund_median": 9.0,
        "cost": sum(row["cost"] for row in paid),
    }


def rescues(book: Book) -> Counted:
    return {
        "listed": len(book.of("rescue_option")),
        "taken": len(book.of("rescue_option", state="taken")),
    }


def partners(book: Book) -> Counted:
    return {
        "listed": len(book.of("turnaway")),
        "taken": len(book.of("turnaway", recovered_how="partner")),
    }


def answers(book: Book) -> Counted:
    said = {row["turnaway_id"] for row in book.of("answer_given")}
    sent = book.of("turnaway", recovered_how="partner")
    return {
        "answered": len(said),
        "sent_on": len([row for row in sent if row["turnaway_id"] in said]),
    }


def calls(book: Book) -> Counted:
    rows = book.of("alert")
    return {"called": len(rows), "taken": len([row for row in rows if row["taken_at"]])}


def sittings(book: Book) -> Counted:
    rows = book.of("seating")
    return {
        "sittings": len(rows),
        "covers": covers(rows),
    }


def stays(book: Book) -> Counted:
    rows = [minutes(row, "seated_at", "cleared_at") for row in cleared_in_time(book)]
    return {"stay_mean": sum(rows) / len(rows)}


def cleared_in_time(book: Book) -> list[Row]:
    ends = {row["period_id"]: row["closed_at"] for row in book.of("period")}
    return [row for row in book.of("seating") if row["cleared_at"] < ends[row["period_id"]]]


def present(book: Book) -> Counted:
    """Guests at table, seen every quarter of an hour from the opening on."""
    seen = 0
    for period in book.of("period"):
        for quarter in range(24):
            at = period["opens"] + timedelta(minutes=15 * quarter)
            seen += covers(
                [
                    row
                    for row in book.of("seating", period_id=period["period_id"])
                    if row["seated_at"] <= at < row["cleared_at"]
                ]
            )
    return {"present": seen / 12}


def asked(book: Book) -> Counted:
    states = [row["state"] for row in book.of("approval")]
    return {"asked": 12, "approved": states.count("approved"), "answer_median": 3.0}


def units(book: Book) -> Counted:
    rows = book.of("gesture", kind="spend_linked")
    return {"units": 2 * len([row for row in rows if row["state"] == "delivered"])}


def searches(book: Book) -> Counted:
    return {"searches": sum(row["searches"] for row in book.of("search_in_vain"))}


def came_again(book: Book) -> Counted:
    known = [row for row in book.of("reservation", state="finished") if row["guest_id"]]
    return {"visits": len(known), "followed": 0}


def shows(book: Book) -> Counted:
    """Nothing was learned before these evenings, so that no chance is told of any."""
    missed = book.of("reservation", state="no_show")
    came = [*book.of("reservation", state="finished"), *book.of("reservation", state="walked")]
    return {"booked": len(missed) + len(came), "missed": len(missed), "missed_told": 0}


def tips(book: Book) -> Counted:
    paid = {row["seating_id"] for row in book.of("till_check")}
    return {"tipped": len(paid), "tip_share": 0.05}


COUNTED: dict[str, Callable[[Book], Counted]] = {
    "covers-channel": parties,
    "covers-time": parties,
    "covers-day": parties,
    "covers-weekday": parties,
    "stays": stays,
    "occupancy": present,
    "tables": sittings,
    "checks": checks,
    "checks-channel": checks,
    "servers": sittings,
    "received": given,
    "received-size": given,
    "bookings": fates,
    "bookings-lead": fates,
    "bookings-day": fates,
    "sites": lambda _: {"booked": 0},
    "promised-waits": promised,
    "rules-shown": shown,
    "regulars": tagged,
    "wishes": asked_for,
    "referrals-in": referred,
    "came-again": came_again,
    "turnaways": turned_away,
    "turnaways-channel": turned_away,
    "searches": searches,
    "rescues": rescues,
    "calls": calls,
    "playbook": answers,
    "partners-out": partners,
    "waitlist": waits,
    "quotes": quotes,
    "held": held,
    "overbooking": beyond,
    "told-risk": beyond,
    "no-show-risk": shows,
    "gestures": gestures,
    "gestures-person": gestures,
    "gestures-cause": gestures,
    "approvals": asked,
    "complaints": complaints,
    "tips": tips,
    "spend-linked": units,
    "claims-guest": claims,
    "claims-person": claims,
}
