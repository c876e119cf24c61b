"""What a stranger writes on top of the generated client: book a table, change it, cancel it.

Run as a program: the server's URL, a client's id and secret, the venue and the day.
"""
# mypy: ignore-errors

from __future__ import annotations

import json
import sys
from datetime import date

import maitred_client as maitred


def main(url: str, client_id: str, secret: str, venue: str, day: str) -> None:
    """Print what happened, step by step."""
    basic = maitred.Configuration(host=url, username=client_id, password=secret)
    with maitred.ApiClient(basic) as api:
        got = maitred.AccessApi(api).get_token(grant_type="client_credentials")
    configuration = maitred.Configuration(host=url, access_token=got.access_token)
    with maitred.ApiClient(configuration) as api:
        print(json.dumps(use(api, venue, date.fromisoformat(day))))


def use(api, venue, day):
    """Look up, hold, book, change, cancel."""
    house = maitred.VenuesApi(api).get_venue(venue)
    free = maitred.AvailabilityApi(api).get_availability(party_size=2, venue=venue, var_date=day)
    start = free.items[0].start
    hold = maitred.SlotHoldsApi(api).create_slot_hold(
        venue, '"hold"', maitred.NewSlotHold(start=start, party_size=2)
    )
    bookings = maitred.ReservationsApi(api)
    wish = maitred.NewReservation(
        guest=maitred.GuestSent(name="Ada Lovelace", phone="+493023125024"),
        slot_hold_id=hold.id,
        accepted_house_rules=house.house_rules.version,
    )
    booked = bookings.create_reservation(venue, '"book"', wish)
    moved = bookings.change_reservation(
        venue,
        booked.id,
        f'"v{booked.version}"',
        maitred.ReservationChange(start=free.items[-1].start, party_size=3),
    )
    gone = bookings.cancel_reservation(
        venue, booked.id, '"cancel"', maitred.Cancellation(reason="An example.")
    )
    try:
        bookings.change_reservation(venue, booked.id, '"v1"', maitred.ReservationChange(notes="x"))
    except maitred.ApiException as refused:
        code = json.loads(refused.body)["code"]
    return {
        "booked": [booked.status, booked.party_size, booked.start == start],
        "moved": [moved.status, moved.party_size, moved.start == free.items[-1].start],
        "gone": [gone.status, gone.cancelled_because],
        "stale": code,
    }


if __name__ == "__main__":
    main(*sys.argv[1:])
