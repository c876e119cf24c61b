"""The waitlist: joining from outside the stand, quoted waits, the guest's place, whose turn it is.

A host adds, calls and seats parties with commands (seating.floor); `joining` serves API clients and
partners. Both write the same entries. `quotes` gives the wait told: by the plan (the first time
a table is free for the whole turn, times 1.2, rounded up to 5 minutes), or, where the house decides
by value, by the look-ahead (mean simulated wait times a learned scale, rounded up to 5 minutes).
`entries` shows a party its place; `turns` prompts the host when a party's turn has come: parties
notified first, then in order of arrival, each that fits a free table now. `requoting` tells the
host of waits told that are over or cannot be kept, with a new quote. `report`: quotes kept.

May be imported by: floor (entries, quotes, turns), jobs (requoting, turns) and api.
"""
