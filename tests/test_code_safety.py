"""What the code never does, read from the code itself; tests/asvs.toml points here."""

from __future__ import annotations

import ast
import re
from functools import cache
from math import log2
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from msgspec import Struct

from api.app import create_app
from api.settings import Settings
from scripts.setup_venv import ROOT
from seating.access.credentials import RANDOM_BYTES, new_secret
from seating.access.devices import CODE_LENGTH, CODE_LETTERS
from tests.api.http.test_access import ALL, routes
from tests.support.catalogues import called, modules

if TYPE_CHECKING:
    from litestar import Litestar

EVALUATING = {"eval", "exec", "compile", "__import__", "os.system", "os.popen"}
PARSERS = {
    "pickle", "marshal", "shelve", "dill", "yaml", "xml", "lxml", "plistlib", "jinja2", "mako",
    "ldap", "ldap3", "pylibmc", "pymemcache", "xmlrpc",
}  # fmt: skip
ASKING = {"execute", "executemany", "fetch", "fetchrow", "fetchval", "prepare"}

NAMES_TAKE_NO_PARAMETERS = {
    "seating/backups/dumping.py": "tables, whose names PostgreSQL gave, are counted in one query",
    "seating/backups/restoring.py": "databases, named by us, are made and swapped",
    "seating/roles.py": "roles, named by an administrator, are made",
    "seating/reports/telling.py": "cases of a report, a constant, are counted by its own columns",
}
"""Where SQL holds names, and whose."""

OUTLASTING = re.compile(
    r"^\s*set (?!local\b|transaction\b|constraints\b)[a-z_]+ *(=|to\b|[a-z_.]+ *=)"
    r"|^\s*(listen|load|prepare|discard) ['a-z_]+\s*$|^\s*create temp|\bwith hold\b"
    r"|pg_(try_)?advisory_lock|set_config\([^)]*false *\)"
)
OWN_CONNECTIONS = {
    "seating/backups/nightly.py",
    "seating/backups/restoring.py",
    "seating/migrate.py",
}
"""Which hold what they lock by connections of their own, and close them."""

OF_PAGES = {"ChangeForm"}
"""Forms that a browser sends: a button's name comes along."""

INVENTORY = {
    "seating/access/credentials.py": "argon2id of PINs; SHA-256 of random tokens; random secrets",
    "seating/access/devices.py": "random pairing codes",
    "seating/webhooks/sealed_secrets.py": "AES-GCM of secrets that are used again; their key",
    "seating/webhooks/endpoints.py": "random signing secrets",
    "seating/notices/encrypting.py": "RFC 8291 and 8292: messages to phones, P-256 and AES-GCM",
    "seating/notices/push_keys.py": "P-256: the key that messages to phones are signed with",
    "seating/notices/push_courier.py": "random salts of messages to phones",
    "seating/webhooks/courier.py": "the jitter of waits, which need not be secret",
    "seating/correspondence/courier.py": "the jitter of waits, which need not be secret",
    "seating/correspondence/twilio.py": "HMAC-SHA-1: callbacks as Twilio signs them",
    "seating/book/reservations.py": "random codes of bookings, which open nothing by themselves",
    "seating/backups/manifest.py": "HMAC-SHA-256 of backups",
    "seating/certificates.py": "the certificate of the database on this machine",
    "seating/keys.py": "HKDF: a key for each purpose of the one that is kept",
    "seating/roles.py": "SCRAM-SHA-256 of the passwords of roles",
    "api/booking/idempotency.py": "SHA-256: whether a request is the same as before",
    "seating/book/actions.py": "SHA-256: whether a command is the same as before",
    "seating/partners/google_bookings.py": "SHA-256: whether a booking is the same as before",
    "api/screens/built.py": "SHA-256: whether a file of the screens is as before",
    "api/guest/shell.py": "SHA-256 of the style that a page may run",
    "api/manage/frontier/style.py": "SHA-256 of the style that a drawing may run",
    "api/openapi/page.py": "SHA-256 of the style that a page may run",
    "api/host/words.py": "SHA-256: whether a catalogue is the one a screen has",
    "policies/gestures/suggestions.py": "SHA-256 as a lot that anybody may draw again",
    "policies/house/file.py": "SHA-256: whether a house is the same as before",
    "policies/value/period_value.py": "SHA-256: whether what a value was computed of is the same",
    "seating/backups/restoring.py": "SHA-256: a short name of a database's name",
    "seating/migrate.py": "SHA-256: whether a migration is the file that was applied",
}
"""Modules that use cryptography, and what for: the inventory of ASVS 11.1.2."""

