"""Pure decisions: no clock, no SQL, no I/O. `now` is always a parameter.

A wing imports only wings below it: lab, warm, webhooks / lookahead, rescue, gestures / door,
drafts, floor / booking / value / risk / plan / book / access, admission, forecast / house /
numeric, words.

Words, each used for one thing only:

- service date: the local date a period belongs to, also after midnight.
- period: one service (dinner, lunch) on a service date; its row is the lock for all promises in it.
- picture: everything true of a period, read at once under that lock; what a decision looks at.
- promise: a reservation the house must honour; physical (it has a place in a complete assignment)
  or overbooked (beyond capacity, within the manager's allowance).
- plan: the tables meant for promises; it may move until the party is seated.
- fact: what has happened and nothing planned can refuse, above all a seating.
- seating: a party at tables; at most one uncleared seating per table.
- intention: what is only meant and gives way to facts: plan, held table, slot hold, block, reset.
- access rule: who may have an area or a table (walk-ins, staff, members, who asks), and when.
- need: what a party's table has to be; preference: what it would like, which refuses nothing.
- held table: capacity out of sale on every channel, granted by staff with a reason or released.
- slot hold: a temporary promise while a guest decides; it is confirmed, given back or expires.
- block: a table out of use for a time.
- reset: a table made ready after its party has gone; an intention that displaces nobody.
- mark: what is told of a party and changes no state: late until, called, where it waits, pinned.
- pin: a person's choice of tables for a party, from which no plan moves it but for a fact.
- exposure: a promise that has lost its table in the plan (exposed).
- case: the task to find an exposed party a place, owned by a host.
- turnaway: a party not served; denial (the house refused) or regret (the guest declined).
- quote: the wait in minutes a party at the door is promised.
- pace (pacing): the covers and parties that may start within a quarter of an hour.
- turn time: minutes a table is planned for a party, reset included; stay: minutes it really sits.
- bid price: marginal value of a table in a 5-minute bucket to the demand still expected.
- net value: revenue x P(show) - cost of the added risk - value of the requests displaced.
- scenario ledger: occupancy of a period in some 300 sampled evenings with common random numbers.
- cascade: the feasibility check at one instant, largest parties first, spilling upwards to joins.
- look-ahead (rollout): each possible action at the door simulated to its outcome in scenarios.
- gesture: something given to a guest; comp: a gesture that costs the house an item or an amount.
- purse: the money a person (per shift) or the venue (per night) may spend on gestures.
"""
