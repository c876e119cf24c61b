/** What is set on this tablet and kept on it: the hand that holds it, the size of letters. */

export type Hand = 'right' | 'left'
export const LETTERS = [1, 1.15, 1.3] as const
export type Letters = (typeof LETTERS)[number]

const HAND = 'maitred.hand'
const SIZE = 'maitred.letters'
const KEYS = 'maitred.keys'
const SOUND = 'maitred.sound'

let hand = $state<Hand>(localStorage.getItem(HAND) === 'left' ? 'left' : 'right')
let letters = $state<Letters>(
  LETTERS.find((each) => String(each) === localStorage.getItem(SIZE)) ?? 1,
)

let keys = $state(localStorage.getItem(KEYS) !== 'off')
let sound = $state(localStorage.getItem(SOUND) !== 'off')

export const settings = {
  /** Whether single letters of a keyboard act. */
  get keys(): boolean {
    return keys
  },
  set keys(wanted: boolean) {
    keys = wanted
    localStorage.setItem(KEYS, wanted ? 'on' : 'off')
  },
  /** Whether this device makes a sound when something waits for its person. */
  get sound(): boolean {
    return sound
  },
  set sound(wanted: boolean) {
    sound = wanted
    localStorage.setItem(SOUND, wanted ? 'on' : 'off')
  },
  get hand(): Hand {
    return hand
  },
  set hand(wanted: Hand) {
    hand = wanted
    localStorage.setItem(HAND, wanted)
    applySettings()
  },
  get letters(): Letters {
    return letters
  },
  set letters(wanted: Letters) {
    letters = wanted
    localStorage.setItem(SIZE, String(wanted))
    applySettings()
  },
}

/** Show the screen as it is set. */
export function applySettings(): void {
  document.documentElement.dataset.hand = hand
  document.documentElement.dataset.letters = letters > 1 ? 'large' : ''
  document.documentElement.style.setProperty('--letters', String(letters))
}
