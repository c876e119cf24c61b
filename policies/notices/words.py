"""What a phone that is not looked at says of a question: who asks for what, and no guest's name."""

from msgspec import Struct

from policies.words.message import Message, Money, message


class AskedOnPhone(Struct, frozen=True, kw_only=True):
    """A question as a phone tells of it. `gift`: what is asked for, by language; `cost`: its price.

    `party_size`: of the party that a colleague is called to.
    """

    kind: str
    asker: str
    gift: dict[str, str] = {}
    cost: int = 0
    currency: str = "EUR"
    party_size: int = 0


def title_of(asked: AskedOnPhone) -> Message:
    """Return the first line."""
    if asked.kind == "alert":
        return message("push-alert-title", name=asked.asker, size=asked.party_size)
    return message("push-approval-title", name=asked.asker)


def body_of(asked: AskedOnPhone, language: str) -> Message:
    """Return the second line."""
    if asked.kind == "alert":
        return message("push-alert-body")
    gift = asked.gift.get(language) or asked.gift.get("en") or next(iter(asked.gift.values()), "")
    return message("push-approval-body", gift=gift, cost=Money(asked.cost, asked.currency))
