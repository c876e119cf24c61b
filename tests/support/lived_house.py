"""The demo's bistro on the Thursday after its history, at four: evenings the lab can play again."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

from scripts.demo import HOUSE
from scripts.simulation.history.copying import load_history
from scripts.simulation.history.kept import file_of, read_history
from scripts.simulation.written_house import read_house
from seating.access.staff import SET_PIN
from seating.clock import set_clock
from seating.db import open_pool, run
from seating.house.loading import load_house
from seating.house.rule_versions import PatchRules, PublishRules, patch_rules, publish
from tests.api.conftest import pin_hash
from tests.support.database import owner_of
from tests.support.house import CLOCK

if TYPE_CHECKING:
    from seating.db import Connection

THURSDAY: Final = date(2027, 6, 10)
NOW: Final = datetime(2027, 6, 10, 14, 0, tzinfo=UTC)
"""16:00 in Berlin, between lunch and dinner."""
MANAGER: Final = "marat"
STRICT: Final[dict[str, Any]] = {
    "overbooking": {"ceiling": 0.05, "cap_parties": 4, "cap_covers": 24},
    "decisions": {"by_value": False},
}
"""Over the rules of the history: the ceiling alone says who is promised a place beyond the room."""


async def live_through(dsn: str) -> None:
    """Load the house and its history into a migrated database; a manager has a PIN."""
    house = read_house(HOUSE)
    async with await open_pool(dsn, min_size=1, max_size=2) as pool:
        await load_house(pool, house.text, CLOCK)
        await load_history(owner_of(dsn), read_history(file_of(HOUSE)), house, THURSDAY)
        await run(pool, partial(set_clock, anchor=NOW, rate=0.0))
        await run(pool, partial(_publish, venue=house.venue))
        await pool.execute(SET_PIN, house.venue, MANAGER, pin_hash())


async def _publish(conn: Connection, venue: str) -> None:
    wish = PatchRules(id=uuid4(), reason="as strict as can be", patch=STRICT)
    drafted = await patch_rules(conn, venue, wish, MANAGER, CLOCK)
    order = PublishRules(id=uuid4(), from_date=THURSDAY)
    await publish(conn, venue, drafted.version, order, MANAGER, CLOCK)
