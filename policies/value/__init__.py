"""What a promise is worth: bid prices, and the net value of a request.

net value = revenue x P(show)
            - caution x expected cost of parties walked and kept waiting
            - P(show) x the cheapest table or join at bid prices, over the stay

Accepted is what has a positive net value within the manager's ceilings. Risk (policies/risk)
without the displaced value does worse than flat overbooking, so the two are never used apart.

Bid prices are the dual prices, by class and 5-minute bucket, of assigning all expected guests to
tables; found by smooth ascent (Talluri and van Ryzin 2004, ch. 3). How many tables to hold for
walk-ins follows Littlewood's rule (1972) on the same prices.

Front doors: `period_value` (a period's ledger and prices in memory), `period_prices` (making the
prices), `hold_advice` (held tables), `hold_worth` (what they
earned and cost). Money is in the prices' unit, a cover being 50, until it is
told in minor units of the venue's currency.
"""
