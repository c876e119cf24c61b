"""A report as CSV (RFC 4180): text that a spreadsheet would take for a formula is made harmless."""

import csv
from collections.abc import Iterable
from io import StringIO
from typing import Final

FORMULA_STARTS: Final = frozenset("=+-@\t\r")
"""A cell that begins so is run by spreadsheets (OWASP, CSV injection)."""

Value = str | int | float | None


def cell(value: Value) -> str | int | float:
    """Return a cell: numbers as they are, a text that looks like a formula with a quote before."""
    if value is None:
        return ""
    if isinstance(value, str) and value[:1] in FORMULA_STARTS and value:
        return f"'{value}"
    return value


def csv_text(rows: Iterable[Iterable[Value]]) -> str:
    """Return the rows as CSV, the lines ended by CR LF."""
    out = StringIO(newline="")
    csv.writer(out).writerows([[cell(value) for value in row] for row in rows])
    return out.getvalue()
