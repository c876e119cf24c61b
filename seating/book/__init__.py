"""The period row and what hangs on it: lock, picture, write.

A period is one service of one date (dinner on the 14th). Its row is the serialisation point of all
that it has promised: `periods` locks it, reads the `picture` (one SQL statement) and applies what
has fallen due; `write` stores the changes of a decision (one statement: rows, counters, version,
outbox, pg_notify). Promises, slot holds, held tables and blocks have rows in `intention`, which
PostgreSQL keeps from overlapping on a table (exclusion constraint).

A reservation has two versions: `version` counts every change, for staff; `public_version` those a
guest may see (`policies.book.changes.seen_by_guest`), for ETags, webhooks and the guest's page. It
has two texts: `special_request` is the guest's, `notes` the house's.

Front doors: `periods`, `in_force` (house version and rules), `reservations`, `guests`, `actions`
(audit, replay of a repeated action, undo), `levers` (those in force), `service_notes`. Inside
seating only: `picture`, `write`, `write_sql`, `asked` (checks that need no picture).
"""
