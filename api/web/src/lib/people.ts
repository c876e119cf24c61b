/** The id of a new person, which stays: of the Latin letters of the name, or `person`, and not taken. */
export function staffIdOf(name: string, taken: readonly string[]): string {
  const plain = name.normalize('NFKD').toLowerCase().replace(/\p{M}/gu, '')
  const words = plain.split(/\s+/).map((word) => word.replace(/[^a-z0-9]/g, ''))
  const first = (words.find((word) => word) ?? 'person').slice(0, 30)
  for (let count = 1; ; count += 1) {
    const id = count === 1 ? first : `${first}-${count}`
    if (!taken.includes(id)) return id
  }
}
