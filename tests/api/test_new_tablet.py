"""The page that a new tablet reads: a page a kind, in two languages, and the authority's file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from api.settings import Settings
from tests.api.conftest import client_of
from tests.support.application import living

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    import httpx

STAND = "https://192.168.77.10:8443"
CERTIFICATE = b"-----BEGIN CERTIFICATE-----\nnone\n-----END CERTIFICATE-----\n"


@pytest.fixture
async def tablet(database: str, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    file = tmp_path / "authority.crt"
    file.write_bytes(CERTIFICATE)
    settings = Settings(
        database_url=database, demo=True, jobs="none", public_url=STAND, authority=str(file)
    )
    async with living(settings) as app, client_of(app) as client:
        yield client


async def test_each_kind_has_its_steps_in_order_in_the_browsers_language(
    tablet: httpx.AsyncClient,
) -> None:
    for kind, count in (("ipad", 4), ("android", 3)):
        for language, step in (("en", "Step"), ("ru", "Шаг")):
            page = await tablet.get(f"/tablet/{kind}", headers={"Accept-Language": language})
            numbers = re.findall(rf"<h2>{step} (\d)</h2>", page.text)
            assert numbers == [str(number + 1) for number in range(count)]
            assert f'href="{STAND}/stand/"' in page.text
            assert page.headers["content-security-policy"].startswith("default-src 'none'")


async def test_the_certificate_is_trusted_before_the_stand_is_opened(
    tablet: httpx.AsyncClient,
) -> None:
    certificate, stand = "/tablet/authority.crt", f'href="{STAND}/stand/"'
    for kind, steps in (
        ("ipad", (certificate, "Certificate Trust Settings", stand, "from the home screen")),
        ("android", (certificate, stand, "open the stand from there")),
    ):
        page = await tablet.get(f"/tablet/{kind}?language=en")
        places = [page.text.index(step) for step in steps]
        assert places == sorted(places), kind


async def test_the_other_language_is_one_tap_away(tablet: httpx.AsyncClient) -> None:
    page = await tablet.get("/tablet", headers={"Accept-Language": "de"})
    assert 'href="/tablet?language=ru"' in page.text
    assert 'href="/tablet/ipad?language=en"' in page.text
    russian = await tablet.get("/tablet/ipad?language=ru", headers={"Accept-Language": "en"})
    assert '<html lang="ru">' in russian.text


async def test_the_authority_is_given_as_a_file_that_tablets_install(
    tablet: httpx.AsyncClient,
) -> None:
    given = await tablet.get("/tablet/authority.crt")
    assert given.content == CERTIFICATE
    assert given.headers["content-type"] == "application/x-x509-ca-cert"


async def test_there_is_nothing_else(tablet: httpx.AsyncClient) -> None:
    for path in ("/tablet/authority.key", "/tablet/server.pem", "/tablet/other"):
        assert (await tablet.get(path)).status_code == 404, path
