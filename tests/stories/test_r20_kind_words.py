"""R20: saving the guest's face is good manners: every sentence we suggest is kind and whole.

All that guests read, and all that staff are helped to say to them, in every language.
"""

from __future__ import annotations

import re

import pytest

from tests.support.catalogues import SPOKEN, catalogue

SAID_TO_GUESTS = ("ordinary-", "rescue-say-", "gesture-")
"""What staff are helped to say; the rest of their catalogue is for them alone."""
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


def sentences(language: str) -> dict[str, str]:
    """Every sentence that a guest reads or hears, by its key."""
    said = {key: entry.text for key, entry in catalogue("guests", language).items()}
    for key, entry in catalogue("staff", language).items():
        if key.startswith(SAID_TO_GUESTS):
            said[key] = entry.text
    return said


@pytest.mark.parametrize("language", SPOKEN["guests"])
def test_r20_no_sentence_blames_or_argues(language: str) -> None:
    said = sentences(language)
    assert len(said) > 90
    for key, sentence in said.items():
        found = re.search(UNKIND[language], sentence, re.IGNORECASE)
        assert found is None, (language, key, sentence)


@pytest.mark.parametrize("language", ["en", "ru", "de"])
def test_r20_every_cause_has_its_kind_answer_in_every_language(language: str) -> None:
    answers = {key: said for key, said in sentences(language).items() if "ordinary-" in key}
    assert answers
    for key, sentence in answers.items():
        assert "{" not in sentence
        assert len(sentence) <= 160, key
        assert re.search(r"[.?!]$", sentence), key


def test_r20_the_walk_would_notice() -> None:
    for language, sentence in (
        ("en", "Unfortunately you did not come in time."),
        ("ru", "К сожалению, вы опоздали."),
        ("de", "Sie hätten früher kommen sollen, leider."),
        ("uk", "На жаль, ви запізнилися."),
    ):
        assert re.search(UNKIND[language], sentence, re.IGNORECASE)
