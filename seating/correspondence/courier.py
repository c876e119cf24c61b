"""Sends notices: each once, leased so that any number of couriers may run.

What is sent is what is so at that moment; what is no longer true, told already, or not wanted by
its guest is skipped, and says why.
"""

import asyncio
import logging
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from msgspec import Struct

from policies.correspondence.notices import calls
from policies.correspondence.sending import NoticeChannel, channel_of, held_until, reason_to_skip
from policies.correspondence.words import NoticeContent, mail_of, text_of
from policies.house.calendar import zone_of
from policies.webhooks import asked_wait, retry_delay
from seating.book.reservations import Reservation
from seating.clock import Clock, wall_now
from seating.correspondence.calendar_file import icalendar
from seating.correspondence.facts import Addresses, NoticeAsOfNow, as_of_now, content_of
from seating.correspondence.mailing import MailServer, MailToSend, SendingResult, send_mail
from seating.correspondence.rows import (
    RESENDS,
    Ended,
    LeasedNotice,
    Prepared,
    lease_notice,
    mark,
    prepare,
    venues_with_notices,
)
from seating.correspondence.set_up import PostOffice
from seating.correspondence.silence import no_more_texts
from seating.correspondence.texting import TextGateway, TextToSend, send_text
from seating.db import Connection, Pool, transaction
from seating.errors import NotFound
from seating.waitlist.entries import StoredEntry

log = logging.getLogger("maitred.notices")

OF_A_VENUE: Final = 3
AT_ONCE: Final = 8
UNSURE: Final = timedelta(minutes=1)
"""Wait before a notice is sent again that may have gone out."""
RANDOM = secrets.SystemRandom()


class ReadyToGo(Struct, frozen=True, kw_only=True):
    """A notice written out: one of both."""

    mail: MailToSend | None = None
    text: TextToSend | None = None
    addresses: Addresses


