#!/usr/bin/env bash
# Babel 2.19: a date asked for with its weekday in full (skeleton MMMMEEEEd) is written with a shortened weekday in Russian, German and Ukrainian, in full in British English.
# These languages list no such skeleton, so Babel takes the nearest one with a short weekday and does not widen it again, as CLDR (UTS 35, part 4, "Matching Skeletons") has it.
# Here a host reads "сб" where "суббота" was meant, so policies/words/catalogue.py joins weekday and day itself.
#
# Seen with Babel 2.19.0, Python 3.11, 5 December 2026:
#   en_GB  Saturday 5 December
#   ru_RU  сб, 5 декабря
#   de_DE  Sa., 5. Dezember
#   uk_UA  сб, 5 грудня
# Exit code 0 while that is so, 1 once it has changed: then the skeleton can be used as it is.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check babel==2.19.0
cd "$folder"
cat > dates.py <<'PYTHON'
import datetime
from importlib.metadata import version

from babel.dates import format_date, format_skeleton

day = datetime.date(2026, 12, 5)
seen = {
    "en_GB": "Saturday 5 December",
    "ru_RU": "сб, 5 декабря",
    "de_DE": "Sa., 5. Dezember",
    "uk_UA": "сб, 5 грудня",
}
found = {each: format_skeleton("MMMMEEEEd", day, locale=each) for each in seen}
print("babel", version("babel"))
for locale, text in found.items():
    print(f"  {locale}  {text:24} weekday in full: {format_date(day, 'EEEE', locale=locale)}")
raise SystemExit(found != seen)
PYTHON
PYTHONIOENCODING=utf-8 "$folder/venv/bin/python" dates.py
