"""The frontier as one SVG picture, legible by day and by night, that a browser opens by itself.

Two curves over one height, money against the usual position: against parties kept waiting, and
against parties that leave without a table. Below them the knob, its positions numbered as on the
curves, with where the rules stand. The house's own evenings are an upright line, because what money
they would have brought at another position nobody knows.
"""

from collections.abc import Iterator
from html import escape
from textwrap import wrap
from typing import Final

from msgspec import Struct

from api.manage.frontier.axes import Scale, scale_over
from api.manage.frontier.style import STYLE
from policies.value.frontier.frontier import WAIT_MINUTES, NightMean
from policies.value.frontier.positions import USUAL
from policies.value.frontier.report import FrontierReport
from policies.value.frontier.words import title_of
from policies.words.catalogue import say
from policies.words.message import Message, message

WIDTH, HEIGHT = 1040, 640
TOP, BOTTOM = 128.0, 430.0
KNOB = 548.0
"""Heights of the panels' edges and of the knob, in pixels."""

PANELS: Final = ((72.0, 512.0), (568.0, 1008.0))
MARK = 12.0
INDENT = MARK + 6.0
"""Room for half a mark at 0, between it and the figures of the height."""

LETTERS = 19
"""Letters of a line below the knob."""


class _Panel(Struct, frozen=True):
    """A curve over parties of 100: at each position, where the rules stand, and the house's own."""

    title: str
    across: list[NightMean]
    here: float
    own: NightMean | None
    x: Scale


def drawing(report: FrontierReport, language: str) -> str:
    """Return the picture of a report, its words in a language."""
    nets = [each.point.net for each in report.positions]
    y = scale_over((edge for net in nets for edge in _edges(net)), BOTTOM, TOP, least=2.0)
    title = _said(message("frontier-title"), language)
    body = [
        f'<rect class="ground" width="{WIDTH}" height="{HEIGHT}" rx="14"/>',
        *_heading(report, title, language),
        *_panel(_waiting(report, language), y, report, language),
        *_panel(_walked(report, language), y, report, language),
        *_knob(report, language),
    ]
    spoken = escape(" ".join(report.sentences))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img"'
        f' lang="{language}"><title>{title}</title><desc>{spoken}</desc>'
        f"<style>{STYLE}</style>{''.join(body)}</svg>"
    )


def _said(said: Message, language: str) -> str:
    return escape(say(said, language))


def _heading(report: FrontierReport, title: str, language: str) -> Iterator[str]:
    requests = round(report.loads[report.load])
    about = message("frontier-about", requests=requests, tables=report.tables)
    axis = message("frontier-axis-net", usual=title_of(USUAL))
    yield _text(32, 48, title, "head")
    yield _text(32, 72, _said(about, language))
    yield _text(32, 104, _said(axis, language), "strong")
    if report.own.waiting_share is not None:
        yield f'<path class="own" d="M{WIDTH - 214} 99h24"/>'
        yield _text(WIDTH - 182, 104, _said(message("frontier-your-evenings"), language), "strong")


def _waiting(report: FrontierReport, language: str) -> _Panel:
    shares = [each.point.waiting_share for each in report.positions]
    title = _said(message("frontier-axis-waiting", minutes=WAIT_MINUTES), language)
    drawn, own = report.drawn.waiting_share, report.own.waiting_share
    return _panel_of(title, shares, drawn, own, PANELS[0])


def _walked(report: FrontierReport, language: str) -> _Panel:
    shares = [each.point.walked_share for each in report.positions]
    title = _said(message("frontier-axis-walked"), language)
    drawn, own = report.drawn.walked_share, report.own.walked_share
    return _panel_of(title, shares, drawn, own, PANELS[1])


def _panel_of(
    title: str,
    shares: list[NightMean],
    here: float,
    own: NightMean | None,
    sides: tuple[float, float],
) -> _Panel:
    across = [_of_hundred(each) for each in shares]
    house = None if own is None else _of_hundred(own)
    edges = [edge for each in (*across, *([house] if house else [])) for edge in _edges(each)]
    shown = (max(0.0, edge) for edge in edges)
    scale = scale_over(shown, sides[0] + INDENT, sides[1], least=0.5)
    return _Panel(title, across, 100.0 * here, house, scale)


