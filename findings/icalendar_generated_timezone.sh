#!/usr/bin/env bash
# icalendar 7.3: a VTIMEZONE made by Timezone.from_tzid lets summer begin an hour late in every zone, and leaves out periods under 64 days.
# RFC 5545 (3.6.5) has DTSTART of an onset in the clock before it (02:00 in Berlin); icalendar writes the clock after it (03:00).
# Readers of a reservation's calendar file go by the file or by the zone's name, so on such nights they are an hour apart: api/http/calendar_file.py writes UTC only.
#
# Seen with icalendar 7.3.2, tzdata 2026.6, Python 3.11:
#   Europe/Berlin, summer of 2026:    begins at 01:00Z, the file says 02:00Z
#   America/New_York, summer of 2026: begins at 07:00Z, the file says 08:00Z
#   Africa/Casablanca in 2024:        clocks go back on 10 March and on again on 14 April; the file has no onset but 1 January
# Exit code 0 while that is so, 1 once it has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check icalendar==7.3.2 tzdata==2026.6
cd "$folder"
cat > onsets.py <<'PYTHON'
from datetime import UTC, date, datetime, timedelta
from importlib.metadata import version
from zoneinfo import ZoneInfo

from icalendar import Timezone


def true_onsets(zone, year):
    """The instants at which the zone's clocks are moved, from its data."""
    at, found = datetime(year, 1, 1, tzinfo=UTC), []
    while at.year == year:
        later = at + timedelta(minutes=30)
        if at.astimezone(zone).utcoffset() != later.astimezone(zone).utcoffset():
            found.append(later)
        at = later
    return found


def written_onsets(name, year):
    """The same as the generated VTIMEZONE says: DTSTART and RDATE less the offset before."""
    made = Timezone.from_tzid(name, first_date=date(year, 1, 1), last_date=date(year, 12, 31))
    found = []
    for part in made.subcomponents:
        before = part["TZOFFSETFROM"].td
        if before != part["TZOFFSETTO"].td:
            found.append((part["DTSTART"].dt - before).replace(tzinfo=UTC))
    return sorted(found)


def told(instants):
    return ", ".join(f"{each:%d %b %H:%MZ}" for each in instants) or "none"


print("icalendar", version("icalendar"), "tzdata", version("tzdata"))
late = []
for name, year in (("Europe/Berlin", 2026), ("America/New_York", 2026), ("Africa/Casablanca", 2024)):
    true, written = true_onsets(ZoneInfo(name), year), written_onsets(name, year)
    print(f"  {name} {year}: {told(true)}; the file says {told(written)}")
    late.append([b - a for a, b in zip(true, written)])
hour, none = timedelta(hours=1), timedelta(0)
raise SystemExit(late != [[hour, none], [hour, none], []])
PYTHON
PYTHONTZPATH="" "$folder/venv/bin/python" onsets.py
