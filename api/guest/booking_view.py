"""A guest's booking as its pages show it: local times, words, what can still be done."""

from datetime import datetime

from msgspec import Struct

from api.guest.booking_words import WORDS, Words, day_of
from api.guest.shell import Language
from policies.house.calendar import zone_of
from policies.house.house import House
from policies.house.zones import comes_twice
from seating.booking.by_link import OwnBooking


class BookingView(Struct, frozen=True):
    """A reservation, and the language of its page."""

    token: str
    own: OwnBooking
    language: Language

    @property
    def words(self) -> Words:
        return WORDS[self.language]

    @property
    def house(self) -> House:
        return self.own.in_force.house

    def local(self, instant: datetime) -> datetime:
        return instant.astimezone(zone_of(self.house))

    def said(self, instant: datetime) -> str:
        """Weekday, date and local time in the page's language."""
        return f"{day_of(self.local(instant), self.language)}, {self.hour(instant)}"

    def hour(self, instant: datetime) -> str:
        """The local time; one that comes twice with which of the two it is."""
        local, which = self.local(instant), self.which(instant)
        return f"{local:%H:%M}, {which}" if which else f"{local:%H:%M}"

    def until(self) -> str:
        """Until when the table is theirs: the hour, with its day where that is another."""
        starts, ends = self.own.reservation.starts, self.own.reservation.ends
        same_day = self.local(starts).date() == self.local(ends).date()
        return self.hour(ends) if same_day else self.said(ends)

    def which(self, instant: datetime) -> str:
        local = self.local(instant)
        if not comes_twice(local):
            return ""
        return self.words.second_pass if local.fold else self.words.first_pass
