import { expect, test } from 'vitest'
import { latest } from './latest'

test('an answer that was overtaken by a later one is not shown any more', async () => {
  const answers: ((found: string) => void)[] = []
  const shown: string[] = []
  const read = latest(
    () => new Promise<string>((resolve) => answers.push(resolve)),
    (found) => shown.push(found),
  )
  const reads = [read(), read(), read()]
  answers[1]?.('second')
  await reads[1]
  answers[0]?.('first')
  await reads[0]
  answers[2]?.('third')
  await reads[2]
  expect(shown).toEqual(['second', 'third'])
})

test('a question that fails hides nothing of the others', async () => {
  const shown: string[] = []
  let fails = false
  const read = latest(
    async () => {
      if (fails) throw new Error('away')
      return 'there'
    },
    (found) => shown.push(found),
  )
  fails = true
  await expect(read()).rejects.toThrow('away')
  fails = false
  await read()
  expect(shown).toEqual(['there'])
})
