"""For Google: Booking Server v3 on /google/v3, by HTTP Basic with a client of the scope `google`.

The messages are Google's (proto3 JSON, `proto`), so the API is not part of /openapi.json; Structs
are named after Google's messages. merchant_id is the venue's id. service_id is `reservation` for a
table; an area is named by the room_id of a slot's resources, or by `reservation:AREA` as the
service. The venue decides the duration: a look-up answers with the duration_sec it was asked with,
a booking with the real one. A slot without a confirmation_mode is one to be confirmed at once.
Tags, staff, offer and language of a booking are kept as sent and repeated in every answer.

Refusals of a booking are answers with status 200 and a `booking_failure`; an unknown id or
an invalid value is a 400 (`dependencies`). The engine is that of /v1, with channel `google`.
"""
