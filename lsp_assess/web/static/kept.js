// What is typed into a form stays on this device until it is recorded: a connection that is lost takes the page
// away, not the words. They are offered when the form is opened again, to nobody else, and go with the sign-out.

const plain = text => text.replace(/\r\n?/g, '\n').trim().normalize('NFC')

export function kept (form) {
  const key = `kept ${form.dataset.kept}`
  const offer = form.querySelector('[data-kept-offer]')
  const offline = form.querySelector('[data-kept-offline]')
  const fields = [...form.elements].filter(one => one.name && !['hidden', 'submit', 'button'].includes(one.type))
  const typed = () => Object.fromEntries(fields.map(one => [one.id, value(one)]))
  const value = one => one.type === 'checkbox' ? (one.checked ? one.value : '') : plain(one.value)
  const keep = () => sessionStorage.setItem(key, JSON.stringify(typed()))
  const drop = () => {
    sessionStorage.removeItem(key)
    offer.hidden = true
  }

  const before = sessionStorage.getItem(key)
  if (before === JSON.stringify(typed())) drop()
  else if (before !== null) show(JSON.parse(before))

  function show (words) {
    const told = fields.filter(one => words[one.id] && one.type !== 'checkbox').map(one => said(one, words[one.id]))
    offer.querySelector('[data-kept-words]').textContent = told.join(' · ')
    offer.querySelector('[data-kept-back]').addEventListener('click', () => {
      fields.forEach(one => put(one, words[one.id] ?? ''))
      offer.hidden = true
      fields[0].focus()
    })
    offer.querySelector('[data-kept-away]').addEventListener('click', drop)
    offer.hidden = false
  }

  form.addEventListener('input', () => {
    if (offer.hidden) keep()
  })
  form.addEventListener('submit', event => {
    keep()
    offline.hidden = navigator.onLine
    if (!navigator.onLine) event.preventDefault()
  })
}

function said (one, words) {
  return one.options ? [...one.options].find(each => each.value === words)?.text ?? words : words
}

function put (one, words) {
  if (one.type === 'checkbox') one.checked = words !== ''
  else one.value = words
  const folded = one.closest('details')
  if (folded && words) folded.open = true
}
