"""/w/{token}: the page of a waiting party: its place, "on my way", leave and come back."""

import math
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Annotated, Any, Final

from litestar import Request, Response, post, route
from litestar.params import PathParameter
from msgspec import Struct

from api.guest.shell import (
    SHOW,
    bullets,
    button,
    facts,
    footer,
    headline,
    language_of,
    link,
    page,
    panel,
    quiet_link,
    redirect_to,
    tell,
    text,
)
from api.http.access import OPEN
from api.http.dependencies import GivenClock, GivenPool
from policies.house.house import House
from policies.house.house_rules import text_of
from policies.house.wording import clock as shown_at
from policies.words.catalogue import Language
from policies.words.message import Param
from seating.book.in_force import house_of
from seating.clock import Clock
from seating.db import Connection, Pool, run
from seating.errors import NotFound, NotPossibleNow
from seating.floor.leaving import back_until, come_back_by_link, leave_waitlist_by_link
from seating.waitlist.entries import ON_THE_LIST, WaitlistPlace, entry_by_token
from seating.waitlist.joining import mark_coming

Token = Annotated[str, PathParameter(max_length=120)]
REFRESH_SECONDS: Final = 30
AnyRequest = Request[Any, Any, Any]


class WaitingView(Struct, frozen=True):
    """A waitlist entry, and the language of its page.

    `back_in`: the seconds left to take back that it left the list; 0 if it may not.
    """

    token: str
    entry: WaitlistPlace
    house: House
    language: Language
    back_in: int

    def tell(self, key: str, /, **params: Param) -> str:
        """Return the message of a key in the page's language."""
        return tell(self.language, key, **params)


@route("/{token:str}", http_method=SHOW, opt=OPEN, include_in_schema=False)
async def waiting_page(
    token: Token, request: AnyRequest, pool: GivenPool, clock: GivenClock
) -> Response[str]:
    """The page; an unknown or expired link gets a page that says so (404)."""
    found = await view_of_token(pool, request, token, clock)
    return found if isinstance(found, Response) else waitlist_page(found)


@route("/{token:str}/leave", http_method=SHOW, opt=OPEN, include_in_schema=False)
async def leave_asked(
    token: Token, request: AnyRequest, pool: GivenPool, clock: GivenClock
) -> Response[Any]:
    """Ask whether the party means to leave; changes nothing."""
    found = await view_of_token(pool, request, token, clock)
    if isinstance(found, Response):
        return found
    on_the_list = found.entry.state in ON_THE_LIST
    return leaving_page(found) if on_the_list else redirect_to(f"/w/{token}")


@post("/{token:str}/coming", opt=OPEN, include_in_schema=False)
async def coming(
    token: Token, request: AnyRequest, pool: GivenPool, clock: GivenClock
) -> Response[Any]:
    """Note that the party is on its way."""
    return await change_and_redirect(
        request, pool, token, lambda conn: mark_coming(conn, token, clock)
    )


@post("/{token:str}/leave", opt=OPEN, include_in_schema=False)
async def leave(
    token: Token, request: AnyRequest, pool: GivenPool, clock: GivenClock
) -> Response[Any]:
    """Leave the waitlist; idempotent."""
    return await change_and_redirect(
        request, pool, token, lambda conn: leave_waitlist_by_link(conn, token, clock)
    )


@post("/{token:str}/back", opt=OPEN, include_in_schema=False)
async def come_back(
    token: Token, request: AnyRequest, pool: GivenPool, clock: GivenClock
) -> Response[Any]:
    """Take back that the party left, within a minute."""
    return await change_and_redirect(
        request, pool, token, lambda conn: come_back_by_link(conn, token, clock)
    )


async def view_of_token(
    pool: Pool, request: AnyRequest, token: str, clock: Clock
) -> WaitingView | Response[str]:
    async def work(conn: Connection) -> tuple[WaitlistPlace, House, datetime | None, datetime]:
        venue_id, entry = await entry_by_token(conn, token, clock)
        until = await back_until(conn, venue_id, entry, clock)
        return entry, (await house_of(conn, venue_id)).house, until, await clock.now(conn)

    spoken = request.headers.get("accept-language")
    try:
        entry, house, until, now = await run(pool, work)
    except NotFound:
        return not_found_page(spoken)
    language = language_of(entry.locale, spoken, house.venue.locale)
    back_in = 0 if until is None else max(math.ceil((until - now).total_seconds()), 0)
    return WaitingView(token, entry, house, language, back_in)


