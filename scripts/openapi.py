"""Check the OpenAPI document: by redocly, by spectral, and for bounds on all that has any."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from api.app import create_app
from api.openapi.document import document
from api.openapi.examples import NoExampleError
from api.settings import Settings
from scripts.node_tools import WANTED, NodeToolsError, run_node, tool

if TYPE_CHECKING:
    from collections.abc import Iterator

NOWHERE = "postgresql://nowhere/none"
EXPECTED = {"401", "429", "500"}
OPEN = {"isAlive", "isReady"}  # who watches the service has no token
BOUNDS = {
    "string": ({"maxLength"}, {"format"}, {"enum"}, {"const"}),
    "integer": ({"minimum", "maximum"}, {"enum"}),
    "array": ({"maxItems"},),
}


def main() -> None:
    """Print what anybody complains of; exit with 1 when somebody does."""
    told = document(create_app(Settings(database_url=NOWHERE)))
    complaints = [*unbounded(told), *incomplete(told)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "openapi.json"
        path.write_text(json.dumps(told, indent=1))
        complaints += redocly(path) + spectral(path)
    sys.exit("\n".join(complaints) if complaints else 0)


def unbounded(told: Any, where: str = "") -> Iterator[str]:  # noqa: ANN401 - any part of it
    """Find strings, integers and arrays that could be of any size."""
    if isinstance(told, list):
        for number, each in enumerate(told):
            yield from unbounded(each, f"{where}/{number}")
    if not isinstance(told, dict):
        return
    needed = BOUNDS.get(str(told.get("type")), ())
    if needed and not any(choice <= told.keys() for choice in needed):
        yield f"{where}: {told['type']} without {' or '.join(map(str, needed))}"
    for key, each in told.items():
        if key not in {"example", "examples", "default"}:
            yield from unbounded(each, f"{where}/{key}")


def incomplete(told: dict[str, Any]) -> Iterator[str]:
    """Find operations that leave out a refusal or an example."""
    for path, methods in told["paths"].items():
        for method, each in methods.items():
            expected = EXPECTED - {"401"} if each["operationId"] in OPEN else EXPECTED
            if lacking := expected - each["responses"].keys():
                yield f"{method} {path}: without {sorted(lacking)}"
            bodies = [each.get("requestBody", {}), *each["responses"].values()]
            contents = [one for body in bodies for one in body.get("content", {}).values()]
            if not all("example" in one for one in contents + each["parameters"]):
                yield f"{method} {path}: something has no example"


def redocly(path: Path) -> list[str]:
    """What redocly's strictest set of rules says."""
    lint = [tool("@redocly/cli", "redocly"), "lint", "--extends=recommended-strict"]
    done = run_node(*lint, "--format=stylish", str(path))
    return [done.stdout + done.stderr] if done.returncode else []


def spectral(path: Path) -> list[str]:
    """What spectral's rules for OpenAPI say, hints included."""
    lint = [tool("@stoplight/spectral-cli", "spectral"), "lint", "--fail-severity=hint"]
    done = run_node(*lint, "--ruleset", str(WANTED / "spectral.yaml"), str(path))
    return [done.stdout + done.stderr] if done.returncode else []


if __name__ == "__main__":
    try:
        main()
    except (NodeToolsError, NoExampleError) as error:
        sys.exit(str(error))
