"""How the places and values of a house document are called in a sentence for a manager."""

from typing import Final

from msgspec import Struct

from policies.drafts.keys import At, short_clock


class Bilingual(Struct, frozen=True):
    """The same in English and in Russian."""

    en: str
    ru: str


SECTIONS: Final[dict[At, Bilingual]] = {
    (): Bilingual("The house", "Заведение"),
    ("venue",): Bilingual("The house", "Заведение"),
    ("venue", "postal_address"): Bilingual("The address", "Адрес"),
    ("venue", "coordinates"): Bilingual("The place on the map", "Место на карте"),
    ("booking",): Bilingual("Booking", "Бронирование"),
    ("house_rules",): Bilingual("The house rules", "Правила дома"),
    ("areas",): Bilingual("Area {key}", "Зона {key}"),
    ("tables",): Bilingual("Table {key}", "Стол {key}"),
    ("walls",): Bilingual("Line {key} of the floor plan", "Линия {key} на плане"),
    ("staff",): Bilingual("Staff member {key}", "Сотрудник {key}"),
    ("joins",): Bilingual("Joined tables {key}", "Сдвинутые столы {key}"),
    ("turn_times",): Bilingual("Turn time up to {key} guests", "Время стола до {key} гостей"),
    ("periods",): Bilingual("Period {key}", "Период {key}"),
    ("periods", "pacing_changes"): Bilingual("pacing from {key}", "темп с {key}"),
    ("special_days",): Bilingual("Special day {key}", "Особый день {key}"),
    ("special_days", "periods"): Bilingual("period {key}", "период {key}"),
    ("special_days", "periods", "pacing_changes"): Bilingual("pacing from {key}", "темп с {key}"),
    ("closures",): Bilingual("Closure {key}", "Закрытие {key}"),
    ("buy_outs",): Bilingual("Private event {key}", "Закрытое мероприятие {key}"),
    ("access",): Bilingual('Access "{key}"', "Доступ «{key}»"),
    ("access", "season"): Bilingual("its season", "его сезон"),
    ("enquiries",): Bilingual("Enquiries", "Запросы"),
    ("house_rules", "rules"): Bilingual('Rule "{key}"', "Правило «{key}»"),
    ("house_rules", "rules", "text"): Bilingual("its text", "его текст"),
    ("holds",): Bilingual("Held tables {key}", "Придержанные столы {key}"),
    ("overbooking",): Bilingual("Overbooking", "Овербукинг"),
    ("decisions",): Bilingual("Decisions", "Решения"),
    ("gestures",): Bilingual("Gesture {key}", "Жест {key}"),
    ("gestures", "name"): Bilingual("its name", "его название"),
    ("wait_ladder",): Bilingual("After {key} minutes of waiting", "После {key} минут ожидания"),
    ("purses",): Bilingual("Purses", "Кошельки"),
    ("etiquette",): Bilingual("Etiquette", "Этикет"),
    ("approvals",): Bilingual("Approvals", "Согласования"),
    ("neighbours",): Bilingual("Neighbour {key}", "Сосед {key}"),
    ("playbook",): Bilingual("Answers to {key}", "Ответы на {key}"),
    ("playbook", "ordinary"): Bilingual("the ordinary answer", "обычный ответ"),
    ("playbook", "beyond"): Bilingual("answer {key}", "ответ {key}"),
    ("playbook", "beyond", "text"): Bilingual("its text", "его текст"),
}
"""What a place is called; `{key}` is the entry's key."""

