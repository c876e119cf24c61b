"""One request before one picture: the argument of every booking rule."""

from datetime import datetime, timedelta

from msgspec import Struct

from policies.book.answers import Ask, No
from policies.book.picture import Picture
from policies.house.calendar import Period, turn_time
from policies.house.channels import ONLINE
from policies.house.house import House, TurnTime
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
        """How long the party keeps its table, in minutes."""
        return int((self.ends - self.ask.starts).total_seconds()) // 60

    @property
    def turn(self) -> TurnTime | None:
        """The turn time that says how long the party stays, None where staff said it."""
        return turn_asked(self.house, self.picture.period, self.ask)

    @property
    def ends(self) -> datetime:
        """When the turn ends, reset included."""
        return turn_end(self.house, self.picture.period, self.ask)

    @property
    def online(self) -> bool:
        """Whether the request comes over a channel without staff."""
        return self.ask.channel in ONLINE

    def clock(self, instant: datetime) -> str:
        """Return the venue's local time, as 19:30."""
        return clock(self.house, instant)


def area_asked(room: Room, ask: Ask) -> str | None:
    """Return the area that the party needs or whose tables are named, None where any may be its."""
    return ask.needs.area or (room.area_of(ask.tables) if ask.tables else None)


def turn_asked(house: House, period: Period, ask: Ask) -> TurnTime | None:
    """Return the turn time of the house file for the party, None where staff set its stay."""
    if ask.minutes is not None:
        return None
    return turn_time(house, ask.party_size, period, area_asked(room_of(house), ask))


def turn_end(house: House, period: Period, ask: Ask) -> datetime:
    """Return when the turn of a party that starts in the period ends, reset included."""
    turn = turn_asked(house, period, ask)
    minutes = turn.minutes if turn else ask.minutes or 0
    return ask.starts + timedelta(minutes=minutes)


def no(code: NoCode, said: Message | str) -> No:
    """Return a refusal without alternatives."""
    return No(code=code, said=said)