async def change_and_redirect(
    request: AnyRequest, pool: Pool, token: str, work: Callable[[Connection], Awaitable[object]]
) -> Response[Any]:
    """Make a change and redirect to the page; an impossible one only shows the present state."""
    try:
        await run(pool, work)
    except NotFound:
        return not_found_page(request.headers.get("accept-language"))
    except NotPossibleNow:
        pass
    return redirect_to(f"/w/{token}")


def not_found_page(spoken: str | None) -> Response[str]:
    language = language_of(spoken)
    why = text(tell(language, "failure-gone-why"), "news")
    return page(language, tell(language, "failure-gone"), [why], status=404)


def waitlist_page(found: WaitingView) -> Response[str]:
    token, entry = found.token, found.entry
    body = [*_news(found), *_place(found)]
    refresh = None
    if entry.state in ON_THE_LIST:
        refresh = REFRESH_SECONDS
        if entry.coming_at is None:
            body.append(button(f"/w/{token}/coming", found.tell("waitlist-coming"), kind="next"))
        body += _rules(found)
        leave = quiet_link(f"/w/{token}/leave", found.tell("waitlist-leave"))
        body += [footer(found.tell("waitlist-refreshes")), leave]
    if found.back_in:
        refresh = found.back_in
        back = button(f"/w/{token}/back", found.tell("waitlist-come-back"), kind="next")
        body += [text(found.tell("waitlist-slip")), back]
    return _page(found, body, refresh)


def leaving_page(found: WaitingView) -> Response[str]:
    """The question; it does not refresh itself under the guest's thumb."""
    token = found.token
    body = [
        text(found.tell("waitlist-leave-asked"), "news"),
        text(found.tell("waitlist-leave-means")),
        link(f"/w/{token}", found.tell("waitlist-stay"), "next"),
        button(f"/w/{token}/leave", found.tell("waitlist-leave"), kind="apart"),
    ]
    return _page(found, body)


def _page(found: WaitingView, body: list[str], refresh: int | None = None) -> Response[str]:
    name, about = found.house.venue.name, found.tell("waitlist-title")
    return page(found.language, name, body, refresh_seconds=refresh, about=about)


def _news(found: WaitingView) -> list[str]:
    sentences = {
        "notified": "waitlist-ready",
        "seated": "waitlist-seated",
        "left": "waitlist-left",
        "gone": "waitlist-gone",
        "turned_away": "waitlist-turned-away",
    }
    entry = found.entry
    news = [sentences[entry.state]] if entry.state in sentences else []
    if entry.state in ON_THE_LIST and entry.coming_at is not None:
        news.append("waitlist-coming-told")
    return [text(found.tell(each), "news") for each in news]


def _place(found: WaitingView) -> list[str]:
    entry, house = found.entry, found.house
    if entry.state == "notified":
        return _kept(found)
    if entry.state != "waiting":
        return []
    when, between = "", ""
    if entry.seats_from and entry.seats_until:
        first, last = shown_at(house, entry.seats_from), shown_at(house, entry.seats_until)
        between = found.tell("waitlist-between", first=first, last=last)
        when = headline(found.tell("waitlist-seats"), _wait(found))
    told = facts(
        [
            (found.tell("visit-guests"), str(entry.party_size)),
            (
                found.tell("waitlist-ahead"),
                str(entry.parties_ahead or found.tell("waitlist-next")),
            ),
            (found.tell("waitlist-clock"), between),
            (found.tell("waitlist-quoted"), _quoted(found)),
        ]
    )
    return [when, told]


def _wait(found: WaitingView) -> str:
    """The wait from now on: likely, and at the latest."""
    likely, latest = found.entry.wait_likely or 0, found.entry.wait_latest or 0
    return found.tell("waitlist-band", likely=likely, latest=latest)


def _quoted(found: WaitingView) -> str:
    """What the party was told when it joined; nothing where nothing was."""
    likely, latest = found.entry.quoted_likely, found.entry.quoted_minutes
    if not latest:
        return ""
    if likely is None:
        return found.tell("waitlist-minutes", minutes=latest)
    return found.tell("waitlist-band", likely=likely, latest=latest)


def _kept(found: WaitingView) -> list[str]:
    """Until when a called party's table is kept for it; nothing where none is any more."""
    since, until = found.entry.seats_from, found.entry.seats_until
    if since is None or until is None or until <= since:
        return []
    return [headline(found.tell("waitlist-kept-until"), shown_at(found.house, until))]


def _rules(found: WaitingView) -> list[str]:
    house = found.house
    if house.house_rules is None:
        return []
    rules = [text_of(each, found.language, house.venue.locale) for each in house.house_rules.rules]
    return [panel(found.tell("visit-rules"), bullets(rules))]


HANDLERS: Final = (waiting_page, coming, leave_asked, leave, come_back)
