"""The manager's one knob between guests' waits and a full room, and the frontier it moves along.

`positions`: the named positions, each a set of existing rules, and where rules stand among them.
`frontier`: what each position brought and cost, measured by `scripts/bench frontier`
(frontier.json). `house_evenings`: the house's own evenings beside it. `words`: what is said of all
this to managers.
"""
