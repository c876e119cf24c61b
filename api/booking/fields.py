"""Field types of /v1 with their bounds, and the guest, needs and guarantee of a booking."""

from typing import Annotated

from msgspec import Meta
from msgspec.structs import asdict

from api.http.fields import Sent
from policies.house.room import Needs, Preferences
from policies.house.shape import in_words
from policies.words.letters import BLANK, LINE, LINES, NAME
from policies.words.message import message
from seating.book.guests import Contact, e164

Seconds = Annotated[int, Meta(ge=1, le=600, examples=[300])]
Duration = Annotated[int, Meta(ge=0, le=172_800, description="Seconds.", examples=[5400])]
Minutes = Annotated[int, Meta(ge=0, le=10_080, description="Minutes.", examples=[120])]
AreaKey = Annotated[
    str, Meta(pattern=r"^[a-z0-9][a-z0-9_-]{0,39}\Z", max_length=40, examples=["terrace"])
]
PersonName = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=200,
        pattern=NAME,
        examples=["Ada Lovelace"],
    ),
]
Phone = Annotated[
    str,
    Meta(
        max_length=30,
        pattern=in_words(
            r"^\+[1-9][0-9]{6,14}(;ext=[0-9]{1,9})?\Z",
            message("value-phone"),
        ),
        description="E.164; an extension follows as in RFC 3966, after `;ext=`.",
        examples=["+493023125024"],
    ),
]
Email = Annotated[
    str,
    Meta(
        max_length=254,
        pattern=in_words(
            rf"^[^@{BLANK}]+@[^@{BLANK}]+\.[^@{BLANK}]+\Z",
            message("value-email"),
        ),
        examples=["ada@example.com"],
    ),
]
Locale = Annotated[
    str,
    Meta(
        max_length=35,
        pattern=in_words(r"^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*\Z", message("value-language")),
        examples=["de-DE"],
    ),
]
Notes = Annotated[
    str,
    Meta(
        max_length=1000,
        pattern=LINES,
        description="The guest's words to the house; what the house notes for itself is not shown.",
        examples=["By the window."],
    ),
]
Reason = Annotated[str, Meta(max_length=300, pattern=LINES, examples=["Plans changed."])]
Reference = Annotated[
    str, Meta(min_length=1, max_length=200, pattern=LINE, examples=["order-4711"])
]
Word = Annotated[str, Meta(min_length=1, max_length=40, pattern=LINE, examples=["card"])]
RulesVersion = Annotated[
    int, Meta(ge=1, le=2_147_483_647, description="Of the house rules.", examples=[3])
]
Version = Annotated[
    int, Meta(ge=1, le=2_147_483_647, description="The number in the ETag.", examples=[7])
]
Code = Annotated[
    str, Meta(max_length=40, description="For reading out over the phone.", examples=["K7PMQ2XW"])
]
HighChairs = Annotated[int, Meta(ge=0, le=50)]


class NeedsSent(Sent, frozen=True, kw_only=True):
    """Needs of the party: constraints on its table, not preferences."""

    step_free: bool = False
    quiet: bool = False
    high_chairs: HighChairs = 0


class GuestSent(Sent, frozen=True, kw_only=True):
    """The guest. Without a phone number the house cannot recognise them later."""

    name: PersonName
    phone: Phone | None = None
    email: Email | None = None
    locale: Locale | None = None

    def contact(self) -> Contact:
        """The guest as stored. Raises Invalid for an impossible phone number."""
        phone = e164(self.phone, pointer="/guest/phone") if self.phone else None
        return Contact(name=self.name, phone=phone, email=self.email, locale=self.locale)


class Guarantee(Sent, frozen=True, kw_only=True):
    """A reference to a payment guarantee kept by another service."""

    kind: Word
    external_ref: Reference


class PreferencesSent(Sent, frozen=True, kw_only=True):
    """What the party would like of its table. It is tried for, and never a reason to refuse."""

    area: AreaKey | None = None
    quiet: bool = False
    window: bool = False
    booth: bool = False

    def wish(self) -> Preferences:
        return Preferences(area=self.area, quiet=self.quiet, window=self.window, booth=self.booth)


def preferences_of(sent: PreferencesSent | None) -> Preferences | None:
    """The preferences as the engine takes them; those without any wish are none."""
    wish = sent.wish() if sent else None
    return None if wish == Preferences() else wish


def preferences_seen(kept: Preferences | None) -> PreferencesSent | None:
    return PreferencesSent(**asdict(kept)) if kept else None


def needs_of(area: str | None, sent: NeedsSent) -> Needs:
    """The needs as the engine takes them."""
    return Needs(
        area=area, step_free=sent.step_free, quiet=sent.quiet, high_chairs=sent.high_chairs
    )
