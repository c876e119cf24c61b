"""What all audiences share: authentication, guards, dependencies, problem documents, strict JSON.

`access` turns a request into a Partner (bearer token), a StaffMember (session cookie) or a Facade
(Google, HTTP Basic) and holds the guards. `dependencies` provides the pool, a transaction, the
clock and the like by name. `problems` maps every exception to an RFC 9457 problem document in one
table; `parameters` refuses query keys that a route does not know, and says what is wrong with one
it does; `pointers` says where. `refusals` translates the "no" of a decision into its public code.
`requests` decodes bodies strictly with msgspec and tells every mistake. `described` declares the
answers for the OpenAPI document. `oauth` is /oauth/token, `limits` the RateLimit headers, `methods`
the Allow header of OPTIONS.

Every audience may import every module here; nothing here knows an audience.
"""
