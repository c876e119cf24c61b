"""Forecasts, bid prices and wait-quote scales per venue: learned, stored and read.

`history` reads closed periods back; `learning` fits from it, once per service date, a forecast by
period name and weekday (prior shrunk towards the observed nights), the show-up model, and keeps
expected against actual for calibration. `prices` refreshes the bid prices of open periods that are
decided by value: one `bid_price` row per period holds the prices pi[class][bucket] (5-minute
buckets) and the forecast they were made with, so that all processes decide alike. `quote_scales`
multiplies simulated waits: scale += 0.015 * weight * (0.81 - kept) per quoted party, in three bins
of simulated minutes. `period_values` keeps scenario ledgers in memory between decisions. `evidence`
reads what advice to managers rests on: evenings, walk-ins, stays, risks told.

May be imported by: booking, partners, door, house, waitlist, rescue, jobs. The learning jobs are
run by api.jobs.
"""
