/** What a page does that takes the PIN again: `sure.go(work)`; the shell asks for it in a dialog. */
import { Sure } from '../lib/sure.svelte'

export const sure = new Sure()
