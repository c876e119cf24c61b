"""R20: saving the guest's face is good manners: every sentence we suggest is kind and whole.

Every catalogue in all its languages is found by itself and walked, those to come too.
"""

from __future__ import annotations

import importlib
import re
from typing import TYPE_CHECKING, Any, get_args

import msgspec
import pytest

from policies.house.rules import NoCode
from policies.rescue.ordinary_answers import ORDINARY_ANSWERS
from scripts.setup_venv import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

STAFF, GUESTS = {"en", "ru"}, {"en", "ru", "de", "uk"}
PLACEHOLDER = re.compile(r"\{(\w*)[^}]*\}")
UNKIND: dict[str, str] = {
    "en": r"\b(fault|blame|you (should|must|failed|forgot|didn't|did not)|complain\w*|refus\w+"
    r"|impossible|not allowed|forbidden|wrong|no way|unfortunately|problem|late again)\b",
    "ru": r"\b(вин(а|ы|ой|оват)\w*|вы (должны|обязаны|забыли|опоздали|не пришли)|отказ\w*|нельзя"
    r"|запрещ\w+|невозможно|жалоб\w*|к сожалению|ошиб\w+|проблем\w*)",
    "de": r"\b(schuld\w*|vorwurf\w*|sie (müssen|sollten|haben vergessen|hätten)|verweiger\w*"
    r"|unmöglich|verboten|beschwer\w*|leider|falsch|problem\w*|fehler\w*)\b",
    "uk": r"\b(вин(а|и|ою|ен|ні)\w*|ви (повинні|мусите|забули|запізнилися|не прийшли)|відмов\w*"
    r"|не можна|заборон\w+|неможлив\w*|скарг\w*|на жаль|помил\w+|проблем\w*)",
}


def catalogues() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every table of words by language there is."""
    for path in sorted([*ROOT.glob("policies/**/*.py"), *ROOT.glob("api/**/*.py")]):
        if "lab" in path.parts or '"ru": ' not in path.read_text("utf-8"):
            continue
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for constant, value in vars(importlib.import_module(name)).items():
            if isinstance(value, dict) and STAFF <= set(value) <= GUESTS:
                yield f"{name}.{constant}", value


CATALOGUES = dict(catalogues())


def sentences(words: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Every sentence of a catalogue in one language, by where it stands."""
    if isinstance(words, str):
        yield path, words
    elif isinstance(words, dict):
        for key, value in words.items():
            yield from sentences(value, f"{path}.{key}")
    elif isinstance(words, tuple | list):
        for number, value in enumerate(words):
            yield from sentences(value, f"{path}[{number}]")
    elif isinstance(words, msgspec.Struct):
        yield from sentences(msgspec.structs.asdict(words), path)


def test_r20_the_catalogues_are_found() -> None:
    assert {
        "policies.lookahead.words._LANGUAGES",
        "policies.rescue.words._LANGUAGES",
        "policies.rescue.ordinary_answers.ORDINARY_ANSWERS",
        "api.guest.waiting_words.WORDS",
    } <= set(CATALOGUES)


@pytest.mark.parametrize("name", CATALOGUES)
def test_r20_every_language_says_everything_with_the_same_facts(name: str) -> None:
    said = {language: dict(sentences(words)) for language, words in CATALOGUES[name].items()}
    assert said["en"]
    for language, words in said.items():
        assert words.keys() == said["en"].keys()
        for place, sentence in words.items():
            assert sentence.strip(), (language, place)
            facts = set(PLACEHOLDER.findall(sentence))
            assert facts == set(PLACEHOLDER.findall(said["en"][place])), (language, place)


@pytest.mark.parametrize("name", CATALOGUES)
def test_r20_no_sentence_blames_or_argues(name: str) -> None:
    for language, words in CATALOGUES[name].items():
        for place, sentence in sentences(words):
            found = re.search(UNKIND[language], sentence, re.IGNORECASE)
            assert found is None, (language, place, sentence)


def test_r20_every_cause_has_its_kind_answer_in_every_language() -> None:
    for language, answers in ORDINARY_ANSWERS.items():
        assert set(answers) == set(get_args(NoCode)), language
        for code, sentence in answers.items():
            assert not PLACEHOLDER.search(sentence)
            assert len(sentence) <= 160, code
            assert re.search(r"[.?!]$", sentence), code


def test_r20_the_walk_would_notice() -> None:
    for language, sentence in (
        ("en", "Unfortunately you did not come in time."),
        ("ru", "К сожалению, вы опоздали."),
        ("de", "Sie hätten früher kommen sollen, leider."),
        ("uk", "На жаль, ви запізнилися."),
    ):
        assert re.search(UNKIND[language], sentence, re.IGNORECASE)
