"""For booking sites: /v1/venues/... by OAuth 2 bearer token (POST /oauth/token), with scopes.

Venues, availability, slot holds, reservations, enquiries and the waitlist. Guards: the client has
a grant of the venue, and token and grant hold the scope of the operation. Creating requests need
an Idempotency-Key (`idempotency`: same key, same answer), changes an If-Match with the ETag
(`dependencies`). Refusals carry public codes only: neither tables nor the reasons of held tables,
risk and value leave the house.

Structs named ...Sent or New... are request bodies, ...Seen are answers; their names are the schema
names in /openapi.json. `answers`, `dependencies` and `fields` are also used by `till` and
`webhooks`, the other clients of /v1.
"""