MEMBERS: Final[dict[str, Bilingual]] = {
    "access": Bilingual("who may have which places", "кому какие места"),
    "address": Bilingual("address in one line", "адрес одной строкой"),
    "area": Bilingual("area", "зона"),
    "areas": Bilingual("areas", "зоны"),
    "booking": Bilingual("booking limits", "ограничения бронирования"),
    "bookings_per_guest": Bilingual("bookings per guest", "броней на одного гостя"),
    "buy_outs": Bilingual("private events", "закрытые мероприятия"),
    "cancel_cutoff_minutes": Bilingual(
        "minutes before the start until which guests cancel", "отмена гостем за столько минут"
    ),
    "cancel_grace_minutes": Bilingual(
        "minutes after booking within which guests cancel", "отмена в течение минут после брони"
    ),
    "category": Bilingual("category", "категория"),
    "channels": Bilingual("channels", "каналы"),
    "closes": Bilingual("closing", "закрытие"),
    "closures": Bilingual("closures", "закрытия"),
    "coordinates": Bilingual("coordinates", "координаты"),
    "country": Bilingual("country", "страна"),
    "covers": Bilingual("guests per 15 minutes", "гостей за 15 минут"),
    "currency": Bilingual("currency", "валюта"),
    "date": Bilingual("date", "дата"),
    "days": Bilingual("days", "дни"),
    "depth": Bilingual("depth in metres", "глубина в метрах"),
    "email": Bilingual("email", "электронная почта"),
    "ends": Bilingual("end", "конец"),
    "enquiries": Bilingual("enquiries", "запросы"),
    "features": Bilingual("features", "особенности"),
    "from_day": Bilingual("first day of the year", "с какого дня года"),
    "from_date": Bilingual("first day", "первый день"),
    "high_chairs": Bilingual("high chairs", "детские стулья"),
    "hold_seconds": Bilingual("seconds a site may hold a slot", "секунд держится слот для сайта"),
    "hours": Bilingual("hours", "часов"),
    "house_rules": Bilingual("house rules", "правила дома"),
    "id": Bilingual("id", "обозначение"),
    "joins": Bilingual("joined tables", "сдвинутые столы"),
    "key": Bilingual("key", "обозначение"),
    "kind": Bilingual("kind", "вид"),
    "last_seating": Bilingual("last seating", "последняя посадка"),
    "late_after_minutes": Bilingual("minutes until a party is late", "минут до опоздания"),
    "latitude": Bilingual("latitude", "широта"),
    "locale": Bilingual("language", "язык"),
    "locality": Bilingual("town", "город"),
    "longitude": Bilingual("longitude", "долгота"),
    "min_notice_minutes": Bilingual("minutes of notice at least", "бронь не позднее чем за минут"),
    "minutes": Bilingual("minutes", "минут"),
    "name": Bilingual("name", "название"),
    "needs_approval": Bilingual("staff approve bookings", "брони подтверждает персонал"),
    "no_show_grace_minutes": Bilingual("minutes until a no-show", "минут до неявки"),
    "opens": Bilingual("opening", "открытие"),
    "pacing": Bilingual("guests per 15 minutes", "гостей за 15 минут"),
    "pacing_changes": Bilingual("changes of pacing", "изменения темпа"),
    "pacing_limits": Bilingual(
        "limits of pacing by channel and area", "ограничения темпа по каналам и зонам"
    ),
    "parties": Bilingual("parties per 15 minutes", "компаний за 15 минут"),
    "party_max": Bilingual("largest party", "гостей не больше"),
    "party_max_online": Bilingual("largest party booked online", "гостей онлайн не больше"),
    "periods": Bilingual("periods", "периоды"),
    "phone": Bilingual("phone", "телефон"),
    "postal_address": Bilingual("address", "адрес"),
    "postal_code": Bilingual("postal code", "индекс"),
    "protect": Bilingual("which of them keep a place", "за какими держится место"),
    "region": Bilingual("region", "регион"),
    "role": Bilingual("role", "роль"),
    "rotation": Bilingual("rotation in degrees", "поворот в градусах"),
    "rules": Bilingual("rules", "правила"),
    "season": Bilingual("season", "сезон"),
    "seats_max": Bilingual("seats at most", "мест не больше"),
    "seats_min": Bilingual("seats at least", "мест не меньше"),
    "shape": Bilingual("shape", "форма"),
    "slot_minutes": Bilingual("minutes between slots", "минут между слотами"),
    "special_days": Bilingual("special days", "особые дни"),
    "staff": Bilingual("staff", "персонал"),
    "start": Bilingual("start", "начало"),
    "starts": Bilingual("start", "начало"),
    "street_address": Bilingual("street and number", "улица и дом"),
    "tables": Bilingual("tables", "столы"),
    "tags": Bilingual("tags", "метки"),
    "text": Bilingual("text", "текст"),
    "to": Bilingual("for", "для кого"),
    "turn_times": Bilingual("turn times", "время стола"),
    "until_day": Bilingual("last day of the year", "по какой день года"),
    "until_date": Bilingual("last day", "последний день"),
    "venue": Bilingual("house", "заведение"),
    "version": Bilingual("version", "версия"),
    "walls": Bilingual("lines of the floor plan", "линии плана"),
    "web": Bilingual("web address", "сайт"),
    "width": Bilingual("width in metres", "ширина в метрах"),
    "window_days": Bilingual("days bookable ahead", "бронь за столько дней"),
    "x": Bilingual("place across", "место по ширине"),
    "x1": Bilingual("start across", "начало по ширине"),
    "x2": Bilingual("end across", "конец по ширине"),
    "y": Bilingual("place along", "место по глубине"),
    "y1": Bilingual("start along", "начало по глубине"),
    "y2": Bilingual("end along", "конец по глубине"),
    "zone": Bilingual("time zone", "часовой пояс"),
}

