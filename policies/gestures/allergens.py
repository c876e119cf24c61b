"""What a guest may not eat or drink, read from what the house has noted; unsure means no.

The words are of the three languages the house's screens speak.
"""

import re

from msgspec import Struct

from policies.house.rules import CatalogueItem, Trait

_SPLIT = re.compile(r"[,;/&+.\n]| and | und | и ")
_ALLERGIC = re.compile(r"allerg|intoleran|unverträg|аллерг|непереносим")
_NOTHING = frozenset({"", "-", "none", "no", "keine", "нет"})

_WORDS: dict[Trait, str] = {
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
_DIETS: dict[str, frozenset[Trait]] = {
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


class Avoided(Struct, frozen=True, kw_only=True):
    """What is known to be avoided; `unclear`: something more is noted that we cannot read."""

    traits: frozenset[Trait] = frozenset()
    unclear: bool = False


def avoided(allergies: str, *notes: str) -> Avoided:
    """Return what the guest avoids: all of its allergies, and what the notes say of it."""
    traits: set[Trait] = set()
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
    return Avoided(traits=frozenset(traits), unclear=unclear)


def traits_in(text: str) -> frozenset[Trait]:
    """Return the allergens and diets that a text in lower case names."""
    named = {trait for trait, words in _WORDS.items() if re.search(words, text)}
    return frozenset(named) | _diets_in(text)


def clash(item: CatalogueItem, guest: Avoided) -> frozenset[Trait] | None:
    """Return what of the item the guest avoids; None where it is safe.

    Empty where nobody can tell: something is avoided, and what is in the item or what the guest
    meant is not written down. What is not eaten or drunk has its `contains` empty.
    """
    if item.kind in {"amount_off", "refund", "claim", "spend_linked"} and item.contains is None:
        return None
    known = frozenset(item.contains or ())
    if known & guest.traits:
        return known & guest.traits
    unsure = guest.unclear or (bool(guest.traits) and item.contains is None)
    return frozenset() if unsure and item.contains != () else None


def _diets_in(text: str) -> frozenset[Trait]:
    found = [kept for words, kept in _DIETS.items() if re.search(words, text)]
    if _NOT_ALCOHOL.search(text):
        found.append(frozenset({"alcohol"}))
    return frozenset().union(*found)
