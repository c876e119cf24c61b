"""What a stranger writes on top of openapi-python-client; arguments as generated_use.py's."""
# mypy: ignore-errors

from __future__ import annotations

import json
import sys
from base64 import b64encode
from datetime import date

from maitred_attrs import AuthenticatedClient, models
from maitred_attrs.api.access import get_token
from maitred_attrs.api.availability import get_availability
from maitred_attrs.api.reservations import (
    cancel_reservation,
    change_reservation,
    create_reservation,
)
from maitred_attrs.api.slot_holds import create_slot_hold
from maitred_attrs.api.venues import get_venue


def main(url: str, client_id: str, secret: str, venue: str, day: str) -> None:
    """Print what happened, step by step."""
    basic = b64encode(f"{client_id}:{secret}".encode()).decode()
    asked = models.TokenRequest(grant_type="client_credentials")
    with AuthenticatedClient(base_url=url, token=basic, prefix="Basic") as client:
        got = get_token.sync(client=client, body=asked)
    with AuthenticatedClient(base_url=url, token=got.access_token) as client:
        print(json.dumps(use(client, venue, date.fromisoformat(day))))


def use(client, venue, day):
    """Look up, hold, book, change, cancel."""
    house = get_venue.sync(venue, client=client)
    free = get_availability.sync(venue, client=client, date=day, party_size=2)
    start = free.items[0].start
    asked = models.NewSlotHold(start=start, party_size=2)
    hold = create_slot_hold.sync(venue, client=client, body=asked, idempotency_key='"hold"')
    wish = models.NewReservation(
        guest=models.GuestSent(name="Ada Lovelace", phone="+493023125024"),
        slot_hold_id=hold.id,
        accepted_house_rules=house.house_rules.version,
    )
    booked = create_reservation.sync(venue, client=client, body=wish, idempotency_key='"book"')

    def change(version, **fields):
        sent = models.ReservationChange(**fields)
        tag = f'"v{version}"'
        return change_reservation.sync(venue, booked.id, client=client, body=sent, if_match=tag)

    moved = change(booked.version, start=free.items[-1].start, party_size=3)
    asked = models.Cancellation(reason="An example.")
    gone = cancel_reservation.sync(
        venue, booked.id, client=client, body=asked, idempotency_key='"cancel"'
    )
    return {
        "booked": [booked.status, booked.party_size, booked.start == start],
        "moved": [moved.status, moved.party_size, moved.start == free.items[-1].start],
        "gone": [gone.status, gone.cancelled_because],
        "stale": change(1, notes="x").code,
    }


if __name__ == "__main__":
    main(*sys.argv[1:])
