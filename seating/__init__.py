"""The domain on PostgreSQL (asyncpg), in wings by topic.

Every command has one shape: lock the period's row, read its picture, let a pure function of
`policies` decide, write the changes, announce them (pg_notify and an outbox row in the same
transaction). The period row is the one serialisation point; several are locked in sorted order.

Wings, from the ground up: book; access, forecast, gestures, turnaways, webhooks; door, house;
booking, waitlist; floor, partners; rescue; privacy; jobs. A wing imports only wings below it
(import-linter contracts in pyproject.toml). Ground: `db` (pool, transactions, retries), `errors`
(codes), `clock` (business time); below them `connecting` (what DATABASE_URL asks for) and `fitness`
(whether a database can carry the service). Beside them `migrate` (schema), `invariants` (what is
guaranteed, by which constraint, proven by which test).
"""
