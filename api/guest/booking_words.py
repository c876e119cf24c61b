"""Which message the page of a reservation shows for what: its news, why a time is refused."""

from typing import Final

from policies.house.calendar import largest_party_online
from policies.house.house import House
from policies.house.rules import NoCode
from policies.words.catalogue import is_written
from policies.words.message import Message, message
from seating.book.reservations import Reservation

CHANGEABLE: Final = frozenset({"requested", "booked"})


def news(kept: Reservation) -> Message:
    """What is so with the reservation."""
    return message("visit-closed-then" if closed_then(kept) else f"visit-news-{kept.state}")


def closed_then(kept: Reservation) -> bool:
    """Whether the house has closed these hours since: somebody calls, or another time is chosen."""
    return not kept.served and kept.state in CHANGEABLE


def refusal(code: NoCode | None, house: House, *, otherwise: Message) -> Message:
    """Why a time was refused, as far as a guest is told."""
    if not is_written(f"visit-refused-{code}"):
        return otherwise
    return message(f"visit-refused-{code}", most=largest_party_online(house))
