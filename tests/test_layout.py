"""The layout stays legible: one name for one thing, and folders that are read at a glance."""

from __future__ import annotations

import ast
from collections import defaultdict
from itertools import chain

from scripts.setup_venv import ROOT

LAYERS = ("policies", "seating", "api")
MODULES_AT_MOST = 16


def test_no_public_class_name_of_the_decisions_and_the_book_stands_for_two_things() -> None:
    places = defaultdict(list)
    for layer in ("policies", "seating"):
        for file in sorted((ROOT / layer).glob("**/*.py")):
            for node in ast.parse(file.read_text(encoding="utf-8")).body:
                if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                    places[node.name].append(str(file.relative_to(ROOT)))

    assert len(places) > 400, "the classes were not found"
    assert {name: files for name, files in places.items() if len(files) > 1} == {}


def test_no_folder_of_a_layer_holds_more_modules_than_one_sees_at_once() -> None:
    folders = chain.from_iterable((ROOT / layer).glob("**/") for layer in LAYERS)
    counts = {
        str(folder.relative_to(ROOT)): len({*folder.glob("*.py")} - {folder / "__init__.py"})
        for folder in folders
    }

    assert counts["policies/house"] > 0, "the folders were not found"
    assert {folder: count for folder, count in counts.items() if count > MODULES_AT_MOST} == {}
