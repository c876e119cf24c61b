"""The lab: our decisions on synthetic nights, beside rival rules and an upper bound on them all.

Front doors: `trial`, which the manager's lab plays drafts with on a house's own nights; the rest is
what `scripts/bench decisions` measures the decisions with. A night (`nights`) draws all behaviour
of its guests in advance, so every policy meets the same guests (common random numbers) and nights
are compared in pairs (`compare`). Acceptance: `ours` (the service's functions, each part of which
can be switched off) or `rivals` (flat overbooking, newsvendor). The evening: `play`, with the base
rule or the look-ahead (`live`) at the door. `bound` and `class_bound` are linear programmes no
policy can beat; `placing` measures plans against the second.
  net = 50 a seated cover - 100 a walked cover - 10 a cover seated over 10 minutes late
Synthetic: 60 tables, Poisson requests 140 / 220 / 300 and walk-ins 40 / 60 / 80 a night.
"""
