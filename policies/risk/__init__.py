"""The risk of one more promise: what it does to the parties that already have one.

**Scenario ledger** (`ledger`, `ledger_kernels`, `party_draws`): some 300 scenarios of a period on
common random numbers. In each a party cancels or not, shows or not, comes late, stays for a time.
Occupancy by size class and 5-minute bucket gives the overflow, the parties without a table. One
more party's marginal risk is the share of scenarios in which it adds a shortage of 15 minutes
(late) or 30 minutes (walked).

**Overbooking rule** (`overbooking_rule`, `overflow`), where the rules do not decide by value: the
probability that those who show do not fit a bucket, from exact Poisson-binomial counts by class,
held against the manager's ceiling and caps.

Both count who fits by the cascade (`cascade`): classes from the largest down, each on its own
tables, larger ones left over, then joins; with nested capacities exact by Hall's condition (1935).
`binding`: the bucket and class with the least slack. `parties`, `closures`: the ledger's input from
a picture.

Front doors: none; seating and api reach it through `policies.value` and `policies.booking`.
"""
