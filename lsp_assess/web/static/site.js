import { initAll } from './vendor/govuk-frontend/govuk-frontend.min.js'
import { autosaved } from './autosave.js'
import { counting } from './counting.js'
import { kept } from './kept.js'
import { keyed } from './keying.js'
import { progressing } from './progress.js'
import { routed } from './routing.js'
import { timed } from './timer.js'

initAll()
document.querySelectorAll('form[data-routed]').forEach(routed)
document.querySelectorAll('form[data-autosave]').forEach(autosaved)
document.querySelectorAll('form[data-keying]').forEach(keyed)
document.querySelectorAll('[data-progress]').forEach(progressing)
document.querySelectorAll('[data-counting]').forEach(counting)
document.querySelectorAll('form[data-kept]').forEach(kept)
document.querySelector('.site-header__out')?.addEventListener('submit', () => sessionStorage.clear())
document.querySelectorAll('[data-timer]').forEach(timed)
document.querySelectorAll('[data-from-end]').forEach(each => { each.scrollLeft = each.scrollWidth })
