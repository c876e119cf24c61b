"""Every SQL constant of the code is prepared against the migrated database: no wrong column."""

from __future__ import annotations

import importlib
import inspect
import re
from typing import TYPE_CHECKING

import pytest

from scripts.setup_venv import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import ModuleType

    from seating.db import Pool

MODULES = [*sorted(ROOT.glob("seating/**/*.py")), *sorted(ROOT.glob("api/**/*.py"))]
NAME = re.compile(r"_?[A-Z][A-Z0-9_]*")
COMMENT = re.compile(r"--[^\n]*|/\*.*?\*/", re.DOTALL)
LEAST_STATEMENTS = 288
"""As many as there were when this was written; a merge of two may lower it, a move may not."""
VERB = re.compile(r"\s*(select|insert|update|delete|with|merge)\b", re.IGNORECASE)


def is_sql(name: str, value: object) -> bool:
    return (
        isinstance(value, str)
        and NAME.fullmatch(name) is not None
        and VERB.match(COMMENT.sub("", value)) is not None
    )


def module_of(path: Path) -> ModuleType:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return importlib.import_module(".".join(part for part in parts if part != "__init__"))


def statements(paths: list[Path]) -> Iterator[tuple[str, str]]:
    """Constants where they are assigned, not where they are imported."""
    for path in paths:
        module = module_of(path)
        source = inspect.getsource(module)
        for name, value in vars(module).items():
            if is_sql(name, value) and re.search(rf"^{name}\b", source, re.MULTILINE):
                yield f"{module.__name__}.{name}", value


STATEMENTS = dict(statements(MODULES))


@pytest.mark.parametrize("statement", STATEMENTS.values(), ids=STATEMENTS.keys())
@pytest.mark.asyncio(loop_scope="session")
async def test_statement_fits_the_schema(schema: Pool, statement: str) -> None:
    async with schema.acquire() as connection:
        await connection.prepare(statement)


def test_no_statement_goes_by_the_zone_rules_of_postgresql() -> None:
    """They are the server's, not the pinned ones: policies/house/zones.py makes zones."""
    zoned = re.compile(r"at\s+time\s+zone|timezone\s*\(|at\s+local", re.IGNORECASE)
    migrations = {path.name: path.read_text() for path in ROOT.glob("seating/migrations/*.sql")}
    texts = STATEMENTS | {name: COMMENT.sub("", text) for name, text in migrations.items()}
    assert [name for name, text in texts.items() if zoned.search(text)] == []


def test_the_collector_looks_into_every_folder() -> None:
    """A folder that it does not look into would leave this file green and its SQL unread."""
    assert len(STATEMENTS) >= LEAST_STATEMENTS


def test_the_collector_finds_statements_and_leaves_sentences() -> None:
    assert "seating.migrate.SELECT_APPLIED" in STATEMENTS
    assert is_sql("INSERT", "-- why\n  Insert into dish values ($1)")
    assert not is_sql("GREETING", "Welcome, select a table")
    assert not is_sql("lower", "select 1")
