"""Rescues: ways to say yes to a party that was refused, or whose promise has no table.

`listing` computes the options (a held table, a join, a shorter turn, moving others, another area,
overbooking, later, another day, the waitlist, a neighbour) and stores them; lists of several hosts
may overlap, since nothing is locked. `opening` reserves what an option needs for 2 minutes, at most
2 per host; `taking` carries it out: seats, books, lists or refers the party, and marks its turnaway
recovered. Under the lock the option is checked again; if the room changed, the refusal names the
fact in the way. Option states: listed -> opened -> taken | lapsed. Lock order: the rescue's row,
then the period. `cases`: promised parties a host has to look after, opened by a job, closed by
seating, a rescue or by hand. `foreseen`: refusals expected tonight. `alerts`: a colleague called.

May be imported by: jobs (open_due_cases, lapse_options) and api.
"""
