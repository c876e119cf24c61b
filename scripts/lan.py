"""`scripts/serve --lan`: the house's network, by a certificate of the house's own authority.

A service worker, and with it the stand without a network, exists only over https. The authority is
made once and lies in the data folder; whoever has its key could vouch for any address to tablets
that trust it, so nobody but this user reads it. The certificate is made anew at each start.
"""

from __future__ import annotations

import asyncio
import io
import ipaddress
import os
import socket
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

import segno
import trustme
import uvicorn

from api.edge.connections import BoundedConnection
from scripts import app_server

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator
    from pathlib import Path

AUTHORITY = "authority.crt"
AUTHORITY_KEY = "authority.key"
SERVER = "server.pem"
NAME = "Maitred"
LASTS = timedelta(days=397)
"""iPads refuse certificates that last longer than 825 days."""
SECURE_PORT = 443
STEP_PORT = 80
"""Added to the service's port: 8443 for the stand, 8080 for the page that says how to get in."""
SOMEWHERE = ("192.0.2.1", 9)
"""An address that nobody has (RFC 5737): nothing is sent to it."""
READ_BEFORE = "/tablet"
OPEN_PERSONS_ONLY = 0o600

App = Any


class LanError(app_server.ServeError):
    """The house's network cannot be served; the message is the sentence to show."""


@dataclass(frozen=True)
class Lan:
    """Where tablets reach the house, and what proves that it is the house."""

    address: str
    port: int
    folder: Path

    @property
    def stand(self) -> str:
        """The address of the service, which a tablet trusts once it trusts the authority."""
        return f"https://{bracketed(self.address)}:{self.port + SECURE_PORT}"

    @property
    def first_page(self) -> str:
        """The page that says how to get in, over plain http."""
        return f"http://{bracketed(self.address)}:{self.port + STEP_PORT}{READ_BEFORE}"

    @property
    def authority(self) -> Path:
        """The file that a tablet is to trust."""
        return self.folder / AUTHORITY


def bracketed(address: str) -> str:
    """An address as it stands in a URL."""
    return f"[{address}]" if ":" in address else address


def lan_of(wanted: str, port: int, data: Path) -> Lan:
    """The address of this machine in the house's network, `auto` or named, with a certificate."""
    address = own_address() if wanted == "auto" else wanted
    try:
        ipaddress.ip_address(address)
    except ValueError:
        raise LanError(f"{address} is no address of a network, such as 192.168.1.20.") from None
    found = Lan(address, port, data / "lan")
    certify(found)
    return found


def own_address() -> str:
    """The address by which this machine reaches others; raises LanError where it reaches nobody."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(SOMEWHERE)
        except OSError:
            raise LanError(
                "This machine is in no network: connect it, or name its address:"
                " --lan 192.168.1.20."
            ) from None
        address: str = probe.getsockname()[0]
    return address


def certify(lan: Lan) -> None:
    """Make the authority where there is none, and a certificate for the address."""
    lan.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    authority = authority_in(lan.folder)
    until = datetime.now(UTC) + LASTS
    made = authority.issue_cert(lan.address, "localhost", organization_name=NAME, not_after=until)
    chain = b"".join(blob.bytes() for blob in made.cert_chain_pems)
    write_privately(lan.folder / SERVER, made.private_key_pem.bytes() + chain)


def authority_in(folder: Path) -> trustme.CA:
    """The house's authority, as it was made the first time."""
    certificate, key = folder / AUTHORITY, folder / AUTHORITY_KEY
    if certificate.exists() and key.exists():
        return trustme.CA.from_pem(certificate.read_bytes(), key.read_bytes())
    made = trustme.CA(organization_name=NAME, organization_unit_name=socket.gethostname()[:60])
    write_privately(key, made.private_key_pem.bytes())
    certificate.write_bytes(made.cert_pem.bytes())
    return made


def write_privately(file: Path, text: bytes) -> None:
    """Write a file that only this user reads."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    with os.fdopen(os.open(file, flags, OPEN_PERSONS_ONLY), "wb") as opened:
        opened.write(text)


@contextmanager
def listening(lan: Lan) -> Iterator[app_server.Beside]:
    """Take both ports of the address, of the stand and of the page before it; how to serve."""
    with (
        app_server.listen(lan.address, lan.port + SECURE_PORT) as secure,
        app_server.listen(lan.address, lan.port + STEP_PORT) as step,
    ):
        yield partial(also_served, lan, (secure, step))


def before_the_stand(app: App, stand: str) -> App:
    """The application over plain http: how to get in, and the way to https for all the rest."""

    async def answer(
        scope: dict[str, Any],
        receive: Callable[[], Awaitable[Any]],
        send: Callable[[Any], Awaitable[None]],
    ) -> None:
        path = scope.get("path", "/")
        if path == READ_BEFORE or path.startswith(f"{READ_BEFORE}/"):
            await app(scope, receive, send)
            return
        where = stand.encode() + scope.get("raw_path", b"/")
        headers = [(b"location", where), (b"content-length", b"0")]
        await send({"type": "http.response.start", "status": 307, "headers": headers})
        await send({"type": "http.response.body", "body": b""})

    return answer


@contextmanager
def also_served(
    lan: Lan, sockets: tuple[socket.socket, socket.socket], app: App
) -> Iterator[list[asyncio.Task[None]]]:
    """The running application on the house's network too, as long as the block lasts."""
    certificate = str(lan.folder / SERVER)
    common: dict[str, Any] = {
        "http": BoundedConnection,
        "lifespan": "off",
        "proxy_headers": False,
        "log_level": "warning",
        "timeout_graceful_shutdown": app_server.GOODBYE_SECONDS,
    }
    servers = [
        uvicorn.Server(uvicorn.Config(app, ssl_certfile=certificate, **common)),
        uvicorn.Server(uvicorn.Config(before_the_stand(app, lan.stand), **common)),
    ]
    tasks = [
        asyncio.create_task(server.serve(sockets=[each]))
        for server, each in zip(servers, sockets, strict=True)
    ]
    try:
        yield tasks
    finally:
        for server in servers:
            server.should_exit = True


def told(lan: Lan) -> list[str]:
    """What to print: the address, and a code for the camera of a tablet."""
    picture = io.StringIO()
    segno.make(lan.first_page, error="m").terminal(out=picture, compact=True)
    return [
        f"on the house's network: {lan.stand}",
        f"a new tablet begins at {lan.first_page}, or by its camera:",
        picture.getvalue().rstrip("\n"),
    ]
