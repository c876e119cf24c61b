"""One ask before one picture: what every booking rule looks at, and how rules word times."""

from datetime import datetime, timedelta

from msgspec import Struct

from policies.book.answers import Ask, No
from policies.book.picture import Channel, Picture
from policies.house.calendar import turn_minutes
from policies.house.house import House
from policies.house.room import Room, room_of
from policies.house.rules import NoCode
from policies.house.wording import clock

ONLINE: frozenset[Channel] = frozenset({"partner", "google", "guest"})


class Question(Struct, frozen=True, kw_only=True):
    """An ask, the picture it meets, and the rules. `now` is the instant of deciding.

    `guest_bookings`: live bookings of this guest anywhere in the book, this one not counted.
    `duplicate_allowed`: a person already allowed this guest a second table.
    """

    picture: Picture
    ask: Ask
    house: House
    now: datetime
    guest_bookings: int = 0
    duplicate_allowed: bool = False

    @property
    def room(self) -> Room:
        """The room of the house."""
        return room_of(self.house)

    @property
    def minutes(self) -> int:
        """How long this party keeps its table."""
        return turn_minutes(self.house, self.ask.party_size)

    @property
    def ends(self) -> datetime:
        """When the turn of this party ends, the reset included."""
        return self.ask.starts + timedelta(minutes=self.minutes)

    @property
    def online(self) -> bool:
        """Whether no member of staff stands between the guest and the book."""
        return self.ask.channel in ONLINE

    def clock(self, instant: datetime) -> str:
        """Return what the wall clock of the venue shows."""
        return clock(self.house, instant)


def no(code: NoCode, detail: str) -> No:
    """Return a refusal without alternatives."""
    return No(code=code, detail=detail)
