"""Rescue: ways to seat a party that was refused, or that was promised a table and has none.

Front doors: `options` and `option` (the list), `ranking` (its order), `taking` (open, take or
close an option), `orders` (the commands), `facts` (why an option is gone), `cases` (promised
parties that need a host's attention), `foreseen` (refusals to come), `playbook` and
`ordinary_answers` (what staff say for a refusal code), `rehearsal` (what the order to seat a party
does, for each option of the door), `words` (sentences). `worth` is internal to policies.

Options come from the engine that commits, so none is offered and then refused unless the room
changed in between; opening one keeps its tables for two minutes as a slot hold. They are ordered by
    worth = P(guest takes it) * covers * value of a cover - expected cost to others
in minor currency units; the host chooses. A guest hears the answer first and the exception in
person, in words that blame nobody.
"""
