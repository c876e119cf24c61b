"""What the README tells a newcomer to paste works as it stands, every block of it."""

from __future__ import annotations

import json
import os
import re
import shlex
import signal
import socket
import socketserver
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING

import pytest
from standardwebhooks import Webhook

from policies.drafts.documents import contradictions, patched_house
from policies.drafts.starter import starter_house
from scripts.setup_venv import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

START_SECONDS = 240
HEARD_SECONDS = 30
README = (ROOT / "README.md").read_text()
BLOCKS = {
    heading: re.findall(r"```sh\n(.*?)```", section, re.DOTALL)
    for heading, section in re.findall(
        r"^## ([^\n]+)\n(.*?)(?=^## |\Z)", README, re.DOTALL | re.MULTILINE
    )
}
BOOK = "".join(BLOCKS["Book a table"])
TOLD = "".join(BLOCKS["Being told"])
RECEIVER = "http://127.0.0.1:9000/"
HOUSE, TWIN = BLOCKS["A house of your own"]


@contextmanager
def serving(folder: Path, *arguments: str, until: str) -> Iterator[str]:
    """`scripts/serve` on a free port until the block ends; what it has said by `until`."""
    command = [sys.executable, "scripts/serve", "--port", "0", *arguments]
    said = folder / "log"
    with said.open("w") as log:
        served = subprocess.Popen(command, cwd=ROOT, env=environment(), stdout=log, stderr=log)
        deadline = time.monotonic() + START_SECONDS
        try:
            while until not in said.read_text():
                assert served.poll() is None, said.read_text()
                assert time.monotonic() < deadline
                time.sleep(0.1)
            yield said.read_text()
        finally:
            served.send_signal(signal.SIGTERM)
            served.wait(30)


