"""Google's Booking Server v3 as a facade: their words and types over the engine of the house.

merchant_id is the venue's id. service_id is `reservation` for a table anywhere in the house and
`reservation:AREA` for one in an area. The length of a booking is the house's to say: what is asked
is repeated at look-up, what is given stands in the booking.
"""
