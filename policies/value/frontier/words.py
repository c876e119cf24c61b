"""What managers are told of the knob and its frontier."""

from policies.house.house import House
from policies.house.rules import Decisions, Rules
from policies.value.frontier.frontier import (
    ERRORS_TO_TELL,
    WAIT_MINUTES,
    Frontier,
    FrontierFigures,
    FrontierLoad,
    FrontierPoint,
    NightMean,
)
from policies.value.frontier.house_evenings import HouseEvenings
from policies.value.frontier.positions import USUAL, KnobPlace, PositionName
from policies.words.message import Message, message


def title_of(position: PositionName) -> Message:
    """Return how a position is called."""
    return message(f"knob-position-{position}")


def of_point(point: FrontierPoint) -> Message:
    """Return what a position brings and costs."""
    return message(
        "frontier-point",
        net=_net(point),
        booked=round(point.booked),
        waiting=_waiting(point.waiting_share.mean),
        walked=_walked(point.walked_share.mean),
    )


def of_place(place: KnobPlace) -> Message:
    """Return where the rules stand."""
    title = title_of(place.nearest)
    if place.exact:
        return message("frontier-rules-at", position=title)
    return message("frontier-rules-near", position=title)


def of_better(point: FrontierPoint) -> Message:
    """Return that a position kept fewer waiting than where the rules stand, for no less money."""
    return message(
        "frontier-better",
        position=title_of(point.position.name),
        waiting=_waiting(point.waiting_share.mean),
    )


def of_evenings(own: HouseEvenings, drawn: FrontierFigures) -> Message:
    """Return what came of the house's own evenings, beside what is drawn where its rules stand."""
    if own.waiting_share is None or own.walked_share is None:
        return message("frontier-own-too-early", needed=own.needed, evenings=own.evenings)
    return message(
        "frontier-own",
        evenings=own.evenings,
        waiting=_waiting(own.waiting_share.mean),
        walked=_walked(own.walked_share.mean),
        drawn=message(
            "frontier-drawn-there",
            waiting=_waiting(drawn.waiting_share),
            walked=_walked(drawn.walked_share),
        ),
    )


def of_nights(measured: Frontier, load: FrontierLoad, house: House, own: HouseEvenings) -> Message:
    """Return what the frontier was drawn from, and how much is asked for a table there and here."""
    if own.requests is None:
        here = message("frontier-requests-unknown")
    else:
        here = message("frontier-requests-own", each=round(own.requests / len(house.tables), 1))
    return message(
        "frontier-made-from",
        nights=measured.nights,
        tables=measured.tables,
        requests=round(load.requests),
        each=round(load.requests / measured.tables, 1),
        own=here,
    )


def provisos(rules: Rules) -> list[Message]:
    """Return why these rules may gain less by the knob than is drawn."""
    found = []
    beyond = rules.overbooking
    if not rules.decisions.by_value:
        found.append(message("frontier-not-by-value"))
    if not (beyond.enabled and beyond.cap_parties and beyond.cap_covers):
        found.append(message("frontier-nothing-beyond"))
    if _worth(rules.decisions) != _worth(Decisions()):
        found.append(message("frontier-other-costs"))
    return found


def _net(point: FrontierPoint) -> Message:
    if point.position.name == USUAL:
        return message("frontier-net-usual")
    percent, error = _tenth(point.net.mean), _tenth(point.net.error or 0.0)
    usual = title_of(USUAL)
    if not _differs(point.net):
        return message("frontier-net-same", usual=usual, error=error)
    key = "frontier-net-more" if percent > 0.0 else "frontier-net-less"
    return message(key, usual=usual, percent=abs(percent), error=error)


def _differs(net: NightMean) -> bool:
    return net.error is not None and abs(net.mean) > ERRORS_TO_TELL * net.error


def _waiting(share: float) -> Message:
    return message("frontier-waiting", every=_every(share), minutes=WAIT_MINUTES)


def _walked(share: float) -> Message:
    return message("frontier-walked", every=_every(share))


def _every(share: float) -> int:
    """Return of how many parties one is meant, in two digits; 0 for none."""
    return int(float(f"{1.0 / share:.2g}")) if share > 0.0 else 0


def _tenth(value: float) -> float:
    return round(value, 1)


def _worth(decisions: Decisions) -> tuple[float, float]:
    """Return what a walked and a waiting guest cost, in covers."""
    cover = decisions.cover_value
    return decisions.walked_cost / cover, decisions.late_cost / cover
