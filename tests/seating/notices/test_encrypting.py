"""Messages to browsers, against the examples of RFC 8291 and a reader written from the RFCs."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec

from seating.notices.encrypting import CURVE, authorization, encrypted, is_point, new_pair, point_of
from seating.notices.subscriptions import as_base64url, read_base64
from tests.support.pushes import Browser, verified

# RFC 8291, appendix A.
TEXT = b"When I grow up, I want to be a watermelon"
SENDER = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
KEY = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
SECRET = "BTBZMqHH6r4Tts7J_aSIgg"
SALT = "DGv6ra1nlYgDCS1FRnbzlw"
BODY = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS"
    "6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qu"
    "lcy4a-fN"
)
NOW = datetime(2027, 3, 3, 18, 0, tzinfo=UTC)


def test_a_message_is_the_one_of_the_standard() -> None:
    sender = ec.derive_private_key(int.from_bytes(read_base64(SENDER), "big"), CURVE)
    body = encrypted(
        TEXT, read_base64(KEY), read_base64(SECRET), sender=sender, salt=read_base64(SALT)
    )
    assert as_base64url(body) == BODY


def test_only_the_browser_it_is_for_reads_it() -> None:
    browser, other = Browser(), Browser()
    body = encrypted(b"words", browser.key, browser.secret, sender=new_pair(), salt=bytes(16))
    assert browser.read(body) == b"words"
    with pytest.raises(ValueError, match="not for this browser"):
        other.read(body)


def test_a_push_service_knows_who_signed_and_for_whom_and_until_when() -> None:
    signer = new_pair()
    header = authorization("https://push.example:8443/a/b", signer, "https://us.example", now=NOW)
    key, claims = verified(header)
    assert key == point_of(signer)
    assert claims == {
        "aud": "https://push.example:8443",
        "exp": int(NOW.timestamp()) + 12 * 3600,
        "sub": "https://us.example",
    }
    token, _, said = header.partition(",k=")
    with pytest.raises(InvalidSignature):
        verified(f"{token},k={as_base64url(point_of(new_pair()))}")
    assert read_base64(said) == point_of(signer)


def test_what_is_no_point_of_the_curve_is_no_key() -> None:
    assert is_point(Browser().key)
    assert not is_point(b"\x04" + bytes(64))
