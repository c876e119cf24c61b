"""Forecasts, bid prices and quote models per venue: learned, stored and read.

`history` reads closed periods back; `learning` fits from it, once per service date, a forecast by
period name and weekday (prior shrunk towards the observed nights) with the show-up model in it,
recalibrated to the total of the last weeks. `prices` refreshes the bid prices of open periods that
are decided by value: one `bid_price` row per period holds the prices pi[class][bucket] (5-minute
buckets) and the forecast they were made with, so that all processes decide alike. `quote_models`
learns the quantiles of waits from quoted parties, a row per venue; `waits` tells every place the
wait of a party, made once a version of the period and 5 minutes. `told_risks` learns how true the
risks told with promises are. `period_values` keeps scenario ledgers in memory between decisions.
`evidence` reads what advice to managers rests on: evenings, walk-ins, stays, risks told.
`overbooked_report` compares the risk stated with what happened.

May be imported by: booking, partners, door, house, waitlist, rescue, jobs. The learning jobs are
run by api.jobs.
"""
