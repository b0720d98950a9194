// A form that leaves the page only once somebody has taken it: without a connection the browser would put an
// error page in the place of what was typed.
//
// What is refused is sent once more in the browser's own way, for the page that says why; nothing was written
// by then. What was taken without an answer coming back is refused as written meanwhile, and both are shown.

export function kept(form) {
  const status = form.querySelector('.kept')
  let running = false

  form.addEventListener('submit', async event => {
    event.preventDefault()
    if (running) return
    running = true
    status.textContent = ''
    try {
      const body = new URLSearchParams(new FormData(form))
      const answer = await fetch(form.action, { method: 'POST', body, redirect: 'manual' })
      if (answer.type !== 'opaqueredirect') return form.submit()
      location.assign(location.pathname)
    } catch {
      status.textContent = form.dataset.unsent
      running = false
    }
  })
}
