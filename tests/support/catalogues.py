"""The catalogues of sentences, parsed; and where the code chooses a message of them."""

from __future__ import annotations

import ast
import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from fluent.syntax import ast as ftl
from fluent.syntax import parse
from fluent.syntax.visitor import Visitor

from policies.words.catalogue import LANGUAGES, source
from scripts.setup_venv import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LAYERS = ("policies", "seating", "api")
SPOKEN = {"staff": ("en", "ru"), "guests": LANGUAGES, "reports": ("en", "ru")}
"""The languages in which an audience is told everything."""


class Entry(NamedTuple):
    """An entry of a catalogue: its text as written, and the names of its placeables."""

    text: str
    variables: frozenset[str]


class Choice(NamedTuple):
    """A place where the code chooses a message.

    `key`: a regular expression of its key or keys, `exact` where it is one key written out.
    `params`: their names, None where they are not written out.
    """

    where: str
    key: str
    exact: bool
    params: frozenset[str] | None


class _Variables(Visitor):
    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: ftl.VariableReference) -> None:  # noqa: N802
        self.names.add(node.id.name)


@cache
def catalogue(audience: str, language: str) -> dict[str, Entry]:
    """Return the entries of a catalogue by key; asserts that it is well-formed, each key once."""
    text = source(audience, language)  # type: ignore[arg-type]
    found: dict[str, Entry] = {}
    for each in parse(text).body:
        assert not isinstance(each, ftl.Junk), f"{audience}.{language}.ftl: {each.content}"
        if isinstance(each, ftl.Message):
            assert each.id.name not in found, f"{audience}.{language}.ftl: {each.id.name} twice"
            variables = _Variables()
            variables.visit(each)
            span = each.span
            assert span is not None
            assert span.start is not None
            written = text[span.start : span.end].partition(" = ")[2]
            found[each.id.name] = Entry(written, frozenset(variables.names))
    return found


def keys_of(audience: str) -> frozenset[str]:
    """Return the keys of an audience."""
    return frozenset(catalogue(audience, "en"))


@cache
def modules() -> dict[str, ast.Module]:
    """Return the code of the layers by path, parsed."""
    paths: list[Path] = sorted(path for each in LAYERS for path in (ROOT / each).glob("**/*.py"))
    return {
        str(path.relative_to(ROOT)): ast.parse(path.read_text(encoding="utf-8")) for path in paths
    }


def called(call: ast.Call) -> str:
    """Return the dotted name that is called, "" if none; ast.unparse takes fifty times as long."""
    names: list[str] = []
    at = call.func
    while isinstance(at, ast.Attribute):
        names.append(at.attr)
        at = at.value
    return ".".join(reversed([*names, at.id])) if isinstance(at, ast.Name) else ""


@cache
def literals() -> frozenset[str]:
    """Return every text that stands in the code of the layers."""
    return frozenset(
        node.value
        for module in modules().values()
        for node in ast.walk(module)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


@cache
def choices() -> tuple[Choice, ...]:
    """Return every call of `message` and `tell` in the code."""
    return tuple(
        choice
        for path, module in modules().items()
        for node in ast.walk(module)
        if isinstance(node, ast.Call) and _name(node.func) in {"message", "tell"}
        for choice in _choices(node, path)
    )


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else getattr(node, "attr", "")


def _choices(call: ast.Call, path: str) -> Iterator[Choice]:
    names = [each.arg for each in call.keywords]
    params = None if None in names else frozenset(each for each in names if each is not None)
    for key, exact in (found for given in call.args[:2] for found in _keys(given)):
        yield Choice(f"{path}:{call.lineno}", key, exact, params)


def _keys(given: ast.expr) -> Iterator[tuple[str, bool]]:
    match given:
        case ast.Constant(value=str(key)):
            yield re.escape(key), True
        case ast.IfExp():
            yield from _keys(given.body)
            yield from _keys(given.orelse)
        case ast.JoinedStr():
            parts = (
                re.escape(str(each.value)) if isinstance(each, ast.Constant) else r"[\w-]+"
                for each in given.values
            )
            yield "".join(parts), False
        case _:
            pass
