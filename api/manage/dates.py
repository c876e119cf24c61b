"""The range of service dates of a report (query `from` and `to`)."""

from datetime import date, timedelta
from typing import Annotated, Final

from litestar.di import NamedDependency, Provide
from litestar.params import QueryParameter, SkipValidation

from policies.words.message import message
from seating.errors import Invalid

AskedFrom = Annotated[date, QueryParameter(name="from")]
AskedTo = Annotated[date, QueryParameter(name="to")]
LONGEST: Final = timedelta(days=400)

Dates = tuple[date, date]
GivenDates = NamedDependency[SkipValidation[Dates]]


def dates(from_: AskedFrom, to: AskedTo) -> Dates:
    """First and last date, inclusive. Raises Invalid if reversed or over 400 days apart."""
    if not timedelta(0) <= to - from_ <= LONGEST:
        raise Invalid(message("days-between", days=LONGEST.days), pointer="/to")
    return from_, to


DEPENDENCIES: Final = {"dates": Provide(dates, sync_to_thread=False)}
