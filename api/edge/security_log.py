"""The log of security events on standard error: a line each, whatever else is logged and how."""

import logging
import sys
from typing import TextIO

from seating.access.audit import LOG


class StandardError(logging.StreamHandler[TextIO]):
    """Writes to what standard error is at the moment."""

    def __init__(self) -> None:
        logging.Handler.__init__(self)

    @property
    def stream(self) -> TextIO:
        return sys.stderr

    @stream.setter
    def stream(self, _: TextIO) -> None:
        """It is always standard error."""


def log_to_stderr() -> None:
    """Write each event once, as the line it is, unless the operator gave the logger handlers."""
    LOG.setLevel(logging.INFO)
    if not LOG.handlers:
        LOG.addHandler(StandardError())
        LOG.propagate = False
