"""One request before one picture: the argument of every booking rule."""

from datetime import datetime, timedelta

from msgspec import Struct

from policies.book.answers import Ask, No
from policies.book.picture import Picture
from policies.house.calendar import turn_minutes
from policies.house.channels import ONLINE
from policies.house.house import House
from policies.house.room import Room, room_of
from policies.house.rules import NoCode
from policies.house.wording import clock
from policies.words.message import Message


class Question(Struct, frozen=True, kw_only=True):
    """A request with the picture and house it is decided on, at the instant `now`.

    `guest_bookings`: other live bookings of this guest at the venue. `duplicate_allowed`: staff
    have allowed this guest overlapping bookings.
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
        """The party's turn time in minutes."""
        return turn_minutes(self.house, self.ask.party_size)

    @property
    def ends(self) -> datetime:
        """When the turn ends, reset included."""
        return self.ask.starts + timedelta(minutes=self.minutes)

    @property
    def online(self) -> bool:
        """Whether the request comes over a channel without staff."""
        return self.ask.channel in ONLINE

    def clock(self, instant: datetime) -> str:
        """Return the venue's local time, as 19:30."""
        return clock(self.house, instant)


def no(code: NoCode, said: Message) -> No:
    """Return a refusal without alternatives."""
    return No(code=code, said=said)
