"""Suggestions to staff: up to three catalogue items that fit a party now, each with a cause.

The fitting ones are sorted by SHA-256 of venue, period, party, the rules' draw number, item and
cause, so that no guest can count on one and any process repeats the same draw.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from policies.book.lifecycles import Actor
from policies.gestures.etiquette import GivingHistory, etiquette_objection
from policies.gestures.orders import OfferGesture
from policies.gestures.purses import PurseBalances, over_limit
from policies.gestures.visit import Visit, is_amends, overdue_minutes, seated_minutes
from policies.gestures.words import half_line
from policies.house.rules import AMOUNT_KINDS, CatalogueItem, DueAt, GestureCause, Rules

SUGGESTIONS_AT_MOST = 3
WAITED_MINUTES = 10
"""A wait counts as a cause from so many minutes past the promised time on (assumption)."""
ARRIVED_MINUTES = 20
"""Gestures for the arrival are suggested up to so many minutes after seating (assumption)."""

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


class SuggestionContext(Struct, frozen=True, kw_only=True):
    """What suggestions are made from. `again`: by item, when this guest may have it again.

    `dismissed`: items that staff dismissed for this party tonight.
    """

    venue_id: str
    period_id: str
    locale: str
    visit: Visit
    history: GivingHistory
    again: Mapping[str, datetime]
    rules: Rules
    left: PurseBalances
    by: Actor
    now: datetime
    dismissed: frozenset[str] = frozenset()


class Suggestion(Struct, frozen=True, kw_only=True):
    """An item for a cause: `because` is for the host, `line` begins what the guest is told."""

    item: CatalogueItem
    cause: GestureCause
    because: str
    line: str


def choose_suggestions(context: SuggestionContext) -> tuple[Suggestion, ...]:
    """Return up to three suggestions of different items, of different causes where possible."""
    causes = dict(causes_of(context))
    drawn = sorted(_fitting(context, causes), key=lambda pair: _draw_key(context, *pair))
    chosen: list[tuple[CatalogueItem, GestureCause]] = []
    for fresh in (True, False):
        for item, cause in drawn:
            taken = {each.key for each, _ in chosen}
            new = item.key not in taken and not (fresh and cause in {c for _, c in chosen})
            if new and len(chosen) < SUGGESTIONS_AT_MOST:
                chosen.append((item, cause))
    return tuple(_suggestion(context, item, cause, causes[cause]) for item, cause in chosen)


def causes_of(context: SuggestionContext) -> Iterator[tuple[GestureCause, int]]:
    """Yield the causes that hold for the party, each with its number (minutes or visits, else 0).

    A party that has a gesture already can only get an encore.
    """
    visit, rules, history = context.visit, context.rules.etiquette, context.history
    if history.mine:
        if history.begun and not history.encored:
            yield "encore", 0
        return
    waited = overdue_minutes(visit, context.now)
    stayed = seated_minutes(visit, context.now)
    notes = f"{visit.notes} {visit.special_request} {visit.guest_notes}".lower()
    holding: tuple[tuple[GestureCause, int, bool], ...] = (
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


def is_timely(due: DueAt, visit: Visit, now: datetime) -> bool:
    """Tell whether a gesture with this due moment can still be brought."""
    if visit.seat_state == "cleared":
        return False
    if due == "arrival":
        return seated_minutes(visit, now) <= ARRIVED_MINUTES
    return due != "mains" or visit.seat_state not in {"dessert", "check_down", "paid"}


def _fitting(
    context: SuggestionContext, causes: Mapping[GestureCause, int]
) -> Iterator[tuple[CatalogueItem, GestureCause]]:
    for item in context.rules.gestures:
        if item.kind in AMOUNT_KINDS or item.key in context.dismissed:
            continue
        if not is_timely(item.due, context.visit, context.now):
            continue
        if over_limit(context.rules, context.by, item, context.left) is not None:
            continue
        for cause in causes:
            suits = not item.fits or cause in item.fits
            if suits and not _objected(context, item, cause):
                yield item, cause


def _objected(context: SuggestionContext, item: CatalogueItem, cause: GestureCause) -> bool:
    visit, rules = context.visit, context.rules
    history = replace(context.history, again_from=context.again.get(item.key))
    wish = OfferGesture(
        id=UUID(int=0), item=item.key, line="-", reason="-", encore=cause == "encore"
    )
    amends = is_amends(item, visit, rules, context.now)
    terms = wish, item, visit, history, rules
    return etiquette_objection(*terms, amends=amends, locale=context.locale) is not None


def _draw_key(context: SuggestionContext, item: CatalogueItem, cause: GestureCause) -> bytes:
    number = context.rules.etiquette.draw
    night = context.venue_id, context.period_id, context.visit.party_id, number
    return sha256("|".join(map(str, (*night, item.key, cause))).encode()).digest()


def _suggestion(
    context: SuggestionContext, item: CatalogueItem, cause: GestureCause, number: int
) -> Suggestion:
    half = half_line(cause, context.locale, context.visit.locale, number)
    return Suggestion(item=item, cause=cause, because=half.because, line=half.line)
