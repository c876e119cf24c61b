"""A house on a network of its own: what a tablet there sees of `scripts/serve --lan`.

Run by test_lan.py inside `unshare --net`: the address exists there and nowhere else.
"""

from __future__ import annotations

import ssl
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from api.setup import STAND
from scripts import app_server, lan, serving

ADDRESS = "192.168.77.10"
PORT = 8300
NETWORK = (
    ("link", "set", "lo", "up"),
    ("link", "add", "house0", "type", "veth", "peer", "name", "tablet0"),
    ("addr", "add", f"{ADDRESS}/24", "dev", "house0"),
    ("link", "set", "house0", "up"),
    ("link", "set", "tablet0", "up"),
)


def main(dsn: str, folder: Path) -> None:
    """Make the network, serve the house in it, look at it as a tablet would."""
    for words in NETWORK:
        subprocess.run(["ip", *words], check=True)
    options = serving.parse(["--no-demo", "--lan", ADDRESS, "--port", str(PORT)])
    net = serving.on_the_lan(options, folder)

    async def looked(_: str, lines: list[str]) -> bool:
        code = next(line.split()[5] for line in lines if line.startswith("pairing code"))
        await look(net, code)
        sys.stdout.write("\n".join(lan.told(net)))
        return False

    with lan.listening(net) as beside, app_server.listen("127.0.0.1", PORT) as listener:
        served = app_server.ServeOptions(dsn=dsn, house=None, demo=False, beside=beside)
        app_server.run(served, listener, looked)


async def look(net: lan.Lan, code: str) -> None:
    """First the page before, then the authority, then the stand by its certificate."""
    async with httpx.AsyncClient(trust_env=False) as tablet:
        page = await tablet.get(f"{net.first_page}/ipad", params={"language": "ru"})
        assert page.status_code == 200, page.text
        assert f"{net.stand}{STAND}" in page.text
        trusted = await tablet.get(f"{net.first_page}/authority.crt")
        assert trusted.content == net.authority.read_bytes()
        away = await tablet.get(net.first_page.replace("/tablet", STAND))
        assert (away.status_code, away.headers["location"]) == (307, f"{net.stand}{STAND}")
        assert (await tablet.get(f"{net.first_page}s")).status_code == 307
        with pytest.raises(httpx.ConnectError, match=r"(?i)certificate"):
            await tablet.get(f"{net.stand}/healthz")
    trust = ssl.create_default_context(cadata=trusted.text)
    async with httpx.AsyncClient(verify=trust, trust_env=False) as tablet:
        assert (await tablet.get(f"{net.stand}/healthz")).status_code == 200
        wish = {"venue": "house", "code": code, "device_name": "by the bar"}
        paired = await tablet.post(f"{net.stand}/host/pair", json=wish)
        assert paired.status_code == 204, paired.text
        assert "secure" in paired.headers["set-cookie"].lower()
        assert (await tablet.get(f"{net.stand}/host/staff")).status_code == 200


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
