"""Checks of the screens: types, style, the wire as the API has it, words where words belong."""

from __future__ import annotations

import json
import re
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from scripts.node_tools import NodeToolsError, node_path
from scripts.screens import WEB, ScreensError, fetch_packages, run
from scripts.wire import document_of

if TYPE_CHECKING:
    from collections.abc import Iterator

SRC = WEB / "src"
WORDS = SRC / "words"
WIRE = SRC / "lib" / "wire.d.ts"
HOW_TO_MEND = "see scripts/wire.py for the two commands that make it"
LANGUAGES = ("en", "ru")
PROGRAMS = {
    "svelte-check": ("svelte-check/bin/svelte-check", "--fail-on-warnings", "--output", "human"),
    "biome": ("@biomejs/biome/bin/biome", "ci", "--colors=off"),
}
TEXTS = "checks.mjs"
SECONDS = 600.0
MESSAGE = re.compile(r"^([a-z][\w-]*) *=", re.MULTILINE)
ASKED = re.compile(r"""\bt\(\s*(['"])([\w-]+)\1""")
LITERAL = re.compile(r"""(['"`])((?:[a-z][a-z0-9]*)(?:-[\w-]+)+)\1""")
COMPOSED = re.compile(r"`([a-z][\w-]*-[^`\s]*\$\{[^`]*)`")
REFERENCE = re.compile(r"\{ *([a-z][\w-]*) *\}")
COMMENT = re.compile(r"/\*.*?\*/|(?<!:)//[^\n]*|<!--.*?-->", re.DOTALL)
CYRILLIC = re.compile(r"[\u0400-\u04ff]+")


def main() -> None:
    """Print all complaints; exit with 1 if there are any."""
    fetch_packages(print)
    complaints = [*words(), *drift(), *programs()]
    sys.exit("\n".join(complaints) if complaints else 0)


def programs() -> Iterator[str]:
    """What the checkers of npm say, where they fail."""
    for name, (script, *arguments) in PROGRAMS.items():
        done = run([node_path(), str(WEB / "node_modules" / script), *arguments], SECONDS)
        if done.returncode:
            yield f"{name}:\n{done.stdout}{done.stderr}"
    done = run([node_path(), TEXTS], SECONDS)
    if done.returncode:
        yield done.stdout + done.stderr


def drift() -> Iterator[str]:
    """Whether the types of the wire are those of the API."""
    with tempfile.TemporaryDirectory() as folder:
        document, types = Path(folder) / "wire.json", Path(folder) / "wire.d.ts"
        document.write_text(json.dumps(document_of("screens")), encoding="utf-8")
        maker = str(WEB / "node_modules" / "openapi-typescript" / "bin" / "cli.js")
        done = run([node_path(), maker, str(document), "--output", str(types)], SECONDS)
        if done.returncode:
            yield done.stdout + done.stderr
        elif types.read_text(encoding="utf-8") != WIRE.read_text(encoding="utf-8"):
            yield f"{WIRE.relative_to(WEB)} is not of this API: {HOW_TO_MEND}"


def words() -> Iterator[str]:
    """Messages that are missing, asked for by nobody, or of one language; texts in the code."""
    keys = {language: keys_of(language) for language in LANGUAGES}
    for one, other in (LANGUAGES, LANGUAGES[::-1]):
        yield from (f"{key}: in {one}, not in {other}" for key in sorted(keys[one] - keys[other]))
    known = keys["en"]
    asked, mentioned, composed = set(), set(), set()
    for name, text in code():
        asked |= {key for _, key in ASKED.findall(text)}
        mentioned |= {key for _, key in LITERAL.findall(text)}
        composed |= set(COMPOSED.findall(text))
        for found in sorted(set(CYRILLIC.findall(text)) - {"Русский"}):  # a language's own name
            yield f"{name}: a text in the code: {found}"
    yield from (f"{key}: asked for, and in no language" for key in sorted(asked - known))
    patterns = [re.compile(pattern_of(each)) for each in composed]
    mentioned |= asked | references()
    for key in sorted(known - mentioned):
        if not any(pattern.fullmatch(key) for pattern in patterns):
            yield f"{key}: nobody asks for it"


def keys_of(language: str) -> set[str]:
    """The messages of a language."""
    texts = (path.read_text(encoding="utf-8") for path in WORDS.rglob(f"*.{language}.ftl"))
    return {key for text in texts for key in MESSAGE.findall(text)}


def references() -> set[str]:
    """Messages that other messages contain."""
    texts = (path.read_text(encoding="utf-8") for path in WORDS.rglob("*.ftl"))
    return {key for text in texts for key in REFERENCE.findall(text)}


def code() -> Iterator[tuple[str, str]]:
    """The screens' code without its comments and tests, by its path."""
    for end in ("ts", "svelte"):
        for path in sorted(SRC.rglob(f"*.{end}")):
            if not path.name.endswith((".test.ts", ".d.ts")):
                yield str(path.relative_to(WEB)), COMMENT.sub("", path.read_text(encoding="utf-8"))


def pattern_of(template: str) -> str:
    """A pattern of the keys that a template string can make: each value is some part of a name."""
    parts = re.split(r"\$\{(?:[^{}]|\{[^{}]*\})*\}", template)
    return r"[\w-]*".join(map(re.escape, parts))


if __name__ == "__main__":
    try:
        main()
    except (NodeToolsError, ScreensError) as error:
        sys.exit(str(error))
