"""The built-in ordinary answer for each refusal code, used where the playbook has none.

Said to the guest in person; kind, concrete, blaming nobody.
"""

from policies.house.rules import NoCode
from policies.words.catalogue import say
from policies.words.message import message


def ordinary_answer(code: NoCode, locale: str) -> str:
    """Return the built-in answer for a refusal code in the language of a locale."""
    return say(message(f"ordinary-{code}"), locale)
