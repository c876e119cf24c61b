"""Texts in the code that read as a sentence, and are no docstring, SQL, log line or the like."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

WORDS_AT_LEAST = 3
_WORD = re.compile(r"[^\W\d_]{2,}")
_SQL = re.compile(
    r"\s*\(?(select|insert|update|delete|with|create|alter|drop|copy|set|where|and|join|order by"
    r"|lock|listen|notify|exists|coalesce|case|from|on conflict|union)\b"
    r"|.*(\n|\breturning |\bis null|\bis not null|\$1|::text| = %s)",
    re.DOTALL,
)
_MARKUP = re.compile(r"\s*[<:@{]|.*; filename=")
_LOGGED = frozenset({"debug", "info", "warning", "error", "exception", "critical", "log"})
_COMPILED = frozenset({"compile", "sub", "fullmatch", "match", "search", "split"})
_DESCRIBED = frozenset(
    {"description", "summary", "help", "epilog", "usage", "prog", "documentation", "pattern"}
)
_OUR_MISTAKES = frozenset(
    {
        "AssertionError",
        "KeyError",
        "LookupError",
        "NotImplementedError",
        "RuntimeError",
        "TypeError",
        "ValueError",
    }
)


class Text(NamedTuple):
    """A text and its line; the values of an f-string stand as `{}`."""

    line: int
    words: str


def sentences(module: ast.Module) -> Iterator[Text]:
    """Yield the sentences of a module, from its first line on."""
    for node in module.body:
        yield from _inside(node)


def _inside(node: ast.AST) -> Iterator[Text]:
    match node:
        case ast.Expr(value=ast.Constant()) | ast.Assert():
            return
        case ast.Raise(exc=ast.Call(func=ast.Name(id=name))) if name in _OUR_MISTAKES:
            return
        case ast.Call(func=ast.Attribute(attr=name)) if name in _LOGGED | _COMPILED:
            return
        case ast.keyword(arg=str(name)) if name in _DESCRIBED:
            return
        case ast.JoinedStr():
            yield from _text(node.lineno, _spelled(node))
            for value in node.values:
                if isinstance(value, ast.FormattedValue):
                    yield from _inside(value.value)
        case ast.Constant(value=str(words)):
            yield from _text(node.lineno, words)
        case _:
            for child in ast.iter_child_nodes(node):
                yield from _inside(child)


def _spelled(node: ast.JoinedStr) -> str:
    return "".join(
        str(each.value) if isinstance(each, ast.Constant) else "{}" for each in node.values
    )


def _text(line: int, words: str) -> Iterator[Text]:
    spaced = " " in words.strip()
    if not spaced or len(_WORD.findall(words)) < WORDS_AT_LEAST:
        return
    if _SQL.match(words) or _MARKUP.match(words):
        return
    yield Text(line, words)
