"""What is said with advice on held tables, and of what it rests on."""

from policies.forecast.evidence import DemandEvidence
from policies.house.house import House
from policies.house.wording import about, how_often
from policies.words.message import Message, message


def too_early(*, tables: int, seats: int, needed: int, evenings: int) -> Message:
    """Return what is said where too few evenings were seen for advice."""
    return message("hold-too-early", tables=tables, seats=seats, needed=needed, evenings=evenings)


def advised(
    house: House, *, hold: int, tables: int, seats: int, chance: float, holding: int, selling: int
) -> Message:
    """Return the advice; the money in minor units."""
    often, kept, sold = how_often(chance), about(holding, house), about(selling, house)
    if hold == tables:
        return message(
            "hold-advised-all", hold=hold, seats=seats, often=often, holding=kept, selling=sold
        )
    return message(
        "hold-advised",
        hold=hold,
        tables=tables,
        seats=seats,
        often=often,
        holding=kept,
        selling=sold,
    )


def rests_on(seen: DemandEvidence, *, wanted: int, used: int) -> Message:
    """Return what the advice rests on; `used`: evenings on which `wanted` parties or more came."""
    return message(
        "hold-rests-on",
        evenings=seen.evenings,
        comparable=seen.comparable,
        walkins=seen.walk_ins,
        average=_average(seen),
        wanted=wanted,
        used=used,
        assumed=round(seen.prior_share * 100),
    )


def _average(seen: DemandEvidence) -> Message:
    low, high = (round(each or 0.0, 1) for each in (seen.per_evening.low, seen.per_evening.high))
    if low == high:
        return message("hold-average", low=low)
    return message("hold-average-between", low=low, high=high)
