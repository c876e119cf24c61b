"""Reports: one registry of what is counted, by what, over which cases, down to each case.

A report is a statement of cases (a reservation, a turnaway, a gesture), a key by which they are
grouped, and columns that are counts, sums, shares or means of them. What is behind a figure is
therefore always the very cases that were counted.
"""
