"""What a host should know of an order that is carried out: its warnings, and who moves.

`consequences` compares the picture before with the changes, so orders, undos and the writes of the
desk are told alike. A code always behaves alike. Those in `ASKS` are likely mistakes (six at a
table for two, a blocked table, the table of a party that stands at the bar): an order is carried
out once it names them in `anyway`. All others are only told, and the order can be undone: a host
with a queue at the door is not asked twice. A seating is a fact, so no warning refuses it for good.

What is wrong with the tables for the party itself is in `placements`; here is what others lose.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta

from msgspec.structs import replace

from policies.book.changes import Changes
from policies.book.consequences import Consequences, MovedParty, OrderWarning, WarningCode, warning
from policies.book.pace import quarter
from policies.book.picture import Picture, Promise, SlotHold, holds_in_force, resets_in_force
from policies.book.refusals import CommandRefused
from policies.booking.party_rules import covers_allowed, covers_starting
from policies.floor.placements import LIVE, Scene, not_due, placement_warnings
from policies.house.calendar import local_date
from policies.house.house import House
from policies.house.wording import party_message
from policies.words.message import CalendarDate, Message, message

DUE_SOON = timedelta(minutes=15)
"""A party due within this time is as good as here: its table is not given away unasked."""

COUNTED = LIVE | {"seated"}
"""States in which a reservation's covers count for the pacing."""


def consequences(
    was: Picture,
    changes: Changes,
    house: House,
    *,
    now: datetime,
    by: str = "",
    named: tuple[str, ...] = (),
) -> Consequences:
    """Return what changes to a picture mean to the host.

    `by`: the id of who makes them; `named`: the tables the order names.
    """
    scene = Scene(was, changes, house, now, named, by)
    found = (said for check in CHECKS for said in check(scene))
    return Consequences(warnings=tuple(found), moved=moved_parties(was, changes))


def check_accepted(told: Consequences, anyway: Iterable[WarningCode]) -> None:
    """Raise CommandRefused (NEEDS_ANYWAY) unless every warning that asks is accepted."""
    accepted = frozenset(anyway)
    asking = [each for each in told.warnings if each.asks and each.code not in accepted]
    if asking:
        said = message("needs-anyway", warning=asking[0].said, more=len(asking) - 1)
        raise CommandRefused("NEEDS_ANYWAY", said, "/anyway", told=told)


def unasked(told: Consequences) -> Consequences:
    """Return the same of what is done without asking, such as an undo: a warning asks nothing."""
    warnings = tuple(replace(each, asks=False) for each in told.warnings)
    return replace(told, warnings=warnings)


def moved_parties(was: Picture, changes: Changes) -> tuple[MovedParty, ...]:
    """Return the reservations whose plan alone has moved, with the tables before and after."""
    before = {each.reservation_id: each for each in was.promises}
    return tuple(
        MovedParty(
            reservation_id=promise.reservation_id,
            name=promise.name,
            party_size=promise.party_size,
            starts=promise.starts,
            from_tables=old.tables,
            to_tables=promise.tables,
        )
        for promise in changes.promises
        if (old := before.get(promise.reservation_id)) is not None
        and old.version == promise.version
        and promise.tables
        and set(old.tables) != set(promise.tables)
    )


def _changed(scene: Scene) -> Iterator[tuple[Promise | None, Promise]]:
    """Yield the promises the order is about, before (None: new) and after."""
    for promise in scene.changes.promises:
        was = scene.promises.get(promise.reservation_id)
        if was is None or was.version != promise.version:
            yield was, promise


def _exposed(scene: Scene) -> Iterator[OrderWarning]:
    """Tell who is left without a table; it asks for one here or due whose table is taken."""
    for promise in scene.changes.promises:
        was = scene.promises.get(promise.reservation_id)
        if not promise.exposed or (was is not None and was.exposed):
            continue
        here = promise.state == "arrived" or promise.starts <= scene.now + DUE_SOON
        tables = was.tables if was else ()
        asks = here and bool(scene.taken & set(tables))
        said = _without_table(scene, promise)
        yield warning(
            "DUE_PARTY_LOSES_TABLE" if asks else "PARTY_EXPOSED",
            said,
            tables=tables,
            reservation_id=promise.reservation_id,
        )


