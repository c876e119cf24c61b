"""`scripts/serve --lan`: an authority of the house's own, and tablets that get in by it."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID

from scripts import lan, serving
from scripts.setup_venv import ROOT

if TYPE_CHECKING:
    from pathlib import Path

NETWORK_OF_ITS_OWN = ["unshare", "--net"]
LONGEST = timedelta(days=825)
"""What iPads take of an authority that a person trusts."""


def has_networks() -> bool:
    """Whether this user may make a network that only its own programs see."""
    try:
        tried = subprocess.run(
            [*NETWORK_OF_ITS_OWN, "ip", "link"], check=False, capture_output=True
        )
    except OSError:
        return False
    return tried.returncode == 0


@pytest.mark.skipif(not has_networks(), reason="unshare --net takes rights that are not here")
async def test_a_tablet_trusts_the_house_and_is_paired_over_its_network(
    database: str, tmp_path: Path
) -> None:
    command = [sys.executable, "-m", "tests.scripts.lan_house", database, str(tmp_path)]
    done = subprocess.run(
        [*NETWORK_OF_ITS_OWN, *command], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "a new tablet begins at http://192.168.77.10:8380/tablet" in done.stdout
    assert "▄" in done.stdout


def test_the_authority_stays_and_its_certificate_is_one_that_ipads_take(tmp_path: Path) -> None:
    net = lan.lan_of("192.168.77.10", 8000, tmp_path)
    first = net.authority.read_bytes()
    lan.lan_of("192.168.77.11", 8000, tmp_path)
    assert net.authority.read_bytes() == first
    made = x509.load_pem_x509_certificate((net.folder / lan.SERVER).read_bytes())
    names = made.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert [str(each) for each in names.get_values_for_type(x509.IPAddress)] == ["192.168.77.11"]
    usage = made.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    assert ExtendedKeyUsageOID.SERVER_AUTH in usage
    assert made.not_valid_after_utc - max(made.not_valid_before_utc, datetime.now(UTC)) < LONGEST
    made.verify_directly_issued_by(x509.load_pem_x509_certificate(first))


def test_nobody_else_reads_the_keys(tmp_path: Path) -> None:
    net = lan.lan_of("192.168.77.10", 8000, tmp_path)
    for name in (lan.AUTHORITY_KEY, lan.SERVER):
        assert (net.folder / name).stat().st_mode & 0o077 == 0, name


def test_the_demo_is_not_served_on_the_network(tmp_path: Path) -> None:
    options = serving.parse(["--lan", "192.168.77.10", "--data", str(tmp_path)])
    with pytest.raises(SystemExit, match="Demo logins are for this machine"):
        options.command(options)
    assert not (tmp_path / "lan").exists()


def test_what_is_no_address_is_said_before_anything_starts(tmp_path: Path) -> None:
    with pytest.raises(lan.LanError, match="no address of a network"):
        lan.lan_of("the-bar", 8000, tmp_path)
