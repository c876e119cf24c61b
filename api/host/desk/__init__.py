"""The reservations desk: bookings by phone or in person, and the house rules of each."""