TELLING: Final[dict[At, tuple[str, ...]]] = {
    ("areas",): ("name",),
    ("tables",): ("area", "seats_max"),
    ("staff",): ("name", "role"),
    ("joins",): ("seats_max",),
    ("turn_times",): ("minutes",),
    ("periods",): ("opens", "closes"),
    ("periods", "pacing_changes"): ("covers",),
    ("special_days",): ("name",),
    ("special_days", "periods"): ("opens", "closes"),
    ("special_days", "periods", "pacing_changes"): ("covers",),
    ("closures",): ("until_date", "areas"),
    ("buy_outs",): ("starts", "ends", "areas"),
    ("access",): ("to", "areas", "tables"),
}
"""What is said of an entry that is new, beside its key."""

_DAYS: Final = {
    "mon": "пн",
    "tue": "вт",
    "wed": "ср",
    "thu": "чт",
    "fri": "пт",
    "sat": "сб",
    "sun": "вс",
}

_YES: Final = Bilingual("yes", "да")
_NO: Final = Bilingual("no", "нет")
_NONE: Final = Bilingual("none", "ничего")

CHANGED: Final = Bilingual(
    "{where}: {what} from {before} to {after}.", "{where}: {what}: было {before}, станет {after}."
)
SET: Final = Bilingual("{where}: {what} is set to {after}.", "{where}: {what}: станет {after}.")
UNSET: Final = Bilingual(
    "{where}: {what} {before} is taken out.", "{where}: {what}: {before} больше не задано."
)
ADDED: Final = Bilingual("{where} is new: {after}.", "{where}: добавлено, {after}.")
ADDED_ALONE: Final = Bilingual("{where} is new.", "{where}: добавлено.")
REMOVED: Final = Bilingual("{where} is removed.", "{where}: убрано.")
ORDERED: Final = Bilingual(
    "{where}: the order of the {what} is another.", "{where}: изменён порядок: {what}."
)


def place_of(steps: tuple[tuple[At, str | None], ...]) -> Bilingual:
    """Return the name of a place: the entries on the way to it, and its section."""
    said = [step for step in steps[:-1] if step[1] is not None] + list(steps[-1:])
    named = [(SECTIONS[at], key) for at, key in said] or [(SECTIONS[()], None)]
    return Bilingual(
        ", ".join(words.en.format(key=_spoken(key).en) for words, key in named),
        ", ".join(words.ru.format(key=_spoken(key).ru) for words, key in named),
    )


def member(name: str) -> Bilingual:
    """Return what a member is called; a language of a text is called by its code."""
    return MEMBERS.get(name) or Bilingual(name, name)


def value_of(value: object) -> Bilingual:
    """Return a JSON value as a person writes it."""
    match value:
        case bool():
            return _YES if value else _NO
        case list():
            return _joined([value_of(each) for each in value])
        case dict():
            return _joined([_with_name(name, value_of(each)) for name, each in value.items()])
        case str():
            return _quoted(value) if " " in value else _one_word(value)
        case _:
            return Bilingual(str(value), str(value))


def _joined(parts: list[Bilingual]) -> Bilingual:
    if not parts:
        return _NONE
    return Bilingual(", ".join(part.en for part in parts), ", ".join(part.ru for part in parts))


def _with_name(name: str, value: Bilingual) -> Bilingual:
    what = member(name)
    return Bilingual(f"{what.en} {value.en}", f"{what.ru} {value.ru}")


def _quoted(text: str) -> Bilingual:
    return Bilingual(f'"{text}"', f"«{text}»")


def _one_word(word: str) -> Bilingual:
    return Bilingual(short_clock(word), _DAYS.get(word) or short_clock(word))


def sentence(
    words: Bilingual, where: Bilingual, what: Bilingual, before: object, after: object
) -> Bilingual:
    """Return a sentence of this form in both languages."""
    was, becomes = value_of(before), value_of(after)
    return Bilingual(
        words.en.format(where=where.en, what=what.en, before=was.en, after=becomes.en),
        words.ru.format(where=where.ru, what=what.ru, before=was.ru, after=becomes.ru),
    )


def _spoken(key: str | None) -> Bilingual:
    """Return a key as it is said: the days of a period, or what a turn time is for, in brackets."""
    name, _, days = (key or "").partition(" ")
    if days and all("=" in word for word in days.split(" ")):
        words = [each for word in days.split(" ") for each in word.partition("=")[2].split("+")]
        only = value_of(words)
        return Bilingual(f"{name} ({only.en})", f"{name} ({only.ru})")
    if not all(day in _DAYS for day in days.split("+")):
        return Bilingual(key or "", key or "")
    listed = value_of(days.split("+"))
    return Bilingual(f"{name} ({listed.en})", f"{name} ({listed.ru})")
