"""The playbook: per refusal code, the ordinary answer and the answers staff may give beyond it.

Written by the manager in the rules, in any number of languages.
"""

from msgspec import Struct

from policies.house.rules import ORDINARY_ANSWER, AnswerRole, BeyondAnswer, NoCode, Rules
from policies.rescue.ordinary_answers import ordinary_answer


class PlaybookAnswer(Struct, frozen=True, kw_only=True):
    """An answer beyond the ordinary one, in one language.

    `way`: the kind of rescue option that carries it out, "" if none. `role`: the lowest role that
    may give it.
    """

    key: str
    text: str
    way: str = ""
    role: AnswerRole = "host"


class RefusalScript(Struct, frozen=True, kw_only=True):
    """What staff may say for a refusal code, in one language.

    `ordinary` is said first; `beyond` are the further answers in the manager's order.
    """

    code: NoCode
    ordinary: str
    beyond: tuple[PlaybookAnswer, ...] = ()

    @property
    def answers(self) -> tuple[PlaybookAnswer, ...]:
        """All answers in one list, the ordinary one first."""
        return (PlaybookAnswer(key=ORDINARY_ANSWER, text=self.ordinary), *self.beyond)


def refusal_script(rules: Rules, code: NoCode, locale: str) -> RefusalScript:
    """Return the manager's answers for a refusal code, the built-in one where none is written."""
    play = next((each for each in rules.playbook if each.code == code), None)
    if play is None:
        return RefusalScript(code=code, ordinary=ordinary_answer(code, locale))
    return RefusalScript(
        code=code,
        ordinary=_translated(play.ordinary, locale) or ordinary_answer(code, locale),
        beyond=tuple(
            PlaybookAnswer(
                key=each.key, text=_translated(each.text, locale), way=each.way, role=each.role
            )
            for each in play.beyond
        ),
    )


def answers_beyond(rules: Rules, code: str) -> tuple[BeyondAnswer, ...]:
    """Return the answers beyond the ordinary one that the rules have for a refusal code."""
    return tuple(each for play in rules.playbook if play.code == code for each in play.beyond)


def role_needed(rules: Rules, code: str, answer: str) -> AnswerRole | None:
    """Return the lowest role that may give an answer, None where there is no such answer."""
    if answer == ORDINARY_ANSWER:
        return "host"
    return next((each.role for each in answers_beyond(rules, code) if each.key == answer), None)


def _translated(text: dict[str, str], locale: str) -> str:
    language = locale[:2].lower()
    spoken = (words for written, words in text.items() if written[:2].lower() == language)
    return next(spoken, next(iter(text.values()), ""))
