"""Up to three gestures that fit a party now, each with its reason: shown to staff, never given.

Which of the fitting are shown is drawn, so that nobody can count on one: the draw depends on the
house, the party, the night and a number of the rules, and on nothing else, so it can be repeated.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from policies.book.lifecycles import Actor
from policies.gestures.etiquette import Before, unfit
from policies.gestures.orders import OfferGesture
from policies.gestures.purses import Left, may_give
from policies.gestures.visit import Visit, is_amends, overdue_minutes, stay_minutes
from policies.gestures.words import half_line
from policies.house.rules import AMOUNT_KINDS, CatalogueItem, Cause, DueAt, Rules

AT_MOST = 3
WAITED_MINUTES = 10
"""From so long past its promised time on a wait is worth a word (assumption)."""
ARRIVED_MINUTES = 20
"""A party that sits longer has arrived: nothing for the arrival any more (assumption)."""

_OCCASIONS = (
    "birthday",
    "anniversary",
    "engage",
    "honeymoon",
    "wedding",
    "graduat",
    "celebrat",
    "promotion",
    "день рожд",
    "годовщин",
    "юбилей",
    "свадьб",
    "помолвк",
    "праздн",
    "именин",
    "geburtstag",
    "jahrestag",
    "jubilä",
    "verlob",
    "hochzeit",
    "feier",
    "flitterwochen",
)


class Known(Struct, frozen=True, kw_only=True):
    """What a suggestion is made from. `again`: until when which item is not for this guest.

    `dismissed`: items somebody put aside for this party tonight.
    """

    venue_id: str
    period_id: str
    locale: str
    visit: Visit
    before: Before
    again: Mapping[str, datetime]
    rules: Rules
    left: Left
    by: Actor
    now: datetime
    dismissed: frozenset[str] = frozenset()


class Suggestion(Struct, frozen=True, kw_only=True):
    """An item for a cause: `because`, for the host; `line`, the half of it the guest hears."""

    item: CatalogueItem
    cause: Cause
    because: str
    line: str


def suggested(known: Known) -> tuple[Suggestion, ...]:
    """Return up to three suggestions, different items, for different causes where there are."""
    causes = dict(causes_of(known))
    drawn = sorted(_fitting(known, causes), key=lambda pair: _draw(known, *pair))
    chosen: list[tuple[CatalogueItem, Cause]] = []
    for fresh in (True, False):
        for item, cause in drawn:
            taken = {each.key for each, _ in chosen}
            new = item.key not in taken and not (fresh and cause in {c for _, c in chosen})
            if new and len(chosen) < AT_MOST:
                chosen.append((item, cause))
    return tuple(_said(known, item, cause, causes[cause]) for item, cause in chosen)


def causes_of(known: Known) -> Iterator[tuple[Cause, int]]:
    """Yield what speaks for giving this party something, each with its number (of minutes ...).

    One that has received something is only for an encore.
    """
    visit, rules, before = known.visit, known.rules.etiquette, known.before
    if before.mine:
        if before.begun and not before.encored:
            yield "encore", 0
        return
    waited = overdue_minutes(visit, known.now)
    stayed = stay_minutes(visit, known.now)
    notes = f"{visit.notes} {visit.guest_notes}".lower()
    holding: tuple[tuple[Cause, int, bool], ...] = (
        ("complaint", 0, visit.complaint_id is not None),
        ("walked", 0, visit.exposed),
        ("turned_away", 0, visit.turned_away),
        ("long_wait", waited, waited >= WAITED_MINUTES),
        ("occasion", 0, any(word in notes for word in _OCCASIONS)),
        ("regular", visit.visits + 1, visit.visits + 1 >= rules.regular_visits),
        ("first_visit", 0, visit.guest_id is not None and visit.visits == 0),
        ("long_stay", stayed, stayed >= rules.long_stay_minutes),
    )
    for cause, number, holds in holding:
        if holds:
            yield cause, number


def in_time(due: DueAt, visit: Visit, now: datetime) -> bool:
    """Tell whether the moment a gesture is for is still to come, or now."""
    if visit.seat_state == "cleared":
        return False
    if due == "arrival":
        return stay_minutes(visit, now) <= ARRIVED_MINUTES
    return due != "mains" or visit.seat_state not in {"dessert", "check_down"}


def _fitting(known: Known, causes: Mapping[Cause, int]) -> Iterator[tuple[CatalogueItem, Cause]]:
    for item in known.rules.gestures:
        if item.kind in AMOUNT_KINDS or item.key in known.dismissed:
            continue
        if not in_time(item.due, known.visit, known.now):
            continue
        if may_give(known.rules, known.by, item, known.left) is not None:
            continue
        for cause in causes:
            suits = not item.fits or cause in item.fits
            if suits and not _against(known, item, cause):
                yield item, cause


def _against(known: Known, item: CatalogueItem, cause: Cause) -> bool:
    visit, rules = known.visit, known.rules
    before = replace(known.before, again_from=known.again.get(item.key))
    wish = OfferGesture(
        id=UUID(int=0), item=item.key, line="-", reason="-", encore=cause == "encore"
    )
    amends = is_amends(item, visit, rules, known.now)
    terms = wish, item, visit, before, rules
    return unfit(*terms, amends=amends, locale=known.locale) is not None


def _draw(known: Known, item: CatalogueItem, cause: Cause) -> bytes:
    number = known.rules.etiquette.draw
    night = known.venue_id, known.period_id, known.visit.party_id, number
    return sha256("|".join(map(str, (*night, item.key, cause))).encode()).digest()


def _said(known: Known, item: CatalogueItem, cause: Cause, number: int) -> Suggestion:
    half = half_line(cause, known.locale, known.visit.locale, number)
    return Suggestion(item=item, cause=cause, because=half.because, line=half.line)
