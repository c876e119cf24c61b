"""The advice for a party at the door as a message for staff, to be said in any language.

Every number in a sentence is in `DoorAdvice`; consequences are stated without blame.
"""

from policies.house.house import House
from policies.house.wording import about, clock, how_often, tables_named
from policies.lookahead.advice import DoorAdvice
from policies.lookahead.base_choice import KeptFor
from policies.words.message import Message, message


def reason_of(advice: DoorAdvice, house: House) -> Message:
    """Return what to do with the party, and why."""
    latest = advice.wait_minutes
    return _seat(advice, house) if latest is None else _wait(advice, latest, house)


def why_kept(kept: KeptFor, house: House) -> Message:
    """Return for whom the tables that are free are better kept now."""
    if not kept.parties:
        return message("door-others-first")
    return message("door-kept-for-due", parties=kept.parties, by=clock(house, kept.by))


def _seat(advice: DoorAdvice, house: House) -> Message:
    where, gain = tables_named(advice.tables), about(advice.gain, house)
    if gain.minor <= 0:
        return message("door-seat-even", where=where)
    if not advice.instead:
        return message("door-seat-over-waiting", where=where, gain=gain)
    instead = tables_named(advice.instead)
    return message("door-seat-over-table", where=where, gain=gain, instead=instead)


def _wait(advice: DoorAdvice, latest: int, house: House) -> Message:
    likely = advice.wait_likely or latest
    where, threatened = tables_named(advice.tables), advice.threatened
    if threatened is not None:
        return message(
            "door-wait-for-promise",
            likely=likely,
            latest=latest,
            where=where,
            size=threatened.party_size,
            starts=clock(house, threatened.starts),
            often=how_often(threatened.chance),
        )
    return message(
        "door-wait-over-table",
        likely=likely,
        latest=latest,
        where=where,
        gain=about(advice.gain, house),
        instead=tables_named(advice.instead),
    )
