"""The independent check: what was acknowledged, against plain rows and the house file.

Nothing here comes from policies/ or seating/: a mistake there must not excuse itself. The tests in
tests/scripts/simulation/examination break the book in every way named here and see each one found.
"""
