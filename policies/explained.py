"""What a decision by value rested on, in numbers: kept with every answer, read by staff alone."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct


class Driver(Struct, frozen=True, kw_only=True):
    """A booking, and by how much it raises the chance of an overload."""

    reservation_id: UUID
    contribution: float


class Explained(Struct, frozen=True, kw_only=True):
    """Why a start was given or refused. Money in minor units; `made_at` is the prices'.

    It binds in the five minutes from `bucket` for parties of `party_class` guests or more: there,
    the asking party counted, `expected` of them are at a table of `places`, and with chance
    `overload` more than that come (exact, Poisson-binomial); `drivers` raise it most. `risk`: the
    chance that anybody promised then waits over the tolerance, `ceiling` the most the manager
    allows beyond the room. `walked`, `late`: parties more that would be sent away, kept
    waiting, as weighed; `foretold`: walked in the evening as it will be, walk-ins at the door too.
    `value` = `revenue` - `risk_cost` - `displaced`, each weighed by the chance to come.
    """

    bucket: datetime
    party_class: int
    overload: float
    expected: float
    places: int
    drivers: tuple[Driver, ...]
    revenue: int
    risk_cost: int
    displaced: int
    value: int
    risk: float
    ceiling: float
    walked: float
    foretold: float
    late: float
    made_at: datetime
