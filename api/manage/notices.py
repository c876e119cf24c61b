"""Messages to guests: what is set, what became of them, what each text message costs."""

from datetime import timedelta
from typing import Any, Final

from litestar import Request, get
from msgspec import Struct

from api.edge.public_address import public_address
from api.http.access import needs_role
from api.http.dependencies import GivenClock, GivenConnection, GivenStaff
from api.settings import office_of
from policies.correspondence.templates import TextTemplate, templates_of
from seating.access.credentials import new_token
from seating.book.in_force import house_of, rules_of_date
from seating.correspondence.mailing import sender_of
from seating.correspondence.reading import NoticeCount, week_of_notices
from seating.correspondence.set_up import TextProvider


class NoticesOfHouse(Struct, frozen=True, kw_only=True):
    """`emails`, `texts`: whether this can be sent; `sender`: the address mails come from.

    `week`: what became of the messages of the last seven days. `templates`: every text message in
    every language, with its segments and what one costs.
    """

    emails: bool
    texts: bool
    sender: str | None
    provider: TextProvider
    week: tuple[NoticeCount, ...]
    templates: tuple[TextTemplate, ...]


@get("/notices", guards=[needs_role("manager")], tags=["guests"])
async def notices(
    request: Request[Any, Any, Any],
    staff: GivenStaff,
    conn: GivenConnection,
    clock: GivenClock,
) -> NoticesOfHouse:
    """How guests are written to: what is set, how the last week went, what texts cost."""
    now = await clock.now(conn)
    in_force = (await house_of(conn, staff.venue_id)).at(now)
    house, office = in_force.house, office_of(request.app.state.settings)
    rules = await rules_of_date(conn, staff.venue_id, in_force.service_date_at(now))
    ready = office.ready(house.venue)
    link = f"{public_address(request)}/r/{new_token(staff.venue_id)}"
    starts = now + timedelta(days=1)
    return NoticesOfHouse(
        emails=ready.emails,
        texts=ready.texts,
        sender=sender_of(office.mail, house.venue) if office.mail else None,
        provider=office.provider,
        week=await week_of_notices(conn, staff.venue_id, now=now),
        templates=tuple(templates_of(house, rules.notices, link=link, starts=starts)),
    )


HANDLERS: Final = (notices,)
