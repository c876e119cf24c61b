"""Lint the OpenAPI documents.

Of booking sites: redocly's and spectral's strictest rules, and bounds on every string, number and
array. Of the screens: that it is one.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from api.app import create_app
from api.openapi.document import document
from api.openapi.examples import NoExampleError
from api.openapi.screens import screens_document
from api.settings import Settings
from scripts.node_tools import PACKAGES, NodeToolsError, run_node, tool

if TYPE_CHECKING:
    from collections.abc import Iterator

NOWHERE = "postgresql://nowhere/none"
EXPECTED = {"401", "429", "500"}
OPEN = {"isAlive", "isReady"}  # health checks need no token
BOUNDS = {
    "string": ({"maxLength"}, {"format"}, {"enum"}, {"const"}),
    "integer": ({"minimum", "maximum"}, {"enum"}),
    "array": ({"maxItems"},),
}


def main() -> None:
    """Print all complaints; exit with 1 if there are any."""
    app = create_app(Settings(database_url=NOWHERE))
    spec = document(app)
    complaints = [*unbounded(spec), *incomplete(spec)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "openapi.json"
        path.write_text(json.dumps(spec, indent=1))
        complaints += redocly(path) + spectral(path)
        path.write_text(json.dumps(screens_document(app), indent=1))
        complaints += redocly(path, "minimal")
    sys.exit("\n".join(complaints) if complaints else 0)


def unbounded(part: Any, where: str = "") -> Iterator[str]:  # noqa: ANN401 - any part of it
    """Find strings, integers and arrays without bounds."""
    if isinstance(part, list):
        for number, each in enumerate(part):
            yield from unbounded(each, f"{where}/{number}")
    if not isinstance(part, dict):
        return
    needed = BOUNDS.get(str(part.get("type")), ())
    if needed and not any(choice <= part.keys() for choice in needed):
        yield f"{where}: {part['type']} without {' or '.join(map(str, needed))}"
    for key, each in part.items():
        if key not in {"example", "examples", "default"}:
            yield from unbounded(each, f"{where}/{key}")


def incomplete(spec: dict[str, Any]) -> Iterator[str]:
    """Find operations without an expected error status or an example."""
    for path, methods in spec["paths"].items():
        for method, each in methods.items():
            expected = EXPECTED - {"401"} if each["operationId"] in OPEN else EXPECTED
            if lacking := expected - each["responses"].keys():
                yield f"{method} {path}: without {sorted(lacking)}"
            bodies = [each.get("requestBody", {}), *each["responses"].values()]
            contents = [one for body in bodies for one in body.get("content", {}).values()]
            if not all("example" in one for one in contents + each["parameters"]):
                yield f"{method} {path}: something has no example"


def redocly(path: Path, rules: str = "recommended-strict") -> list[str]:
    """The output of redocly's rules, if they fail; the strictest by default."""
    lint = [tool("@redocly/cli", "redocly"), "lint", f"--extends={rules}"]
    done = run_node(*lint, "--format=stylish", str(path))
    return [done.stdout + done.stderr] if done.returncode else []


def spectral(path: Path) -> list[str]:
    """The output of spectral's OpenAPI rules, hints included, if they fail."""
    lint = [tool("@stoplight/spectral-cli", "spectral"), "lint", "--fail-severity=hint"]
    done = run_node(*lint, "--ruleset", str(PACKAGES / "spectral.yaml"), str(path))
    return [done.stdout + done.stderr] if done.returncode else []


if __name__ == "__main__":
    try:
        main()
    except (NodeToolsError, NoExampleError) as error:
        sys.exit(str(error))
