"""Commands of the host stand, and the changes that follow from time alone.

Front doors: `orders` (the commands as sent), `stand` (picture, clock and actor a command runs on),
`commands` (carries one out), `lever_spans` (the services a lever is for), `undo`, `held_tables`,
`new_rules` (what other rules change in an open period), `due` and `closing` (what time makes true:
expired slot holds, released held tables, no-shows, the end of a period), `checks` (events of a
till), `warnings` (what an order means to the host, and what it asks first; `placements` is its
part about the party at its tables). Handlers by topic are internal: `reservations`, `seatings`,
`waitlist`, `levers`.

Everything is a function from a picture and a command to `Changes`; nothing is written here.
A seating is a fact and is refused only because of another fact (at most one party at a table);
a plan, a held table or a block that a command overrides is re-planned in the same result. A likely
mistake (six at a table for two) is asked about once: NEEDS_ANYWAY, until the order names what it
accepts. A table that a command names is given or refused with who has it, never dropped.
Giving a table away after the no-show grace frees the table, not the promise: a late party is still
owed a place unless it acknowledged the lateness rule.
"""
