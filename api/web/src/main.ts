import { mount } from 'svelte'
import './styles/tokens.css'
import './styles/base.css'
import App from './App.svelte'
import { applySettings } from './lib/settings.svelte'
import { setTheme } from './lib/theme'
import { askToKeep } from './offline/storage.svelte'
import { keepPage } from './offline/update.svelte'

setTheme()
applySettings()
const target = document.getElementById('stand')
if (target) mount(App, { target })
// After the first paint: the page is read in the system's letters until ours are there.
requestAnimationFrame(() => setTimeout(() => import('./styles/fonts.css')))
// After all that is shown: then the whole page is kept on the tablet.
window.addEventListener('load', () => {
  setTimeout(() => void keepPage(), 2000)
  askToKeep()
})
