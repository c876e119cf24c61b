/** How many questions wait, where a page shows it that is not looked at: title, icon, app badge. */

const COUNTED = /^\(\d+\) /
const PLAIN = '/stand/mark.svg'
const RINGING = '/stand/mark-waiting.svg'

/** The title with a count before it. */
export function counted(title: string, count: number): string {
  const bare = title.replace(COUNTED, '')
  return count ? `(${count}) ${bare}` : bare
}

/** Show the count, also when the page changes its own title; the returned function ends it. */
export function showCount(count: () => number): () => void {
  const apply = () => {
    const wanted = counted(document.title, count())
    if (document.title !== wanted) document.title = wanted
  }
  const titles = new MutationObserver(apply)
  titles.observe(document.head, { childList: true, subtree: true, characterData: true })
  const stop = $effect.root(() => {
    $effect(() => {
      const waiting = count()
      apply()
      setIcon(waiting ? RINGING : PLAIN)
      void setAppBadge(waiting)
    })
  })
  return () => {
    titles.disconnect()
    stop()
    document.title = counted(document.title, 0)
    setIcon(PLAIN)
    void setAppBadge(0)
  }
}

function setIcon(href: string): void {
  const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]')
  if (icon && icon.getAttribute('href') !== href) icon.setAttribute('href', href)
}

/** Where the page is installed as an app; a browser that has no badge shows none. */
async function setAppBadge(count: number): Promise<void> {
  if (!('setAppBadge' in navigator)) return
  await (count ? navigator.setAppBadge(count) : navigator.clearAppBadge()).catch(() => {})
}
