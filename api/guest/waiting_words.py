"""Texts of the waitlist page by language; friendly, without promises."""

from msgspec import Struct

from api.guest.shell import Language


class Words(Struct, frozen=True):
    """The sentences of one language."""

    title: str
    gone: str
    gone_why: str
    party: str
    ahead: str
    nobody_ahead: str
    quoted: str
    minutes: str
    seats: str
    between: str
    ready: str
    kept_until: str
    coming: str
    coming_told: str
    leave: str
    leave_asked: str
    leave_means: str
    stay: str
    come_back: str
    back: str
    left: str
    seated: str
    turned_away: str
    rules: str
    refreshed: str


WORDS: dict[Language, Words] = {
    "en": Words(
        "Your place on our waitlist",
        "This page has ended",
        "The link is no longer in use. We are glad to help you at the door or by phone.",
        "Guests",
        "Parties ahead of you",
        "You are next",
        "Wait we told you",
        "about {minutes} minutes",
        "Your table, as things are now",
        "{first} to {last}",
        "Your table is ready. Please come to the host.",
        "We keep it for you until",
        "I am on my way",
        "Thank you, the host knows that you are on your way.",
        "Leave the waitlist",
        "Do you want to leave the waitlist?",
        "Your place then goes to the party behind you.",
        "Keep my place",
        "A slip? For a minute your old place is still yours.",
        "Take my place back",
        "You have left the waitlist. Thank you for letting us know; you are welcome any time.",
        "You have been seated. Enjoy your evening.",
        "We are sorry that we had no table for you tonight. Thank you for your patience.",
        "Good to know",
        "This page looks for news by itself.",
    ),
    "ru": Words(
        "Ваше место в листе ожидания",
        "Эта страница больше не действует",
        "Ссылка больше не действует. Мы с радостью поможем вам у входа или по телефону.",
        "Гостей",
        "Перед вами",
        "Вы следующие",
        "Обещанное ожидание",
        "около {minutes} минут",
        "Ваш стол, как мы видим это сейчас",
        "{first}–{last}",
        "Ваш стол готов. Пожалуйста, подойдите к хостес.",
        "Держим его для вас до",
        "Мы уже идём",
        "Спасибо, хостес знает, что вы идёте.",
        "Выйти из листа ожидания",
        "Выйти из листа ожидания?",
        "Ваше место займут те, кто ждёт за вами.",
        "Сохранить моё место",
        "Случайно нажали? Ещё минуту прежнее место остаётся за вами.",
        "Вернуть моё место",
        "Вы вышли из листа ожидания. Спасибо, что сообщили; будем рады вам в любой день.",
        "Вы уже за столом. Приятного вечера!",
        "Нам жаль, что сегодня стола для вас не нашлось. Спасибо за терпение.",
        "Полезно знать",
        "Страница обновляется сама.",
    ),
    "de": Words(
        "Ihr Platz auf unserer Warteliste",
        "Diese Seite ist abgelaufen",
        "Der Link gilt nicht mehr. Am Empfang oder am Telefon helfen wir Ihnen gern.",
        "Gäste",
        "Vor Ihnen",
        "Sie sind als Nächste dran",
        "Genannte Wartezeit",
        "etwa {minutes} Minuten",
        "Ihr Tisch, wie es gerade aussieht",
        "{first} bis {last}",
        "Ihr Tisch ist bereit. Bitte kommen Sie zum Empfang.",
        "Wir halten ihn für Sie bis",
        "Ich bin unterwegs",
        "Danke, der Empfang weiß, dass Sie unterwegs sind.",
        "Warteliste verlassen",
        "Möchten Sie die Warteliste verlassen?",
        "Ihr Platz geht dann an die Nächsten in der Reihe.",
        "Meinen Platz behalten",
        "Nur vertippt? Eine Minute lang ist Ihr alter Platz noch Ihrer.",
        "Meinen Platz zurücknehmen",
        "Sie stehen nicht mehr auf der Warteliste. Danke für die Nachricht; Sie sind uns immer"
        " willkommen.",
        "Sie sitzen schon am Tisch. Einen schönen Abend!",
        "Es tut uns leid, dass wir heute keinen Tisch für Sie hatten. Danke für Ihre Geduld.",
        "Gut zu wissen",
        "Diese Seite erneuert sich von selbst.",
    ),
    "uk": Words(
        "Ваше місце у списку очікування",
        "Ця сторінка більше не діє",
        "Посилання більше не діє. Ми радо допоможемо вам біля входу або телефоном.",
        "Гостей",
        "Перед вами",
        "Ви наступні",
        "Обіцяне очікування",
        "близько {minutes} хвилин",
        "Ваш стіл, як ми бачимо це зараз",
        "{first}–{last}",
        "Ваш стіл готовий. Будь ласка, підійдіть до хостес.",
        "Тримаємо його для вас до",
        "Ми вже йдемо",
        "Дякуємо, хостес знає, що ви йдете.",
        "Вийти зі списку очікування",
        "Вийти зі списку очікування?",
        "Ваше місце займуть ті, хто чекає за вами.",
        "Зберегти моє місце",
        "Випадково натиснули? Ще хвилину попереднє місце залишається за вами.",
        "Повернути моє місце",
        "Ви вийшли зі списку очікування. Дякуємо, що повідомили; будемо раді вам будь-якого дня.",
        "Ви вже за столом. Гарного вечора!",
        "Нам шкода, що сьогодні столу для вас не знайшлося. Дякуємо за терпіння.",
        "Варто знати",
        "Сторінка оновлюється сама.",
    ),
}