def environment() -> dict[str, str]:
    """This process's, without a database: what is served brings its own."""
    return {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """`scripts/serve` on a free port and an empty data folder; the file that says where it is.

    Its evening is in the middle and in real time: a hold runs out at once where the clock is fast.
    """
    folder = tmp_path_factory.mktemp("readme")
    data = folder / "data"
    with serving(folder, "--rate", "1", "--data", str(data), until="\ndemo: "):
        yield data / "demo.env"


def paste(demo: Path, *pasted: str) -> str:
    """Paste blocks into one shell, where the demo runs in another folder; what they print."""
    text = "\n".join(pasted)
    assert ". .data/demo/demo.env\n" in text
    text = text.replace(". .data/demo/demo.env", f'. "{demo}"')
    return in_bash(text)


def in_bash(text: str, folder: Path = ROOT) -> str:
    """Run what was pasted in a folder; what it prints."""
    # A refusal would only be told as a key that is missing.
    text = text.replace("pick() { python3", "pick() { tee /dev/stderr | python3")
    command = ["bash", "-euo", "pipefail", "-c", text]
    done = subprocess.run(
        command, cwd=folder, env=environment(), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def documents(printed: str) -> list[dict[str, object]]:
    """The JSON documents that were printed one after the other."""
    found, decoder, rest = [], json.JSONDecoder(), printed.strip()
    while rest:
        document, end = decoder.raw_decode(rest)
        found.append(document)
        rest = rest[end:].lstrip()
    return found


def test_every_block_of_the_readme_is_run_here() -> None:
    assert {heading for heading, blocks in BLOCKS.items() if blocks} == {
        "Run it",
        "A house of your own",
        "Book a table",
        "Being told",
    }
    assert README.count("```sh") == sum(map(len, BLOCKS.values()))


def test_the_rules_of_access_it_shows_are_of_the_house_it_opens() -> None:
    (shown,) = re.findall(r"```json\n(.*?)```", README, re.DOTALL)
    opened = re.search(
        r'"patch": (\{\n  "venue".*?\n\})\}\' \$SITE/manage/house', README, re.DOTALL
    )
    assert opened is not None
    house = starter_house("house", "Zur Linde", "Europe/Berlin", "EUR", "en")
    for patch in (json.loads(opened[1]), json.loads(shown)):
        house = patched_house(house, patch)
    assert contradictions(house) == ()
    assert len(house.access) == 4


def test_the_commands_to_run_it_are_there() -> None:
    """Each says what it is of; `scripts/serve` itself is run by the tests below."""
    commands = [line.split("#")[0].split() for line in "".join(BLOCKS["Run it"]).splitlines()]
    commands += [
        each.split() for each in re.findall(r"^\| `(scripts/[^`]*)`", README, re.MULTILINE)
    ]
    assert len(commands) > 8
    for name in sorted({command[0] for command in commands}):
        assert os.access(ROOT / name, os.X_OK), name
    done = subprocess.run(
        [sys.executable, "scripts/test", "--version"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stdout.startswith("pytest ")


def test_the_options_that_the_readme_names_exist() -> None:
    said = sorted(set(re.findall(r"`scripts/serve[^`]* (--[a-z-]+)", README)))
    done = subprocess.run(
        [sys.executable, "-m", "scripts.serving", "--help"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert {"--check", "--house", "--no-demo"} <= set(said)
    assert [option for option in said if option not in done.stdout] == []


def test_a_table_is_held_booked_changed_and_cancelled_as_the_readme_says(demo: Path) -> None:
    printed = paste(demo, BOOK, "echo", "echo '\"'$HOLD'\"'")
    changed, cancelled, hold = documents(printed)
    assert (changed["notes"], changed["version"]) == ("by the window, please", 2)
    assert (cancelled["status"], cancelled["id"]) == ("cancelled", changed["id"])
    assert len(str(hold)) == 36


def as_printed(pattern: str, said: str) -> str:
    (found,) = re.findall(pattern, said)
    return str(found)


def test_a_house_of_ones_own_is_opened_exported_and_opened_elsewhere_as_the_readme_says(
    tmp_path: Path,
) -> None:
    """From an empty folder to a first booking by API alone; both export the same file."""
    with serving(
        tmp_path, "--no-demo", "--data", str(tmp_path / "data"), until="Ctrl-C stops it"
    ) as said:
        own = HOUSE.replace("ABCDEFGH", as_printed(r"pairing code for a tablet: (\w+)", said))
        own = own.replace("123456", as_printed(r"PIN of owner \(owner\): (\d+)", said))
        own = own.replace("http://127.0.0.1:8000", as_printed(r"ready: (\S+)", said))
        own = own.replace("call() { ", "call() { echo >> calls; ")
        own += """\nMADE='{"calls": '$(wc -l < calls)'}'\necho "$MADE"\n"""
        own += "login owner 739164; call $SITE/host/me"
        printed = documents(in_bash(f'TMPDIR="{tmp_path}"; export TMPDIR\n{own}', tmp_path))
    booked, made, owner = printed[-3:]
    assert owner["role"] == "owner"  # at the tablet of the host, as it says below the block
    assert (booked["state"], booked["party_size"], booked["tables"]) == ("booked", 12, ["P1"])
    assert made == {"calls": 17}
    assert "The first block is seventeen calls." in README
    twin = TWIN.replace("scripts/serve", f"{shlex.quote(sys.executable)} '{ROOT}/scripts/serve'")
    twin = twin.replace("8001", str(free_port())).replace(".data/twin", str(tmp_path / "twin"))
    assert "equal" in in_bash(f"{twin}\nwait", tmp_path).splitlines()
    exported = (tmp_path / "twin.toml").read_text()
    assert re.findall(r'^id = "(.*)"$', exported.partition("[[staff]]")[2], re.MULTILINE) == [
        "jonas", "mara", "owner",
    ]  # fmt: skip


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def test_google_is_answered_as_the_readme_says(demo: Path) -> None:
    (line,) = re.findall(r"`(curl -u [^`]*)`", README)
    (answer,) = documents(paste(demo, ". .data/demo/demo.env\n", line))
    assert answer == {"status": "SERVING"}


@dataclass
class Receiver:
    """A receiver of webhooks: where it listens, and the headers and body of each that came."""

    port: int
    heard: list[tuple[dict[str, str], bytes]] = field(default_factory=list)

    def wait_for(self, reservation: str) -> tuple[dict[str, str], bytes]:
        """What came of this reservation; the demo's evening books as well."""
        deadline = time.monotonic() + HEARD_SECONDS
        while time.monotonic() < deadline:
            for headers, body in self.heard:
                if json.loads(body)["data"]["id"] == reservation:
                    return headers, body
            time.sleep(0.05)
        raise AssertionError(reservation)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            found.heard.append(({name.lower(): text for name, text in self.headers.items()}, body))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Nothing: a test prints nothing."""

    class Server(socketserver.ThreadingMixIn, HTTPServer):
        daemon_threads = True

    with Server(("127.0.0.1", 0), Handler) as server:
        found = Receiver(server.server_port)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield found
        server.shutdown()


def test_a_booking_site_is_told_as_the_readme_says(demo: Path, receiver: Receiver) -> None:
    """The demo's own client names an address, books once more, and hears of it, signed."""
    assert RECEIVER in TOLD
    told = TOLD.replace(RECEIVER, f"http://127.0.0.1:{receiver.port}/")
    once_more = BOOK[BOOK.index("KEY=") :]
    _, _, endpoint, changed, _ = documents(paste(demo, BOOK, told, once_more))
    headers, body = receiver.wait_for(str(changed["id"]))
    heard = Webhook(str(endpoint["secret"])).verify(body.decode(), headers)
    assert heard["type"] == "reservation.confirmed"
