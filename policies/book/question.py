"""One request before one picture: the argument of every booking rule."""

from datetime import datetime, timedelta

from msgspec import Struct

from policies.admission.admission import admitted_to, channel_of_change
from policies.book.answers import Ask, No
from policies.book.picture import Picture
from policies.house.calendar import Period, turn_time
from policies.house.channels import ONLINE, Channel
from policies.house.house import House, TurnTime
from policies.house.room import EVERYWHERE, Admitted, Room, room_of
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

    @property
    def channel(self) -> Channel:
        """The channel that access is judged by: of a guest's own link the booking's."""
        return channel_of_change(self.ask.channel, self.ask.made_by)

    @property
    def admitted(self) -> Admitted:
        """The tables that the access rules leave open to the party."""
        if not self.house.access:
            return EVERYWHERE
        period_id = self.picture.period.period_id
        return admitted_to(self.room, self.channel, self.ask.tags, period_id)

    @property
    def by_request(self) -> bool:
        """Whether only tables will do for which a person has to approve the party."""
        return self.room.asks_first(self.ask.party_size, self.ask.needs, self.admitted)

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


def no(code: NoCode, said: Message) -> No:
    """Return a refusal without alternatives."""
    return No(code=code, said=said)
