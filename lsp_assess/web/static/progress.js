// A report in the making: asks how far it is, and shows the page anew once it has ended.
const EVERY = 1500

export function progressing (place) {
  const bar = place.querySelector('progress')
  const step = place.querySelector('[data-progress-step]')
  const manual = place.querySelector('[data-progress-manual]')
  manual.hidden = true

  const ask = async () => {
    try {
      const answer = await fetch(place.dataset.progress, { headers: { Accept: 'application/json' } })
      if (!answer.ok) throw new Error(String(answer.status))
      const found = await answer.json()
      if (found.ended) return window.location.reload()
      bar.max = found.of || 1
      bar.value = found.done
      if (found.step && step.textContent !== found.step) step.textContent = found.step
    } catch {
      manual.hidden = false
    }
    setTimeout(ask, EVERY)
  }
  setTimeout(ask, EVERY)
}
