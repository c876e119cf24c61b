"""The signature of Twilio's callbacks, against an example of its own."""

from __future__ import annotations

import pytest

from seating.correspondence.texting import BadCallback
from seating.correspondence.twilio import TwilioGateway, signature_of, without_port

# From the tests of Twilio's own Python library (twilio-python, test_request_validator.py).
URL = "https://mycompany.com/myapp.php?foo=1&bar=2"
FORM = [
    ("CallSid", "CA1234567890ABCDE"),
    ("Digits", "1234"),
    ("From", "+14158675309"),
    ("To", "+18005551212"),
    ("Caller", "+14158675309"),
]
SIGNATURE = b"RSOYDt4T1cUTdK1PDd93/VVr8B8="


def test_a_callback_is_signed_as_twilio_signs() -> None:
    assert signature_of(URL, FORM, "12345") == SIGNATURE
    assert signature_of(without_port(URL.replace(".com", ".com:1234")), FORM, "12345") == SIGNATURE


def test_what_is_no_form_or_has_no_signature_is_refused() -> None:
    gateway = TwilioGateway("AC1", "12345", "Maitred")
    for headers, body in (({}, b"a=b"), ({"x-twilio-signature": "é"}, b"a=b"), ({}, b"\xff=1")):
        with pytest.raises(BadCallback):
            gateway.read(URL, headers, body)
