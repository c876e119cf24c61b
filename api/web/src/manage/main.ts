import { mount } from 'svelte'
import '../styles/tokens.css'
import '../styles/base.css'
import { applySettings } from '../lib/settings.svelte'
import { setTheme } from '../lib/theme'
import { alsoSpeak } from '../lib/words.svelte'
import App from './App.svelte'
import './desk.css'

alsoSpeak({
  en: () => import('../words/manage/all.en'),
  ru: () => import('../words/manage/all.ru'),
})
setTheme()
applySettings()
const target = document.getElementById('desk')
if (target) mount(App, { target })
requestAnimationFrame(() => setTimeout(() => import('../styles/fonts.css')))
