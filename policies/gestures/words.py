"""Causes of gestures for staff, and the beginning of what they say to the guest (en, ru, de).

Staff complete the half lines in their own words. Other languages fall back to English.
"""

from msgspec import Struct

from policies.house.rules import GestureCause
from policies.house.wording import language_of


class HalfLine(Struct, frozen=True):
    """A cause in one line for the host, and the beginning of the sentence to the guest."""

    because: str
    line: str


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


def half_line(cause: GestureCause, staff: str, guest: str | None, number: int = 0) -> HalfLine:
    """Return the cause in the language of `staff`, the half line in that of `guest` if known."""
    for_staff = _HALVES[language_of(staff, _HALVES)][cause]
    for_guest = _HALVES[language_of(guest or staff, _HALVES)][cause]
    return HalfLine(for_staff.because.format(n=number), for_guest.line)
