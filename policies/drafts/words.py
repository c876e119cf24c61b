"""How the places and values of a house document are called in a sentence for a manager.

Places are messages `draft-place-...`, members `draft-member-...`, sentences `difference-...`.
"""

import re
from datetime import date
from typing import Final, Literal

from msgspec import Struct

from policies.drafts.keys import At, short_clock
from policies.words.catalogue import is_written, say
from policies.words.message import CalendarDate, Message, Money, message

Form = Literal["changed", "set", "unset", "added", "added-alone", "removed", "ordered"]


class Bilingual(Struct, frozen=True):
    """The same in English and in Russian."""

    en: str
    ru: str


TELLING: Final[dict[At, tuple[str, ...]]] = {
    ("areas",): ("name",),
    ("tables",): ("area", "seats_max"),
    ("staff",): ("name", "role"),
    ("joins",): ("seats_max",),
    ("turn_times",): ("minutes",),
    ("periods",): ("opens", "closes"),
    ("periods", "pacing_changes"): ("covers",),
    ("special_days",): ("name",),
    ("special_days", "periods"): ("opens", "closes"),
    ("special_days", "periods", "pacing_changes"): ("covers",),
    ("closures",): ("until_date", "areas"),
    ("buy_outs",): ("starts", "ends", "areas"),
    ("access",): ("to", "areas", "tables"),
}
"""What is said of an entry that is new, beside its key."""

SHARES: Final = frozenset(
    {
        "ceiling",
        "show_online",
        "show_phone",
        "small_tables_out",
        "joins_out",
        "stay_caution",
        "share_cap",
    }
)
"""Members that are shares of 1, said in per cent."""

MONEY: Final = frozenset(
    {
        "cover_value",
        "walked_cost",
        "late_cost",
        "suggest_above",
        "discretion_value",
        "cost",
        "price",
        "cap",
        "per_amount",
        "host_gift",
        "manager_gift",
        "person_shift",
        "manager_shift",
        "venue_night",
    }
)
"""Members that are amounts in minor units, said in the house's currency."""

_DAYS: Final = frozenset({"mon", "tue", "wed", "thu", "fri", "sat", "sun"})
_DATE: Final = re.compile(r"\d{4}-\d\d-\d\d")


def has_name(at: At) -> bool:
    """Tell whether a place is called by a name: what is inside is then told member by member."""
    return is_written(f"draft-place-{_spelled(at)}")


def place_of(steps: tuple[tuple[At, str | None], ...]) -> Message:
    """Return the name of a place: the entries on the way to it, and its section."""
    said = [step for step in steps[:-1] if step[1] is not None] + list(steps[-1:])
    first, *inner = [_place(at, key) for at, key in said] or [_place((), None)]
    for each in inner:
        first = message("draft-inside", outer=first, inner=each)
    return first


def member(name: str) -> Message:
    """Return what a member is called; a language of a text is called by its code."""
    if is_written(f"draft-member-{name}"):
        return message(f"draft-member-{name}")
    return message("draft-as-written", text=name)


def value_of(value: object, currency: str = "") -> Message:
    """Return a JSON value as a person writes it; `currency`: of the amounts inside it."""
    match value:
        case bool():
            return message("draft-yes" if value else "draft-no")
        case list():
            return _listed([value_of(each, currency) for each in value])
        case dict():
            parts = [
                _with_name(name, _chosen(name, each, currency)) for name, each in value.items()
            ]
            return _listed(parts)
        case str():
            return _text(value)
        case _:
            return message("draft-as-written", text=str(value))


def sentence(
    form: Form, where: Message, what: Message, before: object, after: object, currency: str
) -> Bilingual:
    """Return a sentence of this form in both languages."""
    name = what.key.removeprefix("draft-member-")
    said = message(
        f"difference-{form}",
        where=where,
        what=what,
        before=_chosen(name, before, currency),
        after=_chosen(name, after, currency),
    )
    return Bilingual(say(said, "en"), say(said, "ru"))


def _chosen(name: str, value: object, currency: str) -> Message:
    """Return a member's value: one of a closed set of choices is said in words."""
    if isinstance(value, str) and is_written(f"draft-choice-{name}-{value}"):
        return message(f"draft-choice-{name}-{value}")
    if name in SHARES and isinstance(value, int | float):
        return message("draft-share", percent=100.0 * value)
    if name in MONEY and isinstance(value, int):
        return message("draft-amount", amount=Money(value, currency))
    return value_of(value, currency)


def _spelled(at: At) -> str:
    return "-".join(at) or "house"


def _place(at: At, key: str | None) -> Message:
    return message(f"draft-place-{_spelled(at)}", key=_spoken(key or ""))


def _listed(parts: list[Message]) -> Message:
    return message("draft-list", parts=tuple(parts)) if parts else message("draft-nothing")


def _with_name(name: str, value: Message) -> Message:
    return message("draft-with-value", what=member(name), value=value)


def _text(text: str) -> Message:
    if text in _DAYS:
        return message(f"draft-day-{text}")
    if _DATE.fullmatch(text):
        return message("draft-date", date=CalendarDate(date.fromisoformat(text), "year"))
    if " " in text:
        return message("draft-quoted", text=text)
    return message("draft-as-written", text=short_clock(text))


def _spoken(key: str) -> Message:
    """Return a key as it is said: a date in words, and in brackets what tells entries apart."""
    name, _, rest = key.partition(" ")
    if rest and all("=" in word for word in rest.split(" ")):
        words = [each for word in rest.split(" ") for each in word.partition("=")[2].split("+")]
        return message("draft-key-with-more", name=name, more=value_of(words))
    if _DATE.fullmatch(name) and rest:
        return message("draft-key-with-more", name=rest, more=_text(name))
    if rest and all(day in _DAYS for day in rest.split("+")):
        return message("draft-key-with-more", name=name, more=value_of(rest.split("+")))
    return message("draft-as-written", text=key) if rest else _text(key)
