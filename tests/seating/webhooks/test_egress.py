"""Nobody makes the service speak to what is not public, by whatever name."""

from __future__ import annotations

import ssl
from datetime import timedelta
from ipaddress import ip_address
from itertools import chain, repeat
from typing import TYPE_CHECKING

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from seating.clock import wall_now
from seating.errors import UrlNotAllowed
from seating.webhooks.egress import Egress, is_public, post
from tests.support.webhooks import Receiver, receiving

if TYPE_CHECKING:
    from pathlib import Path

PUBLIC = "93.184.215.14"

NOT_PUBLIC = [
    "127.0.0.1",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "224.0.0.1",
    "255.255.255.255",
    "198.18.0.1",
    "192.0.2.1",
    "::1",
    "::",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "fe80::1%eth0",
    "fc00::1",
    "fec0::1",
    "ff02::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "2001:0:7f00:1::",
    "64:ff9b::127.0.0.1",
    "64:ff9b::10.0.0.1",
    "64:ff9b:1::1",
]


class Names:
    """Resolves every name to the answers given, one after the other, the last for ever."""

    def __init__(self, *answers: list[str]) -> None:
        self.answers = chain(answers[:-1], repeat(answers[-1]))
        self.asked = 0

    async def __call__(self, _: str, __: int, ___: str) -> list[str]:
        self.asked += 1
        return next(self.answers)


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_an_address_inside_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", [PUBLIC, "2606:2800:21f:cb07:6820:80da:af6b:8b2c", f"::ffff:{PUBLIC}"]
)
def test_an_address_of_the_internet_is_public(address: str) -> None:
    assert is_public(address)
    assert is_public(str(ip_address(address)))


@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1/",
        "https://2130706433/",
        "https://0x7f000001/",
        "https://0177.0.0.1/",
        "https://127.1/",
        "https://[::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://[::ffff:7f00:1]:8443/",
        "https://localhost/",
        "https://LOCALHOST./",
        "https://169.254.169.254/latest/meta-data",
        "http://93.184.215.14/",
        "https://somebody@93.184.215.14/",
        "https://93.184.215.14/#part",
        "https://93.184.215.14:22/",
        "ftp://93.184.215.14/",
        "file:///etc/passwd",
        "https:///nowhere",
        "https://",
        "nonsense",
        "https://exa\nmple.com/",
        "https://93.184.215.14/" + "a" * 2000,
    ],
)
async def test_a_url_that_leads_inside_or_nowhere_is_refused(url: str) -> None:
    with pytest.raises(UrlNotAllowed):
        await Egress().check_url(url)


async def test_one_address_inside_among_public_ones_is_enough_to_refuse() -> None:
    with pytest.raises(UrlNotAllowed):
        await Egress(resolve=Names([PUBLIC, "10.0.0.1"])).check_url("https://example.com/")
    with pytest.raises(UrlNotAllowed):
        await Egress(resolve=Names([])).check_url("https://example.com/")


async def test_a_public_url_is_kept_in_its_one_spelling() -> None:
    egress = Egress(resolve=Names([PUBLIC]))
    assert await egress.check_url("https://EXAMPLE.com:443/a b") == "https://example.com/a%20b"


async def test_only_for_development_this_machine_may_be_spoken_to() -> None:
    egress = Egress(loopback=True)
    assert await egress.check_url("http://127.0.0.1:8000/x") == "http://127.0.0.1:8000/x"
    for url in ("http://10.0.0.1/", "https://169.254.169.254/", "http://[fe80::1]/"):
        with pytest.raises(UrlNotAllowed):
            await egress.check_url(url)


async def test_a_name_that_is_rebound_after_the_check_leads_nowhere() -> None:
    """Public when it was registered, this machine when something is to be sent."""
    async with receiving() as receiver:
        egress = Egress(resolve=Names([PUBLIC], ["127.0.0.1"]))
        url = f"https://rebound.example:{receiver.port}/"
        assert await egress.check_url(url) == url
        async with egress.session() as session:
            posted = await post(session, url, {}, b"{}")
    assert (posted.status, posted.error) == (None, "not a public address")
    assert receiver.got == []


async def test_a_name_is_resolved_once_and_that_very_address_is_spoken_to() -> None:
    """What it would resolve to the next time does not matter."""
    async with receiving() as receiver:
        names = Names(["127.0.0.1"], ["10.0.0.1"])
        url = f"http://receiver.example:{receiver.port}/hooks?x=1"
        async with Egress(loopback=True, resolve=names).session() as session:
            posted = await post(session, url, {}, b"{}")
    assert (posted.status, names.asked) == (204, 1)
    assert receiver.got[0].headers["host"] == f"receiver.example:{receiver.port}"


async def test_a_redirect_is_an_answer_and_is_not_followed() -> None:
    async with (
        receiving() as inside,
        receiving(307, elsewhere=inside.url) as receiver,
        Egress(loopback=True).session() as session,
    ):
        posted = await post(session, receiver.url, {}, b"{}")
    assert (posted.status, inside.got) == (307, [])


async def test_no_proxy_of_the_environment_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    async with receiving() as proxy, receiving() as receiver:
        monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{proxy.port}")
        async with Egress(loopback=True).session() as session:
            assert (await post(session, receiver.url, {}, b"{}")).status == 204
    assert proxy.got == []


async def test_tls_is_for_the_name_though_the_connection_is_to_an_address(tmp_path: Path) -> None:
    certificate = certificate_for("receiver.example", tmp_path)
    asked: list[str | None] = []
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(certificate)
    serving.sni_callback = lambda _, name, __: asked.append(name)
    receiver = Receiver([200])
    await receiver.open(serving)
    egress = Egress(loopback=True, resolve=Names(["127.0.0.1"]))
    egress._tls.load_verify_locations(certificate)
    statuses = []
    for name in ("receiver.example", "another.example"):
        async with egress.session() as session:
            posted = await post(session, f"https://{name}:{receiver.port}/", {}, b"{}")
            statuses.append(posted.status)
    await receiver.close()
    assert (statuses, asked) == ([200, None], ["receiver.example", "another.example"])


def certificate_for(name: str, folder: Path) -> Path:
    """A file with a key and a certificate it signed itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(wall_now() - timedelta(days=1))
        .not_valid_after(wall_now() + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / "certificate.pem"
    file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    return file
