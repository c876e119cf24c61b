"""How full each quarter of an hour of a period is, by the book's own figures."""

from datetime import datetime

from msgspec import Struct


class QuarterPressure(Struct, frozen=True, kw_only=True):
    """A quarter of an hour of a period, from `at` on, in guests.

    `promised`: at tables then by the plan, seated ones not counted; `seated`: at tables then as is
    expected now. `capacity`: seats at tables that are not out of use. `starting_covers`,
    `starting_parties`: who start then, as pacing counts them; `pacing`: the covers that may.
    `risk`: the largest told for an overbooked party that starts then; None without any.
    """

    at: datetime
    promised: int
    seated: int
    capacity: int
    pacing: int
    starting_parties: int
    starting_covers: int
    risk: float | None = None
