"""The decisions judged in the minute world: rows, nights played, figures, bars.

`rows` says what is compared, `playing` plays one night of it, `pieces` keeps nights on disk,
`flat_search` finds the best flat rule, `night` and `figures` sum up, `bars` judge.
"""
