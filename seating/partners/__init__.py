"""Systems with a vocabulary of their own: Google's Booking Server v3 and tills.

`google_lookups` answers BatchAvailabilityLookup, `google_bookings` creates, updates and lists
bookings, once per idempotency token. `till` takes in check events of a point of sale, once per
event id, and links each check to the seating at its table. All of them call the engine and the
commands that everybody uses. Front doors: all modules, for api.
"""
