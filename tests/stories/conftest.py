"""The stories' house: a host and a manager at their tablets, a booking site, the real database."""

from __future__ import annotations

from tests.api.conftest import anybody, host, manager, partner
from tests.api.host.conftest import app

__all__ = ["anybody", "app", "host", "manager", "partner"]
