/** Colours as people see them: contrast (WCAG 2.2), and distance in Lab for three kinds of sight. */

type Triple = [number, number, number]

export type Sight = 'normal' | 'protan' | 'deutan'

// Machado, Oliveira, Fernandes 2009, severity 1, on linear RGB.
const SEEN: Record<Sight, readonly [Triple, Triple, Triple]> = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
}

const TO_XYZ: readonly [Triple, Triple, Triple] = [
  [0.4124564, 0.3575761, 0.1804375],
  [0.2126729, 0.7151522, 0.072175],
  [0.0193339, 0.119192, 0.9503041],
]
const WHITE: Triple = [0.95047, 1, 1.08883]

/** Contrast of two colours (#rrggbb), 1 to 21. */
export function contrast(one: string, other: string): number {
  const [a, b] = [luminance(one), luminance(other)]
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
}

/** How far apart two colours are in Lab (CIE76) to eyes of this kind. */
export function distance(one: string, other: string, sight: Sight): number {
  const [a, b] = [lab(one, sight), lab(other, sight)]
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])
}

function linear(colour: string): Triple {
  const channels = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
  return channels.map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)) as Triple
}

function times(matrix: readonly [Triple, Triple, Triple], [x, y, z]: Triple): Triple {
  return matrix.map(([a, b, c]) => a * x + b * y + c * z) as Triple
}

function luminance(colour: string): number {
  return times(TO_XYZ, linear(colour))[1]
}

function lab(colour: string, sight: Sight): Triple {
  const seen = times(SEEN[sight], linear(colour)).map((c) => Math.min(1, Math.max(0, c))) as Triple
  const [x, y, z] = times(TO_XYZ, seen).map((each, at) => {
    const part = each / (WHITE[at] ?? 1)
    return part > 0.008856 ? Math.cbrt(part) : 7.787 * part + 16 / 116
  }) as Triple
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)]
}
