"""The manager's knob: whether a position of the measured frontier is better in every way.

Only what keeps fewer guests waiting and brings no less is advised (frontier.better_than); which of
two positions that differ in both to choose is the manager's to say.
"""

from policies.advice.advice import Advice, Strength
from policies.house.house import House
from policies.house.rules import Rules
from policies.value.frontier.frontier import Frontier, FrontierPoint, better_than
from policies.value.frontier.positions import KnobSettings, settings_of
from policies.value.frontier.report import FrontierReport
from policies.value.frontier.words import of_better, of_evenings, of_nights, of_place, title_of
from policies.words.message import Message, message


def advise_knob(
    report: FrontierReport, measured: Frontier, house: House, rules: Rules
) -> tuple[Advice, ...]:
    """Return the advice on the knob by a house's report; none where rules do not go by value."""
    if not rules.decisions.by_value:
        return ()
    load = measured.loads[report.load]
    better, here = better_than(load, report.place.place), settings_of(rules)
    new = better.position.settings if better else None
    waiting = report.own.waiting_share
    sentence, reason = _told(report, better)
    return (
        Advice(
            key="knob",
            topic="beyond",
            document="rules",
            about="/decisions/caution",
            standing="change" if new else "keep",
            present=_values(here),
            advised=_values(new) if new else {},
            sentence=sentence,
            reason=reason,
            evidence=(
                of_evenings(report.own, report.drawn),
                of_nights(measured, load, house, report.own),
            ),
            strength=Strength(
                evenings=report.own.evenings,
                needed=report.own.needed,
                cases=measured.nights,
                share=waiting.mean if waiting else None,
            ),
            patch=dict(new.patch()) if new else None,
        ),
    )


def _told(report: FrontierReport, better: FrontierPoint | None) -> tuple[Message, Message]:
    if better is None:
        return message("advice-knob-keep"), of_place(report.place)
    title = title_of(better.position.name)
    return message("advice-knob-change", position=title), of_better(better)


def _values(settings: KnobSettings) -> dict[str, float]:
    return {
        f"/{section}/{name}": value
        for section, values in settings.patch().items()
        for name, value in values.items()
    }
