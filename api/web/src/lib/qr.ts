/** A text as a QR code: a square of so many cells, and the dark ones as a path of SVG. */
export interface Code {
  size: number
  dark: string
}

/** The encoder is loaded when it is first asked for. */
export async function codeOf(text: string): Promise<Code> {
  const { encode } = await import('uqr')
  const { size, data } = encode(text, { border: 2 })
  const squares = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : '')))
  return { size, dark: squares.join('') }
}
