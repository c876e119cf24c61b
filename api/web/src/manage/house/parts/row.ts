/** One entry of a list: how it reads, what it holds, and what is wrong with it. */
import type { Values, Wrong } from '../values'

export interface Row {
  key: string
  title: string
  text: string
  /** What the draft did to it. */
  tag?: 'added' | 'changed' | undefined
  wrong?: Wrong | undefined
  values: Values
  /** It is only looked at. */
  fixed?: boolean
  /** It is changed, and not removed. */
  stays?: boolean
}
