import { initAll } from './vendor/govuk-frontend/govuk-frontend.min.js'
import { autosaved } from './autosave.js'
import { routed } from './routing.js'

initAll()
document.querySelectorAll('form[data-routed]').forEach(routed)
document.querySelectorAll('form[data-autosave]').forEach(autosaved)
