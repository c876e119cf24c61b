"""Periods as joined by other statements: calendar columns only, without levers and version."""

import msgspec
from asyncpg import Record

from policies.house.calendar import Period

PERIOD_COLUMNS = """p.period_id, p.service_date, p.name, p.opens, p.last_seating, p.closes,
       p.house_version, p.served"""
"""Of the table `period`, which a statement has to call p."""


def period_in(row: Record) -> Period:
    """Return the period in a row that holds PERIOD_COLUMNS, whatever else it holds."""
    return msgspec.convert(row, Period, from_attributes=True)