LIBRARIES = {"secrets", "cryptography", "argon2", "hmac", "hashlib", "ssl", "jwt", "Crypto"}
TLS = {
    "seating/connecting.py",
    "seating/correspondence/mailing.py",
    "seating/webhooks/egress.py",
}
"""Which use `ssl` to check certificates; a test each says that they do."""


@cache
def calls() -> tuple[tuple[str, ast.Call], ...]:
    return tuple(
        (path, node)
        for path, module in modules().items()
        for node in ast.walk(module)
        if isinstance(node, ast.Call)
    )


def imported(module: ast.Module) -> set[str]:
    found = set()
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            found |= {each.name for each in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


def test_nothing_evaluates_code_or_asks_a_shell() -> None:
    assert len(modules()) > 200
    wrong = [
        f"{path}:{call.lineno}"
        for path, call in calls()
        if called(call) in EVALUATING or any(each.arg == "shell" for each in call.keywords)
    ]
    assert wrong == []


def test_no_parser_that_can_be_turned_against_us_is_used() -> None:
    roots = {
        path: {name.split(".")[0] for name in imported(each)} for path, each in modules().items()
    }
    assert {path: found & PARSERS for path, found in roots.items() if found & PARSERS} == {}


def test_sql_is_written_out_and_never_put_together_of_values() -> None:
    """Constants are prepared by test_sql.py; what is put together here is found."""
    made = {
        path
        for path, call in calls()
        if isinstance(call.func, ast.Attribute) and call.func.attr in ASKING and call.args
        and isinstance(call.args[0], ast.JoinedStr | ast.BinOp | ast.Call)
    }  # fmt: skip
    assert made <= NAMES_TAKE_NO_PARAMETERS.keys()


def test_no_statement_outlasts_its_transaction_on_a_lent_connection() -> None:
    """Returned connections are not reset: asyncpg would ask the server each time."""
    left = {
        f"{path}: {node.value.strip()[:60]}"
        for path, module in modules().items()
        for node in ast.walk(module)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        and any(OUTLASTING.search(each) for each in node.value.split(";"))
        and path not in OWN_CONNECTIONS
    }  # fmt: skip
    assert left == set()


def test_what_outlasts_a_transaction_is_recognised() -> None:
    lasting = [
        "set lock_timeout = '1s'",
        "set session x = 1",
        "listen maitred",
        "load 'x'",
        "create temp table t",
        "select pg_advisory_lock(1)",
        "select set_config('a', 'b', false)",
    ]
    passing = [
        "set local lock_timeout = '1s'",
        "set transaction read only",
        "update x set y = 1",
        "select pg_advisory_xact_lock(1)",
        "select set_config('a', $1, true)",
    ]
    assert all(OUTLASTING.search(each) for each in lasting)
    assert not any(OUTLASTING.search(each) for each in passing)


def test_no_pattern_is_made_of_input() -> None:
    wrong = [
        f"{path}:{call.lineno}"
        for path, call in calls()
        if called(call).startswith("re.") and call.args
        and isinstance(call.args[0], ast.JoinedStr)
        and not all(
            (isinstance(each.value, ast.Name) and each.value.id.isupper())
            or ast.unparse(each.value).startswith("re.escape(")
            for each in call.args[0].values if isinstance(each, ast.FormattedValue)
        )
    ]  # fmt: skip
    assert wrong == []


def test_format_strings_are_written_out() -> None:
    wrong = [
        f"{path}:{call.lineno}: {ast.unparse(call.func.value)}"
        for path, call in calls()
        if isinstance(call.func, ast.Attribute) and call.func.attr in {"format", "format_map"}
        and called(call) != "msgspec.json.format"  # lays out JSON, takes no format string
        and not isinstance(call.func.value, ast.Constant | ast.JoinedStr)
        and not ast.unparse(call.func.value).partition("[")[0].strip("_").isupper()
    ]  # fmt: skip
    assert wrong == []


def test_every_use_of_cryptography_is_in_the_inventory() -> None:
    used = {
        path
        for path, module in modules().items()
        if {name.split(".")[0] for name in imported(module)} & LIBRARIES
    }
    assert used - TLS == {path for path in INVENTORY if (ROOT / path).exists()}
    weak = {
        path
        for path, module in modules().items()
        for node in ast.walk(module)
        if isinstance(node, ast.Attribute | ast.alias)
        and (node.attr if isinstance(node, ast.Attribute) else node.name) in {"md5", "sha1", "ECB"}
    }
    assert weak == set()


def test_what_must_not_be_guessed_comes_from_the_systems_generator() -> None:
    for path in INVENTORY.keys() & modules().keys():
        assert "random" not in imported(modules()[path]), path
    assert "random" not in {
        name for path, each in modules().items() if path.startswith("seating/access/")
        for name in imported(each)
    }  # fmt: skip
    assert len({new_secret() for _ in range(1000)}) == 1000


def test_secrets_are_as_long_as_they_have_to_be() -> None:
    assert RANDOM_BYTES * 8 >= 256
    assert CODE_LENGTH * log2(len(CODE_LETTERS)) > 39


def test_no_other_origin_is_let_in_and_nothing_runs_in_debug_mode() -> None:
    app = create_app(Settings(database_url="postgresql://nowhere/none"))
    assert app.cors_config is None
    assert not app.debug


@pytest.fixture
def app() -> Litestar:
    return create_app(Settings(database_url="postgresql://nowhere/none"))


async def test_trace_is_not_answered(app: Litestar) -> None:
    transport: Any = httpx.ASGITransport(app=app)  # type: ignore[arg-type]
    async with httpx.AsyncClient(transport=transport, base_url="https://maitred.test") as client:
        for path in ("/healthz", "/host/login", "/oauth/token"):
            assert (await client.request("TRACE", path)).status_code == 405


def test_every_body_refuses_fields_it_does_not_know() -> None:
    table, lax = routes(), set()
    for route in ALL:
        if route[1].startswith("/google/") or route == ("POST", "/oauth/token"):
            continue  # of Google and RFC 6749: what is not known is passed over
        field = table[route].parsed_fn_signature.parameters.get("data")
        body = getattr(field, "annotation", None)
        if isinstance(body, type) and issubclass(body, Struct):
            lax |= {body.__name__} if not body.__struct_config__.forbid_unknown_fields else set()
    assert lax == OF_PAGES


def test_the_image_holds_only_what_is_served_and_no_secret() -> None:
    text = (ROOT / "compose.yaml").read_text(encoding="utf-8")
    # What a stage of its own is given to build the screens with is in no image that is run.
    served = text[text.index("COPY scripts/serve.lock") :]
    copied = [line.split()[1] for line in served.splitlines() if line.strip().startswith("COPY ")]
    assert set(copied) == {"scripts/serve.lock", "policies", "seating", "api", "--from=screens"}
    secrets = [line for line in text.splitlines() if "PASSWORD:" in line]
    assert secrets
    assert all("${" in line or "/run/secrets/" in line for line in secrets)


def test_the_proxy_keeps_the_protocols_and_ciphers_it_is_shipped_with() -> None:
    """Caddy 2 speaks TLS 1.2 and 1.3 unless it is told otherwise."""
    text = (ROOT / "compose.yaml").read_text(encoding="utf-8")
    assert "caddy:2." in text
    proxy = text.partition("caddyfile:\n    content:")[2].partition("\n\n")[0]
    assert "reverse_proxy" in proxy
    assert not {"protocols", "ciphers", "curves", "http://"} & set(proxy.split())
