"""Messages to browsers: encrypted for one of them (RFC 8291), signed by a house (RFC 8292).

Push services see neither text nor key. tests/seating/notices holds the example of RFC 8291.
"""

import json
from base64 import urlsafe_b64encode
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

CURVE: Final = ec.SECP256R1()
RECORD_SIZE: Final = 4096
LAST_RECORD: Final = b"\x02"
TOKEN_LIFE: Final = timedelta(hours=12)
NUMBER_BYTES: Final = 32


def encrypted(
    text: bytes,
    key: bytes,
    secret: bytes,
    *,
    sender: ec.EllipticCurvePrivateKey,
    salt: bytes,
) -> bytes:
    """Return a body of content coding aes128gcm for the browser with this key and secret.

    `sender`, `salt` (16 bytes): new ones for each message.
    """
    public = point_of(sender)
    shared = sender.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(CURVE, key))
    keying = _derived(shared, secret, b"WebPush: info\0" + key + public, 32)
    content_key = _derived(keying, salt, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _derived(keying, salt, b"Content-Encoding: nonce\0", 12)
    head = salt + RECORD_SIZE.to_bytes(4, "big") + bytes([len(public)]) + public
    return head + AESGCM(content_key).encrypt(nonce, text + LAST_RECORD, None)


def authorization(
    endpoint: str, signer: ec.EllipticCurvePrivateKey, contact: str, *, now: datetime
) -> str:
    """Return the Authorization header for a push service; `contact`: a https or mailto address."""
    parts = urlsplit(endpoint)
    claims = {
        "aud": f"{parts.scheme}://{parts.netloc}",
        "exp": int((now + TOKEN_LIFE).timestamp()),
        "sub": contact,
    }
    signed = f"{_json({'typ': 'JWT', 'alg': 'ES256'})}.{_json(claims)}"
    made = decode_dss_signature(signer.sign(signed.encode(), ec.ECDSA(SHA256())))
    raw = b"".join(number.to_bytes(NUMBER_BYTES, "big") for number in made)
    return f"vapid t={signed}.{_base64url(raw)},k={_base64url(point_of(signer))}"


def new_pair() -> ec.EllipticCurvePrivateKey:
    """Return a new key of P-256."""
    return ec.generate_private_key(CURVE)


def point_of(private: ec.EllipticCurvePrivateKey) -> bytes:
    """Return the public key, 65 bytes."""
    return private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def is_point(key: bytes) -> bool:
    """Whether these bytes are a public key of P-256."""
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(CURVE, key)
    except ValueError:
        return False
    return True


def _derived(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(SHA256(), length, salt=salt, info=info).derive(secret)


def _json(value: dict[str, object]) -> str:
    return _base64url(json.dumps(value, separators=(",", ":")).encode())


def _base64url(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")
