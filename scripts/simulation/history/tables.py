"""Which rows of a venue are its history, in an order in which they can be written."""

from __future__ import annotations

from typing import Final

KEPT: Final = (
    "rules",
    "period",
    "guest",
    "wait_entry",
    "reservation",
    "acknowledgement",
    "exposure",
    "seating",
    "seating_table",
    "block",
    "held_table",
    "intention",
    "turnaway",
    "answer_given",
    "action",
    "complaint",
    "gesture",
    "purse",
    "approval",
    "till_check",
    "rescue",
    "rescue_option",
    "search_in_vain",
    "lever",
    "service_note",
    "table_reset",
    "section_table",
    "lesson",
    "belief",
    "calibration",
    "quote_scale",
    "risk_calibration",
)

LEFT_OUT: Final = frozenset(
    {
        # The house itself, which is loaded from its file before.
        *("venue", "house", "dining_table", "staff"),
        # Who may get in, and what proves it.
        *("client_venue", "device", "pairing", "session", "known_login", "guest_link"),
        *("idempotency", "slot_hold", "google_booking", "till_event", "security_event", "erasure"),
        # What was told to others, and what is made anew.
        *("outbox", "webhook_endpoint", "webhook_delivery", "webhook_seen", "alert"),
        *("notice", "push_subscription", "push_delivery", "push_key", "kitchen_mark"),
        "guest_notice",
        *("bid_price", "lab_run", "lab_night", "letter", "change_stamp", "zone_change"),
        # What was written to each other is deleted with the evening.
        *("thread_message",),
    }
)
"""Tables with `venue_id` that are no history, or hold secrets."""

EMPTIED: Final = frozenset(
    {
        ("reservation", "slot_hold_id"),
        *(("action", column) for column in ("before", "after", "answer", "asked")),
    }
)
"""Columns that lead to rows left out, or hold what an undo or a repeated command needs."""
