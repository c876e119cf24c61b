"""A house of three managers where a host asks for what is beyond their limits, and phones ring."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from policies.gestures.approvals import AnswerApproval, Approval, AskApproval
from seating.access.devices import make_pairing_code, pair
from seating.access.sessions import StaffMember, member_of_session, open_session
from seating.book.actions import ActionAuthor
from seating.db import run, transaction
from seating.gestures.approvals import answer_approval, ask_approval
from seating.notices.calling import OpenQuestions, open_questions
from seating.notices.push_keys import public_key
from seating.notices.subscriptions import BrowserKeys, Subscribe, subscribe
from tests.support.gestures import JONAS, RULES, arrived, gift, open_with_rules
from tests.support.house import CLOCK, VENUE
from tests.support.pushes import Browser
from tests.support.webhooks import SEAL

if TYPE_CHECKING:
    from seating.db import Pool

ORDER = ("olga", "marat", "zoe")
"""As the house wants its managers called; by name Marat would be first."""
ADD_MANAGER = """
insert into staff (venue_id, staff_id, name, role) values ($1, $2, initcap($2), 'manager')
"""
DEVICE = "select device_id from device where venue_id = $1 order by paired_at desc limit 1"


async def open_with_managers(pool: Pool, **approvals: int) -> None:
    """Olga, Marat and Zoe may say yes, in this order; Jonas and Sofia are hosts."""
    await open_with_rules(pool, RULES | {"approvals": {"order": list(ORDER), **approvals}})
    for name in ("olga", "zoe"):
        await pool.execute(ADD_MANAGER, VENUE, name)


async def at_a_tablet(pool: Pool, staff_id: str) -> StaffMember:
    """Somebody logs in at a tablet of their own."""
    async with transaction(pool) as conn:
        code = await make_pairing_code(conn, VENUE, None)
    device_token = await pair(pool, VENUE, code.code, f"{staff_id}'s", "test")
    async with transaction(pool) as conn:
        device = await conn.fetchval(DEVICE, VENUE)
        token = await open_session(conn, VENUE, device, staff_id)
    member = await member_of_session(pool, token, device_token)
    assert member is not None
    return member


async def with_a_phone(pool: Pool, staff_id: str, endpoint: str, language: str = "en") -> Browser:
    """Somebody's phone rings from now on; nobody looks at it."""
    browser, who = Browser(), await at_a_tablet(pool, staff_id)
    told = browser.subscription(endpoint, language)
    wish = Subscribe(endpoint=endpoint, keys=BrowserKeys(**told["keys"]), language=language)
    async with transaction(pool) as conn:
        await public_key(conn, VENUE, SEAL)
        await subscribe(conn, who, wish, endpoint)
        await conn.execute("update session set ended_at = seen_at where staff_id = $1", staff_id)
    return browser


async def asked_for_magnum(pool: Pool, who: ActionAuthor = JONAS) -> Approval:
    """Jonas asks for a magnum, which no host may give."""
    party = await arrived(pool)
    wish = gift(party, "magnum")
    ask = AskApproval(**{name: getattr(wish, name) for name in wish.__struct_fields__})
    made = await run(pool, lambda conn: ask_approval(conn, VENUE, ask, who, CLOCK))
    assert isinstance(made, Approval)
    return made


async def answered(pool: Pool, question: Approval, who: str, *, yes: bool = True) -> None:
    command = AnswerApproval(
        id=uuid4(),
        approval_id=question.approval_id,
        version=question.version,
        yes=yes,
        said="of course",
    )
    by = ActionAuthor(staff_id=who, actor="manager")
    await run(pool, lambda conn: answer_approval(conn, VENUE, command, by, CLOCK))


async def waiting_for(pool: Pool, staff_id: str) -> OpenQuestions:
    """What waits for a person, and what that person waits for."""
    async with pool.acquire() as conn:
        now = await CLOCK.now(conn)
        return await open_questions(conn, VENUE, staff_id, now=now)


async def called(pool: Pool, question: UUID) -> list[str | None]:
    """Who has been called, in this order; None: nobody was left."""
    rows = await pool.fetch(
        "select to_staff from notice where subject_id = $1 order by step", question
    )
    return [row["to_staff"] for row in rows]
