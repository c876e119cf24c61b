"""Pages for guests where a request fails; everybody else gets a problem document."""

from collections.abc import Callable
from typing import Any, Final
from urllib.parse import quote

from litestar import Request, Response
from litestar.types import ExceptionHandlersMap
from msgspec import Struct

from api.guest.shell import SHOW, Language, language_of, link, page, text

AnyRequest = Request[Any, Any, Any]
Answering = Callable[[AnyRequest, Any], Response[Any]]

GUESTS: Final = frozenset({"r", "w"})
"""First segments of the paths that a guest opens."""
CUT_SHORT: Final = "/"
"""What is left of a link that was cut off behind the host."""
AGAIN_SECONDS: Final = 5
BUSY: Final = frozenset({429, 503})


class Failure(Struct, frozen=True):
    """The title of a page, and the sentence that says what to do next."""

    title: str
    why: str


class Words(Struct, frozen=True):
    """Each kind of failure in one language."""

    busy: Failure
    busy_after_wish: str
    broken: Failure
    unread: Failure
    no_page: Failure
    not_by_link: Failure
    again: str
    back: str


WORDS: Final[dict[Language, Words]] = {
    "en": Words(
        Failure(
            "One moment, please",
            "Our book cannot be opened just now. This page tries again by itself.",
        ),
        "Our book did not answer in time. In a few seconds this page shows what holds.",
        Failure(
            "This took us by surprise",
            "Something did not work on our side, and we have been told. Please try again later or"
            " give us a call.",
        ),
        Failure(
            "Not everything arrived",
            "We could not read what was sent, so nothing has changed. Please open the link in our"
            " message once more.",
        ),
        Failure(
            "There is no page here",
            "Perhaps the link was cut short. Please open it once more from our message, or call"
            " us.",
        ),
        Failure(
            "Please use the button on your page",
            "A link alone changes nothing here, so everything is as it was.",
        ),
        "Try again",
        "To my page",
    ),
    "ru": Words(
        Failure(
            "Одну минуту, пожалуйста",
            "Сейчас не получается открыть нашу книгу. Страница попробует ещё раз сама.",
        ),
        "Книга не ответила вовремя. Через несколько секунд страница покажет, что сейчас в силе.",
        Failure(
            "Этого мы не ожидали",
            "У нас что-то не сработало, мы уже знаем об этом. Попробуйте позже или позвоните нам.",
        ),
        Failure(
            "Дошло не всё",
            "Прочитать отправленное не получилось, поэтому ничего не изменилось. Откройте ссылку из"
            " нашего сообщения ещё раз.",
        ),
        Failure(
            "Здесь нет страницы",
            "Возможно, ссылка скопирована не полностью. Откройте её ещё раз из нашего сообщения или"
            " позвоните нам.",
        ),
        Failure(
            "Нажмите, пожалуйста, кнопку на вашей странице",
            "Сама ссылка ничего не меняет, всё осталось как было.",
        ),
        "Попробовать ещё раз",
        "На мою страницу",
    ),
    "de": Words(
        Failure(
            "Einen Moment, bitte",
            "Unser Buch lässt sich gerade nicht öffnen. Die Seite versucht es gleich von selbst.",
        ),
        "Unser Buch hat nicht rechtzeitig geantwortet. In ein paar Sekunden zeigt die Seite, was"
        " gilt.",
        Failure(
            "Das kam unerwartet",
            "Bei uns hat etwas nicht geklappt, und wir wissen davon. Versuchen Sie es bitte später"
            " noch einmal, oder rufen Sie uns an.",
        ),
        Failure(
            "Es kam nicht alles an",
            "Wir konnten das Gesendete nicht lesen, geändert hat sich nichts. Bitte öffnen Sie den"
            " Link in unserer Nachricht noch einmal.",
        ),
        Failure(
            "Hier ist keine Seite",
            "Vielleicht ist der Link abgeschnitten. Bitte öffnen Sie ihn noch einmal aus unserer"
            " Nachricht, oder rufen Sie uns an.",
        ),
        Failure(
            "Bitte benutzen Sie den Knopf auf Ihrer Seite",
            "Der Link allein ändert nichts, es ist alles wie zuvor.",
        ),
        "Noch einmal versuchen",
        "Zu meiner Seite",
    ),
    "uk": Words(
        Failure(
            "Одну хвилину, будь ласка",
            "Зараз не вдається відкрити нашу книгу. Сторінка спробує ще раз сама.",
        ),
        "Книга не відповіла вчасно. За кілька секунд сторінка покаже, що зараз чинне.",
        Failure(
            "Цього ми не чекали",
            "У нас щось не спрацювало, ми вже знаємо про це. Спробуйте пізніше або зателефонуйте"
            " нам.",
        ),
        Failure(
            "Надійшло не все",
            "Прочитати надіслане не вдалося, тож нічого не змінилося. Відкрийте посилання з нашого"
            " повідомлення ще раз.",
        ),
        Failure(
            "Тут немає сторінки",
            "Можливо, посилання скопійовано не повністю. Відкрийте його ще раз із нашого"
            " повідомлення або зателефонуйте нам.",
        ),
        Failure(
            "Натисніть, будь ласка, кнопку на вашій сторінці",
            "Саме посилання нічого не змінює, усе залишилося як було.",
        ),
        "Спробувати ще раз",
        "На мою сторінку",
    ),
}


def for_guests(handlers: ExceptionHandlersMap) -> ExceptionHandlersMap:
    """The same handlers; on a guest's paths each answers with a page instead of JSON.

    Status and headers (Retry-After) stay those of the problem document.
    """
    return {kind: answering(handler) for kind, handler in handlers.items()}


def answering(handler: Answering) -> Answering:
    def answer(request: AnyRequest, error: Any) -> Response[Any]:  # noqa: ANN401 - any exception
        failed = handler(request, error)
        path = str(request.scope["path"])
        if path != CUT_SHORT and path.split("/")[1] not in GUESTS:
            return failed
        shown = failure_page(request, path, failed.status_code or 500)
        shown.headers |= failed.headers
        return shown

    return answer


def failure_page(request: AnyRequest, path: str, status: int) -> Response[str]:
    """A page that says in the guest's language what to do next; a busy one reloads itself."""
    language = language_of(request.headers.get("accept-language"))
    words, home = WORDS[language], home_of(path)
    if status in BUSY:
        return busy_page(request, language, path, status)
    failure = said(words, status)
    back = "" if home == path else link(home, words.back, "next")
    return page(language, failure.title, [text(failure.why, "news"), back], status=status)


def busy_page(request: AnyRequest, language: Language, path: str, status: int) -> Response[str]:
    """A page that asks again in a few seconds: what was asked for, or how a wish went."""
    words, why = WORDS[language], WORDS[language].busy.why
    again = home_of(path)
    if request.method in SHOW:
        query = request.scope["query_string"].decode("latin-1")
        again = quote(path, safe="/:") + (f"?{query}" if query else "")
    else:
        why = words.busy_after_wish
    body = [text(why, "news"), link(again, words.again, "next")]
    title = words.busy.title
    return page(
        language, title, body, status=status, refresh_seconds=AGAIN_SECONDS, refresh_to=again
    )


def home_of(path: str) -> str:
    """The guest's own page: the first two segments of a path."""
    return quote("/".join(path.split("/")[:3]), safe="/:")


def said(words: Words, status: int) -> Failure:
    """What to say of a failure that waiting alone does not mend."""
    by_status = {404: words.no_page, 405: words.not_by_link}
    return by_status.get(status, words.broken if status >= 500 else words.unread)