def _without_table(scene: Scene, promise: Promise) -> Message:
    """Return who has no table now, with the date where it is another evening's."""
    party, at = party_message(promise.name, promise.party_size), scene.clock(promise.starts)
    if promise.state == "arrived":
        return message("warning-here-without-table", party=party, at=at)
    service_date = scene.was.period.service_date
    if scene.was.period.opens <= scene.now or service_date == local_date(scene.house, scene.now):
        return message("warning-exposed", party=party, at=at)
    day = CalendarDate(service_date, "full")
    return message("warning-exposed-ahead", party=party, date=day, at=at)


def _promised_tables(scene: Scene) -> Iterator[OrderWarning]:
    """Tell whose promised tables are gone: taken by whom the order places, or lost otherwise."""
    for promise in scene.changes.promises:
        was = scene.promises.get(promise.reservation_id)
        if was is None or not was.fixed or promise.fixed or promise.state not in LIVE:
            continue
        taken = bool(scene.taken & set(was.tables)) and was.version == promise.version
        keeps = was.version != promise.version and set(promise.tables) == set(was.tables)
        if keeps or (promise.exposed and not taken):
            continue  # its promise was ended on purpose, and the plan leaves it there
        said = message(
            "warning-promised-tables",
            party=party_message(promise.name, promise.party_size),
            at=scene.clock(promise.starts),
            tables=was.tables,
            count=len(was.tables),
        )
        yield warning(
            "PROMISED_TABLES_TAKEN" if taken else "PROMISED_TABLES_LOST",
            said,
            tables=was.tables,
            reservation_id=promise.reservation_id,
        )


def _pins(scene: Scene) -> Iterator[OrderWarning]:
    """Tell whose party is moved from where another person has pinned it, or not pinned any more."""
    sat = {each.reservation_id: each for each in scene.changes.seatings if not each.cleared_at}
    for promise in scene.changes.promises:
        was = scene.promises.get(promise.reservation_id)
        if was is None or was.pinned_by in {None, scene.by} or promise.state not in COUNTED:
            continue
        seating = sat.get(promise.reservation_id)
        stays = set((seating or promise).tables) == set(was.tables)
        if stays and (seating is not None or promise.pinned_by == was.pinned_by):
            continue
        said = message(
            "warning-pinned-by-a-person",
            party=party_message(promise.name, promise.party_size),
            tables=was.tables,
            count=len(was.tables),
            who=scene.was.colleagues.get(was.pinned_by or "", was.pinned_by or ""),
        )
        key = promise.reservation_id
        yield warning("PINNED_BY_A_PERSON", said, tables=was.tables, reservation_id=key)


def _not_ready(scene: Scene) -> Iterator[OrderWarning]:
    """Tell of tables that are not ready yet where somebody sits down."""
    resets = {each.table_id: each for each in resets_in_force(scene.was, scene.now)}
    for placed in scene.placed:
        sat_there = placed.was.tables if placed.was else ()
        for table in placed.tables:
            reset = resets.get(table)
            if placed.seating is None or reset is None or table in sat_there:
                continue
            said = message("warning-table-to-reset", table=table, at=scene.clock(reset.ready_at))
            yield warning("TABLE_TO_RESET", said, tables=(table,), **placed.about())


def _kept_tables(scene: Scene) -> Iterator[OrderWarning]:
    """Tell of tables kept for a called party, a guest who is booking, or an opened option."""
    after = {each.slot_hold_id: each for each in scene.changes.slot_holds}
    for hold in holds_in_force(scene.was, scene.now):
        now = after.get(hold.slot_hold_id)
        if now is None or not hold.tables or now.tables or now.state not in {"held", "expired"}:
            continue
        yield _called(scene, hold) if hold.wait_id is not None else _opened(hold)


def _called(scene: Scene, hold: SlotHold) -> OrderWarning:
    names = (each.name for each in scene.was.waiting if each.wait_id == hold.wait_id)
    party = party_message(next(names, ""), hold.party_size)
    said = message("warning-called-loses-table", party=party)
    return warning("CALLED_PARTY_LOSES_TABLE", said, tables=hold.tables, wait_id=hold.wait_id)


