// Saves a section shortly after the last change. "Saved" is said only when the server has said so.
//
// What was sent without an answer coming back may have arrived: it is sent again, word for word, before
// anything newer, and the server takes the same answers twice without complaint.

const PAUSE = 1000
const AGAIN = 5000

export function autosaved(form) {
  const status = form.querySelector('.autosave')
  let timer = null
  let changed = false // since what was last sent
  let unanswered = null // what was sent, and nobody knows whether it arrived
  let running = null
  let told = false // that it cannot be saved as it is

  const later = wait => {
    clearTimeout(timer)
    timer = setTimeout(save, wait)
  }
  const pending = () => changed || unanswered !== null

  // True unless the server could not be reached, or could store nothing.
  function save() {
    running ??= send().finally(() => { running = null })
    return running
  }

  async function send() {
    clearTimeout(timer)
    while (pending()) {
      if (unanswered === null) {
        unanswered = new URLSearchParams(new FormData(form))
        changed = false
      }
      status.textContent = form.dataset.saving
      let answer
      try {
        answer = await fetch(form.action, {
          method: 'POST',
          body: unanswered,
          headers: { 'X-Autosave': '1', Accept: 'application/json' }
        })
      } catch {
        return unreached()
      }
      if (answer.status === 503 || answer.status === 507) return unreached()
      unanswered = null
      const said = answer.headers.get('Content-Type')?.includes('json') ? await answer.json() : {}
      if (said.base === undefined) {
        changed = true
        refused(said.message)
        return true
      }
      form.elements.base.value = said.base
      status.textContent = said.problems.length ? form.dataset.partly : form.dataset.saved
    }
    return true
  }

  // No connection, or a server that can store nothing at present.
  function unreached() {
    status.textContent = form.dataset.unsaved
    later(AGAIN)
    return false
  }

  // Said once; it is not tried again until something changes, for the answer would be the same.
  function refused(message) {
    status.textContent = message ?? form.dataset.refused
    told = true
  }

  form.addEventListener('input', () => {
    changed = true
    told = false
    later(PAUSE)
  })

  // Without a connection the browser would put an error page in the place of what was entered.
  form.addEventListener('submit', event => {
    if (!pending() && !running) return
    event.preventDefault()
    save().then(reached => {
      if (!reached) return
      changed = false
      unanswered = null
      form.requestSubmit(event.submitter)
    })
  })

  // A link is followed once what was entered is safe, or the person has been told that it is not; one that
  // opens beside the page leaves it as it is.
  document.addEventListener('click', event => {
    const link = event.target.closest('a[href]')
    if (!link || link.target || link.getAttribute('href').startsWith('#') || told || !(pending() || running)) return
    event.preventDefault()
    save().then(() => { if (!pending()) location.assign(link.href) })
  })
  addEventListener('beforeunload', event => { if (unanswered !== null) event.preventDefault() })
}
