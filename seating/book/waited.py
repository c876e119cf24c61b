"""Which promised parties waited: SQL that every report, lesson and piece of advice shares.

A wait begins at the start or, for who came later, at the arrival. Who walked has waited too.
"""

WAITED_OVER = """({party}.state = 'walked' or (
        select min(sat.seated_at) from seating sat
        where sat.venue_id = {party}.venue_id and sat.reservation_id = {party}.reservation_id)
        - greatest({party}.starts, {party}.arrived_at) > make_interval(mins => {tolerance}))"""
"""SQL: whether the reservation `party` waited over `tolerance` minutes; null where it never sat."""

TOLERANCE_TOLD = "({party}.risk ->> 'tolerance_minutes')::int"
"""SQL: the tolerance in minutes that the risk of the reservation `party` was told for."""

CAME_WITH_RISK = """({party}.state in ('seated', 'finished', 'walked')
        and {party}.risk #>> '{{told,own_wait}}' is not null)"""
"""SQL: whether the reservation `party` came and its own risk had been told beyond the room."""