def _opened(hold: SlotHold) -> OrderWarning:
    key = "warning-guest-deciding" if hold.client_id else "warning-opened-option-gone"
    said = message(key, size=hold.party_size, tables=hold.tables, count=len(hold.tables))
    return warning("SLOT_HOLD_LOSES_TABLE", said, tables=hold.tables)


def _held_tables(scene: Scene) -> Iterator[OrderWarning]:
    """Tell which held tables were given up because a promise or a party needed their place."""
    before = {each.held_id: each for each in scene.was.held}
    for held in scene.changes.held:
        was = before.get(held.held_id)
        if was is not None and was.state == "held" and held.state == "cancelled":
            said = message("warning-held-table-given-up", window=held.window, seats=held.seats)
            yield warning("HELD_TABLE_GIVEN_UP", said, tables=was.tables, held_id=held.held_id)


def _beyond_the_room(scene: Scene) -> Iterator[OrderWarning]:
    for was, promise in _changed(scene):
        stood = was is not None and was.kind == "overbooked" and was.state in LIVE
        if promise.kind == "overbooked" and promise.state in LIVE and not stood:
            party = party_message(promise.name, promise.party_size)
            said = message("warning-beyond-the-room", party=party, at=scene.clock(promise.starts))
            yield warning("BEYOND_THE_ROOM", said, reservation_id=promise.reservation_id)


def _pacing(scene: Scene) -> Iterator[OrderWarning]:
    """Tell of quarters in which the order lets more covers start than the kitchen takes."""
    more: dict[datetime, int] = {}
    for instant, covers in _covers_added(scene):
        begins = quarter(instant)
        more[begins] = more.get(begins, 0) + covers
    for begins, covers in sorted(more.items()):
        starting = covers_starting(scene.was, begins, now=scene.now) + covers
        allowed = covers_allowed(scene.was, scene.house, begins)
        if covers > 0 and starting > allowed:
            at = scene.clock(begins)
            said = message("warning-beyond-pacing", at=at, starting=starting, allowed=allowed)
            yield warning("BEYOND_PACING", said)


def _covers_added(scene: Scene) -> Iterator[tuple[datetime, int]]:
    """Yield the covers that start at an instant after the order (above 0), or no longer do."""
    for was, promise in _changed(scene):
        if was is not None and was.state in COUNTED:
            yield was.starts, -was.party_size
        if promise.state in COUNTED:
            yield promise.starts, promise.party_size
    before = {each.seating_id: each for each in scene.was.seatings}
    for seating in scene.changes.seatings:
        if seating.reservation_id is None and seating.seating_id not in before:
            yield seating.counted_at, seating.party_size


def _duplicates(scene: Scene) -> Iterator[OrderWarning]:
    """Tell of another reservation of the same guest in the same hours."""
    for was, promise in _changed(scene):
        again = was is None or was.state not in COUNTED or was.starts != promise.starts
        if promise.guest_id is None or promise.state not in LIVE or not again:
            continue
        for other in scene.after.promises:
            if (
                other.guest_id == promise.guest_id
                and other.reservation_id != promise.reservation_id
                and other.state in COUNTED
                and other.starts < promise.ends
                and promise.starts < other.ends
            ):
                said = message(
                    "warning-duplicate-booking",
                    party=party_message(other.name, other.party_size),
                    at=scene.clock(other.starts),
                )
                yield warning("DUPLICATE_BOOKING", said, reservation_id=other.reservation_id)


def _absent_too_soon(scene: Scene) -> Iterator[OrderWarning]:
    for was, promise in _changed(scene):
        marked = was is not None and was.state in LIVE and promise.state == "no_show"
        if marked and scene.now < promise.starts:
            yield not_due(scene, promise)


CHECKS: tuple[Callable[[Scene], Iterator[OrderWarning]], ...] = (
    placement_warnings,
    _not_ready,
    _promised_tables,
    _pins,
    _exposed,
    _kept_tables,
    _held_tables,
    _beyond_the_room,
    _pacing,
    _duplicates,
    _absent_too_soon,
)
"""In the order they are told: the party itself, others, the house."""
