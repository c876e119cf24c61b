"""A till of the house of five tables that the booking sites' tests use."""

from tests.api.booking.conftest import app, partner

__all__ = ["app", "partner"]
