"""A guest's booking as its pages show it: local times, words, what can still be done."""

from datetime import datetime

from msgspec import Struct

from policies.house.calendar import zone_of
from policies.house.house import House
from policies.house.zones import comes_twice
from policies.words.catalogue import Language, say
from policies.words.message import CalendarDate, Message, Param, message
from seating.booking.by_link import OwnBooking


class BookingView(Struct, frozen=True):
    """A reservation, and the language of its page."""

    token: str
    own: OwnBooking
    language: Language

    @property
    def house(self) -> House:
        return self.own.in_force.house

    def say(self, said: Message) -> str:
        """Return a message in the page's language."""
        return say(said, self.language)

    def tell(self, key: str, /, **params: Param) -> str:
        """Return the message of a key in the page's language."""
        return self.say(message(key, **params))

    def local(self, instant: datetime) -> datetime:
        return instant.astimezone(zone_of(self.house))

    def moment(self, instant: datetime) -> str:
        """Weekday, date and local time."""
        local = self.local(instant)
        return self.tell("moment", day=CalendarDate(local.date(), "full"), time=self.hour(instant))

    def day(self, instant: datetime) -> str:
        """Weekday and date; of a local time that comes twice with which of the two it is."""
        local = self.local(instant)
        date = CalendarDate(local.date(), "full")
        if not comes_twice(local):
            return self.tell("day-alone", day=date)
        return self.tell("day-second-pass" if local.fold else "day-first-pass", day=date)

    def hour(self, instant: datetime) -> str:
        """The local time; one that comes twice with which of the two it is."""
        local = self.local(instant)
        time = f"{local:%H:%M}"
        if not comes_twice(local):
            return time
        return self.tell("time-second-pass" if local.fold else "time-first-pass", time=time)

    def until(self) -> str:
        """Until when the table is theirs: the hour, with its day where that is another."""
        starts, ends = self.own.reservation.starts, self.own.reservation.ends
        same_day = self.local(starts).date() == self.local(ends).date()
        return self.hour(ends) if same_day else self.moment(ends)
