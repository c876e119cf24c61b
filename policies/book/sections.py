"""Sections: who serves which tables of a service, and what each server has served so far.

A section is the tables of one server, the station of the trade. A service without sections goes by
none of this.
"""

from datetime import datetime

from msgspec import Struct


class SectionTable(Struct, frozen=True, kw_only=True):
    """Who serves a table of the service; `server`: a staff id, None: nobody."""

    table_id: str
    server: str | None
    version: int = 1


class ServedParty(Struct, frozen=True, array_like=True):
    """A party that a server was given in this service, gone or not: when, and how many guests."""

    server: str
    seated_at: datetime
    covers: int
