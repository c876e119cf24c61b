"""Turnaways: every party refused, or that left the waitlist, logged once per service date.

A turnaway is a denial (the house refused) or a regret (the guest declined). A known party (same
guest, phone number or waitlist entry) refused again on the date adds to `repeats` of its first row.
It is recovered when the party gets a place after all (booked, seated from the waitlist, a rescue)
and has come to it, and not any more when that is undone or the party does not come. `log` is the
write side; `at_the_door` records what a host says; `playbook` gives the answers for a cause and
counts their use; `report` sums up by cause.

May be imported by: booking, partners, waitlist, floor, rescue, jobs and api.
"""
