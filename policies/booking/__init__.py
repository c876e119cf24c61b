"""May this party book: the one engine that answers availability, create and change.

1. rules of time and party, in the order they bind (`engine.RULES`); the first that refuses wins
2. a table, with every physical promise keeping one (`tables`, on policies/plan)
3. else a promise beyond the room, within the manager's ceiling of risk and caps (policies/risk)
4. where the rules decide by value: only at a positive net value (`by_value`, on policies/value),
   unless a person of the house gives the place by discretion (a held table, a price overruled)

The answer is a `Yes` (tables, moves, kind physical or overbooked) or a `No` (code, sentence,
alternatives). The engine that offers is the engine that commits, so what it offers is refused later
only if the room changed in between.

`ceiling_evidence` says what a ceiling of risk rests on.

Front doors: `engine`, `tables`, `words`, `ceiling_evidence`.
"""
