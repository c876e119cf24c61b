"""A push service on this machine and browsers that subscribe at it, written from the RFCs.

The service checks each request as RFC 8030 and RFC 8292 say, before it answers; a browser decrypts
what came as RFC 8291 and RFC 8188 say. Neither uses the code that it is to check.
"""

from __future__ import annotations

import asyncio
import json
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF, HKDFExpand
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from seating.notices.push_courier import PushCourier
from tests.support.house import CLOCK
from tests.support.webhooks import LOOPBACK, SEAL

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from seating.db import Pool
    from tests.support.webhooks import Watch

HEAD = 21
"""Salt, size of a record, length of the key's id (RFC 8188, section 2.1)."""


def unpadded(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")


def padded(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


class Browser:
    """A subscription as a browser keeps it: its key pair, its secret, what came."""

    def __init__(self) -> None:
        self._private = ec.generate_private_key(ec.SECP256R1())
        self.secret = os.urandom(16)

    @property
    def key(self) -> bytes:
        public = self._private.public_key()
        return public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    def subscription(self, endpoint: str, language: str = "en") -> dict[str, Any]:
        """As the screens send it."""
        keys = {"p256dh": unpadded(self.key), "auth": unpadded(self.secret)}
        return {"endpoint": endpoint, "keys": keys, "language": language}

    def read(self, body: bytes) -> bytes:
        """Decrypt a message. Raises ValueError for one of somebody else."""
        salt, length = body[:16], body[20]
        sender, sealed = body[HEAD : HEAD + length], body[HEAD + length :]
        point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sender)
        shared = self._private.exchange(ec.ECDH(), point)
        info = b"WebPush: info\0" + self.key + sender
        keying = HKDF(SHA256(), 32, salt=self.secret, info=info).derive(shared)
        extracted = HKDF.extract(SHA256(), salt, keying)
        key = HKDFExpand(SHA256(), 16, b"Content-Encoding: aes128gcm\0").derive(extracted)
        nonce = HKDFExpand(SHA256(), 12, b"Content-Encoding: nonce\0").derive(extracted)
        try:
            text = AESGCM(key).decrypt(nonce, sealed, None)
        except InvalidTag:
            raise ValueError("not for this browser") from None
        text = text.rstrip(b"\0")
        assert text.endswith(b"\x02"), "the last record ends with 2"
        return text[:-1]


def verified(header: str) -> tuple[bytes, dict[str, Any]]:
    """Return the key and claims of an Authorization header. Raises InvalidSignature."""
    scheme, _, rest = header.partition(" ")
    assert scheme == "vapid"
    parts = dict(each.strip().split("=", 1) for each in rest.split(","))
    head, claims, signature = parts["t"].split(".")
    assert json.loads(padded(head)) == {"typ": "JWT", "alg": "ES256"}
    raw, key = padded(signature), padded(parts["k"])
    numbers = (int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), key)
    signed = f"{head}.{claims}".encode()
    point.verify(encode_dss_signature(*numbers), signed, ec.ECDSA(SHA256()))
    told: dict[str, Any] = json.loads(padded(claims))
    return key, told


@dataclass
class Pushed:
    """A request that the service took for good: its path names the subscription."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class PushService:
    """Answers in the manners given, a status each, the last of them from then on."""

    manners: list[int]
    got: list[Pushed] = field(default_factory=list)
    port: int = 0
    faults: list[str] = field(default_factory=list)
    came: asyncio.Event = field(default_factory=asyncio.Event)

    def endpoint(self, name: str) -> str:
        return f"http://127.0.0.1:{self.port}/push/{name}"

    def of(self, name: str) -> list[Pushed]:
        return [each for each in self.got if each.path == f"/push/{name}"]

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        lines = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        pairs = (line.partition(": ") for line in lines[1:] if line)
        headers = {name.lower(): value for name, _, value in pairs}
        body = await reader.readexactly(int(headers["content-length"]))
        status = 401
        try:
            self.check(headers)
            self.got.append(Pushed(lines[0].split(" ")[1], headers, body))
            status = self.manners.pop(0) if len(self.manners) > 1 else self.manners[0]
        except Exception as error:  # noqa: BLE001 - the test that looks at the faults fails
            self.faults.append(repr(error))
        writer.write(f"HTTP/1.1 {status} So\r\nContent-Length: 0\r\n\r\n".encode())
        await writer.drain()
        writer.close()
        self.came.set()

    def check(self, headers: dict[str, str]) -> None:
        """What a push service refuses a request for."""
        _, claims = verified(headers["authorization"])
        assert claims["aud"] == f"http://127.0.0.1:{self.port}", claims
        assert headers["content-encoding"] == "aes128gcm"
        assert int(headers["ttl"]) > 0
        assert headers["urgency"] == "high"
        assert 0 < len(headers["topic"]) <= 32


@asynccontextmanager
async def push_service(*manners: int) -> AsyncIterator[PushService]:
    """A push service that is open."""
    service = PushService(list(manners) or [201])
    server = await asyncio.start_server(service.talk, "127.0.0.1", 0)
    service.port = server.sockets[0].getsockname()[1]
    try:
        yield service
    finally:
        server.close()
        await server.wait_closed()
    assert service.faults == []


def push_courier(pool: Pool, watch: Watch) -> PushCourier:
    """A courier that may reach this machine."""
    return PushCourier(pool, CLOCK, SEAL, LOOPBACK, "https://us.example", now=watch)
