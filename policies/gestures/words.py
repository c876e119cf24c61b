"""Causes of gestures for staff, and the beginning of what they say to the guest.

Staff complete the half lines in their own words.
"""

from enum import Enum, auto

from msgspec import Struct

from policies.house.rules import GestureCause
from policies.words.catalogue import language_for, say
from policies.words.message import message


class Phrase(Enum):
    """The sentences of etiquette objections."""

    CONTAINS = auto()
    UNSURE = auto()
    GIVEN_BEFORE = auto()
    ENOUGH_TONIGHT = auto()
    ENCORE_FIRST = auto()
    ENCORE_GIVEN = auto()


class HalfLine(Struct, frozen=True):
    """A cause in one line for the host, and the beginning of the sentence to the guest."""

    because: str
    line: str


_PHRASES: dict[str, dict[Phrase, str]] = {
    "en": {
        Phrase.CONTAINS: "the guest avoids {traits}, which this contains; choose something else,"
        " or ask the guest and confirm that you did",
        Phrase.UNSURE: "what the guest avoids and what is in this cannot be matched; ask the guest"
        " and confirm that you did, or choose something else",
        Phrase.GIVEN_BEFORE: "this guest has had this lately; from {day} on it is a surprise"
        " again, until then choose something else",
        Phrase.ENOUGH_TONIGHT: "{most} parties have received something tonight, which is what the"
        " house keeps to; a manager can widen it for tonight",
        Phrase.ENCORE_FIRST: "an encore follows a first gesture that was taken; offer that first",
        Phrase.ENCORE_GIVEN: "this party has had its encore tonight",
    },
    "ru": {
        Phrase.CONTAINS: "гость избегает: {traits}, а здесь это есть; выберите другое или спросите"
        " гостя и подтвердите, что спросили",
        Phrase.UNSURE: "неясно, подходит ли это гостю; спросите его и подтвердите, что спросили,"
        " или выберите другое",
        Phrase.GIVEN_BEFORE: "недавно этот гость уже получал такое; с {day} это снова сюрприз,"
        " а пока выберите другое",
        Phrase.ENOUGH_TONIGHT: "сегодня уже порадовали столько гостей, сколько принято в доме"
        " ({most}); менеджер может расширить это на вечер",
        Phrase.ENCORE_FIRST: "повторный знак внимания следует за первым; сначала предложите первый",
        Phrase.ENCORE_GIVEN: "эти гости уже получили сегодня второй знак внимания",
    },
    "de": {
        Phrase.CONTAINS: "der Gast meidet {traits}, und das ist hier enthalten; wählen Sie etwas"
        " anderes, oder fragen Sie den Gast und bestätigen Sie es",
        Phrase.UNSURE: "ob es der Gast verträgt, ist nicht zu erkennen; fragen Sie ihn und"
        " bestätigen Sie es, oder wählen Sie etwas anderes",
        Phrase.GIVEN_BEFORE: "das hatte dieser Gast vor Kurzem; ab {day} ist es wieder eine"
        " Überraschung, bis dahin wählen Sie etwas anderes",
        Phrase.ENOUGH_TONIGHT: "heute sind so viele Gäste beschenkt, wie es im Haus üblich ist"
        " ({most}); die Leitung kann es für heute weiten",
        Phrase.ENCORE_FIRST: "eine Zugabe folgt auf eine erste Geste; bieten Sie zuerst diese an",
        Phrase.ENCORE_GIVEN: "diese Gäste hatten heute schon eine Zugabe",
    },
}


def phrase(which: Phrase, locale: str, **values: str) -> str:
    """Return an objection's sentence in the language of a locale."""
    spoken = _PHRASES.get(language_for(locale), _PHRASES["en"])
    return spoken[which].format(**values)


def half_line(cause: GestureCause, staff: str, guest: str | None, number: int = 0) -> HalfLine:
    """Return the cause in the language of `staff`, the half line in that of `guest` if known."""
    because = message(f"gesture-because-{cause}", number=number)
    line = message(f"gesture-line-{cause}")
    return HalfLine(say(because, staff), say(line, guest or staff))
