"""Whose table a party gets among those the door judges equal: that of the server who is next.

Equal are tables of as many seats, as many of them, free for the whole turn with nobody moved, and,
where the house decides by value, within the margin of the best in the look-ahead; there a larger
table within that margin is taken too, where the others would be the third at a station in ten
minutes. A table that is worse is never taken for a server's sake, and nobody is accepted or refused
for it. Without sections there are no turns (`turns_of` is None), and nothing here is asked.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from policies.book.picture import Picture, Promise
from policies.book.rotation import LATELY_AT_MOST, ServerLoad, rotation
from policies.booking.tables import Tables
from policies.door.option import Option
from policies.door.options import (
    DoorRequest,
    free_by_kind,
    request_now,
    request_there,
    without_moves,
)
from policies.door.owed import promised_request
from policies.house.house import House
from policies.house.room import Needs, TableSet

Kind = tuple[int, int]


class ServerTurns(Struct, frozen=True):
    """The servers of the service, who is next first, and whose each table is.

    `chosen`: the server whom the host wants to have the party, whoever is next.
    """

    loads: tuple[ServerLoad, ...]
    server_of: Mapping[str, str]
    chosen: str | None = None

    def place(self, tables: Sequence[str]) -> int:
        """Return when the server of these tables is next: 0 the first; nobody's tables last."""
        server = self.server_of.get(tables[0])
        if server is None:
            return len(self.loads)
        if server == self.chosen:
            return -1
        return [each.server for each in self.loads].index(server)

    def presses(self, tables: Sequence[str]) -> bool:
        """Tell whether a party there would be the third at its station within ten minutes."""
        server = self.server_of.get(tables[0])
        lately = {each.server: each.lately for each in self.loads}
        return lately.get(server or "", 0) >= LATELY_AT_MOST and server != self.chosen


def turns_of(picture: Picture, now: datetime, chosen: str | None = None) -> ServerTurns | None:
    """Return whose turn it is, None where nobody has a section."""
    loads = rotation(picture, now)
    if not loads:
        return None
    whose = {table: each.server for each in loads for table in each.section}
    return ServerTurns(loads, whose, chosen)


def kind_of(option: Option) -> Kind:
    """Return what equal tables share: how many they are, and their seats."""
    return len(option.tables), option.seats


def is_plain(option: Option) -> bool:
    """Tell whether the party sits there now for its whole turn and nobody moves for it."""
    aside = option.kind in {"wait", "split"} or option.held_id is not None
    return not (aside or option.moved or option.exposes or option.unmet_needs) and option.full_turn


def equals_for_walk_in(
    picture: Picture,
    house: House,
    turns: ServerTurns,
    listed: Sequence[Option],
    party: tuple[int, Needs],
    *,
    now: datetime,
) -> tuple[Option, ...]:
    """Return the tables equal to those listed for a walk-in (size, needs), one a server."""
    request = request_now(Tables(picture, house, now), *party)
    return () if request is None else _equals(request, turns, listed)


def equals_for_promise(
    picture: Picture,
    house: House,
    turns: ServerTurns,
    listed: Sequence[Option],
    promise: Promise,
    *,
    now: datetime,
) -> tuple[Option, ...]:
    """Return the tables equal to those listed for a promised party, one a server.

    None for one that was promised its very tables, or whose tables a person chose.
    """
    if promise.fixed or promise.pinned_by is not None:
        return ()
    return _equals(promised_request(picture, house, promise, now=now), turns, listed)


def next_first(
    options: Sequence[Option], equals: Iterable[Option], turns: ServerTurns
) -> tuple[Option, ...]:
    """Return the options, the first replaced by that of its equals whose server is next.

    What it replaces stays behind it: the stand may refuse the other.
    """
    if not options or not is_plain(options[0]):
        return tuple(options)
    first = options[0]
    alike = (e for e in (*options, *equals) if is_plain(e) and kind_of(e) == kind_of(first))
    best = min(alike, key=lambda each: turns.place(each.tables))
    return (best, *(each for each in options if each != best))


def one_of_a_kind(options: Sequence[Option], *, spare: bool = False) -> tuple[Option, ...]:
    """Return the options without those behind an equal one of their area.

    `spare`: one more like the first stays, for the stand may refuse that.
    """
    seen, kept = Counter[tuple[str, Kind]](), list[Option]()
    for option in options:
        kind = option.area, kind_of(option)
        spared = spare and is_plain(options[0]) and kind == (options[0].area, kind_of(options[0]))
        if is_plain(option) and seen[kind] > spared:
            continue
        seen[kind] += is_plain(option)
        kept.append(option)
    return tuple(kept)


def with_servers(options: Iterable[Option], turns: ServerTurns) -> tuple[Option, ...]:
    """Return the options with who would serve the party: the one chosen, else whose tables it is.

    The orders name a chosen server, where the tables are in another section.
    """
    return tuple(_with_server(each, turns) for each in options)


def _with_server(option: Option, turns: ServerTurns) -> Option:
    own = turns.server_of.get(option.tables[0]) if option.tables else None
    server = turns.chosen or own
    order = option.order
    if order is not None and turns.chosen is not None and turns.chosen != own:
        order = replace(order, server=turns.chosen)
    return replace(option, server=None if option.kind == "wait" else server, order=order)


def _equals(
    request: DoorRequest, turns: ServerTurns, listed: Sequence[Option]
) -> tuple[Option, ...]:
    known = {each.tables for each in listed}
    wanted = {(each.area, kind_of(each)) for each in listed if is_plain(each)}
    return tuple(
        option
        for table_sets in free_by_kind(request)
        for option in _a_server_each(request, turns, table_sets)
        if option.tables not in known and (option.area, kind_of(option)) in wanted
    )


def _a_server_each(
    request: DoorRequest, turns: ServerTurns, table_sets: list[TableSet]
) -> Iterator[Option]:
    """Yield the best fit in each server's section among tables of one kind that are free."""
    there, names = request_there(request, table_sets), request.question.room.names
    free = [each for each in table_sets if there.plan.free(each, there.item.span)]
    by_server = dict[int, list[TableSet]]()
    for each in free:
        by_server.setdefault(turns.place(names(each)), []).append(each)
    for place, sets in by_server.items():
        fit = without_moves(there, sets) if place < len(turns.loads) else None
        if fit is not None:
            yield replace(fit, interchangeable=len(free) - 1)
