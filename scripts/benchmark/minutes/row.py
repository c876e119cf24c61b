"""A row of the table in the minute world."""

from typing import Literal

from msgspec import Struct

from policies.house.rules import Rules
from policies.lab.ours import ServicePolicy
from policies.lab.rivals import FlatRule

Door = Literal["base", "large-first", "lookahead", "service"]
"""`base`: best fit in order of arrival, tables held back for near promises. `large-first`: the
same, with the look-ahead's base rule for joins and large parties."""


class ServiceRules(Struct, frozen=True, kw_only=True, tag=True):
    """The service's own path under a manager's rules.

    `unknown`: it believes of demand what it believes of a house without history.
    """

    rules: Rules
    unknown: bool = False


Accept = ServicePolicy | ServiceRules


class MinuteRow(Struct, frozen=True, kw_only=True):
    """What is compared: how requests are answered, and who stands at the door.

    `accept`: None is the flat rule, the best of its grid. `like`: with the best rule of that row.
    `stress`: the name of a stress, "" for plain nights in the plain house.
    """

    name: str
    title: str
    accept: Accept | None = None
    door: Door = "base"
    like: str = ""
    stress: str = ""


Rule = FlatRule | ServicePolicy | ServiceRules
