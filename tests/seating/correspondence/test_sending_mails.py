"""A mail server that is busy, refuses, breaks off, wants TLS; couriers that race and that die."""

from __future__ import annotations

import asyncio
import ssl
from typing import TYPE_CHECKING

import pytest
import trustme

from seating.correspondence.mailing import MailServerError, mail_server_of
from seating.correspondence.rows import LEASE
from tests.support.correspondence import (
    MAIL,
    ada,
    mail_catcher,
    notice_courier,
    office,
    states,
)
from tests.support.house import HOST, booked, house_text, open_house
from tests.support.webhooks import Watch

if TYPE_CHECKING:
    from pathlib import Path

    from seating.db import Pool
    from tests.support.correspondence import MailCatcher


@pytest.fixture
async def house(pool: Pool) -> Pool:
    await open_house(pool, house_text(2, 2, 2, 2, 2, 2))
    await booked(pool, ada(), HOST)
    return pool


async def test_who_is_busy_is_asked_again_and_a_refusal_is_the_end(house: Pool) -> None:
    watch = Watch()
    async with mail_catcher("451 later", "RCPT 450 greylisted", "250 OK") as catcher:
        courier = notice_courier(house, watch, office(catcher))
        await courier.deliver_all()
        assert await states(house) == [("confirmation", "waiting", "smtp_451", "email")]
        await courier.deliver_all()
        assert catcher.tried == 1, "not before its time"
        for _ in range(4):
            watch.on(seconds=30)
            await courier.deliver_all()
        assert (catcher.tried, len(catcher.inbox)) == (3, 1)
    assert await states(house) == [("confirmation", "sent", "", "email")]

    await booked(house, ada(), HOST)
    async with mail_catcher("550 no such guest") as catcher:
        for _ in range(3):
            await notice_courier(house, watch, office(catcher)).deliver_all()
            watch.on(minutes=5)
        assert catcher.tried == 1
    assert (await states(house))[-1] == ("confirmation", "failed", "smtp_550", "email")


async def test_a_server_that_is_away_is_tried_for_more_than_a_day_and_then_given_up(
    house: Pool,
) -> None:
    watch = Watch()
    async with mail_catcher() as catcher:
        away = office(catcher)
    for tries in range(1, 15):
        await notice_courier(house, watch, away).deliver_all()
        assert await house.fetchval("select attempts from guest_notice") == tries
        watch.on(hours=8)
    assert await states(house) == [("confirmation", "failed", "no_connection", "email")]


async def test_couriers_of_several_processes_send_each_once(house: Pool) -> None:
    for _ in range(5):
        await booked(house, ada(), HOST)
    watch = Watch()
    async with mail_catcher() as catcher:
        couriers = [notice_courier(house, watch, office(catcher)) for _ in range(4)]
        await asyncio.gather(*(each.deliver_all() for each in couriers))
        ids = [mail["Message-ID"] for mail in catcher.inbox]
    assert (len(ids), len(set(ids))) == (6, 6)
    assert {each[1] for each in await states(house)} == {"sent"}


async def test_a_courier_killed_after_sending_costs_one_more_mail_with_the_same_id(
    house: Pool,
) -> None:
    """The moment between the server's answer and the mark: the process is gone in it."""
    watch = Watch()
    async with mail_catcher() as catcher:
        for _ in range(2):
            await killed_when_sent(house, watch, catcher)
            watch.on(seconds=LEASE.total_seconds() / 2)
            await notice_courier(house, watch, office(catcher)).deliver_all()
            watch.on(seconds=LEASE.total_seconds() / 2 + 1)
        assert len(catcher.inbox) == 2, "not while the lease of the dead one runs"
        await notice_courier(house, watch, office(catcher)).deliver_all()
        ids = {mail["Message-ID"] for mail in catcher.inbox}
        assert (len(catcher.inbox), len(ids)) == (2, 1)
    assert await states(house) == [("confirmation", "failed", "unknown", "email")]


async def killed_when_sent(pool: Pool, watch: Watch, catcher: MailCatcher) -> None:
    """A courier whose process dies as the mail server takes the mail."""
    catcher.go_on = asyncio.Event()
    catcher.came.clear()
    at_work = asyncio.create_task(notice_courier(pool, watch, office(catcher)).deliver_all())
    await catcher.came.wait()
    at_work.cancel()
    await asyncio.gather(at_work, return_exceptions=True)
    catcher.go_on.set()
    catcher.go_on = None


async def test_a_connection_that_breaks_after_the_mail_was_given_is_repeated_once(
    house: Pool,
) -> None:
    watch = Watch()
    async with mail_catcher("drop") as catcher:
        for _ in range(4):
            await notice_courier(house, watch, office(catcher)).deliver_all()
            watch.on(minutes=2)
        assert len(catcher.inbox) == 2
    assert await states(house) == [("confirmation", "failed", "unknown", "email")]


@pytest.fixture
def tls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """A certificate for localhost by an authority that the machine trusts."""
    authority = trustme.CA()
    trusted = tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(str(trusted))
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    return context


@pytest.mark.parametrize("scheme", ["smtp", "smtp+starttls", "smtps"])
async def test_mails_go_by_tls_as_the_address_says(
    house: Pool, tls: ssl.SSLContext, scheme: str
) -> None:
    given = {"implicit": tls} if scheme == "smtps" else {"starttls": tls}
    async with mail_catcher(**given) as catcher:
        await notice_courier(house, Watch(), office(catcher, scheme=scheme)).deliver_all()
        assert catcher.recipients == [MAIL]
        assert catcher.tls == [True] or scheme == "smtps"


async def test_without_tls_or_with_a_strangers_certificate_nothing_is_given(
    house: Pool, tls: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch = Watch()
    async with mail_catcher() as plain:
        await notice_courier(house, watch, office(plain, scheme="smtp+starttls")).deliver_all()
        assert plain.tried == 0
    monkeypatch.delenv("SSL_CERT_FILE")
    watch.on(minutes=1)
    for given, scheme in (({"starttls": tls}, "smtp"), ({"implicit": tls}, "smtps")):
        async with mail_catcher(**given) as catcher:
            await notice_courier(house, watch, office(catcher, scheme=scheme)).deliver_all()
            assert catcher.tried == 0
            watch.on(minutes=30)
    assert [each[1:3] for each in await states(house)] == [("waiting", "certificate")]


def test_a_password_is_given_over_tls_only_and_never_printed() -> None:
    server = mail_server_of("smtps://maitred:p%40ss@mail.example.com")
    assert (server.user, server.password, server.port) == ("maitred", "p@ss", 465)
    assert "p@ss" not in repr(server)
    assert mail_server_of("smtp://a:b@127.0.0.1:1025").port == 1025
    for wrong in ("smtp://a:b@mail.example.com", "https://mail.example.com", "smtps://", "mail"):
        with pytest.raises(MailServerError):
            mail_server_of(wrong)
