"""The order of the rescue list: by worth, of equal worth by kind, then as the playbook names."""

from collections.abc import Sequence
from typing import get_args

from msgspec.structs import replace

from policies.house.rules import RescueKind
from policies.rescue.option import RescueOption
from policies.rescue.playbook import PlaybookAnswer

RESCUE_ORDER: tuple[RescueKind, ...] = get_args(RescueKind)


def order_by_playbook(
    options: tuple[RescueOption, ...], answers: Sequence[PlaybookAnswer]
) -> tuple[RescueOption, ...]:
    """Return the options with those first whose kind the playbook names, in the playbook's order.

    Their sentence begins with the manager's text; the others keep their order by worth.
    """
    places: dict[str, int] = {}
    for place, each in enumerate(answers):
        if each.way:
            places.setdefault(each.way, place)
    ordered = [
        replace(each, sentence=f"{answers[places[each.kind]].text} {each.sentence}")
        if each.kind in places
        else each
        for each in options
    ]
    ordered.sort(key=lambda each: places.get(each.kind, len(answers)))
    return tuple(replace(each, advised=place == 0) for place, each in enumerate(ordered))