class NoticeCourier:
    """Leases due notices and sends them."""

    def __init__(
        self,
        pool: Pool,
        clock: Clock,
        office: PostOffice,
        *,
        now: Callable[[], datetime] = wall_now,
        jitter: Callable[[], float] = RANDOM.random,
    ) -> None:
        """`now`: wall time; `jitter`: in [0, 1), for retries."""
        self._pool = pool
        self._clock = clock
        self._office = office
        self._now = now
        self._jitter = jitter
        self._room = asyncio.Semaphore(AT_ONCE)

    async def deliver_all(self) -> None:
        """Send what is due in all venues."""
        async with self._pool.acquire() as conn:
            now = await self._clock.now(conn)
        venues = await venues_with_notices(self._pool, now, self._now())
        await asyncio.gather(
            *(self._deliver_in(venue) for venue in venues for _ in range(OF_A_VENUE))
        )

    async def _deliver_in(self, venue_id: str) -> None:
        async with self._room:
            while await self._one(venue_id):
                pass

    async def _one(self, venue_id: str) -> bool:
        async with self._pool.acquire() as conn:
            now = await self._clock.now(conn)
        leased = await lease_notice(self._pool, venue_id, now, self._now())
        if leased is None:
            return False
        try:
            ended = await self._ended(venue_id, leased, now)
        except NotFound:
            ended = Ended(status="skipped", why="over")
        except Exception:
            log.exception("notice %s of %s could not be sent", leased.notice_id, venue_id)
            ended = self._again(leased, SendingResult(how="again", why="our_error"))
        await mark(self._pool, venue_id, leased, ended)
        return True

    async def _ended(self, venue_id: str, leased: LeasedNotice, now: datetime) -> Ended:
        if leased.lost > RESENDS:
            return Ended(status="failed", why="unknown")
        async with transaction(self._pool) as conn:
            ready = await self._ready(conn, venue_id, leased, now)
        if isinstance(ready, Ended):
            return ready
        return await self._sent(venue_id, leased, ready, now)

    async def _ready(
        self, conn: Connection, venue_id: str, leased: LeasedNotice, now: datetime
    ) -> ReadyToGo | Ended:
        """Decide by what is so now, and write the notice out."""
        so = await as_of_now(conn, venue_id, leased)
        skip = reason_to_skip(so.facts, now)
        if skip is not None:
            return Ended(status="skipped", why=skip)
        rules = so.rules.notices
        if isinstance(so.subject, StoredEntry) and not calls(so.subject.channel, rules):
            return Ended(status="skipped", why="told_by_site")
        channel = channel_of(leased.kind, so.reach(self._office.ready(so.house.venue)), rules)
        if channel != "email" and channel != "text":  # noqa: PLR1714 - mypy narrows so
            return Ended(status="skipped", why=channel)
        held = held_until(so.facts, channel, rules, zone_of(so.house), now)
        if held is not None:
            at = self._now()  # due again in business time, however wall time goes
            return Ended(status="waiting", why="quiet_hours", due_at=held, again_at=at)
        public = self._office.public
        content = await content_of(conn, venue_id, leased.kind, so, public, self._clock)
        return await self._written(conn, venue_id, leased, so, channel, content)

    async def _written(
        self,
        conn: Connection,
        venue_id: str,
        leased: LeasedNotice,
        so: NoticeAsOfNow,
        channel: NoticeChannel,
        content: NoticeContent,
    ) -> ReadyToGo:
        write = partial(Prepared, channel=channel, language=so.language, told=so.facts.told)
        if channel == "email":
            await prepare(conn, venue_id, leased, write())
            return ReadyToGo(mail=_mail(leased, so, content), addresses=so.addresses)
        length = text_of(content, so.language)
        await prepare(conn, venue_id, leased, write(segments=length.segments))
        text = TextToSend(
            notice_id=leased.notice_id,
            to=so.addresses.phone or "",
            length=length,
            callback=f"{self._office.public}/notices/{venue_id}/{leased.notice_id}/told",
        )
        return ReadyToGo(text=text, addresses=so.addresses)

    async def _sent(
        self, venue_id: str, leased: LeasedNotice, ready: ReadyToGo, now: datetime
    ) -> Ended:
        server, gateway = self._office.mail, self._office.texts
        result = await _given(server, gateway, ready)
        if result.unwanted and ready.addresses.guest_id is not None:
            await no_more_texts(self._pool, venue_id, ready.addresses.guest_id)
        match result.how:
            case "sent":
                ref = result.provider_ref
                return Ended(status="sent", sent_at=now, provider_ref=ref)
            case "refused":
                return Ended(status="failed", why=result.why)
            case "again":
                return self._again(leased, result)
            case "unknown" if leased.lost < RESENDS:
                again = self._now() + UNSURE
                return Ended(status="waiting", why=result.why, again_at=again, unknown=True)
            case "unknown":
                return Ended(status="failed", why="unknown", unknown=True)

    def _again(self, leased: LeasedNotice, result: SendingResult) -> Ended:
        now = self._now()
        wait = retry_delay(leased.attempts, self._jitter(), asked_wait(result.wait, now))
        if wait is None:
            return Ended(status="failed", why=result.why)
        return Ended(status="waiting", why=result.why, again_at=now + wait)


async def _given(
    server: MailServer | None, gateway: TextGateway | None, ready: ReadyToGo
) -> SendingResult:
    if ready.mail is not None and server is not None:
        return await send_mail(server, ready.mail)
    if ready.text is not None and gateway is not None:
        return await send_text(gateway, ready.text)
    return SendingResult(how="refused", why="not_configured")


def _mail(leased: LeasedNotice, so: NoticeAsOfNow, content: NoticeContent) -> MailToSend:
    calendar = None
    if isinstance(so.subject, Reservation) and content.telling != "declined":
        calendar = icalendar(so.house, so.subject, url=content.link)
    return MailToSend(
        notice_id=leased.notice_id,
        to=so.addresses.email or "",
        mail=mail_of(content, so.language),
        venue=so.house.venue,
        calendar=calendar,
        stop=content.stop,
    )
