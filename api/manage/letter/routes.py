"""Morning letters: the dates that have one, and one of them."""

from datetime import date as calendar_date
from typing import Any, Final

from litestar import Request, get
from litestar.params import FromPath

from api.http.access import needs_role
from api.http.dependencies import GivenConnection, GivenStaff
from api.http.languages import language_asked
from seating.letter.letter import Letter, LetterDate, letter_dates, read_letter

MANAGER: Final = [needs_role("manager")]


@get("/letters", guards=MANAGER, tags=["reports"])
async def dates(staff: GivenStaff, conn: GivenConnection) -> tuple[LetterDate, ...]:
    """The service dates that have a letter, the latest first."""
    return await letter_dates(conn, staff.venue_id)


@get("/letters/{day:date}", guards=MANAGER, tags=["reports"])
async def letter(
    day: FromPath[calendar_date],
    request: Request[Any, Any, Any],
    staff: GivenStaff,
    conn: GivenConnection,
) -> Letter:
    """The letter of a service date; its proposals are said in the language of Accept-Language."""
    language = language_asked(request.headers.get("accept-language"))
    return await read_letter(conn, staff.venue_id, day, language)


HANDLERS: Final = (dates, letter)
