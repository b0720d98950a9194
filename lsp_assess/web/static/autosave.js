// Saves a section shortly after the last change. "Saved" is said only when the server has said so.

const PAUSE = 1500
const AGAIN = 8000

export function autosaved(form) {
  const status = form.querySelector('.autosave')
  let timer = null
  let running = false
  let changed = false

  const later = wait => {
    clearTimeout(timer)
    timer = setTimeout(save, wait)
  }

  async function save() {
    if (running) return
    running = true
    changed = false
    status.textContent = form.dataset.saving
    let answer = null
    try {
      answer = await fetch(form.action, {
        method: 'POST',
        body: new FormData(form),
        headers: { 'X-Autosave': '1', Accept: 'application/json' }
      })
    } catch { /* no connection: tried again below */ }
    running = false
    if (answer?.ok) {
      form.elements.base.value = (await answer.json()).base
      status.textContent = form.dataset.saved
      if (changed) later(PAUSE)
    } else if (answer?.status === 409) {
      status.textContent = form.dataset.conflict
    } else {
      status.textContent = form.dataset.unsaved
      later(AGAIN)
    }
  }

  form.addEventListener('input', () => {
    changed = true
    later(PAUSE)
  })
  form.addEventListener('submit', () => clearTimeout(timer))
}
