"""What a date that is over teaches: every weekday's forecast, and the show-up model."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby

from policies.beliefs import NIGHTS, with_manners
from policies.compiled import Flags
from policies.demand import with_demand
from policies.forecast import Forecast
from policies.past import PastNight
from policies.showup import BookingSeen, ShowUp, fitted, recalibrated

HISTORY = timedelta(weeks=26)
"""How far back the show-up model and a weekday's demand look; the rest looks at `NIGHTS`."""

LAST_WEEKS = timedelta(weeks=8)
"""The show-up model's total is that of so long."""

WEEKDAYS = range(1, 8)


def by_weekday(
    prior: Forecast, nights: Sequence[tuple[date, PastNight]]
) -> Mapping[int, tuple[Forecast, int]]:
    """Return for each ISO weekday its forecast and on how many nights of it the demand rests.

    `nights`, the latest first, of one name. Manners and the common demand are of the last
    `NIGHTS`; a weekday's demand is the common one moved by its own nights.
    """
    latest = [night for _, night in nights[:NIGHTS]]
    common = with_demand(with_manners(prior, latest), latest)
    ordered = sorted(nights, key=lambda each: each[0].isoweekday())
    own = {
        day: [night for _, night in group][:NIGHTS]
        for day, group in groupby(ordered, key=lambda each: each[0].isoweekday())
    }
    return {day: (with_demand(common, own.get(day, ())), len(own.get(day, ()))) for day in WEEKDAYS}


def show_up(
    dates: Sequence[date], bookings: Sequence[BookingSeen], missed: Flags, until: date
) -> ShowUp:
    """Return the model of these bookings [N], in order of date, its total that of the last weeks.

    Before any booking: the published no-show share of bookings online.
    """
    model = fitted(bookings, missed, prior_rate=Forecast().no_show_online)
    first = sum(each <= until - LAST_WEEKS for each in dates)
    return recalibrated(model, bookings[first:], missed[first:])
