"""States of the screens as they are told apart: by form, or by colour as each sight sees it."""

from __future__ import annotations

import math
import re
from itertools import combinations
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from playwright.async_api import Page

Triple = tuple[float, float, float]

# Protan and deutan of full severity: Machado, Oliveira and Fernandes 2009, on linear values.
SIGHTS: Final[dict[str, tuple[Triple, Triple, Triple]]] = {
    "grey": ((0.2126, 0.7152, 0.0722),) * 3,
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.01182, 0.04294, 0.968881),
    ),
}
APART: Final = 15
LOOKS = """(kinds) => {
    const mark = (selector, pseudo) => {
        const found = [...document.querySelectorAll(selector)];
        const each = found.find(one => !one.matches('.follower, .small')) ?? found[0];
        if (!each) return null;
        const of = (part) => part && each.querySelector(part);
        const style = getComputedStyle(each, pseudo);
        const edge = of('.edge') && getComputedStyle(of('.edge'));
        const line = of('.line') && getComputedStyle(of('.line'));
        const field = line?.backgroundColor ?? '';
        const form = edge
            ? [edge.strokeDasharray, !!of('[fill="url(#shut)"]'), !!of('[fill="url(#reset)"]'),
               !!of('.ring'), !!of('.second'), field !== 'rgba(0, 0, 0, 0)' && field !== '',
               of('.sign:not(.clash)')?.innerHTML ?? '', !!of('.name')]
            : [pseudo && style.width, style.clipPath,
               style.backgroundImage.replace(/rgba?\\([^)]*\\)/g, ''),
               style.boxShadow.replace(/rgba?\\([^)]*\\)/g, ''), style.textDecorationLine,
               style.borderTopStyle, style.borderLeftWidth];
        const colour = edge
            ? [getComputedStyle(of('.top')).fill, getComputedStyle(of('.number')).color]
            : [style.backgroundColor];
        return [JSON.stringify(form), colour]
    };
    return Object.fromEntries(Object.entries(kinds).map(
        ([kind, [selector, pseudo]]) => [kind, mark(selector, pseudo)]))
}"""


async def confused(page: Page, kinds: Mapping[str, tuple[str, str | None]]) -> list[str]:
    """The pairs of states that somebody takes for each other, and the states not on the screen.

    `kinds`: of each state, what shows it: a selector, and a pseudo-element where that has the form.
    """
    looks = await page.evaluate(LOOKS, {kind: list(where) for kind, where in kinds.items()})
    found = [f"{kind} is not on the screen" for kind, look in looks.items() if look is None]
    there = [(kind, look) for kind, look in looks.items() if look is not None]
    for (one, (form, colours)), (other, (form2, colours2)) in combinations(there, 2):
        if form != form2:
            continue
        for sight in SIGHTS:
            pairs = zip(colours, colours2, strict=True)
            if max(_apart(a, b, sight) for a, b in pairs) <= APART:
                found.append(f"{one} and {other} look alike ({sight})")
    return found


def _apart(one: str, other: str, sight: str) -> float:
    lab, lab2 = _lab(_seen(one, sight)), _lab(_seen(other, sight))
    return math.dist(lab, lab2)


def _seen(colour: str, sight: str) -> Sequence[float]:
    """Linear red, green and blue of a colour as computed styles write it, for a sight."""
    parts = [float(each) / 255 for each in re.findall(r"[\d.]+", colour)[:3]]
    rgb = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts]
    rows = SIGHTS[sight]
    return [min(1.0, max(0.0, sum(a * b for a, b in zip(row, rgb, strict=True)))) for row in rows]


def _lab(rgb: Sequence[float]) -> Triple:
    """CIE Lab under D65 of linear sRGB."""
    red, green, blue = rgb
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089
    fx, fy, fz = (
        each ** (1 / 3) if each > 216 / 24389 else (24389 / 27 * each + 16) / 116
        for each in (x, y, z)
    )
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)
