"""Orders that change which parties share tables: swap, split, merge."""

from msgspec.structs import replace

from policies.changes import Changes
from policies.floor import check_free, finished, reseated, stepped
from policies.orders import Merge, Split, Swap
from policies.stand import Done, Impossible, Stand


def swap(stand: Stand, order: Swap) -> Done:
    """Two parties change places."""
    one = stepped(stand, order.seating_id, order.version, "move")
    other = stepped(stand, order.other_id, order.other_version, "move")
    if one.seating_id == other.seating_id:
        raise Impossible("INVALID", "a party cannot change places with itself", "/other_id")
    return reseated(replace(one, tables=other.tables), replace(other, tables=one.tables))


def split(stand: Stand, order: Split) -> Done:
    """Seat some of a party by themselves: at tables of its own or at free ones."""
    whole = stepped(stand, order.seating_id, order.version, "split")
    if order.party_size >= whole.party_size:
        raise Impossible("INVALID", "somebody has to stay at the old table", "/party_size")
    check_free(stand, order.tables, leaving=(whole.seating_id,))
    left = tuple(table for table in whole.tables if table not in order.tables)
    if not left:
        raise Impossible("INVALID", "leave the others a table", "/tables")
    part = replace(
        whole,
        seating_id=order.id,
        party_size=order.party_size,
        tables=order.tables,
        wait_id=None,
        version=1,
    )
    rest = replace(whole, party_size=whole.party_size - order.party_size, tables=left)
    return reseated(rest, part)


def merge(stand: Stand, order: Merge) -> Done:
    """One party joins another: their tables are one join from now on.

    The seating that ends keeps its size for the record; its guests count where they sit now.
    """
    guest = stepped(stand, order.seating_id, order.version, "merge")
    host = stepped(stand, order.into_id, order.into_version, "merge")
    if guest.seating_id == host.seating_id:
        raise Impossible("INVALID", "a party cannot join itself", "/into_id")
    joined = replace(
        host,
        party_size=host.party_size + guest.party_size,
        tables=(*host.tables, *guest.tables),
        expected_end=max(host.expected_end, guest.expected_end),
    )
    gone = replace(guest, state="cleared", cleared_at=stand.now, merged_into=host.seating_id)
    changes = Changes(seatings=(gone, joined), promises=finished(stand, guest))
    return Done(changes=changes, subject=guest.seating_id)
