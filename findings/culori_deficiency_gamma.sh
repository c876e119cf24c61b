#!/usr/bin/env bash
# culori 4.0.2: its filters for protan and deutan sight multiply encoded sRGB values by the matrices of Machado, Oliveira and Fernandes (2009), which are for linear light.
# A dark green and a red that people with deutan sight tell apart by 19 in Lab come out 8 apart: a good palette fails a check made with the filter, and by the same error another may pass.
# Here five state colours must differ by more than 15 for every kind of sight, so api/web/src/styles/tokens.test.ts applies the matrices in linear light itself.
#
# Seen with culori 4.0.2, Node 24 (distance in Lab of #17633a and #cb1249):
#   filterDeficiencyDeuter(1)  8
#   in linear light            19
# Exit code 0 while that is so, 1 once it has changed: then the test can use the filters.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts culori@4.0.2
cat > sight.mjs <<'NODE'
import { readFileSync } from 'node:fs'
import * as culori from 'culori'

const version = JSON.parse(readFileSync('node_modules/culori/package.json', 'utf8')).version
const [fine, late] = ['#17633a', '#cb1249']
const apart = culori.differenceEuclidean('lab')
const filter = culori.filterDeficiencyDeuter(1)
const DEUTAN = [
  [0.367322, 0.860646, -0.227968],
  [0.280085, 0.672501, 0.047413],
  [-0.01182, 0.04294, 0.968881],
]
const linear = culori.converter('lrgb')
function inLinearLight(colour) {
  const { r, g, b } = linear(colour)
  const seen = DEUTAN.map(([x, y, z]) => Math.min(1, Math.max(0, x * r + y * g + z * b)))
  return { mode: 'lrgb', r: seen[0], g: seen[1], b: seen[2] }
}
const found = [
  ['filterDeficiencyDeuter(1)', apart(filter(fine), filter(late))],
  ['in linear light', apart(inLinearLight(fine), inLinearLight(late))],
]
console.log(`culori ${version}`)
for (const [name, distance] of found) console.log(`  ${name.padEnd(26)}${distance.toFixed(0)}`)
const [[, filtered], [, light]] = found
process.exit(filtered < 10 && light > 15 ? 0 : 1)
NODE
node sight.mjs
