"""The overbooking limits in force at a moment of the journal, by what the manager published."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scripts.simulation.journal import Exchange, Journal
    from scripts.simulation.written_house import Hours


@dataclass(frozen=True, kw_only=True)
class Limits:
    """Limits of a publication that took effect between two moments.

    `parties`, `covers`: the caps, or what was told to be beyond them already: those stay promises.
    """

    sent: int
    received: int
    parties: int
    covers: int
    ceiling: float


def limits_of(journal: Journal, hours: Hours) -> list[Limits]:
    """Return the limits of each publication that reached the evening, in order."""
    drafts: dict[int, Mapping[str, Any]] = {}
    first_sent: dict[str | None, int] = {}
    for exchange in journal.exchanges:
        first_sent.setdefault(exchange.key, exchange.sent)
    found: dict[str | None, Limits] = {}
    for exchange in journal.acknowledged():
        if exchange.path == "/manage/rules" and exchange.writes:
            drafts[exchange.answer["version"]] = exchange.answer["rules"]["overbooking"]
        elif exchange.path.startswith("/manage/rules/") and exchange.last == "publish":
            rules = drafts[exchange.answer["version"]["version"]]
            found.setdefault(exchange.key, _limits(exchange, rules, first_sent, hours))
    return list(found.values())


def allowed(limits: Sequence[Limits], sent: int, received: int) -> Limits:
    """Return the widest limits that may have been in force between two moments."""
    known = [
        each
        for number, each in enumerate(limits)
        if each.sent <= received
        and not any(later.received < sent for later in limits[number + 1 :])
    ]
    return Limits(
        sent=sent,
        received=received,
        parties=max((each.parties for each in known), default=0),
        covers=max((each.covers for each in known), default=0),
        ceiling=max((each.ceiling for each in limits), default=0.0),
    )


def _limits(
    exchange: Exchange,
    rules: Mapping[str, Any],
    first_sent: Mapping[str | None, int],
    hours: Hours,
) -> Limits:
    told = next(
        (
            each["capacity"]["beyond_caps"]
            for each in exchange.answer["periods"]
            if each["period_id"] == hours.period_id and each["capacity"]
        ),
        None,
    )
    caps = (rules["cap_parties"], rules["cap_covers"]) if rules["enabled"] else (0, 0)
    beyond = (told["parties"], told["covers"]) if told else (0, 0)
    return Limits(
        sent=first_sent[exchange.key],
        received=exchange.received or exchange.sent,
        parties=max(caps[0], beyond[0]),
        covers=max(caps[1], beyond[1]),
        ceiling=rules["ceiling"],
    )
