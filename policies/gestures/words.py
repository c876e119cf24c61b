"""Sentences on gestures for staff, and the beginning of what they say to the guest (en, ru, de).

Staff complete the half lines in their own words. Other languages fall back to English.
"""

from enum import Enum, auto

from msgspec import Struct

from policies.house.rules import GestureCause
from policies.house.wording import language_of


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

_HALVES: dict[str, dict[GestureCause, HalfLine]] = {
    "en": {
        "first_visit": HalfLine(
            "here for the first time", "because it is your first evening with us"
        ),
        "regular": HalfLine("visit number {n}", "because you have come back to us so often"),
        "occasion": HalfLine("there is something to celebrate", "because today is your day"),
        "long_wait": HalfLine("waited {n} minutes past its time", "because you waited for us"),
        "complaint": HalfLine("a dish was not as hoped", "because we want you to leave happy"),
        "walked": HalfLine("its table was in doubt tonight", "because you stayed with us"),
        "turned_away": HalfLine(
            "first told that we are full", "because you gave us a second chance"
        ),
        "long_stay": HalfLine("{n} minutes at the table", "because you make this a lovely evening"),
        "encore": HalfLine("took a first one gladly", "because I had to come back to you"),
        "own_wish": HalfLine("because you feel like it", "because"),
    },
    "ru": {
        "first_visit": HalfLine("впервые у нас", "потому что вы у нас впервые"),
        "regular": HalfLine("это уже визит № {n}", "потому что вы так часто к нам возвращаетесь"),
        "occasion": HalfLine("есть что отпраздновать", "потому что сегодня ваш день"),
        "long_wait": HalfLine("ждали на {n} мин дольше", "потому что вы нас подождали"),
        "complaint": HalfLine("блюдо не понравилось", "потому что хотим, чтобы вам было хорошо"),
        "walked": HalfLine("стол сегодня был под вопросом", "потому что вы остались с нами"),
        "turned_away": HalfLine("сначала услышали, что мест нет", "потому что вы дали нам шанс"),
        "long_stay": HalfLine("за столом {n} мин", "потому что с вами вечер стал лучше"),
        "encore": HalfLine("первое приняли с радостью", "потому что не могу не вернуться к вам"),
        "own_wish": HalfLine("потому что вам так хочется", "потому что"),
    },
    "de": {
        "first_visit": HalfLine("zum ersten Mal hier", "weil es Ihr erster Abend bei uns ist"),
        "regular": HalfLine("Besuch Nummer {n}", "weil Sie so oft zu uns zurückkommen"),
        "occasion": HalfLine("es gibt etwas zu feiern", "weil heute Ihr Tag ist"),
        "long_wait": HalfLine("{n} Minuten länger gewartet", "weil Sie auf uns gewartet haben"),
        "complaint": HalfLine("ein Gericht war nicht wie erhofft", "weil Sie froh gehen sollen"),
        "walked": HalfLine("der Tisch war heute fraglich", "weil Sie bei uns geblieben sind"),
        "turned_away": HalfLine(
            "hörte zuerst, wir seien voll", "weil Sie uns noch eine Chance gaben"
        ),
        "long_stay": HalfLine("{n} Minuten am Tisch", "weil der Abend mit Ihnen so schön ist"),
        "encore": HalfLine("nahm die erste gern an", "weil ich noch einmal zu Ihnen musste"),
        "own_wish": HalfLine("weil Ihnen danach ist", "weil"),
    },
}


def phrase(which: Phrase, locale: str, **values: str) -> str:
    """Return an objection's sentence in the language of a locale."""
    return _PHRASES[language_of(locale, _PHRASES)][which].format(**values)


def half_line(cause: GestureCause, staff: str, guest: str | None, number: int = 0) -> HalfLine:
    """Return the cause in the language of `staff`, the half line in that of `guest` if known."""
    for_staff = _HALVES[language_of(staff, _PHRASES)][cause]
    for_guest = _HALVES[language_of(guest or staff, _PHRASES)][cause]
    return HalfLine(for_staff.because.format(n=number), for_guest.line)
