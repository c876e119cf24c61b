/** Dark or light: chosen on this tablet, else as the machine has it. */
export type Theme = 'dark' | 'light'

const CHOSEN = 'maitred.theme'

export function chosenTheme(): Theme | null {
  const kept = localStorage.getItem(CHOSEN)
  return kept === 'dark' || kept === 'light' ? kept : null
}

/** Show a theme; `choose` remembers it on this tablet, null forgets it. */
export function setTheme(choose?: Theme | null): void {
  if (choose) localStorage.setItem(CHOSEN, choose)
  if (choose === null) localStorage.removeItem(CHOSEN)
  const light = matchMedia('(prefers-color-scheme: light)').matches
  document.documentElement.dataset.theme = chosenTheme() ?? (light ? 'light' : 'dark')
}

matchMedia('(prefers-color-scheme: light)').addEventListener('change', () => setTheme())
