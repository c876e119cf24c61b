"""The words of a notice: a mail or a text message, all from the catalogues."""

from datetime import datetime
from typing import Literal

from msgspec import Struct

from policies.correspondence.notices import NoticeKind
from policies.correspondence.segments import TextLength, economical, measured
from policies.house.house import House
from policies.house.wording import address_line, clock
from policies.house.zones import zone_named
from policies.words.catalogue import Language, say
from policies.words.message import CalendarDate, DateForm, Message, message

Telling = Literal[
    "confirmation",
    "change",
    "cancelled",
    "cancelled_by_house",
    "reminder",
    "called",
    "accepted",
    "declined",
]
"""The tellings of the notices: some kinds have two."""

STANDS: frozenset[Telling] = frozenset({"confirmation", "change", "reminder", "accepted"})
"""After these the guest has a table."""


class NoticeContent(Struct, frozen=True, kw_only=True):
    """What a notice tells. `link`: the guest's page, `stop`: the page that ends messages.

    `until`: until when a called party's table is kept. `starts` of one: when it was called.
    """

    telling: Telling
    house: House
    name: str
    starts: datetime
    ends: datetime | None = None
    party_size: int = 0
    code: str = ""
    until: datetime | None = None
    link: str = ""
    stop: str = ""


class Mail(Struct, frozen=True, kw_only=True):
    """A mail in words; `facts`: labels with what they name.

    `link`: the label and address of the guest's page, `stop`: of the one that ends messages.
    """

    language: Language
    house: str
    subject: str
    hello: str
    line: str
    facts: tuple[tuple[str, str], ...] = ()
    link: tuple[str, str] | None = None
    stop: tuple[str, str] | None = None
    small: tuple[str, ...] = ()


def telling_of(kind: NoticeKind, state: str, *, cancelled_by_house: bool) -> Telling:
    """Return how a notice is told as things stand."""
    match kind:
        case "cancellation":
            return "cancelled_by_house" if cancelled_by_house else "cancelled"
        case "enquiry_answer":
            return "accepted" if state == "booked" else "declined"
        case "waitlist_ready":
            return "called"
        case _:
            return kind


def mail_of(content: NoticeContent, language: Language) -> Mail:
    """Return the mail of a notice."""

    def tell(said: Message) -> str:
        return say(said, language)

    hello = message("mail-hello", name=content.name) if content.name else None
    return Mail(
        language=language,
        house=content.house.venue.name,
        subject=tell(_subject(content)),
        hello=tell(hello or message("mail-hello-unnamed")),
        line=tell(_line(content)),
        facts=tuple((tell(label), value) for label, value in _facts(content, language) if value),
        link=(tell(label), content.link) if (label := _label(content)) else None,
        stop=(tell(message("mail-stop")), content.stop) if content.stop else None,
        small=tuple(tell(each) for each in _small(content)),
    )


def text_of(content: NoticeContent, language: Language) -> TextLength:
    """Return the text message of a notice, in the alphabet that costs least."""
    house = content.house
    said = message(
        f"text-{content.telling}",
        house=house.venue.name,
        day=_day(content, "day"),
        time=clock(house, content.starts),
        guests=content.party_size,
        until=clock(house, content.until) if content.until else "",
        link=content.link,
        phone=house.venue.phone or house.venue.email or house.venue.name,
    )
    return measured(economical(say(said, language)))


def plain_text(mail: Mail) -> str:
    """Return a mail as text."""
    facts = "\n".join(f"{label}: {value}" for label, value in mail.facts)
    links = [f"{label}:\n{to}" for label, to in filter(None, (mail.link, mail.stop))]
    small = "\n".join(mail.small)
    parts = (mail.hello, mail.line, facts, *links, f"-- \n{small}")
    return "\n\n".join(part for part in parts if part) + "\n"


def _subject(content: NoticeContent) -> Message:
    return message(
        f"mail-subject-{content.telling}",
        house=content.house.venue.name,
        day=_day(content, "full"),
        time=clock(content.house, content.starts),
    )


def _line(content: NoticeContent) -> Message:
    until = clock(content.house, content.until) if content.until else ""
    return message(f"mail-line-{content.telling}", until=until)


def _facts(content: NoticeContent, language: Language) -> tuple[tuple[Message, str], ...]:
    house, venue = content.house, content.house.venue
    time = clock(house, content.starts)
    when = say(message("moment", day=_day(content, "full"), time=time), language)
    ends = clock(house, content.ends) if content.ends and content.telling in STANDS else ""
    waits = content.telling == "called"
    return (
        (message("mail-when"), "" if waits else when),
        (message("visit-yours-until"), ends),
        (message("visit-guests"), str(content.party_size)),
        (message("visit-code"), content.code),
        (message("visit-address"), address_line(venue) or ""),
        (message("visit-phone"), venue.phone or ""),
    )


def _label(content: NoticeContent) -> Message | None:
    """What the link to the guest's page is called; after what is over there is none."""
    match content.telling:
        case "reminder":
            return message("mail-answer")
        case "called":
            return message("mail-see-wait")
        case "confirmation" | "change" | "accepted":
            return message("mail-see")
        case "cancelled" | "cancelled_by_house" | "declined":
            return None


def _small(content: NoticeContent) -> tuple[Message, ...]:
    venue = content.house.venue
    return (
        message("mail-zone", house=venue.name, zone=venue.zone),
        message("mail-why", house=venue.name),
    )


def _day(content: NoticeContent, form: DateForm) -> CalendarDate:
    zone = zone_named(content.house.venue.zone)
    return CalendarDate(content.starts.astimezone(zone).date(), form)
