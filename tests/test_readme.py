"""What the README tells a newcomer to paste works as it stands."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from scripts.setup_venv import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

START_SECONDS = 240


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Path]:
    """scripts/serve on a free port and an empty data folder; the file that says where it is."""
    data = tmp_path / "data"
    command = [sys.executable, "-m", "scripts.serving", "--port", "0", "--data", str(data)]
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    log = (tmp_path / "log").open("w")
    served = subprocess.Popen(command, cwd=ROOT, env=kept, stdout=log, stderr=log)
    deadline = time.monotonic() + START_SECONDS
    while not (data / "demo.env").exists() or not (data / "demo.env").read_text():
        assert served.poll() is None, (tmp_path / "log").read_text()
        assert time.monotonic() < deadline
        time.sleep(0.2)
    yield data / "demo.env"
    served.send_signal(signal.SIGTERM)
    served.wait(30)
    log.close()


def test_a_table_is_held_booked_changed_and_cancelled_as_the_readme_says(demo: Path) -> None:
    readme = (ROOT / "README.md").read_text()
    (pasted,) = re.findall(r"## Book a table.*?```sh\n(.*?)```", readme, re.DOTALL)
    assert ". .data/demo.env\n" in pasted
    pasted = pasted.replace(". .data/demo.env", f'. "{demo}"') + "\necho; echo $HOLD\n"
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", pasted], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    decoder, rest = json.JSONDecoder(), done.stdout
    changed, end = decoder.raw_decode(rest)
    cancelled, _ = decoder.raw_decode(rest[end:].lstrip())
    assert (changed["notes"], changed["version"]) == ("by the window, please", 2)
    assert (cancelled["status"], cancelled["id"]) == ("cancelled", changed["id"])
    assert len(done.stdout.split()[-1]) == 36
