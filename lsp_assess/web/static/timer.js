// The clock of the part that the room talks about. It goes on over a reload and a look at another page of the
// meeting; started for another part, it stands still for the one before.

const SECOND = 1000

export function timed (place) {
  const { timer, part } = place.dataset
  const planned = Number(place.dataset.minutes) * 60 * SECOND
  const left = place.querySelector('[data-timer-left]')
  const word = place.querySelector('[data-timer-word]')
  const said = place.querySelector('[data-timer-said]')
  const button = place.querySelector('[data-timer-button]')
  const key = `timer ${timer}`
  let kept = JSON.parse(sessionStorage.getItem(key)) ?? { used: {}, running: null, since: 0 }

  const runs = () => kept.running === part
  const used = () => (kept.used[part] ?? 0) + (runs() ? Date.now() - kept.since : 0)

  function toggle () {
    const now = Date.now()
    const before = kept.running
    if (before !== null) kept.used[before] = (kept.used[before] ?? 0) + now - kept.since
    kept = { used: kept.used, running: before === part ? null : part, since: now }
    sessionStorage.setItem(key, JSON.stringify(kept))
    show()
  }

  function show () {
    const rest = planned - used()
    const over = rest < 0
    left.textContent = told(over ? Math.floor(-rest / SECOND) : Math.ceil(rest / SECOND))
    word.textContent = over ? word.dataset.over : word.dataset.left
    button.textContent = runs() ? button.dataset.pause : button.dataset.start
    if (over && runs() && !said.textContent) said.textContent = said.dataset.over
    place.classList.toggle('timer--over', over)
  }

  button.addEventListener('click', toggle)
  place.querySelector('[data-timer-clock]').hidden = false
  show()
  setInterval(show, SECOND)
}

const told = seconds => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
