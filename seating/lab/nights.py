"""The nights of a run, ready to be played: the house of the date, the forecast, the guests."""

from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from policies.house.rules import Decisions
from policies.lab.minutes.nights import NightInMinutes, draw_night_in_minutes
from policies.lab.trial.asked import night_of
from policies.lab.trial.playing import Layouts, TrialSetting
from seating.book.in_force import house_of, version_for
from seating.db import Connection
from seating.forecast.learning import forecast_for
from seating.lab.past_nights import asked_of, past_period
from seating.lab.runs import NightPlan


class ReadyNight(Struct, frozen=True, eq=False, kw_only=True):
    """A night and what it is played in; `opens`: the period."""

    setting: TrialSetting
    night: NightInMinutes
    opens: datetime
    house_version: int


async def ready(
    conn: Connection,
    venue_id: str,
    plan: NightPlan,
    worth: Decisions,
    layouts: Layouts,
    *,
    house_version: int | None = None,
) -> ReadyNight:
    """Return a night of a run: as it was asked for, or drawn from what is expected.

    The forecast is the one the house had on that date. `worth`: what guests count for.
    `house_version`: in which a past evening is played, None: the house it had.
    """
    in_force = await house_of(conn, venue_id)
    if plan.period_id is None:
        known = in_force.on(plan.service_date)
        found = known.periods_on(plan.service_date)
        period = next(each for each in found if each.name == plan.name)
    else:
        period = await past_period(conn, venue_id, plan.period_id)
        if house_version is not None:
            period = replace(period, house_version=house_version)
        known = await version_for(conn, in_force, period)
    layout = layouts.of(known.house, known.version)
    believed = await forecast_for(conn, venue_id, period)
    if plan.period_id is None:
        night = draw_night_in_minutes(believed, plan.seed)
    else:
        asked = await asked_of(conn, venue_id, plan.period_id)
        night = night_of(asked, believed, layout.largest, plan.seed)
    setting = TrialSetting(
        house=known.house, layout=layout, believed=believed, worth=worth, period=period
    )
    # A replay begins without the levers of that night.
    return ReadyNight(
        setting=replace(setting, period=replace(period, rules_version=1)),
        night=night,
        opens=period.opens,
        house_version=known.version,
    )
