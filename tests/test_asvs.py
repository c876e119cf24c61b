"""The table of OWASP ASVS 5.0.0, asvs.toml: every requirement is shown by tests, or not ours."""

from __future__ import annotations

import ast
import tomllib
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING

from scripts.setup_venv import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

REQUIREMENTS = {
    "1.1": 2, "1.2": 9, "1.3": 11, "1.4": 3, "1.5": 2,
    "2.1": 3, "2.2": 3, "2.3": 4, "2.4": 1,
    "3.2": 2, "3.3": 4, "3.4": 6, "3.5": 5, "3.7": 2,
    "4.1": 3, "4.2": 1, "4.3": 2, "4.4": 4,
    "5.1": 1, "5.2": 3, "5.3": 2, "5.4": 3,
    "6.1": 3, "6.2": 12, "6.3": 4, "6.4": 4, "6.5": 5, "6.6": 3, "6.8": 4,
    "7.1": 3, "7.2": 4, "7.3": 2, "7.4": 5, "7.5": 2, "7.6": 2,
    "8.1": 2, "8.2": 3, "8.3": 1, "8.4": 1,
    "9.1": 3, "9.2": 4,
    "10.1": 2, "10.2": 2, "10.3": 4, "10.4": 11, "10.5": 5, "10.6": 2, "10.7": 3,
    "11.1": 2, "11.2": 3, "11.3": 3, "11.4": 4, "11.5": 1, "11.6": 1,
    "12.1": 3, "12.2": 2, "12.3": 4,
    "13.1": 1, "13.2": 5, "13.3": 2, "13.4": 5,
    "14.1": 2, "14.2": 4, "14.3": 3,
    "15.1": 3, "15.2": 3, "15.3": 7,
    "16.1": 1, "16.2": 5, "16.3": 4, "16.4": 3, "16.5": 3,
    "17.1": 1, "17.2": 4, "17.3": 2,
}  # fmt: skip
"""How many requirements of levels 1 and 2 each section has; those of level 3 are numbered last."""

IDS = [f"{section}.{n}" for section, most in REQUIREMENTS.items() for n in range(1, most + 1)]

ROWS: dict[str, dict[str, str | list[str]]] = tomllib.loads(
    (ROOT / "tests/asvs.toml").read_text(encoding="utf-8")
)


def covered(row: str) -> Iterator[str]:
    """The requirements a row stands for."""
    beginning = row.removesuffix("*")
    return (
        each for each in IDS if (each.startswith(beginning) if row != beginning else each == row)
    )


@cache
def names_in(file: str) -> frozenset[str]:
    """The names of a file's tests that run; none where there is no such file."""
    path = ROOT / file
    if not path.exists():
        return frozenset()
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    functions = (each for each in nodes if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef))
    return frozenset(each.name for each in functions if not is_skipped(each))


def is_skipped(test: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return any(
        word in ast.unparse(each) for each in test.decorator_list for word in ("mark.skip", "xfail")
    )


def exists(test: str) -> bool:
    file, _, name = test.partition("::")
    return name.startswith("test_") and name in names_in(file)


def lost_by(row: str) -> list[str]:
    return [test for test in ROWS[row].get("by", ()) if not exists(test)]


def test_levels_one_and_two_have_as_many_requirements_as_the_standard() -> None:
    assert len(IDS) == 253


def test_every_requirement_has_one_row_and_no_row_is_of_something_else() -> None:
    found = sorted(chain.from_iterable(map(covered, ROWS)))
    assert found == sorted(IDS)


def test_every_row_is_shown_or_says_why_not() -> None:
    for row, said in ROWS.items():
        assert set(said) in ({"says", "by"}, {"none"}, {"says", "open"}), row
        assert all(said.values()), row
        assert len(str(said.get("says", said.get("none")))) > 10, row


def test_no_row_has_lost_a_test() -> None:
    assert {row: lost for row in ROWS if (lost := lost_by(row))} == {}


def test_no_row_is_open() -> None:
    assert {row: said["open"] for row, said in ROWS.items() if "open" in said} == {}


def test_a_row_that_names_no_test_is_found() -> None:
    assert not exists("tests/test_asvs.py::test_that_there_is_not")
    assert not exists("tests/test_no_such_file.py::test_no_row_is_open")
    assert exists("tests/test_asvs.py::test_no_row_is_open")
