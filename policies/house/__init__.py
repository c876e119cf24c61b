"""The house file and the manager's rules: their data, checks and derived structures.

A `House` is what a manager writes in TOML (venue, areas, tables, joins, service periods, turn
times, staff); `Rules` are the versioned policies a period runs under (held tables, overbooking,
value of a cover, gestures, purses, playbook). Derived from them: the calendar (a service date's
periods as UTC instants), the room (which tables and joins seat a party, in order of preference),
the layout (the same as NumPy arrays, with size classes), and the time grid of 5-minute buckets.

Front doors: `house`, `rules`, `calendar`, `room`, `file`, `rules_checks`, `house_rules`,
`wording`, `grid`, `phones`, `shape`. Internal to policies: `checks`, `hours_checks`, `layout`.

House rules bind only parties they were shown to: an acknowledgement stores the keys of the rules
in the version shown, and nothing may be enforced against a party that has no record of the key.
"""
