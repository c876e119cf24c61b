"""What a party was answered that told that it is late."""

from datetime import datetime
from typing import Literal

from msgspec import Struct


class LateTold(Struct, frozen=True, kw_only=True):
    """What a party that told that it is late was answered, kept as it was told.

    `told_at` by whom: the guest on its page, or staff. It comes at `arrives`; its table is kept
    until `kept_until` and then its own until `table_until`. Whoever comes later has `then_tables`
    at `then_at`; without tables there is no promise of one before `then_at`, and with neither none
    can be foreseen.
    """

    told_at: datetime
    by: Literal["guest", "staff"]
    arrives: datetime
    kept_until: datetime
    table_until: datetime
    then_at: datetime | None = None
    then_tables: tuple[str, ...] = ()
