"""Risks as they are told: calibrated probabilities of what guests and staff mean by a risk.

`own_wait`: this party, if it comes, waits over the tolerance or is walked; staff, guests and the
manager's ceiling mean it. `any_wait`: somebody promised waits while it is here; the manager's
evening and the reports show it, and no ceiling is compared with it. `walked`: this party is walked.

A logistic model of figures at hand when the promise is made (`features`), with coefficients
learned on synthetic nights (`model`, `coefficients.json`, made by `scripts/bench told-prior`),
scaled to the house's own evenings (policies/forecast/risk_calibration.py).
"""
