"""What all audiences share: authentication, guards, dependencies, problem documents, strict JSON.

`access` turns a request into a Partner (bearer token), a StaffMember (session cookie) or a Facade
(Google, HTTP Basic) and holds the guards. `dependencies` provides the pool, a transaction, the
clock and the like by name. `problems` maps every exception to an RFC 9457 problem document in one
table; `refusals` translates the "no" of a decision into its public code. `requests` decodes bodies
strictly with msgspec. `described` declares the answers for the OpenAPI document. `oauth` is
/oauth/token, `limits` the RateLimit headers, `methods` the Allow header of OPTIONS.

Every audience may import every module here; nothing here knows an audience.
"""
