"""Periodic work: `sweeps` (what runs) and `runs` (when each job last succeeded or failed).

A sweep finds periods with something due and handles each in its own transaction. Nobody waits for
it: any transaction that locks a period first applies what is due (policies.floor.due), with the
same function, so any number of processes may sweep at once. Front doors: both, for api.
"""
