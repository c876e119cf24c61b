"""Etiquette: allergens, repeats to a guest, encores, and the share of parties that receive one.

It binds every role; a manager changes it for a night by overriding the rules.
"""

from datetime import datetime
from typing import Literal

from msgspec import Struct

from policies.gestures.allergens import restrictions_of, unsafe_traits
from policies.gestures.orders import OfferGesture
from policies.gestures.visit import Visit
from policies.house.rules import CatalogueItem, DietaryTrait, Rules
from policies.words.catalogue import say
from policies.words.message import CalendarDate, Message, message

EtiquetteCode = Literal["CONTAINS", "GIVEN_BEFORE", "ENOUGH_TONIGHT", "NO_ENCORE"]


class GivingHistory(Struct, frozen=True, kw_only=True):
    """Gestures given so far, as far as etiquette asks.

    `parties`: of tonight in all; `others`: other parties with a gesture; `mine`: this party has
    one; `begun`: and accepted it; `encored`: it has had its encore; `again_from`: when this guest
    may have the same item again.
    """

    parties: int
    others: int
    mine: bool = False
    begun: bool = False
    encored: bool = False
    again_from: datetime | None = None


class EtiquetteObjection(Struct, frozen=True, kw_only=True):
    """Why etiquette forbids a gesture to this party now.

    `detail`: in the language of the staff; `said`: the same in any. `contains`: traits the guest
    avoids, empty where it cannot be told. `again_from`: when the same item is allowed. `most`: how
    many of tonight's parties may receive a gesture.
    """

    code: EtiquetteCode
    detail: str
    said: Message
    contains: tuple[DietaryTrait, ...] = ()
    again_from: datetime | None = None
    most: int | None = None


def etiquette_objection(
    wish: OfferGesture,
    item: CatalogueItem,
    visit: Visit,
    history: GivingHistory,
    rules: Rules,
    *,
    amends: bool,
    locale: str,
) -> EtiquetteObjection | None:
    """Return the objection to the gesture, None if there is none. `locale`: of the staff."""
    unsafe = None if wish.guest_asked else _unsafe(item, visit, locale)
    if unsafe is not None or amends:
        return unsafe
    if wish.encore:
        return _encore(history, locale)
    if history.again_from is not None:
        said = message("gesture-given-lately", day=CalendarDate(history.again_from.date()))
        return EtiquetteObjection(
            code="GIVEN_BEFORE",
            detail=say(said, locale),
            said=said,
            again_from=history.again_from,
        )
    most = most_parties(rules, history.parties)
    if not history.mine and history.others >= most:
        said = message("gestures-enough-tonight", most=most)
        detail = say(said, locale)
        return EtiquetteObjection(code="ENOUGH_TONIGHT", detail=detail, said=said, most=most)
    return None


def most_parties(rules: Rules, parties: int) -> int:
    """Return how many of `parties` may receive a gesture: floor(share cap * parties), at least 1.

    0 where the share cap is 0.
    """
    share = rules.etiquette.share_cap
    return max(1, int(share * parties + 1e-9)) if share > 0 else 0


def _unsafe(item: CatalogueItem, visit: Visit, locale: str) -> EtiquetteObjection | None:
    guest = restrictions_of(visit.allergies, visit.guest_notes, visit.notes, visit.special_request)
    found = unsafe_traits(item, guest)
    if found is None:
        return None
    traits = tuple(sorted(found))
    said = message("gesture-unsafe-unsure")
    if traits:
        said = message(
            "gesture-contains", traits=tuple(message(f"trait-{each}") for each in traits)
        )
    return EtiquetteObjection(code="CONTAINS", detail=say(said, locale), said=said, contains=traits)


def _encore(history: GivingHistory, locale: str) -> EtiquetteObjection | None:
    if history.begun and not history.encored:
        return None
    said = message("encore-given" if history.encored else "encore-before-first")
    return EtiquetteObjection(code="NO_ENCORE", detail=say(said, locale), said=said)
