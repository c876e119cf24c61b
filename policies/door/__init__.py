"""What can be offered to a party at the door now, or how long it has to wait.

Front doors: `options` (a walk-in), `owed` (a party with a reservation), `option` (the answer's
structs), `refusal` (why there is no table), `waiting` (the waitlist), `timeline` (a period's tables
by time) and `calendar_days` (what a date ahead could take); `exposure` is internal to policies.

Every option comes from the settled plan: all physical promises and held tables assigned to tables.
A table is offered if the plan still admits everybody with the party placed there: as it stands,
after moving others who are not seated, or for a shorter turn. Otherwise a held table that a host
may grant, or the earliest time within two hours at which a table is free for the whole turn.
A party with a reservation is owed a place, so it is also offered tables that would leave somebody
else without one; the option lists those reservations in `exposes`.
Which option is worth most is decided in `policies.lookahead`.
"""
