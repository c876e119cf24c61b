"""The playbook: what is said at a "no", and the answers staff may give beyond it (DESIGN.md R9)."""

from msgspec import Struct

from policies.house.house import Role
from policies.house.rules import ORDINARY_ANSWER, BeyondAnswer, NoCode, Rules
from policies.rescue.ordinary_answers import ordinary


class Beyond(Struct, frozen=True, kw_only=True):
    """An answer beyond the ordinary one.

    `way`: the kind of rescue that carries it out, if one does. `role`: from whom on it may come.
    """

    key: str
    text: str
    way: str = ""
    role: Role = "host"


class Answers(Struct, frozen=True, kw_only=True):
    """What may be said to a party for this cause, in one language.

    `ordinary`: first; `beyond`: the turn after it, in the manager's order.
    """

    code: NoCode
    ordinary: str
    beyond: tuple[Beyond, ...] = ()


def answers_for(rules: Rules, code: NoCode, locale: str) -> Answers:
    """Return the manager's answers for a cause; the house's usual one where none is written."""
    play = next((each for each in rules.playbook if each.code == code), None)
    if play is None:
        return Answers(code=code, ordinary=ordinary(code, locale))
    return Answers(
        code=code,
        ordinary=_said(play.ordinary, locale) or ordinary(code, locale),
        beyond=tuple(
            Beyond(key=each.key, text=_said(each.text, locale), way=each.way, role=each.role)
            for each in play.beyond
        ),
    )


def plays_of(rules: Rules, code: str) -> tuple[BeyondAnswer, ...]:
    """Return the answers beyond the ordinary one that the manager wrote for a cause."""
    return tuple(each for play in rules.playbook if play.code == code for each in play.beyond)


def may_give(rules: Rules, code: str, answer: str) -> Role | None:
    """Return from which role on an answer may be given; None: there is no such answer."""
    if answer == ORDINARY_ANSWER:
        return "host"
    return next((each.role for each in plays_of(rules, code) if each.key == answer), None)


def _said(text: dict[str, str], locale: str) -> str:
    language = locale[:2].lower()
    spoken = (words for written, words in text.items() if written[:2].lower() == language)
    return next(spoken, next(iter(text.values()), ""))
