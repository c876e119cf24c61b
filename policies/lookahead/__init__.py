"""The look-ahead: which option for a party at the door is worth most, and how long it would wait.

Front doors: `advice` (options ranked by value, wait quotes), `quotes` (quote scales learned from
outcomes), `base_choice` (what the base rule alone would do, where a house does not decide by
value), `words` (the advice as a sentence for staff). Everything else is used inside only.

A rollout policy: one step of policy improvement over a base rule (Bertsekas, Tsitsiklis and Wu
1997). S = 32 scenarios of the next 130 minutes are drawn from the forecast on common random
numbers: when seated parties leave, which promised parties come and when, who walks in. Each
action (a table, a join, or to wait) is simulated in all of them under the base rule, and
  value(action) = mean over scenarios of the sum over parties of size x payoff,
  payoff = cover if seated, - gesture if promised and seated over the tolerance late,
           - walk_weight x walked if promised and not seated within the walk limit,
           hope if promised and still waiting when the scenario ends.
The base rule (`base_rule`) seats by best fit in order of arrival; a walk-in is seated only while
the cascade still places every promised party that waits or is due within 20 minutes.
"""
