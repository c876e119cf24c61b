"""How long the service waits under test: a busy machine must not turn a yes into "try again".

Whoever tests the waiting itself sets its own times; ORDINARY is what the service has.
"""

from __future__ import annotations

from typing import Final

from seating import lending
from seating.db import SETTINGS

ORDINARY: Final = {"lock_timeout": SETTINGS["lock_timeout"], "lent_within": lending.WAIT_SECONDS}


def wait_longer() -> None:
    """Wait seven seconds for a locked period and for a connection, in this process."""
    SETTINGS["lock_timeout"] = "7s"
    setattr(lending, "WAIT_SECONDS", 7.0)  # noqa: B010 - a constant to everybody else


WAITING = """
select count(*) from pg_stat_activity
where datname = current_database() and wait_event_type = 'Lock'
"""
"""How many wait in this database for somebody's lock."""
