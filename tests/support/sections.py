"""Two servers, and the order that gives them tables."""

from __future__ import annotations

from uuid import uuid4

from policies.floor import orders

SERVERS = "".join(
    f'[[staff]]\nid = "{name}"\nname = "{name.title()}"\nrole = "server"\n'
    for name in ("ana", "ben")
)
"""Of a house file."""


def served(**tables: str) -> orders.Sections:
    """The order that gives tables (their names, written together) to servers."""
    wanted = tuple(orders.Section(server=k, tables=tuple(v)) for k, v in tables.items())
    return orders.Sections(id=uuid4(), sections=wanted)
