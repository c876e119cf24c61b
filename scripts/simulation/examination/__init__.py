"""The independent check: acknowledged answers against the rows of the database and the house file.

It imports nothing from policies/ or seating/, so that a mistake there cannot hide itself. Input is
the journal (`accounts` replays it per reservation) and snapshots of the tables (`rows`); each rule
is checked by `Findings.look(rule, holds=..., evidence=...)`. `examiner` decides when: some rules
between steps, all at the end. `book`: reservations; `plans` with `seating_fit`: every promise has
a table; `access`: the tables, shares of the pace and preferences of a party; `mending`: what a
host mended or set for a date ahead; `anyway`: no likely mistake unasked; `floor`: no table twice;
`held_tables`, `gestures`, `rescues`, `by_value`: the topics of these names; `answers`,
`idempotency`: repeated calls.

tests/scripts/simulation/examination break the book in every way named here and expect each one to
be found.
"""
