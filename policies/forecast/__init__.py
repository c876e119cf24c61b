"""The forecast of a period, its prior before there is history, and learning from past periods.

A `Forecast` holds expected requests and walk-ins (Poisson, shares by 15-minute slot and party
size), stays by party size (log-normal), lateness, no-show and cancellation shares. Every figure is
a prior shrunk towards the data: (weight x prior + sum of observations) / (weight + count).
Demand is unconstrained, because a sold-out slot shows fewer requests than there were (`demand`);
within the booking window the request rate is (16 + seen) / (16 / prior + elapsed share);
mean stays are biased upwards while data are few, since stays believed 15 % too short cost 3-4 %
of net revenue and multiply walked parties, while 5-15 % too long cost 1-2 %.

Marks of the constants: [P] published, [D] computed from a data set, [A] assumption.

Front doors: `forecast`, `prior`, `learning`, `show_up`, `stays`, `past_night`,
`evidence` (what a figure rests on), `stay_evidence` (written turn times against stays).
Internal to policies: `miss_odds`, `demand`, `lateness`, `period_grid`.
"""
