// How many have scored again: asked now and then while the page is looked at, by every phone in the room.
//
// Never more often than LEAST, each page at its own moment, more seldom while nothing changes or the server
// cannot be reached, and not at all while the page is hidden.

const LEAST = 3000
const MOST = 15000
const SCATTER = 2000

export function counting (place) {
  const words = place.querySelector('[data-counting-words]')
  const manual = place.querySelector('[data-counting-manual]')
  let wait = LEAST
  let timer = null
  let over = false
  manual.hidden = true

  const later = () => {
    clearTimeout(timer)
    if (!over && !document.hidden) timer = setTimeout(ask, wait + Math.random() * SCATTER)
  }

  async function ask () {
    try {
      const answer = await fetch(place.dataset.counting, { headers: { Accept: 'application/json' } })
      if (!answer.ok) throw new Error(String(answer.status))
      show(await answer.json())
      manual.hidden = true
    } catch {
      manual.hidden = false
      wait = Math.min(MOST, wait * 2)
    }
    later()
  }

  function show (found) {
    wait = words.textContent === found.words ? Math.min(MOST, wait * 1.25) : LEAST
    if (words.textContent !== found.words) words.textContent = found.words
    over = found.state !== 'open'
    place.querySelector('[data-counting-moved]').hidden = !over
  }

  document.addEventListener('visibilitychange', () => {
    wait = LEAST
    later()
  })
  later()
}
