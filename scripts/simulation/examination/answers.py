"""Answers: repeated calls are answered alike, refusals are logged, offered starts can be booked."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from scripts.simulation.examination.accounts import Account
    from scripts.simulation.examination.findings import Findings
    from scripts.simulation.examination.rows import Snapshot
    from scripts.simulation.journal import Exchange, Journal

# Codes of refusals to guests, public and internal.
REFUSALS = frozenset(
    {
        "SLOT_UNAVAILABLE",
        "DUPLICATE_RESERVATION",
        "DUPLICATE",
        "GUEST_LIMIT",
        "PARTY_SIZE_NOT_ALLOWED",
        "CLOSED",
        "OUTSIDE_BOOKING_WINDOW",
        "PACING_FULL",
        "NO_TABLE_FITS",
        "TURN_TOO_SHORT",
        "HELD_BACK",
        "BLOCKED",
        "PAUSED",
        "NEEDS_NOT_MET",
        "AREA_NOT_BOOKABLE",
        "RISK_OVER_CEILING",
        "OVERBOOKING_CAP",
        "BID_PRICE",
        "HOUSE_RULES_NOT_ACCEPTED",
    }
)
# An order sent again is answered with what it did then; what surrounds that is as of now.
AROUND = frozenset(
    {
        "shown_version",
        "counts",
        "pressure",
        "next_by_table",
        "host_holds",
        "resets",
        "removed_blocks",
    }
)
AROUND_ITS = {
    "reservations": frozenset(
        {
            "place_owed",
            "no_show_at",
            "protected_until",
            "gestures_due",
            "maybe_same_guest_as",
            "special_request",
            "notes",
            "phone",
            "guest_notes",
            "allergies",
            "visits",
            "no_shows",
            "rules_shown",
            "link_sent_at",
        }
    ),
    "seatings": frozenset(
        {"minutes", "overdue", "notes", "guest_notes", "allergies", "tags", "visits", "check"}
    ),
    "waiting": frozenset(
        {
            "waited",
            "notes",
            "suggested_at",
            "suggested_tables",
            "requoted_at",
            "requoted_minutes",
            "kept_tables",
            "kept_until",
            "maybe_same_guest_as",
        }
    ),
    "held_lost": frozenset({"party", "party_size"}),
}
"""What is known or told by the clock of the things an order changed, by the list they are in."""
# What a booking wrote is shown as it is by now, beside the booking as it was.
OF_BOOKING = frozenset(
    {"action_id", "changed", "period_id", "warnings", "moved", "exposed", "undo_until", "dry_run"}
)
ASKS = re.compile(r"/(reservations|slot-holds|enquiries)(/[0-9a-f-]{36})?$")


def check_replays(journal: Journal, findings: Findings) -> None:
    """A repeated call is answered as the first time (internal errors do not count)."""
    by_key: defaultdict[tuple[str, str, str], list[Exchange]] = defaultdict(list)
    for exchange in journal.exchanges:
        if exchange.key and exchange.method == "POST" and is_final(exchange):
            by_key[exchange.actor, exchange.path, exchange.key].append(exchange)
    for (actor, path, key), several in by_key.items():
        kept = [e for e in several if stores_answer(e)]
        answers = {repr((e.status, as_done(e.answer))) for e in kept}
        if len(kept) > 1:
            findings.look(
                "a repeated call is answered alike",
                holds=len(answers) == 1,
                evidence=f"{actor} {path} {key}: {sorted(answers)}"[:600],
            )
        for refused in [e for e in several if not stores_answer(e)]:
            done = [e for e in kept if e.received is not None and e.received < refused.sent]
            findings.look(
                "what was carried out is not refused when it is sent again",
                holds=not done,
                evidence=f"{actor} {path} {key}: {refused.status} {refused.answer}"[:600],
            )


def as_done(answer: object) -> object:
    """What an answer tells of the call itself: an order's also shows what surrounds it now."""
    if not isinstance(answer, dict):
        return answer
    if isinstance(answer.get("result"), dict):
        done = as_done(answer["result"])
        if isinstance(done, dict) and (answer.get("reservation_id") or answer.get("reservation")):
            done = {key: value for key, value in done.items() if key in OF_BOOKING}
        return answer | {"result": done}
    if "changed" not in answer:
        return answer
    told = {key: value for key, value in answer.items() if key not in AROUND}
    for name, around in AROUND_ITS.items():
        told[name] = [
            {key: value for key, value in each.items() if key not in around}
            for each in answer.get(name, ())
        ]
    return told


def is_final(exchange: Exchange) -> bool:
    """Whether the service gave a final answer (which may have been lost)."""
    again = exchange.status in {429, 500, 502, 503} or exchange.code == "IDEMPOTENCY_IN_PROGRESS"
    return exchange.fate in {"answered", "lost"} and not again


def stores_answer(exchange: Exchange) -> bool:
    """Whether the service stores the answer: any on /v1, successful ones of other commands."""
    return exchange.path.startswith("/v1/") or 200 <= exchange.status < 300


def check_nothing_broke(journal: Journal, findings: Findings) -> None:
    """No call was answered with an internal error or an error without a code."""
    for exchange in journal.exchanges:
        if exchange.fate in {"answered", "lost"}:
            broke = exchange.status == 500 or (400 <= exchange.status < 600 and not exchange.code)
            findings.look(
                "no internal error",
                holds=not broke,
                evidence=f"{exchange.method} {exchange.path} {exchange.body}: "
                f"{exchange.status} {exchange.answer}"[:600],
            )


