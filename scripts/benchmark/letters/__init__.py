"""`scripts/bench letter`: a house that follows its morning letters beside one that stands still.

`guests`: the demo's town, the same for both. `evening`: a date from its first booking to its close,
decided by the service's own functions in the minute world. `rows`: what of it the house has in its
book. `house`: the house on a PostgreSQL of its own, with its jobs, its lab and its manager, who
follows. `season`: ninety dates of one house. `held_out`: sixty other dates under the rules that
both ended with. `report`: what is printed.
"""
