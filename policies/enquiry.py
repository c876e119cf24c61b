"""May this be asked at all: an enquiry is answered by a person, so only rules of time bind it."""

from datetime import datetime

from policies.answers import Ask, No
from policies.case import Case
from policies.hours import closed, outside_window
from policies.house import House
from policies.party import house_rules
from policies.terms import Picture

RULES = (closed, outside_window, house_rules)


def enquire(picture: Picture, ask: Ask, house: House, *, now: datetime) -> No | None:
    """Return the rule that stands against even asking; never the party's size or a full room."""
    case = Case(picture=picture, ask=ask, house=house, now=now)
    refusals = (rule(case) for rule in RULES)
    return next((refusal for refusal in refusals if refusal is not None), None)