def _panel(panel: _Panel, y: Scale, report: FrontierReport, language: str) -> Iterator[str]:
    """Yield the parts of a panel, the lowest layer first."""
    x, nets = panel.x, [each.point.net for each in report.positions]
    yield from _grid(panel, y, language)
    if panel.own is not None:
        yield from _own(panel.own, x)
    crosses = list(zip(panel.across, nets, strict=True))
    for across, net in crosses:
        left, right = (max(x.low, each) for each in _edges(across))
        low, high = _edges(net)
        yield _line(x.at(left), y.at(net.mean), x.at(right), y.at(net.mean), "error")
        yield _line(x.at(across.mean), y.at(low), x.at(across.mean), y.at(high), "error")
    places = [(x.at(across.mean), y.at(net.mean)) for across, net in crosses]
    way = " ".join(f"{a:.1f},{b:.1f}" for a, b in places)
    yield f'<polyline class="curve" points="{way}"/>'
    yield _ring(x.at(panel.here), y.at(report.drawn.net))
    for number, place in enumerate(places):
        yield from _mark(*place, number, usual=report.positions[number].usual)


def _grid(panel: _Panel, y: Scale, language: str) -> Iterator[str]:
    x, edge = panel.x, panel.x.begin - INDENT
    for tick in y.ticks():
        kind = "grid" if tick else "zero"
        yield _line(edge, y.at(tick), x.end, y.at(tick), kind)
        yield _text(edge - 10, y.at(tick) + 5, _figure(tick, language, signed=True), "end")
    for tick in x.ticks():
        yield _text(x.at(tick), BOTTOM + 22, _figure(tick, language), "middle")
    yield _text((x.begin + x.end) / 2, BOTTOM + 46, panel.title, "strong middle")


def _own(own: NightMean, x: Scale) -> Iterator[str]:
    left, right = (x.at(max(x.low, each)) for each in _edges(own))
    yield (
        f'<rect class="spread" x="{left:.1f}" y="{TOP}" width="{right - left:.1f}"'
        f' height="{BOTTOM - TOP}"/>'
    )
    yield _line(x.at(own.mean), TOP, x.at(own.mean), BOTTOM, "own")


def _knob(report: FrontierReport, language: str) -> Iterator[str]:
    """Yield the knob: its positions in a row, numbered as on the curves, and where rules stand."""
    last = len(report.positions) - 1
    along = Scale(0.0, last, 120.0, WIDTH - 120.0)
    here = along.at(report.place.place)
    yield _line(along.begin, KNOB, along.end, KNOB, "curve")
    yield _ring(here, KNOB)
    yield _text(here, KNOB - 26, _said(message("frontier-your-rules"), language), "act middle")
    for number, position in enumerate(report.positions):
        across = along.at(number)
        yield from _mark(across, KNOB, number, usual=position.usual)
        for line, words in enumerate(wrap(position.title, LETTERS)):
            yield _text(across, KNOB + 40 + 20 * line, escape(words), "strong middle")
        if position.usual:
            below = KNOB + 40 + 20 * len(wrap(position.title, LETTERS))
            yield _text(across, below, _said(message("frontier-usual"), language), "middle")


def _mark(across: float, height: float, number: int, *, usual: bool) -> Iterator[str]:
    kinds = ("mark usual", "number on") if usual else ("mark", "number")
    yield f'<circle class="{kinds[0]}" cx="{across:.1f}" cy="{height:.1f}" r="{MARK}"/>'
    yield _text(across, height + 4.5, str(number + 1), kinds[1])


def _ring(across: float, height: float) -> str:
    return f'<circle class="here" cx="{across:.1f}" cy="{height:.1f}" r="{MARK + 5}"/>'


def _line(x: float, y: float, to_x: float, to_y: float, kind: str) -> str:
    return f'<path class="{kind}" d="M{x:.1f} {y:.1f}L{to_x:.1f} {to_y:.1f}"/>'


def _text(x: float, y: float, words: str, kind: str = "") -> str:
    """Return a line of text; `words` are escaped already."""
    return f'<text x="{x:.1f}" y="{y:.1f}" class="{kind}">{words}</text>'


def _edges(found: NightMean) -> tuple[float, float]:
    error = found.error or 0.0
    return found.mean - error, found.mean + error


def _of_hundred(share: NightMean) -> NightMean:
    error = None if share.error is None else 100.0 * share.error
    return NightMean(mean=100.0 * share.mean, error=error)


def _figure(value: float, language: str, *, signed: bool = False) -> str:
    """Return a figure of an axis as the language writes it, its minus the real one."""
    written = _said(message("frontier-figure", value=abs(value)), language)
    if value < 0.0:
        return f"\N{MINUS SIGN}{written}"
    return f"+{written}" if signed and value else written
