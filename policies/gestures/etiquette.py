"""Etiquette: what keeps gestures exceptions, and safe for whoever receives them.

It binds everybody alike; a manager changes it for a night by overriding the rules, on record.
"""

from datetime import datetime
from typing import Literal

from msgspec import Struct

from policies.gestures.allergens import avoided, clash
from policies.gestures.orders import OfferGesture
from policies.gestures.visit import Visit
from policies.gestures.words import Phrase, phrase
from policies.house.rules import CatalogueItem, Rules, Trait

UnfitCode = Literal["CONTAINS", "GIVEN_BEFORE", "ENOUGH_TONIGHT", "NO_ENCORE"]


class Before(Struct, frozen=True, kw_only=True):
    """What has been given, as it bears on one gesture more.

    `parties` of tonight in all, `others` that received one, this party aside; `mine`: so did this
    one; `begun`: and it took it; `encored`: it had its encore; `again_from`: until then the same
    item is not for this guest again.
    """

    parties: int
    others: int
    mine: bool = False
    begun: bool = False
    encored: bool = False
    again_from: datetime | None = None


class Unfit(Struct, frozen=True, kw_only=True):
    """Why a gesture does not fit this party now, and what would change that.

    `contains`: what the guest avoids, empty where nobody can tell. `again_from`: when the same is
    possible. `most`: of tonight's parties that may receive one.
    """

    code: UnfitCode
    detail: str
    contains: tuple[Trait, ...] = ()
    again_from: datetime | None = None
    most: int | None = None


def unfit(
    wish: OfferGesture,
    item: CatalogueItem,
    visit: Visit,
    before: Before,
    rules: Rules,
    *,
    amends: bool,
    locale: str,
) -> Unfit | None:
    """Return why etiquette is against it, or None. `locale`: the language of the staff."""
    unsafe = None if wish.guest_asked else _unsafe(item, visit, locale)
    if unsafe is not None or amends:
        return unsafe
    if wish.encore:
        return _encore(before, locale)
    if before.again_from is not None:
        told = Phrase.GIVEN_BEFORE
        detail = phrase(told, locale, day=f"{before.again_from:%d.%m.%Y}")
        return Unfit(code="GIVEN_BEFORE", detail=detail, again_from=before.again_from)
    most = most_parties(rules, before.parties)
    if not before.mine and before.others >= most:
        detail = phrase(Phrase.ENOUGH_TONIGHT, locale, most=str(most))
        return Unfit(code="ENOUGH_TONIGHT", detail=detail, most=most)
    return None


def most_parties(rules: Rules, parties: int) -> int:
    """Return how many of so many parties may receive a gesture: one at least, unless none may."""
    share = rules.etiquette.share_cap
    return max(1, int(share * parties + 1e-9)) if share > 0 else 0


def _unsafe(item: CatalogueItem, visit: Visit, locale: str) -> Unfit | None:
    guest = avoided(visit.allergies, visit.guest_notes, visit.notes)
    found = clash(item, guest)
    if found is None:
        return None
    traits = tuple(sorted(found))
    said = Phrase.CONTAINS if traits else Phrase.UNSURE
    return Unfit(
        code="CONTAINS",
        detail=phrase(said, locale, traits=", ".join(traits)),
        contains=traits,
    )


def _encore(before: Before, locale: str) -> Unfit | None:
    if before.begun and not before.encored:
        return None
    told = Phrase.ENCORE_GIVEN if before.encored else Phrase.ENCORE_FIRST
    return Unfit(code="NO_ENCORE", detail=phrase(told, locale))
