"""The state of one period and what can be asked of it.

A `Picture` is everything that is true of a period, read at once under the lock of its row:
promises, slot holds, held tables, seatings, blocks, waiting parties, rules, bid prices. A
`Question` is one booking request before that picture; its answer is `Yes` or `No`. Every command
computes `Changes` from a picture (`decide(picture, request, now)`), which are then written,
announced and, for an undo, inverted. `lifecycles` holds the transition tables of all entities:
(state, event) -> (new state, who may cause it, seconds in which staff can undo it).

`levers`: what is set aside for some services (online booking paused, an area shut ...): of one kind
the last pulled holds, and it is back by itself when its time is over.

Facts exclude facts (one uncleared seating per table); intentions (plans, held tables, slot holds,
blocks) exclude intentions; a fact is never refused because of an intention.

Front doors: all modules.
"""
