"""Names and envelope of what screens are told."""

from __future__ import annotations

import re
from typing import get_args

import pytest

from api.background.broadcast import Event
from api.openapi.screen_types import LiveEvent
from policies.book.picture import (
    HeldState,
    ReservationState,
    SeatingState,
    SlotHoldState,
    WaitState,
)
from scripts.setup_venv import ROOT
from seating.book.announcing import EVENTS, EventOf, announced, require_listed

STATES = {
    "reservation": ReservationState,
    "seating": SeatingState,
    "waitlist": WaitState,
    "held_table": HeldState,
    "slot_hold": SlotHoldState,
    "call": SlotHoldState,
    "rescue": SlotHoldState,
}
"""What seating/book/write.py announces by the state it has come to."""
SPOKEN = re.compile(r"pg_notify\(|_event\(f?\"([a-z_.]+)\"")


@pytest.mark.parametrize("prefix", STATES)
def test_every_state_has_its_event(prefix: str) -> None:
    require_listed(f"{prefix}.{state}" for state in get_args(STATES[prefix]))


def test_screens_are_told_by_one_expression_only() -> None:
    for path in ROOT.glob("seating/**/*.py"):
        for found in SPOKEN.finditer(path.read_text()):
            name = found[1]
            assert name in EVENTS if name else path.name == "announcing.py", path


def test_an_event_that_is_not_listed_is_no_statement() -> None:
    with pytest.raises(ValueError, match=r"party\.waved"):
        announced("party.waved", subject="$2", version="1")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=r"table\.painted"):
        EventOf("table.", "state", ("painted",))


def test_the_stream_is_as_its_type_says() -> None:
    assert {"venue", *LiveEvent.__struct_encode_fields__} == set(Event.__struct_encode_fields__)
