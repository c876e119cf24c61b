"""Allergens and diets read from free text on the guest (en, de, ru), matched with an item.

Where text or ingredients are unclear the item counts as unsafe.
"""

import re

from msgspec import Struct

from policies.house.rules import CatalogueItem, DietaryTrait

_SPLIT = re.compile(r"[,;/&+.\n]| and | und | и ")
_ALLERGIC = re.compile(r"allerg|intoleran|unverträg|аллерг|непереносим")
_NOTHING = frozenset({"", "-", "none", "no", "keine", "нет"})

_WORDS: dict[DietaryTrait, str] = {
    "alcohol": r"alcohol|alkohol|алкогол|teetotal|pregnan|schwanger|беремен",
    "celery": r"celer|sellerie|сельдере",
    "crustaceans": r"crustacean|shellfish|shrimp|prawn|crab|lobster|krebs|garnele|ракообраз|кревет",
    "eggs": r"\beggs?\b|\bei(er)?\b|яйц|яиц",
    "fish": r"\bfish|\bfisch|рыб",
    "gluten": r"gluten|wheat|c(o)?eliac|zöliakie|weizen|глютен|целиак|пшениц",
    "lupin": r"lupin|люпин",
    "meat": r"\bmeat|fleisch|мяс",
    "milk": r"milk|milch|dairy|lactos|laktos|молок|молоч|лактоз",
    "molluscs": r"mollus|oyster|mussel|squid|muschel|auster|моллюск|устриц|миди",
    "mustard": r"mustard|senf|горчиц",
    "nuts": r"\bnuts?\b|(?<!erd)nüsse|\bnuss|hazelnut|almond|walnut|cashew|pistachio|орех",
    "peanuts": r"peanut|erdnuss|erdnüsse|арахис",
    "pork": r"\bpork|schwein|свинин",
    "sesame": r"sesam|кунжут",
    "soy": r"\bsoy|soja|\bсо[яюи]\b",
    "sulphites": r"sul(ph|f)it|сульфит",
}
_DIETS: dict[str, frozenset[DietaryTrait]] = {
    r"vegan|веган": frozenset({"meat", "pork", "fish", "crustaceans", "molluscs", "milk", "eggs"}),
    r"vegetari|вегетари": frozenset({"meat", "pork", "fish", "crustaceans", "molluscs"}),
    r"halal|халял": frozenset({"alcohol", "pork"}),
    r"kosher|koscher|кошер": frozenset({"pork", "crustaceans", "molluscs"}),
    r"не пь[её]т|does(n't| not) drink|trinkt (nicht|nichts|keinen)|sober|трезв": frozenset(
        {"alcohol"}
    ),
}
_NOT_ALCOHOL = re.compile(
    r"(no|without|avoids?) alcohol|alcohol[- ]free|ohne alkohol|kein(en)? alkohol|alkoholfrei"
    r"|без алкогол|не употребляет алкогол|безалкогол|pregnan|schwanger|беремен"
)


class Restrictions(Struct, frozen=True, kw_only=True):
    """What a guest avoids; `unclear`: the notes name something that was not recognised."""

    traits: frozenset[DietaryTrait] = frozenset()
    unclear: bool = False


def restrictions_of(allergies: str, *notes: str) -> Restrictions:
    """Return what the guest avoids by its `allergies` field and its other notes.

    Every piece of `allergies` counts; a note counts where it names an allergy or a diet.
    """
    traits: set[DietaryTrait] = set()
    unclear = False
    for piece in _SPLIT.split(allergies.lower()):
        found = traits_in(piece)
        traits |= found
        unclear = unclear or (not found and piece.strip() not in _NOTHING)
    for note in notes:
        text = note.lower()
        found = traits_in(text) if _ALLERGIC.search(text) else _diets_in(text)
        traits |= found
        unclear = unclear or (not found and _ALLERGIC.search(text) is not None)
    return Restrictions(traits=frozenset(traits), unclear=unclear)


def traits_in(text: str) -> frozenset[DietaryTrait]:
    """Return the allergens that a lower-case text names, directly or by a diet."""
    named = {trait for trait, words in _WORDS.items() if re.search(words, text)}
    return frozenset(named) | _diets_in(text)


def unsafe_traits(item: CatalogueItem, guest: Restrictions) -> frozenset[DietaryTrait] | None:
    """Return the traits of the item that the guest avoids; None where it is safe.

    Empty where it cannot be told: the guest avoids something, and the item's contents are not
    recorded or the notes are unclear. Items that are not food have an empty `contains`.
    """
    if item.kind in {"amount_off", "refund", "claim", "spend_linked"} and item.contains is None:
        return None
    known = frozenset(item.contains or ())
    if known & guest.traits:
        return known & guest.traits
    unsure = guest.unclear or (bool(guest.traits) and item.contains is None)
    return frozenset() if unsure and item.contains != () else None


def _diets_in(text: str) -> frozenset[DietaryTrait]:
    found = [kept for words, kept in _DIETS.items() if re.search(words, text)]
    if _NOT_ALCOHOL.search(text):
        found.append(frozenset({"alcohol"}))
    return frozenset().union(*found)
