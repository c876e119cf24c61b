"""Texts of the reservation page by language; friendly, without blame."""

from datetime import datetime
from typing import Final

from msgspec import Struct

from api.guest.shell import Language
from policies.book.picture import ReservationState
from policies.house.rules import NoCode


class Words(Struct, frozen=True):
    """The sentences of one language."""

    news: dict[ReservationState, str]
    gone: str
    gone_why: str
    when: str
    yours_until: str
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
    first_pass: str
    second_pass: str
    cancel: str
    cancel_sure: str
    cancel_until: str
    cancelled: str
    too_late: str
    taken: str
    at_version: str
    back: str
    cancel_ended: str
    asks_a_person: str
    refused: dict[NoCode, str]
    lost_table: str
    closed_then: str

    def refusal(self, code: NoCode | None, *, most: int, otherwise: str) -> str:
        """Why a time was refused, as far as a guest is told; `most`: guests booked online."""
        said = self.refused.get(code) if code else None
        return said.format(most=most) if said else otherwise

    @property
    def twice(self) -> str:
        """Why the same wish is not booked twice."""
        return self.refused["DUPLICATE"]


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
        "The table is yours until",
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
        "before the clocks change",
        "after the clocks change",
        "Cancel",
        "Yes, cancel my table",
        "You can cancel here until {when}. After that please call us.",
        "Thank you for letting us know.",
        "Online changes have ended for this evening. Please call us, we will find a way.",
        "That time has just been taken. These are free now.",
        "Your reservation changed meanwhile. This is how it is now.",
        "Back to my reservation",
        "This table can no longer be cancelled here. Please call us, we will find a way.",
        "We confirm these times in person: if you choose one, your table of now is given up, and"
        " we will answer soon.",
        {
            "CLOSED": "We welcome no guests at that time.",
            "OUTSIDE_BOOKING_WINDOW": "That time cannot be booked here: it is past, too near or too"
            " far ahead. Please call us.",
            "PARTY_SIZE_NOT_ALLOWED": "Here we take up to {most} guests. For more please call us,"
            " we will find a way.",
            "PACING_FULL": "The kitchen welcomes no more guests around that time.",
            "PAUSED": "Online booking is paused for this evening. Please call us, we will find a"
            " way.",
            "NEEDS_NOT_MET": "At that time we have no place with what you asked for.",
            "AREA_NOT_BOOKABLE": "We take no bookings for that area here then. Please call us, we"
            " will find a way.",
            "DUPLICATE": "You already have a reservation around that time.",
            "GUEST_LIMIT": "You have as many reservations as we can take here. Please call us.",
            "TURN_TOO_SHORT": "A table is free then, but not for long enough.",
        },
        "The table we had promised you is not free for this visit; we will seat you well at"
        " another.",
        "We are closed at that time after all, and are sorry. Please choose another time below, or"
        " we will call you.",
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
        "Стол ваш до",
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
        "до перевода часов",
        "после перевода часов",
        "Отменить",
        "Да, отменить столик",
        "Последний срок отмены здесь: {when}. Позже, пожалуйста, позвоните нам.",
        "Спасибо, что предупредили.",
        "Изменения онлайн на этот вечер закончились. Позвоните нам, мы найдём решение.",
        "Это время только что заняли. Вот что свободно сейчас.",
        "Бронь тем временем изменилась. Вот как она выглядит сейчас.",
        "Назад к брони",
        "Отменить здесь больше не получится. Позвоните нам, мы найдём решение.",
        "Это время мы подтверждаем лично: если вы его выберете, нынешний столик освободится, а мы"
        " скоро ответим.",
        {
            "CLOSED": "В это время мы не принимаем гостей.",
            "OUTSIDE_BOOKING_WINDOW": "Это время здесь не забронировать: оно прошло, слишком близко"
            " или слишком далеко. Позвоните нам.",
            "PARTY_SIZE_NOT_ALLOWED": "Здесь можно забронировать не больше чем на {most}. Если вас"
            " больше, позвоните нам, мы найдём решение.",
            "PACING_FULL": "Кухня не успеет принять больше гостей в это время.",
            "PAUSED": "Бронирование онлайн на этот вечер приостановлено. Позвоните нам, мы найдём"
            " решение.",
            "NEEDS_NOT_MET": "В это время у нас нет места с тем, что вам нужно.",
            "AREA_NOT_BOOKABLE": "Бронь на эту зону здесь мы не принимаем. Позвоните нам,"
            " что-нибудь придумаем.",
            "DUPLICATE": "У вас уже есть бронь примерно на это время.",
            "GUEST_LIMIT": "Больше броней здесь принять не можем. Позвоните нам.",
            "TURN_TOO_SHORT": "Столик в это время свободен, но слишком ненадолго.",
        },
        "Обещанный столик на этот визит занят; мы удобно посадим вас за другой.",
        "В это время мы всё же закрыты, просим прощения. Выберите ниже другое время, или мы вам"
        " позвоним.",
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
        "Der Tisch gehört Ihnen bis",
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
        "vor der Zeitumstellung",
        "nach der Zeitumstellung",
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
        "Diese Zeiten bestätigen wir persönlich: Wählen Sie eine, wird Ihr jetziger Tisch frei, und"
        " wir antworten bald.",
        {
            "CLOSED": "Zu dieser Zeit empfangen wir keine Gäste.",
            "OUTSIDE_BOOKING_WINDOW": "Diese Zeit lässt sich hier nicht buchen: Sie ist vorbei, zu"
            " nah oder zu fern. Rufen Sie uns an.",
            "PARTY_SIZE_NOT_ALLOWED": "Hier nehmen wir bis zu {most} Gäste an. Sind Sie mehr, rufen"
            " Sie uns an, wir finden einen Weg.",
            "PACING_FULL": "Die Küche nimmt um diese Zeit keine weiteren Gäste an.",
            "PAUSED": "Online-Reservierungen ruhen an diesem Abend. Rufen Sie uns an, wir finden"
            " einen Weg.",
            "NEEDS_NOT_MET": "Zu dieser Zeit haben wir keinen Platz mit dem, was Sie brauchen.",
            "AREA_NOT_BOOKABLE": "Für diesen Bereich nehmen wir hier keine Reservierungen an. Rufen"
            " Sie uns bitte an, wir finden einen Weg.",
            "DUPLICATE": "Sie haben um diese Zeit schon eine Reservierung.",
            "GUEST_LIMIT": "Mehr Reservierungen nehmen wir hier nicht an. Rufen Sie uns an.",
            "TURN_TOO_SHORT": "Ein Tisch ist dann frei, aber nicht lange genug.",
        },
        "Der versprochene Tisch ist für diesen Besuch nicht frei; wir haben einen anderen guten"
        " für Sie.",
        "Zu dieser Zeit haben wir doch geschlossen; wir bitten um Entschuldigung. Wählen Sie unten"
        " eine andere Zeit, oder wir rufen Sie an.",
    ),
    "uk": Words(
        {
            "requested": "Ми отримали ваше побажання і скоро відповімо.",
            "booked": "Ваш столик заброньовано. Будемо раді вас бачити.",
            "arrived": "Ласкаво просимо! Ваш столик готують.",
            "seated": "Гарного вечора.",
            "finished": "Дякуємо, що завітали. Ми завжди вам раді.",
            "cancelled": "Бронювання скасовано. Ми завжди вам раді.",
            "declined": "Нам шкода, що цього разу для вас не знайшлося місця.",
            "no_show": "Нам вас бракувало. Зателефонуйте, і ми подивимося, що можна зробити.",
            "walked": "Нам шкода, що вечір минув не так, як ми обіцяли.",
        },
        "Ця сторінка більше не діє",
        "Посилання більше не діє. Ми радо допоможемо вам телефоном.",
        "Коли",
        "Стіл ваш до",
        "Гостей",
        "Місце",
        "Ваш код",
        "Ваші побажання",
        "Адреса",
        "Телефон",
        "Додати до календаря",
        "Варто знати",
        "Ви прийняли ці правила дому під час бронювання.",
        "Інший час або кількість гостей",
        "День",
        "Знайти час",
        "Вільно: {day}, гостей: {party}. Один дотик переносить ваш столик.",
        "Цього дня вільного часу не знайшлося. Спробуйте інший день або зателефонуйте нам.",
        "{time}, як зараз",
        "до переведення годинника",
        "після переведення годинника",
        "Скасувати",
        "Так, скасувати столик",
        "Скасувати тут можна до: {when}. Пізніше, будь ласка, зателефонуйте нам.",
        "Дякуємо, що попередили.",
        "Зміни онлайн на цей вечір завершено. Зателефонуйте нам, ми знайдемо рішення.",
        "Цей час щойно зайняли. Ось що вільно зараз.",
        "Бронювання тим часом змінилося. Ось яке воно зараз.",
        "Назад до бронювання",
        "Скасувати тут більше не вийде. Зателефонуйте нам, ми знайдемо рішення.",
        "Цей час ми підтверджуємо особисто: якщо ви його оберете, теперішній столик звільниться,"
        " а ми скоро відповімо.",
        {
            "CLOSED": "У цей час ми не приймаємо гостей.",
            "OUTSIDE_BOOKING_WINDOW": "Цей час тут не забронювати: він минув, надто близько або"
            " надто далеко. Зателефонуйте нам.",
            "PARTY_SIZE_NOT_ALLOWED": "Тут можна забронювати щонайбільше на {most}. Якщо вас"
            " більше, зателефонуйте нам, ми знайдемо рішення.",
            "PACING_FULL": "Кухня не встигне прийняти більше гостей у цей час.",
            "PAUSED": "Бронювання онлайн на цей вечір призупинено. Зателефонуйте нам, ми знайдемо"
            " рішення.",
            "NEEDS_NOT_MET": "У цей час у нас немає місця з тим, що вам потрібно.",
            "AREA_NOT_BOOKABLE": "Бронь на цю зону тут ми не приймаємо. Зателефонуйте нам, щось"
            " придумаємо.",
            "DUPLICATE": "У вас уже є бронювання приблизно на цей час.",
            "GUEST_LIMIT": "Більше бронювань тут прийняти не можемо. Зателефонуйте нам.",
            "TURN_TOO_SHORT": "Столик у цей час вільний, але надто ненадовго.",
        },
        "Обіцяний столик на цей візит зайнятий; ми зручно посадимо вас за інший.",
        "У цей час ми все ж зачинені, перепрошуємо. Оберіть нижче інший час, або ми вам"
        " зателефонуємо.",
    ),
}

DAYS: Final[dict[Language, tuple[str, ...]]] = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "ru": ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье"),
    "de": ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"),
    "uk": ("понеділок", "вівторок", "середа", "четвер", "п’ятниця", "субота", "неділя"),
}
_EN = "January February March April May June July August September October November December"
_RU = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря"
_DE = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember"
_UK = "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня"
MONTHS: Final[dict[Language, tuple[str, ...]]] = {
    "en": tuple(_EN.split()),
    "ru": tuple(_RU.split()),
    "de": tuple(_DE.split()),
    "uk": tuple(_UK.split()),
}


def day_of(local: datetime, language: Language) -> str:
    """A date such as "Saturday, 28 November"."""
    dot = "." if language == "de" else ""
    month = MONTHS[language][local.month - 1]
    return f"{DAYS[language][local.weekday()]}, {local.day}{dot} {month}"
