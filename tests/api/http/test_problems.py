"""Every way to go wrong has one document, and the document tells no secrets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, get_args

import asyncpg
import msgspec
import pytest
from litestar import Litestar, get, post
from litestar.params import JSONBody, QueryParameter
from msgspec import Meta, Struct

from api.http.problems import HANDLERS, STATUS, pointer
from api.http.refusals import (
    PUBLIC_REFUSALS,
    refusal_response,
    waitlist_refusal_response,
    waitlist_sentence,
)
from api.http.requests import StrictRequest
from policies.book.answers import No
from policies.book.lifecycles import ActorNotAllowed, NotPossible, TooLate
from policies.house.rules import NoCode
from policies.words.catalogue import say
from policies.words.message import message
from seating import errors
from tests.api.conftest import client_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx


class Guest(Struct, forbid_unknown_fields=True):
    tags: list[Annotated[str, Meta(max_length=3)]] = []


class Party(Struct, forbid_unknown_fields=True):
    party_size: Annotated[int, Meta(ge=1, le=20)]
    guest: Guest | None = None


class Truth(Struct):
    version: int


SENTENCE = message("as-told-then", said="A sentence.")
FAILURE: list[Exception] = []


@post("/party")
async def party(data: JSONBody[Party]) -> Party:
    return data


@get("/seats")
async def seats(size: Annotated[int, QueryParameter(ge=1)]) -> int:
    return size


@get("/fail")
async def fail() -> None:
    raise FAILURE[0]


@get("/v1/fail")
async def fail_for_partners() -> None:
    raise FAILURE[0]


@pytest.fixture
def small() -> httpx.AsyncClient:
    return client_of(
        Litestar(
            [party, seats, fail, fail_for_partners],
            exception_handlers=HANDLERS,
            request_class=StrictRequest,
            request_max_body_size=1000,
            logging_config=None,
            openapi_config=None,
        )
    )


@pytest.fixture
def failing() -> Iterator[list[Exception]]:
    FAILURE.clear()
    yield FAILURE
    FAILURE.clear()


def tree(root: type[errors.MaitredError]) -> Iterator[type[errors.MaitredError]]:
    for each in root.__subclasses__():
        yield each
        yield from tree(each)


async def send(small: httpx.AsyncClient, body: bytes, **headers: str) -> dict[str, Any]:
    sent = {"Content-Type": "application/json"} | headers
    answer = await small.post("/party", content=body, headers=sent)
    assert answer.headers["Content-Type"] == "application/problem+json"
    said: dict[str, Any] = answer.json()
    assert said["status"] == answer.status_code
    assert said["type"].startswith("urn:problem-type:maitred:")
    return said


@pytest.mark.parametrize(
    ("body", "where"),
    [
        (b'{"party_size": "4"}', "/party_size"),
        (b'{"party_size": 4.5}', "/party_size"),
        (b'{"party_size": 0}', "/party_size"),
        (b'{"party_size": 10000}', "/party_size"),
        (b'{"party_size": 1e400}', "/party_size"),
        (b'{"party_size": null}', "/party_size"),
        (b'{"party_size": 4, "guest": {"tags": ["ok", "long"]}}', "/guest/tags/1"),
        (b'{"party_size": 4, "colour": "red"}', "/colour"),
        (b"{}", "/party_size"),
        (b"[]", None),
        (b"", None),
    ],
)
async def test_a_wrong_body_is_told_where(
    small: httpx.AsyncClient, body: bytes, where: str | None
) -> None:
    said = await send(small, body)
    assert (said["status"], said["code"]) == (400, "INVALID_REQUEST")
    (wrong,) = said["errors"]
    assert wrong.get("pointer", "") == (where or "")
    assert wrong["detail"]


@pytest.mark.parametrize("body", [b"{", b"\xff", b'{"party_size": 4', b"nul", b'"\\ud800"'])
async def test_a_body_that_is_not_json_is_said_to_be_so(
    small: httpx.AsyncClient, body: bytes
) -> None:
    said = await send(small, body)
    assert (said["status"], said["code"]) == (400, "BAD_REQUEST")


async def test_a_right_body_passes(small: httpx.AsyncClient) -> None:
    answer = await small.post("/party", json={"party_size": 4})
    assert answer.status_code == 201


@pytest.mark.parametrize("media_type", ["text/plain", "application/x-www-form-urlencoded", "x"])
async def test_a_body_of_another_kind_is_415(small: httpx.AsyncClient, media_type: str) -> None:
    said = await send(small, b'{"party_size": 4}', **{"Content-Type": media_type})
    assert (said["status"], said["code"]) == (415, "UNSUPPORTED_MEDIA_TYPE")


async def test_a_body_too_large_is_413(small: httpx.AsyncClient) -> None:
    said = await send(small, b'{"party_size": 4' + b" " * 2000 + b"}")
    assert (said["status"], said["code"]) == (413, "BODY_TOO_LARGE")
    assert said["detail"] == "The body is too large. Send less at once."


async def test_a_wrong_query_parameter_is_named(small: httpx.AsyncClient) -> None:
    for query in ("size=many", "size=0", ""):
        said = (await small.get(f"/seats?{query}")).json()
        (wrong,) = said["errors"]
        assert (said["status"], wrong["pointer"], wrong["source"]) == (400, "/size", "query")


async def test_unknown_routes_and_methods_are_problems(small: httpx.AsyncClient) -> None:
    nowhere, wrong = await small.get("/nowhere"), await small.delete("/party")
    assert (nowhere.status_code, nowhere.json()["code"]) == (404, "NOT_FOUND")
    assert (wrong.status_code, wrong.json()["code"]) == (405, "METHOD_NOT_ALLOWED")
    assert "POST" in wrong.headers["Allow"]


async def test_every_error_of_the_house_has_a_status(
    small: httpx.AsyncClient, failing: list[Exception]
) -> None:
    classes = list(tree(errors.MaitredError))
    assert {error.code for error in classes} | {TooLate.code} == set(STATUS)
    for error in classes:
        status = STATUS[error.code]
        failing[:] = [error(SENTENCE, pointer="/x", now=Truth(version=7))]
        answer = await small.get("/fail")
        said = answer.json()
        assert (answer.status_code, said["code"], said["detail"]) == (
            status,
            error.code,
            "A sentence.",
        )
        assert ("Retry-After" in answer.headers) == (status in {429, 503})
        assert ("WWW-Authenticate" in answer.headers) == (status == 401)
        if status != 401:
            assert said["now"] == {"version": 7}
            told = {"message": "as-told-then", "params": {"said": "A sentence."}}
            assert said | told == said
            assert said["errors"] == [{"pointer": "/x", "detail": "A sentence."} | told]


async def test_a_stale_version_is_412_for_partners(
    small: httpx.AsyncClient, failing: list[Exception]
) -> None:
    failing.append(errors.Stale(SENTENCE))
    assert (await small.get("/v1/fail")).status_code == 412
    assert (await small.get("/fail")).status_code == 409


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (NotPossible("seated", "arrive", ("clear",)), 409, "NOT_POSSIBLE_NOW"),
        (ActorNotAllowed("overrule", "partner", frozenset({"host"})), 403, "NOT_ALLOWED"),
        (TooLate("clear", 60), 409, "TOO_LATE"),
        (asyncpg.CharacterNotInRepertoireError("0x00"), 400, "INVALID_REQUEST"),
        (ConnectionRefusedError("no"), 503, "UNAVAILABLE"),
        (OSError("Multiple exceptions"), 503, "UNAVAILABLE"),
        (TimeoutError(), 503, "UNAVAILABLE"),
        (asyncpg.CannotConnectNowError("starting"), 503, "UNAVAILABLE"),
        (asyncpg.AdminShutdownError("bye"), 503, "UNAVAILABLE"),
        (asyncpg.ConnectionDoesNotExistError("gone"), 503, "UNAVAILABLE"),
        (asyncpg.TooManyConnectionsError("full"), 503, "UNAVAILABLE"),
        (asyncpg.DeadlockDetectedError("knot"), 503, "UNAVAILABLE"),
        (asyncpg.LockNotAvailableError("lock timeout"), 503, "PERIOD_BUSY"),
        (asyncpg.InterfaceError("connection is closed"), 503, "UNAVAILABLE"),
        (asyncpg.InterfaceError("it was released back to the pool"), 503, "UNAVAILABLE"),
        (asyncpg.InterfaceError("another operation is in progress"), 500, "INTERNAL"),
        (ExceptionGroup("ends", [asyncpg.InterfaceError("it is closed")]), 503, "UNAVAILABLE"),
        (ExceptionGroup("ends", [ValueError("the secret recipe")]), 500, "INTERNAL"),
        (asyncpg.UniqueViolationError("Key (phone)=(+49)"), 500, "INTERNAL"),
        (ValueError("the secret recipe"), 500, "INTERNAL"),
        (errors.MaitredError(message("as-told-then", said="secret recipe")), 500, "INTERNAL"),
    ],
)
async def test_failures_become_problems(
    small: httpx.AsyncClient,
    failing: list[Exception],
    caplog: pytest.LogCaptureFixture,
    error: Exception,
    status: int,
    code: str,
) -> None:
    failing.append(error)
    answer = await small.get("/fail")
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert ("Retry-After" in answer.headers) == (status == 503)
    if status >= 500:
        assert "recipe" not in answer.text
        assert "+49" not in answer.text
        told = [error, *getattr(error, "exceptions", ())]
        assert any(type(each).__name__ in caplog.text for each in told)
    if status == 500:
        assert "raise FAILURE[0]" in caplog.records[-1].getMessage()


def test_a_path_becomes_a_pointer() -> None:
    assert pointer("$.guest.tags[0]") == "/guest/tags/0"
    assert pointer("$[3].a") == "/3/a"
    assert not pointer("$")


INNER = sorted(get_args(NoCode))
SECRET = {"HELD_BACK", "RISK_OVER_CEILING", "OVERBOOKING_CAP", "BID_PRICE"}


@pytest.mark.parametrize("code", INNER)
def test_a_refusal_says_outside_only_what_may_leave_the_house(code: NoCode) -> None:
    no = No(code=code, said=message("as-told-then", said=f"inner words on {code}"))
    answer = refusal_response(no, public=True)
    said = msgspec.json.decode(answer.content)
    assert answer.status_code == PUBLIC_REFUSALS[code].status
    assert PUBLIC_REFUSALS[code].cause
    if code in SECRET:
        assert (said["code"], said["reason"]) == ("SLOT_UNAVAILABLE", "NO_TABLE_FITS")
        assert code not in str(said)
        assert (
            answer.content
            == refusal_response(No(code="NO_TABLE_FITS", said=SENTENCE), public=True).content
        )


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("ALREADY_WAITING", "This guest is on the list."),
        ("CLOSED", "This guest is on the list."),
        ("PAUSED", "The waitlist is paused for this evening. Please call us."),
        ("NO_TABLE_FITS", "No table will be free for this party before we close."),
        ("HELD_BACK", "No table will be free for this party before we close."),
    ],
)
def test_a_party_that_may_not_wait_is_told_so_in_words_of_the_waitlist(
    code: NoCode, sentence: str
) -> None:
    no = No(code=code, said=message("as-told-then", said="This guest is on the list."))
    said = msgspec.json.decode(waitlist_refusal_response(no).content)
    assert said["detail"] == say(waitlist_sentence(no)) == sentence


def test_refusals_have_the_codes_of_the_interface() -> None:
    assert set(PUBLIC_REFUSALS) == set(INNER)
    by_status = {
        status: {k for k, v in PUBLIC_REFUSALS.items() if v.status == status}
        for status in (409, 422)
    }
    assert by_status[422] == {
        "OUTSIDE_BOOKING_WINDOW",
        "PARTY_SIZE_NOT_ALLOWED",
        "HOUSE_RULES_NOT_ACCEPTED",
    }
    assert PUBLIC_REFUSALS["DUPLICATE"].code == "DUPLICATE_RESERVATION"
    assert PUBLIC_REFUSALS["GUEST_LIMIT"].code == "GUEST_LIMIT"
    assert PUBLIC_REFUSALS["ALREADY_WAITING"].code == "ALREADY_WAITING"
    capacity = by_status[409] - {"DUPLICATE", "GUEST_LIMIT", "ALREADY_WAITING"}
    assert all(
        PUBLIC_REFUSALS[code].code == "SLOT_UNAVAILABLE" and PUBLIC_REFUSALS[code].reason
        for code in capacity
    )


@pytest.mark.parametrize("code", INNER)
def test_our_own_staff_hear_the_rule_itself(code: NoCode) -> None:
    answer = refusal_response(
        No(code=code, said=message("as-told-then", said="Because.")), public=False
    )
    said = msgspec.json.decode(answer.content)
    assert (answer.status_code, said["code"], said["detail"]) == (409, code, "Because.")