def check_turnaways(
    journal: Journal, accounts: Mapping[str, Account], final: Snapshot, findings: Findings
) -> None:
    """Every refusal has a turnaway row: one per known guest, else one per refusal."""
    by_phone = {row["phone"] for row in final["turnaway"] if row["phone"]}
    nameless = [r for r in final["turnaway"] if not r["phone"] and r["channel"] == "partner"]
    unknown = 0
    for refused in refusals(journal):
        phone = phone_of(refused, accounts)
        if phone is None:
            unknown += 1
            continue
        findings.look(
            "every no is logged",
            holds=phone in by_phone,
            evidence=f"{refused.method} {refused.path} for {phone}: {refused.code}",
        )
    findings.look(
        "every no is logged",
        holds=unknown <= len(nameless),
        evidence=f"{unknown} refused without a phone number, {len(nameless)} rows",
    )
    check_door_turnaways(journal, final, findings)


def check_door_turnaways(journal: Journal, final: Snapshot, findings: Findings) -> None:
    """Turnaways told at the door, and parties that left the waitlist, have their rows."""
    rows = {row["turnaway_id"] for row in final["turnaway"]}
    waits = {row["wait_id"] for row in final["turnaway"]}
    undone = undone_ids(journal)
    for exchange in journal.acknowledged():
        if exchange.last == "turnaways" and exchange.method == "POST":
            findings.look(
                "every no is logged", holds=exchange.key in rows, evidence=f"door: {exchange.body}"
            )
        elif exchange.path.endswith("orders/leave") and exchange.key not in undone:
            findings.look(
                "every no is logged",
                holds=exchange.body["wait_id"] in waits,
                evidence=f"left the waitlist: {exchange.body}",
            )


def undone_ids(journal: Journal) -> frozenset[str]:
    """Ids of the commands that were undone, or may have been (undo without an answer)."""
    return frozenset(
        each.body["action_id"]
        for each in journal.exchanges
        if is_undo(each) and (each.acknowledged or each.fate != "answered")
    )


def is_undo(exchange: Exchange) -> bool:
    """Whether the call undoes a command (not a gesture)."""
    return exchange.path.endswith("/orders/undo")


def refusals(journal: Journal) -> Iterator[Exchange]:
    """Each refusal of a guest, repeated calls once."""
    seen: set[tuple[str, str | None]] = set()
    for exchange in journal.exchanges:
        asked = exchange.writes and ASKS.search(exchange.path)
        if not asked or exchange.code not in REFUSALS or exchange.fate == "broken":
            continue
        if (exchange.path, exchange.key) not in seen:
            seen.add((exchange.path, exchange.key))
            yield exchange


def phone_of(exchange: Exchange, accounts: Mapping[str, Account]) -> str | None:
    """The phone number of the refused guest, if known."""
    phone: str | None = exchange.body.get("guest", {}).get("phone")
    account = accounts.get(exchange.last)
    return phone or (account.phone if account else None)


def check_yes_then_no(journal: Journal, findings: Findings) -> None:
    """A start that a search offered is refused only if another write came between."""
    latest: dict[str, list[Exchange]] = defaultdict(list)
    writes = [e for e in journal.exchanges if e.writes]
    for exchange in journal.exchanges:
        if "/availability" in exchange.path and exchange.acknowledged:
            latest[exchange.actor].append(exchange)
        elif exchange.code == "SLOT_UNAVAILABLE" and "start" in (exchange.body or {}):
            search = offered_by(latest[exchange.actor], exchange)
            if search is not None:
                between = someone_between(search, exchange, writes)
                findings.notes["a yes at search and then a no"] += 1
                findings.look(
                    "no yes and then no with nothing between",
                    holds=between,
                    evidence=f"{search.path} said {exchange.body['start']}, {exchange.path} no",
                )
        elif exchange.acknowledged and exchange.last in {"slot-holds", "reservations"}:
            findings.looked["no yes and then no with nothing between"] += 1


def offered_by(searches: Sequence[Exchange], refused: Exchange) -> Exchange | None:
    """The latest search by the same caller, of the same time, that offered what was refused."""
    wanted = datetime.fromisoformat(refused.body["start"])
    for search in reversed(searches):
        if search.at != refused.at or (search.received or 0) > refused.sent:
            continue
        asked = parse_qs(urlsplit(search.path).query)
        same = asked["party_size"] == [str(refused.body["party_size"])]
        starts = {datetime.fromisoformat(item["start"]) for item in search.answer["items"]}
        if same and asks_alike(asked, refused) and wanted in starts:
            return search
    return None


def asks_alike(asked: Mapping[str, list[str]], refused: Exchange) -> bool:
    """Whether the search named the same needs."""
    needs = refused.body.get("needs", {})
    flags = {name for name, wanted in needs.items() if wanted is True}
    said = set(asked.get("needs", [""])[0].split(",")) - {""}
    chairs = asked.get("high_chairs", ["0"])[0] == str(needs.get("high_chairs", 0))
    area = asked.get("area", [None])[0] == refused.body.get("area")
    return flags == said and chairs and area


def someone_between(search: Exchange, refused: Exchange, writes: Sequence[Exchange]) -> bool:
    """Whether another write was under way between search and refusal."""
    first, last = search.sent, refused.received or refused.sent
    return any(
        other.intent != refused.intent
        and other.sent <= last
        and (other.received is None or other.received >= first)
        for other in writes
    )
