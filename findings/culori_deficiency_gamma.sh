#!/usr/bin/env bash
# culori 4.0: its filters for protan and deutan sight multiply the encoded sRGB values by the matrices of Machado, Oliveira and Fernandes (2009), without making them linear first.
# A red and a green of equal lightness then come out much closer (or farther) than the light that reaches an eye would: filterDeficiencyDeut tells two of our states 8 apart in Lab that are 19 apart.
# Here a palette is judged by "more than 15 in Lab for every kind of sight" (api/web/src/styles/tokens.test.ts), so the filters would fail a good palette, and pass a bad one elsewhere.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
