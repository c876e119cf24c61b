"""The house of the Friday: sixty tables in five areas, drawn, with rules, staff and a bar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.house import VENUE

if TYPE_CHECKING:
    from collections.abc import Iterable

Table = dict[str, object]
WEEK = '["tue", "wed", "thu", "fri", "sat", "sun"]'
AREAS = (
    ("room", "Dining room"),
    ("salon", "Kaminzimmer"),
    ("bar", "Bar"),
    ("terrace", "Terrace"),
    ("garden", "Garden"),
)
VENUE_TEXT = f"""
[venue]
id = "{VENUE}"
name = "NAME"
zone = "Europe/Berlin"
currency = "EUR"
locale = "en"
phone = "+49 30 23125 024"
address = "Kastanienallee 24, 10435 Berlin"
high_chairs = 4
"""

WALLS = (
    # dining room and salon, with the terrace and the garden before them (y above 11)
    ("n1", 0, 0, 16.5, 0, "window"),
    ("n2", 16.5, 0, 25.5, 0, "wall"),
    ("w1", 0, 0, 0, 11, "wall"),
    ("s1", 0, 11, 7, 11, "window"),
    ("door", 7, 11, 8.4, 11, "door"),
    ("s2", 8.4, 11, 16.5, 11, "window"),
    ("s3", 16.5, 11, 25.5, 11, "wall"),
    ("e1", 25.5, 0, 25.5, 11, "wall"),
    ("salon1", 16.5, 5.2, 16.5, 7, "wall"),
    ("salondoor", 16.5, 7, 16.5, 8.4, "door"),
    ("salon2", 16.5, 8.4, 16.5, 11, "wall"),
    ("salon3", 16.5, 5.2, 25.5, 5.2, "wall"),
    ("counter", 17.2, 1.6, 25, 1.6, "counter"),
    ("hedge", 17, 12, 17, 18, "wall"),
)

JOINS = """
joins = [
  { tables = ["1", "2"], seats_max = 4 }, { tables = ["3", "4"], seats_max = 4 },
  { tables = ["5", "6"], seats_max = 4 }, { tables = ["7", "8"], seats_max = 4 },
  { tables = ["11", "12"], seats_max = 8 }, { tables = ["13", "14"], seats_max = 8 },
  { tables = ["21", "22"], seats_max = 8 }, { tables = ["23", "24"], seats_max = 8 },
  { tables = ["25", "26"], seats_max = 8 }, { tables = ["31", "32"], seats_max = 12 },
  { tables = ["41", "42"], seats_max = 4 }, { tables = ["51", "52"], seats_max = 12 },
  { tables = ["T1", "T2"], seats_max = 4 }, { tables = ["T9", "T10"], seats_max = 8 },
  { tables = ["B1", "B2"], seats_max = 2 }, { tables = ["B2", "B3"], seats_max = 2 },
  { tables = ["B3", "B4"], seats_max = 2 }, { tables = ["B5", "B6"], seats_max = 2 },
  { tables = ["B7", "B8"], seats_max = 2 },
]
"""

REST = """
turn_times = [
  { party_max = 2, minutes = 75 }, { party_max = 4, minutes = 90 },
  { party_max = 6, minutes = 105 }, { party_max = 50, minutes = 120 },
]
[booking]
window_days = 90
slot_minutes = 15
cancel_cutoff_minutes = 120
party_max_online = 8
bookings_per_guest = 6
late_after_minutes = 10
no_show_grace_minutes = 15
reset_minutes = 6
[[periods]]
name = "lunch"
days = WEEK
opens = "12:00"
last_seating = "14:00"
closes = "16:00"
pacing = 40
[[periods]]
name = "dinner"
days = WEEK
opens = "17:00"
last_seating = "22:30"
closes = "00:30"
pacing = 60
[house_rules]
version = 3
[[house_rules.rules]]
key = "late"
[house_rules.rules.text]
en = "We keep your table for 15 minutes. If you are on your way, call us: we will find you a place."
ru = "Мы держим ваш стол 15 минут. Если вы в пути, позвоните, и мы найдём для вас место."
[[house_rules.rules]]
key = "cancel"
[house_rules.rules.text]
en = "Plans change: please cancel up to 2 hours before, so that somebody else can have the table."
ru = "Планы меняются: пожалуйста, отмените за 2 часа, и за этим столом поужинает кто-то ещё."
"""

STAFF = {
    "anna": ("Anna Kessler", "owner"),
    "boris": ("Boris Lindqvist", "manager"),
    "marat": ("Marat Galeev", "host"),
    "sofia": ("Sofia Moretti", "host"),
    "dasha": ("Дарья Белова", "host"),
    "jonas": ("Jonas Weber-Holstenkamp", "host"),
    "lena": ("Lena Brandstätter", "server"),
    "timur": ("Тимур Ахметов", "kitchen"),
    "vera": ("Vera Lund", "viewer"),
}
"""Who works there: id to name and role."""


def house_text(
    *,
    name: str = "Zur Alten Kastanie",
    seats: Iterable[Table] | None = None,
    joins: str = JOINS,
    closed: bool = False,
) -> str:
    """The house file; `closed`: it does not open on Fridays."""
    days = '["tue", "wed", "thu", "sat", "sun"]' if closed else WEEK
    return "\n".join(
        (
            f"areas = [{', '.join(f'{{ id = {key!r}, name = {said!r} }}' for key, said in AREAS)}]",
            f"tables = [{', '.join(_inline(each) for each in seats or sixty())}]",
            f"walls = [{', '.join(_wall(each) for each in WALLS)}]",
            joins,
            REST.replace("WEEK", days),
            VENUE_TEXT.replace("NAME", name),
            *(
                f'[[staff]]\nid = "{key}"\nname = "{called}"\nrole = "{role}"'
                for key, (called, role) in STAFF.items()
            ),
        )
    )


def sixty() -> list[Table]:
    """The sixty tables: dining room, salon, bar, terrace, garden."""
    return [
        *_row("room", range(1, 9), 2, 1.3, 1.95, 1.2, features=["window"]),
        *_row("room", range(11, 19), 4, 1.4, 1.95, 3.9, shape="round"),
        *_row("room", range(21, 29), 4, 1.4, 1.95, 6.6, seats_min=2),
        *_row("room", range(31, 35), 6, 2.2, 3.9, 9.4, seats_min=4, width=1.8, depth=0.9),
        *_row("salon", range(41, 45), 2, 18.0, 2.1, 6.3, features=["quiet", "step_free"]),
        *_row("salon", range(45, 47), 4, 18.4, 2.4, 8.1, features=["quiet"], rotation=45),
        *_row("salon", (51, 52), 6, 18.4, 3.0, 9.9, seats_min=4, shape="oval", width=1.9),
        *_row("salon", (53, 54), 8, 23.3, 1.5, 8.9, seats_min=5, width=0.9, depth=2.4),
        *_row("bar", _numbered("B", 8), 1, 17.8, 0.95, 2.2, features=["high"]),
        *_row("terrace", _numbered("T", 8), 2, 1.4, 2.0, 12.8, shape="round"),
        *_row("terrace", ("T9", "T10", "T11", "T12"), 4, 2.2, 3.9, 16.0, seats_min=2),
        *_row("garden", ("G1", "G2"), 4, 19.0, 3.4, 13.6, shape="round", width=1.2),
    ]


def twelve() -> list[Table]:
    """A small house: twelve tables in two rows, a bar of three stools."""
    return [
        *_row("room", range(1, 6), 2, 1.3, 1.95, 1.2, features=["window"]),
        *_row("room", range(11, 15), 4, 1.6, 2.4, 3.9, seats_min=2),
        *_row("bar", _numbered("B", 3), 1, 17.8, 0.95, 2.2, features=["high"]),
    ]


def _numbered(letter: str, count: int) -> list[str]:
    return [f"{letter}{number}" for number in range(1, count + 1)]


def _row(
    area: str,
    names: Iterable[object],
    seats: int,
    x: float,
    step: float,
    y: float,
    **drawn: object,
) -> list[Table]:
    """Like tables in a row from left to right; lengths in metres."""
    return [
        {"id": str(name), "area": area, "seats_max": seats, "x": round(x + step * place, 2), "y": y}
        | drawn
        for place, name in enumerate(names)
    ]


def _inline(table: Table) -> str:
    return "{ " + ", ".join(f"{key} = {value!r}" for key, value in table.items()) + " }"


def _wall(wall: tuple[str, float, float, float, float, str]) -> str:
    return _inline(dict(zip(("id", "x1", "y1", "x2", "y2", "kind"), wall, strict=True)))
