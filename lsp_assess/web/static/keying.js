// Keying without a mouse: a code of one choice moves on when it has its digits, Enter moves on, and on
// the last field it saves. A code that the question does not have stays, marked, to be keyed again.

export function keyed(form) {
  const fields = [...form.querySelectorAll('.keying__field')]

  const onward = field => {
    const next = fields[fields.indexOf(field) + 1]
    if (next) {
      next.focus()
      next.select()
    } else {
      form.requestSubmit()
    }
  }
  const plain = code => code.toLowerCase().replace(/^0+(?=\d)/, '')

  form.addEventListener('input', event => {
    const { value, dataset } = event.target
    if (!dataset.codes) return
    const known = dataset.codes.split(' ').includes(plain(value))
    const whole = value.length >= Number(dataset.digits) || (known && !/\d/.test(value))
    event.target.setAttribute('aria-invalid', String(whole && !known))
    if (whole && known && event.target !== fields.at(-1)) onward(event.target)
    if (whole && !known) event.target.select()
  })
  form.addEventListener('keydown', event => {
    if (event.key === 'Enter' && fields.includes(event.target)) {
      event.preventDefault()
      onward(event.target)
    }
  })
  // A banner that says what was saved takes the focus; whoever keys wants the next number.
  form.querySelector('[autofocus]')?.focus()
}
