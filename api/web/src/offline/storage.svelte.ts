/** Whether the browser may delete what the stand keeps: Safari does after seven days without use. */

const LATER = 'maitred.storage.later'
/** Said again well before the seven days are over. */
const AGAIN_MS = 4 * 24 * 3600_000

let later = $state(Number(localStorage.getItem(LATER) ?? 0))

/** Only Safari on a tablet or phone tells whether a page was opened from the home screen. */
const onHomeScreen = (navigator as { standalone?: boolean }).standalone

export const storage = {
  get warns(): boolean {
    return onHomeScreen === false && Date.now() - later > AGAIN_MS
  },
  later(): void {
    later = Date.now()
    localStorage.setItem(LATER, String(later))
  },
}

/** Ask other browsers to keep it; they answer by themselves. */
export function askToKeep(): void {
  void navigator.storage?.persist?.().catch(() => false)
}
