"""For Google: Booking Server v3 on /google/v3, by HTTP Basic with a client of the scope `google`.

The messages are Google's (proto3 JSON, `proto`), so the API is not part of /openapi.json; Structs
are named after Google's messages. merchant_id is the venue's id. service_id is `reservation` for a
table anywhere in the venue and `reservation:AREA` for one in an area. The venue decides the
duration: a look-up answers with the duration_sec it was asked with, a booking with the real one.

Refusals of a booking are answers with status 200 and a `booking_failure`; an unknown id or
an invalid value is a 400 (`dependencies`). The engine is that of /v1, with channel `google`.
"""
