"""The search over years: the same words in SQL as in Python, and an index for each criterion."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from policies.house.wording import plain_words
from seating.booking import finding
from tests.support.house import house_text, open_house

if TYPE_CHECKING:
    from seating.db import Pool

MANY = """
insert into reservation (venue_id, reservation_id, period_id, code, state, party_size, starts, ends,
                         kind, channel, name, created_at, updated_at, guest_id)
select 'bistro', gen_random_uuid(), '2027-03-03.dinner', n::text, 'finished', 2,
       timestamptz '2020-01-01' + n * interval '1 hour',
       timestamptz '2020-01-01' + (n + 1) * interval '1 hour', 'physical', 'phone',
       'Guest ' || md5(n::text), now(), now(), g.guest_id
from generate_series(1, 3000) n
join guest g on g.venue_id = 'bistro' and g.name = 'G' || n % 100
"""
GUESTS = """
insert into guest (venue_id, guest_id, name, phone, created_at)
select 'bistro', gen_random_uuid(), 'G' || n, '+49301' || lpad((n * 7919)::text, 8, '0'), now()
from generate_series(0, 2999) n
"""
PERIOD = """
insert into period (venue_id, period_id, service_date, name, opens, last_seating, closes,
                    house_version)
values ('bistro', '2027-03-03.dinner', '2027-03-03', 'dinner', '2027-03-03 17:00+00',
        '2027-03-03 21:00+00', '2027-03-03 23:00+00', 1)
"""


@pytest.mark.parametrize(
    "name",
    ["Zoë Müller-García", "ЁЛКИН, Лев", "STRASSE Straße", "Ann O'Neil", "  ", "Ω ǅ ﬁ ½", "李 小龍"],
)
async def test_sql_and_python_mean_the_same_by_the_words_of_a_name(pool: Pool, name: str) -> None:
    found = await pool.fetchval("select plain_words($1)", name)
    assert found.split() == plain_words(name)


async def test_each_criterion_of_the_search_has_its_index(pool: Pool) -> None:
    await open_house(pool, house_text(2))
    for statement in (PERIOD, GUESTS, MANY, "analyze reservation", "analyze guest"):
        await pool.execute(statement)
    for statement, index, arguments in (
        (finding.AHEAD_BY_NAME, "reservation_name_words", ["%muller%", "%", "%", *[None] * 4]),
        (finding.BEHIND_BY_PHONE, "guest_phone_end", [*[None] * 3, "4321", "4322", None, None]),
        (finding.AHEAD_BY_CODE, "reservation_code", [*[None] * 6, "77"]),
        (finding.BEHIND_BY_TAG, "reservation_tagged", [None] * 7),
        (finding.BEHIND_BY_DATE, "reservation_starts", [None] * 7),
    ):
        tags = ["birthday"] if "tagged" in index else None
        reach = (finding.LATEST, finding.NOBODY, finding.EARLIEST)
        asked = ["bistro", *reach, *arguments, None, None, None, tags, 50]
        rows = await pool.fetch(f"explain {statement}", *asked)
        plan = "\n".join(row[0] for row in rows)
        assert index in plan, plan
        assert "venue_id = 'bistro'" in plan
        assert "Seq Scan on reservation" not in plan, plan
