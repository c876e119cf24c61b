/** How this machine shows the screens: language and theme, chosen in the sheet of either screen. */
import { chosenTheme, setTheme, type Theme } from './theme'
import { type Language, learnServiceWords, speak } from './words.svelte'

export const OWN_NAMES: Record<Language, string> = { en: 'English', ru: 'Русский' }

let theme = $state<Theme | 'auto'>(chosenTheme() ?? 'auto')

export const appearance = {
  get theme(): Theme | 'auto' {
    return theme
  },
}

export function chooseTheme(wanted: Theme | 'auto'): void {
  theme = wanted
  setTheme(wanted === 'auto' ? null : wanted)
}

export async function chooseLanguage(wanted: Language): Promise<void> {
  await speak(wanted, true)
  await learnServiceWords()
}
