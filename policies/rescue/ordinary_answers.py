"""The built-in ordinary answer for each refusal code, used where the playbook has none.

Said to the guest in person; kind, concrete, blaming nobody. Other languages fall back to English.
"""

from policies.house.rules import NoCode
from policies.house.wording import language_of

ORDINARY_ANSWERS: dict[str, dict[NoCode, str]] = {
    "en": {
        "CLOSED": "We are not serving at that hour. May I show you the nearest time we are?",
        "OUTSIDE_BOOKING_WINDOW": "Our book is not open for that day yet. May I call you when it"
        " is?",
        "PARTY_SIZE_NOT_ALLOWED": "For a party as large as yours I would like to ask a colleague,"
        " so that you sit well. May I call you back?",
        "PACING_FULL": "Many guests sit down just then, and I would like the kitchen to have time"
        " for you. Would a little later suit you?",
        "NO_TABLE_FITS": "All our tables are taken at that time. Let me see what I can do for you.",
        "TURN_TOO_SHORT": "There is a table, only not for as long as you would wish. May I look"
        " for a better hour?",
        "HELD_BACK": "All our tables are spoken for at that time. Let me see what I can do for"
        " you.",
        "RISK_OVER_CEILING": "I would rather not promise you a table you might have to wait for."
        " Let me look for a sure one.",
        "OVERBOOKING_CAP": "We are full at that time. Let me see what I can do for you.",
        "BID_PRICE": "At that time I have nothing for you yet. May I look at the hours around it?",
        "GUEST_LIMIT": "You already have several evenings with us, which makes us glad. Shall we"
        " look at those together?",
        "DUPLICATE": "I see a table for you around that time already. Shall we look at it"
        " together?",
        "ALREADY_WAITING": "You are on our list already. May I look how long it still takes?",
        "HOUSE_RULES_NOT_ACCEPTED": "May I tell you our few house rules first? It takes a moment.",
        "BLOCKED": "That table is out of use tonight. Let me find you another good place.",
        "PAUSED": "Tonight we take bookings by phone and at the door. I am glad to help you here.",
        "NEEDS_NOT_MET": "For what you need I would like to find the right place, and I have none"
        " free just then. May I look at another hour?",
        "AREA_NOT_BOOKABLE": "Those places are kept for others just then. Let me see where else you"
        " would sit well.",
    },
    "ru": {
        "CLOSED": "В это время мы не работаем. Показать вам ближайшее время, когда мы открыты?",
        "OUTSIDE_BOOKING_WINDOW": "На этот день запись ещё не открыта. Позвонить вам, когда"
        " откроется?",
        "PARTY_SIZE_NOT_ALLOWED": "Чтобы такой большой компании было удобно, я посоветуюсь с"
        " коллегой. Можно вам перезвонить?",
        "PACING_FULL": "В это время садится много гостей, а хочется, чтобы у кухни было время для"
        " вас. Подойдёт чуть позже?",
        "NO_TABLE_FITS": "На это время все столы заняты. Давайте посмотрю, что можно для вас"
        " сделать.",
        "TURN_TOO_SHORT": "Стол есть, но не так надолго, как вам хотелось бы. Поискать время"
        " получше?",
        "HELD_BACK": "На это время все столы обещаны. Давайте посмотрю, что можно для вас сделать.",
        "RISK_OVER_CEILING": "Не хочется обещать стол, которого пришлось бы ждать. Давайте найду"
        " надёжный.",
        "OVERBOOKING_CAP": "На это время у нас полно гостей. Давайте посмотрю, что можно для вас"
        " сделать.",
        "BID_PRICE": "На это время пока ничего нет. Посмотреть время рядом?",
        "GUEST_LIMIT": "У вас уже несколько вечеров с нами, и мы этому рады. Посмотрим их вместе?",
        "DUPLICATE": "Я вижу для вас стол примерно в это время. Посмотрим вместе?",
        "ALREADY_WAITING": "Вы уже в нашем списке. Посмотреть, сколько ещё ждать?",
        "HOUSE_RULES_NOT_ACCEPTED": "Можно сначала рассказать вам наши правила? Их немного.",
        "BLOCKED": "Этим столом сегодня не пользуются. Давайте найду вам другое хорошее место.",
        "PAUSED": "Сегодня мы записываем по телефону и у входа. С радостью помогу вам здесь.",
        "NEEDS_NOT_MET": "Хочется найти место, где вам будет удобно, а на это время такого нет."
        " Посмотреть другое время?",
        "AREA_NOT_BOOKABLE": "Эти места сейчас придержаны для других. Давайте посмотрю, где ещё вам"
        " будет хорошо.",
    },
    "de": {
        "CLOSED": "Um diese Zeit haben wir geschlossen. Darf ich Ihnen die nächste Zeit zeigen, zu"
        " der wir da sind?",
        "OUTSIDE_BOOKING_WINDOW": "Für diesen Tag ist unser Buch noch nicht offen. Darf ich Sie"
        " anrufen, sobald es so weit ist?",
        "PARTY_SIZE_NOT_ALLOWED": "Damit eine so große Runde gut sitzt, frage ich gern eine"
        " Kollegin. Darf ich Sie zurückrufen?",
        "PACING_FULL": "Gerade dann setzen sich viele Gäste, und die Küche soll Zeit für Sie"
        " haben. Wäre etwas später recht?",
        "NO_TABLE_FITS": "Um diese Zeit sind alle Tische vergeben. Ich schaue, was ich für Sie tun"
        " kann.",
        "TURN_TOO_SHORT": "Einen Tisch gibt es, nur nicht so lange, wie Sie möchten. Darf ich eine"
        " bessere Zeit suchen?",
        "HELD_BACK": "Um diese Zeit sind alle Tische versprochen. Ich schaue, was ich für Sie tun"
        " kann.",
        "RISK_OVER_CEILING": "Ich möchte Ihnen keinen Tisch versprechen, auf den Sie warten"
        " könnten. Ich suche Ihnen einen sicheren.",
        "OVERBOOKING_CAP": "Um diese Zeit sind wir voll. Ich schaue, was ich für Sie tun kann.",
        "BID_PRICE": "Um diese Zeit habe ich noch nichts für Sie. Darf ich rundherum schauen?",
        "GUEST_LIMIT": "Sie haben schon mehrere Abende bei uns, das freut uns. Wollen wir sie"
        " zusammen ansehen?",
        "DUPLICATE": "Ich sehe um diese Zeit schon einen Tisch für Sie. Wollen wir ihn zusammen"
        " ansehen?",
        "ALREADY_WAITING": "Sie stehen schon auf unserer Liste. Darf ich nachsehen, wie lange es"
        " noch dauert?",
        "HOUSE_RULES_NOT_ACCEPTED": "Darf ich Ihnen zuerst unsere paar Hausregeln sagen? Es dauert"
        " einen Moment.",
        "BLOCKED": "Dieser Tisch ist heute nicht in Gebrauch. Ich finde Ihnen einen anderen guten"
        " Platz.",
        "PAUSED": "Heute nehmen wir Reservierungen am Telefon und am Empfang an. Ich helfe Ihnen"
        " gern gleich hier.",
        "NEEDS_NOT_MET": "Ich möchte den richtigen Platz für Sie finden, und gerade dann ist"
        " keiner frei. Darf ich eine andere Zeit suchen?",
        "AREA_NOT_BOOKABLE": "Diese Plätze sind gerade für andere vorgesehen. Ich schaue, wo Sie"
        " sonst gut sitzen.",
    },
}


def ordinary_answer(code: NoCode, locale: str) -> str:
    """Return the built-in answer for a refusal code in the language of a locale."""
    return ORDINARY_ANSWERS[language_of(locale, ORDINARY_ANSWERS)][code]
