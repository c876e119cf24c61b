"""What a random evening need not contain, put into it: honest, one of each, under known names.

A test that falsifies something takes it from here, so that no test waits for an evening in which
somebody stayed away, was told no or was given something that cost money.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from scripts.simulation.journal import Exchange
from tests.support.played import HOUSE, Evidence, add, hours

if TYPE_CHECKING:
    from scripts.simulation.examination.rows import Row

SITE = f"/v1/venues/{HOUSE.venue}"
ANOTHER_NIGHT = "planted"
HOLD = "planted hold"
EXPLAINED = {
    "revenue": 10, "risk_cost": 1, "displaced_value": 1, "value": 8,
    "overload": 0.0, "risk": 0.0, "ceiling": 0.1, "drivers": [],
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Planted:
    """What was put into the evening; each is a part of the journal or of its last rows."""

    booking: Exchange
    reservation: Row
    cancelled: Row
    tonight: Exchange
    no_show: Exchange
    search: Exchange
    refusal: Row
    seat: Exchange
    clear: Exchange
    seating: Row
    stay: Row
    arrival: Exchange
    held: Row
    gesture: Row
    purse: Row
    purses_shown: Exchange


def plant(evidence: Evidence) -> Planted:
    """Put one of each into the evening."""
    return Planted(
        **_booked(evidence),
        **_cancelled(evidence),
        **_stayed_away(evidence),
        **_searched_and_refused(evidence),
        **_sat(evidence),
        **_held(evidence),
        **_given(evidence),
    )


def _said(evidence: Evidence, path: str, answer: Any, **more: Any) -> Exchange:  # noqa: ANN401
    """A call that was answered when everybody had gone."""
    moment = evidence.journal.moments
    evidence.journal.moments += 2
    given: dict[str, Any] = {
        "method": "POST", "body": {}, "key": f"planted {moment}", "status": 200, "why": "first",
        "at": evidence.night_end, "done_at": evidence.night_end, "actor": "planted", "process": 0,
        "intent": -1, "fate": "answered", "sent": moment + 1, "received": moment + 2,
    }  # fmt: skip
    exchange = Exchange(path=path, answer=answer, **given | more)
    evidence.journal.exchanges.append(exchange)
    return exchange


def _planted_row(evidence: Evidence, table: str, **columns: Any) -> Row:  # noqa: ANN401
    add(evidence.final[table], columns)
    return columns


def _reservation(evidence: Evidence, name: str, **more: Any) -> Row:  # noqa: ANN401
    columns: Row = {
        "reservation_id": name, "version": 1, "state": "booked", "party_size": 2,
        "starts": evidence.night_end - timedelta(hours=3), "period_id": ANOTHER_NIGHT,
        "kind": "physical", "overruled": False, "overruled_why": None, "slot_hold_id": None,
        "explained": None, "risk": None, "needs": {}, "phone": None,
    }  # fmt: skip
    return _planted_row(evidence, "reservation", **columns | more)


def _told_site(row: Row, **more: Any) -> dict[str, Any]:  # noqa: ANN401
    """A reservation as a booking site is told it."""
    return {
        "id": row["reservation_id"],
        "version": 1,
        "status": "booked",
        "party_size": row["party_size"],
        "start": row["starts"].isoformat(),
        "cancel_until": row["starts"].isoformat(),
    } | more


def _told_host(row: Row) -> dict[str, Any]:
    """A reservation as the stand is told it."""
    names = ("reservation_id", "version", "state", "party_size")
    return {name: row[name] for name in names} | {"starts": row["starts"].isoformat()}


def _book(evidence: Evidence, row: Row, **body: Any) -> Exchange:  # noqa: ANN401
    guest = {"phone": "+491520000001"}
    body = {"start": row["starts"].isoformat(), "party_size": 2, "guest": guest} | body
    return _said(evidence, f"{SITE}/reservations", _told_site(row), body=body, status=201)


def _tonight(evidence: Evidence, row: Row) -> Exchange:
    answer = {
        "period": {"period_id": hours().period_id}, "overbooked": [],
        "reservations": [_told_host(row)],
    }  # fmt: skip
    return _said(evidence, "/host/tonight", answer, method="GET", key=None)


def _booked(evidence: Evidence) -> dict[str, Any]:
    """A slot hold that a site confirms in time, given by value, and shown at the stand."""
    until = evidence.night_end + timedelta(minutes=5)
    _said(evidence, f"{SITE}/slot-holds", {"id": HOLD, "expires_at": until.isoformat()})
    row = _reservation(evidence, "planted", slot_hold_id=HOLD, explained=dict(EXPLAINED))
    booking = _book(evidence, row, slot_hold_id=HOLD, accepted_house_rules=1)
    _planted_row(evidence, "acknowledgement", reservation_id="planted", rules_version=1)
    return {"booking": booking, "reservation": row, "tonight": _tonight(evidence, row)}


def _cancelled(evidence: Evidence) -> dict[str, Any]:
    row = _reservation(evidence, "planted, cancelled", period_id=hours().period_id)
    _book(evidence, row)
    row |= {"version": 2, "state": "cancelled"}
    told = _told_site(row, version=2, status="cancelled")
    _said(evidence, f"{SITE}/reservations/{row['reservation_id']}", told, method="DELETE")
    return {"cancelled": row}


def _stayed_away(evidence: Evidence) -> dict[str, Any]:
    row = _reservation(evidence, "planted, never came", period_id=hours().period_id)
    _book(evidence, row)
    row |= {"version": 2, "state": "no_show"}
    return {"no_show": _tonight(evidence, row)}


def _searched_and_refused(evidence: Evidence) -> dict[str, Any]:
    """A search that finds a time; a no over the API and one at the door, both logged."""
    start, phone = hours().opens.isoformat(), "+491520000002"
    search = _said(
        evidence, f"{SITE}/availability?party_size=2", {"items": [{"start": start}]}, method="GET",
        key=None, body=None,
    )  # fmt: skip
    body = {"start": start, "party_size": 9, "guest": {"phone": phone}}
    no = {"code": "NO_TABLE_FITS"}
    _said(evidence, f"{SITE}/reservations", no, body=body, status=409)
    logged = {
        "turnaway_id": "planted", "wait_id": None, "phone": phone, "channel": "partner",
        "party_size": 9, "explained": None, **no,
    }  # fmt: skip
    refusal = _planted_row(evidence, "turnaway", **logged)
    door = _said(evidence, "/host/turnaways", {})
    at_the_door = {"turnaway_id": door.key, "phone": None, "channel": "walk_in"}
    _planted_row(evidence, "turnaway", **logged | at_the_door)
    return {"search": search, "refusal": refusal}


def _sat(evidence: Evidence) -> dict[str, Any]:
    """A party that came, sat at a table of its own and left."""
    arrival = _said(evidence, "/host/orders/arrive", {}, body={"reservation_id": "planted guest"})
    name, table = "planted seating", "planted table"
    told = {"seating_id": name, "party_size": 2, "tables": [table]}
    calls = {}
    for version, (order, state) in enumerate({"seat": "seated", "clear": "cleared"}.items()):
        answer = {
            "period_version": 10**6 + 10 * version, "seatings": [told | {"state": state}],
            "reservations": [],
        }  # fmt: skip
        calls[order] = _said(evidence, f"/host/orders/{order}", answer, body={"id": name})
    left = evidence.night_end
    seating = _planted_row(
        evidence, "seating", seating_id=name, party_size=2, cleared_at=left, period_id=ANOTHER_NIGHT
    )
    times = {"from_at": left - timedelta(hours=1), "to_at": left}
    stay = _planted_row(evidence, "seating_table", seating_id=name, table_id=table, **times)
    return {**calls, "seating": seating, "stay": stay, "arrival": arrival}


def _held(evidence: Evidence) -> dict[str, Any]:
    """A held table that was given back when the doors opened, as it was announced."""
    due = hours().opens
    row = _planted_row(
        evidence, "held_table", held_id="planted", state="released", ended_by=None, ended_at=due,
        release_at=due, version=2, reason=None, window_name="planted", rung=1,
        period_id=ANOTHER_NIGHT,
    )  # fmt: skip
    for version, state in enumerate(("held", "released"), start=1):
        told = {"event": f"held_table.{state}", "subject": "planted", "version": version}
        _planted_row(evidence, "outbox", at=due - timedelta(hours=2 - version), **told)
    return {"held": row}


def _given(evidence: Evidence) -> dict[str, Any]:
    """A gesture that cost something, charged to a person and to the house, and shown."""
    told = {
        "gesture_id": "planted", "item": "dessert", "cost": 500, "version": 3, "state": "delivered",
    }  # fmt: skip
    owner = "person:planted"
    _said(evidence, "/host/gestures/planted/deliver", dict(told))
    gesture = _planted_row(
        evidence, "gesture", owner=owner, offered_by="planted", period_id=ANOTHER_NIGHT, **told
    )
    purse, _ = (
        _planted_row(
            evidence, "purse", period_id=ANOTHER_NIGHT, owner=each, spent=500, granted=2000
        )
        for each in (owner, "venue")
    )
    one = {"spent": 500, "granted": 2000}
    answer = {"person": dict(one), "venue": dict(one)}
    shown = _said(evidence, "/host/gestures", answer, method="GET", key=None, body=None)
    return {"gesture": gesture, "purse": purse, "purses_shown": shown}
