import { mount } from 'svelte'
import '../styles/tokens.css'
import '../styles/base.css'
import { applySettings } from '../lib/settings.svelte'
import { stand } from '../lib/stand.svelte'
import { setTheme } from '../lib/theme'
import App from './App.svelte'
import { board } from './board.svelte'

setTheme()
applySettings()
stand.instead = () => board.read()
stand.staysOpen = true
const target = document.getElementById('kitchen')
if (target) mount(App, { target })
requestAnimationFrame(() => setTimeout(() => import('../styles/fonts.css')))
