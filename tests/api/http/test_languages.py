"""A problem says the same in every language, from the params that travel with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import msgspec
import pytest
from litestar import Litestar, get

from api.booking.idempotency import answer_of, response_of
from api.host.words import HANDLERS as WORDS
from api.http.languages import in_language, language_asked
from api.http.problems import HANDLERS, problem
from api.http.refusals import PUBLIC_REFUSALS, refusal_response, waitlist_refusal_response
from policies.book.answers import No
from policies.house.rules import NoCode
from policies.words.catalogue import say, source
from policies.words.message import Message, message
from seating.errors import Invalid
from tests.api.conftest import client_of

if TYPE_CHECKING:
    import httpx

BLOCKED = message("table-blocked-already", table="T5")
ENGLISH = "Table T5 is out of use then already."
RUSSIAN = "Стол T5 на это время уже выведен из работы."


@get("/fail")
async def fail() -> None:
    raise Invalid(BLOCKED, pointer="/table_id")


@pytest.fixture
def small() -> httpx.AsyncClient:
    return client_of(
        Litestar(
            [fail, *WORDS], exception_handlers=HANDLERS, logging_config=None, openapi_config=None
        )
    )


async def test_a_problem_says_the_same_in_english_and_russian_from_the_same_params(
    small: httpx.AsyncClient,
) -> None:
    english = await small.get("/fail")
    russian = await small.get("/fail", headers={"Accept-Language": "ru-RU,en;q=0.5"})
    for answer, language, said in ((english, "en", ENGLISH), (russian, "ru", RUSSIAN)):
        told = answer.json()
        assert answer.headers["Content-Language"] == language
        assert (told["code"], told["message"]) == ("INVALID", "table-blocked-already")
        assert told["params"] == {"table": "T5"}
        assert told["detail"] == said
        (wrong,) = told["errors"]
        assert wrong == {
            "pointer": "/table_id",
            "detail": said,
            "message": "table-blocked-already",
            "params": {"table": "T5"},
        }


async def test_an_unknown_language_is_answered_in_english(small: httpx.AsyncClient) -> None:
    for asked in ("fr", "*", "", "q=;;", "ru;q=0", "ru;q=x"):
        answer = await small.get("/fail", headers={"Accept-Language": asked})
        spoken = "ru" if asked == "ru;q=x" else "en"
        assert answer.headers["Content-Language"] == spoken, asked
    lacking = (await small.get("/fail", headers={"Accept-Language": "de"})).headers
    assert lacking["Content-Language"] == "en", "what German lacks is said in English"


def test_the_best_language_that_we_speak_is_taken() -> None:
    assert language_asked("fr, ru;q=0.4, en;q=0.3") == "ru"
    assert language_asked("en;q=0.3, de-AT;q=0.9") == "de"
    assert language_asked(None) == "en"


def test_an_answer_that_is_replayed_is_said_in_the_language_asked_for_then() -> None:
    kept = response_of(answer_of(problem(409, "INVALID", BLOCKED)))
    assert type(kept) is type(problem(409, "INVALID", BLOCKED))
    body, spoken = in_language(kept.content, "ru")
    assert (msgspec.json.decode(body)["detail"], spoken) == (RUSSIAN, "ru")
    before = msgspec.json.encode({"code": "INVALID", "detail": "From before."})
    assert in_language(before, "ru") == (before, "en")


@pytest.mark.parametrize("code", get_args(NoCode))
def test_outside_nothing_of_the_inner_params_is_told(code: NoCode) -> None:
    no = No(code=code, said=message("named-tables-too-small", tables=("SECRET",), size=9))
    public = PUBLIC_REFUSALS[code]
    if public.sentence is not None:
        told = msgspec.json.decode(refusal_response(no, public=True).content)
        assert "SECRET" not in str(told)
        assert (told["message"], "params" in told) == (public.sentence.key, False)
    if public.sentence is not None or public.wait_sentence is not None:
        assert b"SECRET" not in waitlist_refusal_response(no).content


async def test_a_screen_gets_the_catalogue_once_and_says_a_problem_from_it(
    small: httpx.AsyncClient,
) -> None:
    russian = await small.get("/words/ru")
    assert russian.text == source("staff", "ru")
    assert russian.headers["Content-Language"] == "ru"
    seen = {"If-None-Match": russian.headers["ETag"]}
    again = await small.get("/words/ru", headers=seen)
    assert (again.status_code, again.content) == (304, b"")
    other = await small.get("/words/xx", headers=seen)
    assert (other.status_code, other.headers["Content-Language"]) == (200, "en")
    told = (await small.get("/fail")).json()
    assert f"\n{told['message']} = " in other.text
    assert say(Message(told["message"], told["params"]), "ru") == RUSSIAN
