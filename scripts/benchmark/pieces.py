"""A piece of the benchmark: one row at one load on a few nights, kept as a file once done."""

import hashlib
from functools import cache
from pathlib import Path

import msgspec
import numpy as np
from msgspec import Struct

from policies.house.file import read_house
from policies.house.layout import Layout, layout_of
from policies.lab.bound import clairvoyant
from policies.lab.nights import LENGTH, LOADS, Night, forecast_for, night
from policies.lab.ours import Ours, book
from policies.lab.placing import unplaced_share
from policies.lab.play import Booked, Evening, play
from policies.lab.rivals import Flat, Newsvendor, flat, newsvendor
from policies.lookahead.quotes import QuoteScales
from scripts.benchmark.rows import ROWS, Clairvoyant, Policy, Row

ROOT = Path(__file__).resolve().parent.parent.parent
HOUSE = ROOT / "seating" / "house" / "examples" / "sixty.toml"
KEPT = ROOT / ".data" / "bench"
LEARNING = range(2_000_001, 2_000_021)
"""Nights on which quotes are learned before any is judged."""


class Piece(Struct, frozen=True):
    """`load`: place in LOADS. `only`: the name of the one policy of the row to play, or all."""

    row: str
    load: int
    seeds: tuple[int, ...]
    only: str | None = None


class Told(Struct, frozen=True, kw_only=True):
    """What is kept of one night. Money as in SCIENCE.md: 50 a cover.

    `booked` when the doors open, of them `elsewhere` at another time than was wished; `accepted`
    before any cancelled, of them `moved` although the wish was free. `foretold`: walked parties
    expected when the bookings were taken. `unmoved`: the bound for who never gives another time
    than the wish. `covers` of the book (0: not placed), of them `unplaced`: without a table in the
    plan made from nothing for mean stays; `unplaceable` have none in any plan. `quotes` of guests
    who stay however long they wait.
    """

    net: float
    revenue: float = 0.0
    walked: int = 0
    late: int = 0
    asked: int = 0
    booked: int = 0
    elsewhere: int = 0
    accepted: int = 0
    moved: int = 0
    foretold: float = 0.0
    quotes: int = 0
    quotes_kept: int = 0
    unmoved: float = 0.0
    covers: int = 0
    unplaced: int = 0
    unplaceable: float = 0.0


Figures = dict[str, list[Told]]
"""By the name of the policy, a night each, in the order of the seeds."""


def run(piece: Piece) -> Figures:
    """Play the piece's nights, or read what was played before."""
    kept = folder() / f"{_name(piece)}.json"
    if kept.exists():
        return msgspec.json.decode(kept.read_bytes(), type=Figures)
    row, truth = ROWS[piece.row], forecast_for(*LOADS[piece.load])
    drawn = [night(truth, seed) for seed in piece.seeds]
    played = {
        name: quoted(drawn, row) if row.quotes else [told(each, policy, row) for each in drawn]
        for name, policy in row.policies.items()
        if piece.only in {None, name}
    }
    kept.parent.mkdir(parents=True, exist_ok=True)
    fresh = kept.with_suffix(".new")
    fresh.write_bytes(msgspec.json.encode(played))
    fresh.replace(kept)
    return played


def told(drawn: Night, policy: Policy, row: Row) -> Told:
    """Return what the policy made of the night."""
    believed = row.wrong.of(drawn.truth)
    match policy:
        case Clairvoyant():
            most = clairvoyant(drawn, room())
            return Told(net=most, revenue=most, unmoved=clairvoyant(drawn, room(), moves=False))
        case Flat():
            booked = flat(drawn, room(), believed, policy)
        case Newsvendor():
            booked = newsvendor(drawn, room(), believed, policy)
        case Ours():
            taken = book(drawn, room(), believed, policy, LENGTH)
            evening = play(drawn, taken.booked, room(), believed, door=row.door)
            seen = _told(drawn, taken.booked, evening)
            seen = msgspec.structs.replace(
                seen,
                moved=taken.moved,
                accepted=taken.asked - taken.refused,
                foretold=taken.told,
            )
            return _placed(seen, drawn, taken.booked) if row.places else seen
    return _told(drawn, booked, play(drawn, booked, room(), believed, door=row.door))


def quoted(drawn: list[Night], row: Row) -> list[Told]:
    """Play the nights one after the other; each quotes with what those before it taught.

    It has been learned on other nights of the same truth before.
    """
    scales, found = QuoteScales(), []
    for each in [*(night(drawn[0].truth, seed) for seed in LEARNING), *drawn]:
        believed = row.wrong.of(each.truth)
        booked = book(each, room(), believed, Ours(), LENGTH).booked
        evening = play(each, booked, room(), believed, door=row.door, scales=scales)
        scales = evening.scales or scales
        seen = _told(each, booked, evening)
        kept = sum(quote.kept for quote in evening.quotes)
        found.append(msgspec.structs.replace(seen, quotes=len(evening.quotes), quotes_kept=kept))
    return found[len(LEARNING) :]


@cache
def room() -> Layout:
    """Return the benchmark's sixty tables."""
    return layout_of(read_house(HOUSE.read_text(encoding="utf-8")))


@cache
def folder() -> Path:
    """Return where pieces are kept: named after all that decides what they say."""
    sources = sorted((ROOT / "policies").rglob("*.py"))
    ours = [Path(__file__), Path(__file__).with_name("rows.py"), HOUSE]
    read = hashlib.sha256(b"".join(source.read_bytes() for source in [*sources, *ours]))
    return KEPT / read.hexdigest()[:16]


def _name(piece: Piece) -> str:
    policy = "" if piece.only is None else "-" + piece.only.replace(" ", "").replace("%", "")
    requests = f"{LOADS[piece.load][0]:.0f}"
    return f"{piece.row}{policy}-{requests}-{piece.seeds[0]}-{piece.seeds[-1]}"


def _placed(seen: Told, drawn: Night, booked: Booked) -> Told:
    placed = unplaced_share(room(), drawn, booked, drawn.truth)
    return msgspec.structs.replace(
        seen, covers=placed.covers, unplaced=placed.unplaced, unplaceable=placed.bound
    )


def _told(drawn: Night, booked: Booked, evening: Evening) -> Told:
    wish = drawn.requests.wish[booked.number]
    return Told(
        net=evening.net,
        revenue=evening.revenue,
        walked=evening.walked_parties,
        late=evening.late_parties,
        asked=len(drawn.requests.size),
        booked=len(booked.number),
        elsewhere=int(np.count_nonzero(booked.start != wish)),
    )
