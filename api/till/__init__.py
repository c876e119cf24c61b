"""For tills: POST /v1/venues/{venue}/pos/events, by bearer token with the scope `pos`.

A till sends the events of its checks (opened, updated, closed, cancelled); amounts are in minor
currency units. Events are deduplicated by `event_id` and ordered per check by `sequence`.
"""
