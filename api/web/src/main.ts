import { mount } from 'svelte'
import './styles/tokens.css'
import './styles/base.css'
import App from './App.svelte'
import { applySettings } from './lib/settings.svelte'
import { setTheme } from './lib/theme'

setTheme()
applySettings()
const target = document.getElementById('stand')
if (target) mount(App, { target })
// After the first paint: the page is read in the system's letters until ours are there.
requestAnimationFrame(() => setTimeout(() => import('./styles/fonts.css')))
