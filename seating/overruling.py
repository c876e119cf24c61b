"""A person books against the engine: who may, and what becomes of the promise."""

from msgspec.structs import replace

from policies.answers import Ask, No, Yes
from policies.booking import decide
from policies.terms import Promise
from seating.errors import NotAllowed
from seating.periods import Opened
from seating.reservations import Booker, is_tonight


def overruled(opened: Opened, ask: Ask, made: Promise, no: No) -> Promise:
    """Book against the engine: beyond the room, unless only a rule about the guest stood in."""
    if no.code == "DUPLICATE":
        again = decide(
            opened.picture, replace(ask, guest_id=None), opened.house, now=opened.now, quick=True
        )
        if isinstance(again, Yes) and not again.moved:
            return replace(made, tables=again.tables, duplicate_allowed=True)
    return replace(made, kind="overbooked", overruled=True, fixed=False, duplicate_allowed=True)


def check_may_overrule(opened: Opened, booker: Booker) -> None:
    """Raise NotAllowed for a host on another date than tonight's."""
    if booker.actor == "host" and not is_tonight(opened.house, opened.picture.period, opened.now):
        raise NotAllowed("hosts overrule for tonight only; ask a manager", pointer="/overrule")
