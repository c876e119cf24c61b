"""Texts of the reservation page by language; friendly, without blame."""

from datetime import datetime
from typing import Final

from msgspec import Struct

from api.guest.shell import Language
from policies.book.picture import ReservationState


class Words(Struct, frozen=True):
    """The sentences of one language."""

    news: dict[ReservationState, str]
    gone: str
    gone_why: str
    when: str
    party: str
    area: str
    code: str
    notes: str
    where: str
    phone: str
    calendar: str
    rules: str
    rules_accepted: str
    change: str
    change_day: str
    look: str
    times: str
    no_times: str
    same_time: str
    cancel: str
    cancel_sure: str
    cancel_until: str
    cancelled: str
    too_late: str
    taken: str
    at_version: str
    back: str
    cancel_ended: str


WORDS: Final[dict[Language, Words]] = {
    "en": Words(
        {
            "requested": "We have your wish and will answer soon.",
            "booked": "Your table is booked. We look forward to seeing you.",
            "arrived": "Welcome! Your table is being made ready.",
            "seated": "Enjoy your evening.",
            "finished": "Thank you for coming. You are welcome any time.",
            "cancelled": "This reservation is cancelled. You are welcome any time.",
            "declined": "We are sorry that we had no place for you this time.",
            "no_show": "We missed you. Call us, and we will see what we can do.",
            "walked": "We are sorry that this evening did not go as we had promised.",
        },
        "This page has ended",
        "The link is no longer in use. We are glad to help you by phone.",
        "When",
        "Guests",
        "Where you sit",
        "Your code",
        "Your wishes",
        "Address",
        "Phone",
        "Add to my calendar",
        "Good to know",
        "You accepted these house rules when you booked.",
        "Another time, or more or fewer guests",
        "Day",
        "Look for times",
        "Free: {day}, for {party}. One tap moves your table there.",
        "We found no free time that day. Another day may do, or call us.",
        "{time}, as now",
        "Cancel",
        "Yes, cancel my table",
        "You can cancel here until {when}. After that please call us.",
        "Thank you for letting us know.",
        "Online changes have ended for this evening. Please call us, we will find a way.",
        "That time has just been taken. These are free now.",
        "Your reservation changed meanwhile. This is how it is now.",
        "Back to my reservation",
        "This table can no longer be cancelled here. Please call us, we will find a way.",
    ),
    "ru": Words(
        {
            "requested": "Мы получили ваше пожелание и скоро ответим.",
            "booked": "Ваш столик забронирован. Будем рады вас видеть.",
            "arrived": "Добро пожаловать! Ваш столик готовят.",
            "seated": "Приятного вечера.",
            "finished": "Спасибо, что пришли. Мы всегда вам рады.",
            "cancelled": "Бронь отменена. Мы всегда вам рады.",
            "declined": "Нам жаль, что в этот раз для вас не нашлось места.",
            "no_show": "Нам вас не хватало. Позвоните, и мы посмотрим, что можно сделать.",
            "walked": "Нам жаль, что вечер прошёл не так, как мы обещали.",
        },
        "Эта страница больше не действует",
        "Ссылка больше не действует. Мы с радостью поможем вам по телефону.",
        "Когда",
        "Гостей",
        "Место",
        "Ваш код",
        "Ваши пожелания",
        "Адрес",
        "Телефон",
        "Добавить в календарь",
        "Полезно знать",
        "Вы приняли эти правила дома при бронировании.",
        "Другое время или число гостей",
        "День",
        "Найти время",
        "Свободно: {day}, гостей: {party}. Одно нажатие переносит ваш столик.",
        "В этот день свободного времени не нашлось. Попробуйте другой день или позвоните нам.",
        "{time}, как сейчас",
        "Отменить",
        "Да, отменить столик",
        "Отменить здесь можно до {when}. Позже, пожалуйста, позвоните нам.",
        "Спасибо, что предупредили.",
        "Изменения онлайн на этот вечер закончились. Позвоните нам, мы найдём решение.",
        "Это время только что заняли. Вот что свободно сейчас.",
        "Бронь тем временем изменилась. Вот как она выглядит сейчас.",
        "Назад к брони",
        "Отменить здесь уже нельзя. Позвоните нам, мы найдём решение.",
    ),
    "de": Words(
        {
            "requested": "Ihr Wunsch ist bei uns, wir antworten bald.",
            "booked": "Ihr Tisch ist reserviert. Wir freuen uns auf Sie.",
            "arrived": "Willkommen! Ihr Tisch wird vorbereitet.",
            "seated": "Einen schönen Abend.",
            "finished": "Danke für Ihren Besuch. Sie sind jederzeit willkommen.",
            "cancelled": "Diese Reservierung ist abgesagt. Sie sind jederzeit willkommen.",
            "declined": "Es tut uns leid, dass wir diesmal keinen Platz für Sie hatten.",
            "no_show": "Wir haben Sie vermisst. Rufen Sie an, wir sehen, was wir tun können.",
            "walked": "Es tut uns leid, dass der Abend nicht so war wie versprochen.",
        },
        "Diese Seite ist nicht mehr gültig",
        "Der Link gilt nicht mehr. Am Telefon helfen wir Ihnen gern.",
        "Wann",
        "Gäste",
        "Bereich",
        "Ihr Code",
        "Ihre Wünsche",
        "Adresse",
        "Telefon",
        "In meinen Kalender",
        "Gut zu wissen",
        "Diese Hausregeln haben Sie bei der Reservierung akzeptiert.",
        "Andere Zeit, mehr oder weniger Gäste",
        "Tag",
        "Zeiten suchen",
        "Frei: {day}, für {party}. Ein Tippen verlegt Ihren Tisch.",
        "An dem Tag haben wir nichts Freies gefunden. Vielleicht passt ein anderer, oder rufen"
        " Sie uns an.",
        "{time}, wie bisher",
        "Absagen",
        "Ja, Tisch absagen",
        "Absagen können Sie hier bis {when}. Danach rufen Sie uns bitte an.",
        "Danke, dass Sie Bescheid geben.",
        "Online lässt sich für diesen Abend nichts mehr ändern. Rufen Sie uns an, wir finden"
        " einen Weg.",
        "Diese Zeit wurde gerade vergeben. Das ist jetzt frei.",
        "Ihre Reservierung hat sich inzwischen geändert. So ist sie jetzt.",
        "Zurück zu meiner Reservierung",
        "Hier lässt sich dieser Tisch nicht mehr absagen. Rufen Sie uns an, wir finden einen Weg.",
    ),
}

DAYS: Final[dict[Language, tuple[str, ...]]] = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "ru": ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье"),
    "de": ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"),
}
_EN = "January February March April May June July August September October November December"
_RU = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря"
_DE = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember"
MONTHS: Final[dict[Language, tuple[str, ...]]] = {
    "en": tuple(_EN.split()),
    "ru": tuple(_RU.split()),
    "de": tuple(_DE.split()),
}


def day_of(local: datetime, language: Language) -> str:
    """A date such as "Saturday, 28 November"."""
    dot = "." if language == "de" else ""
    month = MONTHS[language][local.month - 1]
    return f"{DAYS[language][local.weekday()]}, {local.day}{dot} {month}"
