// Keying without a mouse: a code of one choice moves on when it has its digits, Enter moves on, and on
// the last field it saves.

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

  form.addEventListener('input', event => {
    const digits = Number(event.target.dataset.digits ?? 0)
    const value = event.target.value
    const whole = digits && (value.length >= digits || /^[drn]$/i.test(value))
    if (whole && event.target !== fields.at(-1)) onward(event.target)
  })
  form.addEventListener('keydown', event => {
    if (event.key === 'Enter' && fields.includes(event.target)) {
      event.preventDefault()
      onward(event.target)
    }
  })
}
