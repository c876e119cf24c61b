"""Advice made into a draft, of the rules or of the house, to be published as any other."""

from typing import Annotated
from uuid import UUID, uuid5

from msgspec import Meta, Struct

from policies.advice.advice import Advice, Document
from policies.floor.orders import Command, ReasonText
from policies.words.letters import LINE
from policies.words.message import message
from seating.advice.advice import advice_for
from seating.book.actions import keep_answer, key_of, replayed_answer
from seating.clock import Clock
from seating.db import Connection
from seating.errors import NotFound, NotPossibleNow
from seating.house.house_drafts import DraftHouse, draft_house
from seating.house.rule_versions import PatchRules, patch_rules


class DraftAdvice(Command, frozen=True, kw_only=True):
    """Make a draft of a piece of advice, from what is in force today."""

    key: Annotated[str, Meta(min_length=1, max_length=200, pattern=LINE)]
    reason: ReasonText


class AdviceDraft(Struct, frozen=True, kw_only=True):
    """The draft made: a `version` of the rules or of the house."""

    document: Document
    version: int


async def draft_advice(
    conn: Connection, venue_id: str, command: DraftAdvice, by: str, clock: Clock
) -> AdviceDraft:
    """Make a draft of advice as it stands now.

    Raises NotFound for advice there is not, NotPossibleNow where it changes nothing, and as
    `patch_rules` and `draft_house` do.
    """
    earlier = await replayed_answer(conn, venue_id, key_of(command), AdviceDraft)
    if earlier is not None:
        return earlier
    advice = (await advice_for(conn, venue_id, clock)).advice
    found = next((each for each in advice if each.key == command.key), None)
    if found is None:
        raise NotFound(message("no-such-advice"), pointer="/key")
    made = await _drafted(conn, venue_id, found, command, by, clock)
    answer = AdviceDraft(document=found.document, version=made)
    now = await clock.now(conn)
    return await keep_answer(conn, venue_id, key_of(command), answer, by=by, at=now)


async def _drafted(
    conn: Connection, venue_id: str, advice: Advice, command: DraftAdvice, by: str, clock: Clock
) -> int:
    """Draft the patch under an id of its own, made from the command's; returns the version."""
    if advice.patch is None:
        raise NotPossibleNow(message("advice-nothing-to-change"))
    own: UUID = uuid5(command.id, advice.key)
    if advice.document == "rules":
        rules = PatchRules(id=own, reason=command.reason, patch=advice.patch)
        return (await patch_rules(conn, venue_id, rules, by, clock)).version
    house = DraftHouse(id=own, reason=command.reason, patch=advice.patch)
    return (await draft_house(conn, venue_id, house, by, clock)).version
