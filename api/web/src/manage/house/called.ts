/** Who is called to a question that waits for a manager, and who after that. */
export interface Manager {
  staff_id: string
  name: string
}

/** As they are called: those the house names in its order, then all others by name. */
export function inOrder<M extends Manager>(managers: readonly M[], order: readonly string[]): M[] {
  const place = ({ staff_id }: Manager) => {
    const found = order.indexOf(staff_id)
    return found < 0 ? order.length : found
  }
  const before = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0)
  return [...managers].sort(
    (a, b) => place(a) - place(b) || before(a.name, b.name) || before(a.staff_id, b.staff_id),
  )
}

/** The order, written out, with one of them a place earlier (-1) or later (1). */
export function shifted(called: readonly Manager[], staffId: string, by: -1 | 1): string[] {
  const order = called.map((each) => each.staff_id)
  const from = order.indexOf(staffId)
  const other = order[from + by]
  if (from < 0 || other === undefined) return order
  order[from + by] = staffId
  order[from] = other
  return order
}
