#!/usr/bin/env bash
# fluent.runtime 0.4: a message with one text of more than 2,500 characters in it, given or its own, becomes "{???}" as a whole, and the error names another limit (1000).
# The limit is of characters in a part; the number in the error is that of parts in a message, so who shortens the text to what the error says cuts away most of it without need.
# Here a caller's long key came back as an unreadable refusal, so every text put into a message is shortened first (policies/words/catalogue.py).
#
# Seen with fluent.runtime 0.4.0, Python 3.11:
#   given 2500: 2505 characters, no error
#   given 2501: {???}, Too many characters in placeable (2501, max allowed is 1000)
#   its own 2501, with a placeable: {???}, Too many characters in placeable (2501, max allowed is 1000)
#   its own 2501, without one: 2501 characters, no error
# Exit code 0 while that is so, 1 once it has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check fluent.runtime==0.4.0
cd "$folder"
cat > long_text.py <<'PYTHON'
from importlib.metadata import version

from fluent.runtime import FluentBundle, FluentResource


def said(source, **params):
    bundle = FluentBundle(["en"], use_isolating=False)
    bundle.add_resource(FluentResource(source))
    text, errors = bundle.format_pattern(bundle.get_message("said").value, params)
    told = text if len(text) < 20 else f"{len(text)} characters"
    return f"{told}, {errors[0] if errors else 'no error'}"


LIMIT = "{???}, Too many characters in placeable (2501, max allowed is 1000)"
seen = {
    "given 2500": "2505 characters, no error",
    "given 2501": LIMIT,
    "its own 2501, with a placeable": LIMIT,
    "its own 2501, without one": "2501 characters, no error",
}
found = {
    "given 2500": said("said = Says { $text }", text="x" * 2500),
    "given 2501": said("said = Says { $text }", text="x" * 2501),
    "its own 2501, with a placeable": said(f"said = {'x' * 2501}{{ $text }}", text="y"),
    "its own 2501, without one": said(f"said = {'x' * 2501}"),
}
print("fluent.runtime", version("fluent.runtime"))
for case, text in found.items():
    print(f"  {case}: {text}")
raise SystemExit(found != seen)
PYTHON
"$folder/venv/bin/python" long_text.py
